"""The face photo fails: advice, three tries, an officer."""

import pytest

from tests.chat.conftest import Chat


async def test_advice_and_three_tries_then_an_officer(chat: Chat) -> None:
    await chat.says("foto wajah gagal terus di jmo")
    chat.replied(contains=["tempat terang", "Sudah berapa kali gagal?"])
    await chat.taps("Baru 1 kali")
    chat.replied(contains="lap lensa")
    await chat.says("tetep gagal")
    chat.replied(contains="Satu kali lagi")
    await chat.says("gagal lagi")
    chat.replied(contains=["mewawancarai", "*biasanya*", "1 × 24 jam", "KTP", "lapakasik"], without="ibu kandung")


async def test_a_try_that_works_ends_well(chat: Chat) -> None:
    await chat.says("foto wajah gagal terus di jmo")
    await chat.taps("2 kali")
    await chat.says("berhasil")
    chat.replied(contains="lolos", buttons=["Klaim JHT"])


async def test_who_says_three_times_at_once_is_asked_nothing(chat: Chat) -> None:
    await chat.says("biometrik saya sudah 3x gagal mohon dibuka blokirnya")
    chat.replied(contains=["terkunci", "mewawancarai"], without="Sudah berapa kali")


@pytest.mark.parametrize("verified", ["Yusuf"], indirect=True)
async def test_the_record_shows_the_lock(verified: Chat) -> None:
    await verified.says("foto wajah gagal terus di jmo")
    verified.replied(contains="mewawancarai", without="Sudah berapa kali")

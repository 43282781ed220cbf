"""What was wrong is taken back in words, anywhere."""

import pytest

from tests.chat.conftest import Chat


@pytest.mark.parametrize(
    "text", ["eh bukan, maksudnya cara klaim jht", "bukan itu, cara klaim jht", "maksud saya cara klaim jht"]
)
async def test_what_was_meant_is_answered(chat: Chat, text: str) -> None:
    await chat.says("apa itu jkp")
    await chat.says(text)
    chat.replied("Klaim JHT lewat", without="Maaf")


async def test_a_wrong_answer_is_owned_up_to(chat: Chat) -> None:
    await chat.says("apa itu jkp")
    await chat.says("bukan itu")
    chat.replied("saya salah tangkap", buttons=["Menu", "Bicara dengan petugas"])


@pytest.mark.parametrize(
    "text",
    [
        "salah, 6 juta",
        "eh salah, 6 juta",
        "ralat: 6jt",
        "eh bukan, maksudnya 6 juta",
        "ganti jadi 6 juta",
        "oops keliru, 6jt",
        "duh, wrong. 6 juta",
    ],
)
async def test_the_last_answer_of_a_form_is_corrected(chat: Chat, text: str) -> None:
    await chat.says("simulasi jht")
    await chat.says("5jt")
    chat.replied("Berapa tahun")
    await chat.says(text)
    await chat.says("5 tahun")
    await chat.says("0")
    chat.replied(["setelah 5 tahun", "upah tetap Rp6.000.000"])


@pytest.mark.parametrize("text", ["salah, 6 juta", "eh salah 6 juta", "bukan, gaji 6 juta", "ganti upahnya 6 juta"])
async def test_a_result_is_corrected(chat: Chat, text: str) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    await chat.says("0")
    await chat.says(text)
    chat.replied(["setelah 5 tahun", "upah tetap Rp6.000.000"])


async def test_wrong_data_are_no_correction(chat: Chat) -> None:
    await chat.says("salah nama di kartu")
    chat.replied(without="salah tangkap")

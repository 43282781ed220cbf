"""Buttons do the same when they are typed: by their number, their place, their title."""

from collections.abc import Iterator

import pytest
import time_machine

from tests.chat.conftest import Chat
from tests.chat.handoff.conftest import Desk, desk
from tests.handoff.conftest import MORNING

__all__ = ["desk"]


@pytest.fixture
def on_duty() -> Iterator[None]:
    """While officers are there."""
    with time_machine.travel(MORNING, tick=True):
        yield


@pytest.mark.parametrize("typed", ["2", "no 2", "yang kedua", "pilihan 2", "Simulasi JHT", "simulsi jht"])
async def test_a_button_can_be_typed(chat: Chat, typed: str) -> None:
    await chat.says("apa itu jht")
    assert [button.title for button in chat.replies[-1].buttons][1] == "Simulasi JHT"
    await chat.says(typed)
    chat.replied("Berapa upah Anda sebulan?")


async def test_a_number_beyond_the_buttons_is_no_choice(chat: Chat) -> None:
    await chat.says("apa itu jht")
    await chat.says("9")
    chat.replied("untuk apa ya", without="upah")


async def test_after_a_reply_without_buttons_nothing_is_chosen(chat: Chat) -> None:
    await chat.says("apa itu jht")
    await chat.says("simulasi jht gaji 5jt selama 10 tahun")
    await chat.says("2")
    chat.replied(["Rp2", "saldo"], without="Pilih")


async def test_a_number_in_a_form_is_the_forms(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt")
    chat.replied("Berapa tahun")
    await chat.says("1")
    await chat.says("0")
    chat.replied("setelah 1 tahun")


async def test_a_place_in_words_is_a_tap_in_a_form_too(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt")
    await chat.says("pilihan 1")
    chat.replied("saya batalkan")


async def test_an_answer_of_a_list_in_a_form_is_chosen_by_its_number(chat: Chat) -> None:
    await chat.says("mau buat janji ke cabang meulaboh")
    days = [button.title for button in chat.replies[-1].buttons]
    await chat.says("2")
    chat.replied(["Tercatat", days[1].split()[1]])


async def test_yes_is_the_only_button_that_says_yes(chat: Chat) -> None:
    await chat.says("/hapus")
    chat.replied(buttons=["Ya, hapus", "Tidak"])
    await chat.says("tidak")
    chat.replied("Silakan pilih", without="sudah saya hapus")
    await chat.says("/hapus")
    await chat.says("ya")
    chat.replied("sudah saya hapus")


async def test_a_typed_title_works_while_waiting_for_an_officer(chat: Chat, on_duty: None) -> None:
    await chat.says("petugas")
    await chat.says("3")
    chat.replied("bersama saya")


async def test_a_number_written_to_an_officer_is_theirs(chat: Chat, desk: Desk, on_duty: None) -> None:
    await chat.says("petugas")
    await desk.takes()
    await chat.says("1")
    assert chat.replies == [] and "selesai (kasus" not in await desk.told(chat)
    await chat.says("Selesai")
    assert "Percakapan dengan petugas selesai" in await desk.told(chat)


async def test_what_the_desk_offers_can_be_typed_too(chat: Chat, desk: Desk, on_duty: None) -> None:
    await chat.says("petugas")
    await desk.takes()
    await desk.says("Sudah saya perbaiki.")
    await chat.says("selesai")
    await chat.says("2")
    chat.replied("Terima kasih, penilaian")


async def test_a_typed_choice_is_kept_as_it_was_typed(chat: Chat, desk: Desk) -> None:
    await chat.says("apa itu jht")
    await chat.says("2")
    messages = await desk.gateway.history(chat.channel, chat.chat_id, 0)
    assert "2" in [message.text for message in messages if message.author == "participant"]

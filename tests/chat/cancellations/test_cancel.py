"""Batal works everywhere."""

from tests.chat.conftest import Chat


async def test_a_simulation_is_left_and_does_not_come_back(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("batal")
    chat.replied(contains="saya batalkan", without="Berapa upah")
    await chat.says("halo min")
    chat.replied(contains="Halo", without="Berapa upah")


async def test_a_verification_is_left_by_its_button(chat: Chat) -> None:
    await chat.says("cek saldo jht saya")
    await chat.taps("Batal")
    chat.replied(contains="saya batalkan", without="NIK (16 angka)")


async def test_with_nothing_under_way_there_is_nothing_to_cancel(chat: Chat) -> None:
    await chat.says("batal")
    chat.replied(contains="Tidak ada yang sedang berjalan")

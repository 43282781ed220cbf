"""Another trouble in the middle of one, and a question about places in between."""

import pytest

from tests.chat.conftest import Chat

pytestmark = pytest.mark.asyncio


async def test_a_trouble_whose_way_out_is_known_at_once_ends_the_one_under_way(chat: Chat) -> None:
    await chat.says("gabisa login lupa email")
    chat.replied("Lupa Akun")
    await chat.says("foto wajah gagal terus 3x")
    chat.replied("Setelah 3 kali gagal", without=["belum menangkap", "masih belum paham"])
    await chat.says("kantor bpjs di meulaboh")
    chat.replied("Cabang", without=["Setelah 3 kali", "belum menangkap"])


async def test_in_the_middle_of_a_simulation_it_is_answered_and_the_simulation_goes_on(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("foto wajah gagal terus 3x")
    chat.replied("Setelah 3 kali gagal", without="belum menangkap")
    assert len(chat.replies) <= 3
    await chat.says("menu")
    chat.replied(without="belum menangkap")

"""Where the nearest office is, and when it is open."""

from datetime import datetime

import pytest
import time_machine

from bot.branches.table import branches
from bot.clock import WIB
from tests.chat.conftest import Chat

pytestmark = pytest.mark.asyncio


async def test_a_named_place_gives_its_office(chat: Chat) -> None:
    with time_machine.travel(datetime(2026, 11, 25, 10, tzinfo=WIB), tick=True):
        await chat.says("kantor bpjs di meulaboh dimana")
    chat.replied(["Kantor terdekat", "Meulaboh", "Buka sekarang", "maps.google.com"])


async def test_on_a_holiday_it_says_which_and_when_it_opens(chat: Chat) -> None:
    with time_machine.travel(datetime(2026, 8, 17, 10, tzinfo=WIB), tick=True):
        await chat.says("alamat cabang banda aceh")
    chat.replied(["Tutup (", "Kemerdekaan", "18 Agustus 2026"])


async def test_a_location_gives_the_nearest_office_and_is_not_kept(chat: Chat) -> None:
    await chat.sends_location(4.14, 96.13)
    chat.replied(["Kantor terdekat", "Meulaboh"])


async def test_without_a_place_the_participant_is_asked_for_one(chat: Chat) -> None:
    await chat.says("nomor call center bpjs")
    chat.replied(["175", "Sebut nama kota"])


async def test_every_province_has_a_row() -> None:
    assert len({branch.province for branch in branches()}) == 38

"""What a programme is, who gets it, where to claim, and the next step."""

from datetime import datetime

import pytest
import time_machine

from bot.clock import WIB
from tests.chat.conftest import Chat


@pytest.mark.parametrize(
    ("asked", "contains", "buttons"),
    [
        ("apa itu jaminan pensiun", ["usia 59", "15 tahun", "kantor cabang"], ["Simulasi JP", "Kantor terdekat"]),
        ("apa itu jkp", ["PHK", "60 %", "Rp5.000.000", "SIAPKERJA"], ["Syarat klaim"]),
        ("apa itu jkk", ["kecelakaan kerja", "0,24–1,74 %", "kantor cabang"], ["Kantor terdekat"]),
        ("apa itu jkm", ["ahli waris", "Rp42.000.000", "kantor cabang"], ["Kantor terdekat"]),
        ("apa itu bpu", ["pekerja mandiri", "Rp6.800", "JMO"], ["Kantor terdekat"]),
        ("bpjs untuk pekerja migran", ["Rp37.500", "Rp332.500", "Rp600.000"], ["Kantor terdekat"]),
    ],
)
async def test_a_programme_is_told_in_short(chat: Chat, asked: str, contains: list[str], buttons: list[str]) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 10, tzinfo=WIB), tick=True):
        await chat.says(asked)
    chat.replied(contains, buttons=buttons)
    assert len(chat.replies[-1].buttons) <= 3


@pytest.mark.parametrize(
    ("day", "contains", "without"),
    [
        (datetime(2026, 2, 1, 10, tzinfo=WIB), ["transportasi", "31 Maret 2027"], "Sektor lain"),
        (datetime(2026, 11, 24, 10, tzinfo=WIB), ["31 Maret 2027", "Sektor lain", "31 Desember 2026"], ()),
        (datetime(2027, 2, 1, 10, tzinfo=WIB), ["31 Maret 2027"], "Sektor lain"),
        (datetime(2027, 5, 1, 10, tzinfo=WIB), ["Rp6.800"], ["potongan", "PP 50/2025", "Maret"]),
    ],
)
async def test_the_discount_is_promised_only_while_it_holds(
    chat: Chat, day: datetime, contains: list[str], without: str | list[str]
) -> None:
    with time_machine.travel(day, tick=True):
        await chat.says("apa itu bpu")
    chat.replied(contains, without=without)


async def test_the_next_step_of_a_programme_is_the_nearest_office(chat: Chat) -> None:
    await chat.says("apa itu jkm")
    await chat.taps("Kantor terdekat")
    chat.replied("Sebut nama kota")
    await chat.says("meulaboh")
    chat.replied(["Kantor terdekat", "Kantor Cabang Meulaboh"])

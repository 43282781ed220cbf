"""The desk's hours as a supervisor sets them, and what participants are told then."""

from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.clock import WIB
from bot.desk.schedule import Interval, WrongHours, checked_week
from bot.desk.schedule_page import preview
from bot.handoff.hours import DeskHours, load_hours
from bot.handoff.models import Closure
from bot.privacy.audit import AuditEntry
from tests.desk.conftest import Browser

Sessions = async_sessionmaker[AsyncSession]
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)


async def actions(sessions: Sessions) -> list[str]:
    async with sessions() as session:
        return [entry.action for entry in await session.scalars(select(AuditEntry).order_by(AuditEntry.id))][1:]


@pytest.mark.parametrize("typed", [("8", "12"), ("08.00", "12.00"), ("8:00", "12:00")])
def test_times_are_understood_as_people_write_them(typed: tuple[str, str]) -> None:
    assert checked_week([[typed, ("", "")]]) == [Interval(0, time(8), time(12))]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        ([("08.00", "")], "half"),
        ([("", "12.00")], "half"),
        ([("25.00", "26.00")], "half"),
        ([("pagi", "siang")], "half"),
        ([("12.00", "08.00")], "backwards"),
        ([("08.00", "08.00")], "backwards"),
        ([("08.00", "12.00"), ("11.59", "15.00")], "overlap"),
        ([("13.00", "15.00"), ("08.00", "14.00")], "overlap"),
    ],
)
def test_a_day_that_cant_be_is_refused(day: list[tuple[str, str]], problem: str) -> None:
    with pytest.raises(WrongHours) as refused:
        checked_week([[], day])
    assert (refused.value.problem, refused.value.weekday) == (problem, 1)


def test_an_interval_may_begin_where_another_ends() -> None:
    assert len(checked_week([[("08.00", "12.00"), ("12.00", "15.00")]])) == 2


def test_the_preview_knows_holidays_and_closures() -> None:
    hours = DeskHours({day: [(time(8), time(15, 30))] for day in range(5)}, {date(2026, 12, 28): "Pindah kantor"})
    days = preview(hours, date(2026, 12, 24))
    assert len(days) == 14
    by_name = {day.name: day for day in days}
    assert by_name["Jumat, 25 Desember 2026"].hours == []
    assert "Natal" in (by_name["Jumat, 25 Desember 2026"].reason or "")
    assert by_name["Senin, 28 Desember 2026"].reason == "Pindah kantor"
    assert by_name["Selasa, 29 Desember 2026"].hours == [("08.00", "15.30")]
    assert (by_name["Sabtu, 26 Desember 2026"].hours, by_name["Sabtu, 26 Desember 2026"].reason) == ([], None)


@pytest.mark.asyncio
async def test_the_week_is_put_in_the_place_of_the_present_one(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("budi")
    page = await browser.get("/petugas/jadwal")
    assert 'value="15.30"' in page.text
    week = {"opens-0-0": "08.00", "closes-0-0": "12.00", "opens-0-1": "13", "closes-0-1": "17", "opens-5-0": "9"}
    answer = await browser.sends("/petugas/jadwal", **week)
    assert answer.status_code == 409
    assert "Sabtu: isi jam buka" in answer.text and 'value="13"' in answer.text
    answer = await browser.sends("/petugas/jadwal", **week, **{"closes-5-0": "11"})
    assert answer.headers["location"] == "/petugas/jadwal?done=hours"
    async with sessions() as session:
        hours = await load_hours(session)
    assert hours.intervals == {
        0: [(time(8), time(12)), (time(13), time(17))],
        5: [(time(9), time(11))],
    }
    assert await actions(sessions) == ["desk.hours_changed"]


@pytest.mark.asyncio
async def test_a_day_is_closed_and_opened_again(browser: Browser, sessions: Sessions) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        await browser.signs_in("budi")
        tomorrow = str((TUESDAY + timedelta(days=1)).date())
        for fields, problem in (
            ({"day": "", "reason": "Rapat"}, "Isi tanggalnya"),
            ({"day": "2026-11-23", "reason": "Rapat"}, "sudah lewat"),
            ({"day": tomorrow, "reason": " "}, "Isi alasannya"),
        ):
            answer = await browser.sends("/petugas/jadwal/tutup", **fields)
            assert (answer.status_code, problem in answer.text) == (409, True), problem
        await browser.sends("/petugas/jadwal/tutup", day=tomorrow, reason="Rapat kerja")
        assert "Tutup: Rapat kerja" in (await browser.get("/petugas/jadwal")).text
        again = await browser.sends("/petugas/jadwal/tutup", day=tomorrow, reason="Rapat lagi")
        assert "sudah tercatat tutup" in again.text
        await browser.sends("/petugas/jadwal/buka", day=tomorrow)
    async with sessions() as session:
        assert (await session.scalars(select(Closure))).all() == []
    assert await actions(sessions) == ["desk.closure_added", "desk.closure_removed"]

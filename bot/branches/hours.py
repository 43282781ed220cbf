"""When offices are open: Monday to Friday, 08.00 to 15.30 local time (official FAQ 612), not on public holidays."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

OPENS, CLOSES = time(8), time(15, 30)
SATURDAY = 5
_CATEGORIES = ("public", "government")
"""Public holidays and the days off that the government joins to them (cuti bersama)."""
_NAMES_IN = {"id": "id", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class Opening:
    """When offices open next."""

    at: datetime
    """In local time."""
    holiday: date | None
    """The first holiday that keeps them closed until then."""


def is_open(zone: ZoneInfo, now: datetime) -> bool:
    """Whether offices in that time zone are open at this moment."""
    local = now.astimezone(zone)
    return _is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def next_opening(zone: ZoneInfo, now: datetime) -> Opening:
    """The next time offices open after this moment, and the holiday in between, if there is one."""
    local = now.astimezone(zone)
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    skipped = [local.date()]
    while not _is_working_day(day):
        skipped.append(day)
        day += timedelta(days=1)
    holiday = next((date for date in skipped if date.weekday() < SATURDAY and holiday_name(date)), None)
    return Opening(datetime.combine(day, OPENS, zone), holiday)


def working_days(zone: ZoneInfo, now: datetime, count: int) -> list[date]:
    """The next days on which offices are open, today among them while they are."""
    local = now.astimezone(zone)
    day = local.date() if local.time() < CLOSES else local.date() + timedelta(days=1)
    days: list[date] = []
    while len(days) < count:
        if _is_working_day(day):
            days.append(day)
        day += timedelta(days=1)
    return days


def holiday_name(day: date, language: str = "id") -> str | None:
    """What Indonesia celebrates on that day."""
    return _calendar(language).get(day)


def _is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and not holiday_name(day)


@cache
def _calendar(language: str) -> holidays.HolidayBase:
    return holidays.country_holidays("ID", language=_NAMES_IN[language], categories=_CATEGORIES)

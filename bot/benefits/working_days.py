"""Working days in Indonesia: Monday to Friday without the national holidays and the joint leave (cuti bersama).

Joint leave is counted as free because offices may be closed: a date that is promised is then late rather than early.
Moon holidays of coming years are estimates, and joint leave is known only for the years already decreed.
"""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

from bot.benefits.errors import InvalidInput

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and not is_holiday(day)


def is_holiday(day: date) -> bool:
    """Whether it is a national holiday or joint leave, whatever the day of the week."""
    return day in _holidays_of(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day that lies `count` (one or more) working days after a day, which itself may be a free one."""
    if count < 1:
        raise InvalidInput("working days are counted from one")
    for _ in range(count):
        day = next_working_day(day)
    return day


def next_working_day(day: date) -> date:
    """The first working day after a day."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _holidays_of(year: int) -> frozenset[date]:
    return frozenset(country_holidays("ID", years=year, categories=("public", "government")))

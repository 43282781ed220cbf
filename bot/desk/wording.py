"""Moments, times and shares as officers read them."""

from datetime import datetime

from babel.dates import format_date, get_day_names

from bot.clock import WIB
from bot.formatting import long_date
from bot.texts import say

LANGUAGE = "id"
"""Officers work in Indonesian."""
NOTHING = "–"


def moment(at: datetime | None) -> str:
    """A day and a time in western Indonesian time: `24 Nov 2026 14.05`."""
    if at is None:
        return NOTHING
    local = at.astimezone(WIB)
    return f"{format_date(local.date(), 'd MMM y', locale=LANGUAGE)} {local:%H.%M}"


def clock_time(at: datetime) -> str:
    """A time of the day: `14.05`."""
    return f"{at.astimezone(WIB):%H.%M}"


def whole_day(at: datetime) -> str:
    """A day with its weekday: `Selasa, 24 November 2026`."""
    day = at.astimezone(WIB).date()
    return f"{format_date(day, 'EEEE', locale=LANGUAGE)}, {long_date(day, LANGUAGE)}"


def weekday_name(weekday: int) -> str:
    """The name of a weekday, 0 is Monday: `Senin`."""
    return str(get_day_names("wide", locale=LANGUAGE)[weekday])


def lasting(seconds: float | None) -> str:
    """How long something takes, as exactly as it matters."""
    if seconds is None:
        return NOTHING
    if round(seconds) < 60:
        return say("desk_board.seconds", LANGUAGE, n=round(seconds))
    minutes = round(seconds / 60)
    if minutes < 60:
        return say("desk_board.minutes", LANGUAGE, n=minutes)
    return say("desk_board.hours", LANGUAGE, n=minutes // 60, minutes=minutes % 60)


def percent(share: float | None) -> str:
    """A share in whole per cent."""
    return NOTHING if share is None else f"{share:.0f}%"


def one_digit(value: float | None) -> str:
    """A number to one digit after the comma."""
    return NOTHING if value is None else f"{value:.1f}".replace(".", ",")

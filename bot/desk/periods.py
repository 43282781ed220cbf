"""The period that a board looks at, in whole days of western Indonesian time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.clock import WIB

TODAY, WEEK, MONTH, OWN = "today", "week", "month", "own"
NAMES = (TODAY, WEEK, MONTH, OWN)
LONGEST = timedelta(days=366)
_DAYS = {TODAY: 1, WEEK: 7, MONTH: 30}


@dataclass(frozen=True, slots=True)
class Period:
    """From the beginning of its first day to the end of its last."""

    name: str
    first: date
    last: date

    @property
    def begins(self) -> datetime:
        return begin_of(self.first)

    @property
    def ends(self) -> datetime:
        return begin_of(self.last + timedelta(days=1))

    @property
    def step(self) -> timedelta:
        """What one column of a chart stands for."""
        return timedelta(hours=1) if self.first == self.last else timedelta(days=1)


def period_from(query: Mapping[str, str], now: datetime) -> tuple[Period, str | None]:
    """The period that was asked for, and what is wrong with it; then it is today."""
    today = now.astimezone(WIB).date()
    name = query.get("period", TODAY)
    if name in _DAYS:
        return Period(name, today - timedelta(days=_DAYS[name] - 1), today), None
    first, last = day_from(query.get("from", "")), day_from(query.get("to", ""))
    problem = _problem(first, last)
    if problem or not first or not last:
        return Period(TODAY, today, today), problem
    return Period(OWN, first, last), None


def day_from(text: str) -> date | None:
    """A day as browsers send it; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def begin_of(day: date) -> datetime:
    """Midnight."""
    return datetime.combine(day, time(), WIB)


def _problem(first: date | None, last: date | None) -> str | None:
    if first is None or last is None:
        return "range_missing"
    if last < first:
        return "range_backwards"
    return "range_long" if last - first >= LONGEST else None

"""The desk's calendar as a supervisor writes it: checked whole before anything is stored."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import BadInput
from bot.handoff.models import Closure, OpeningHours

WEEKDAYS = range(7)
INTERVALS = 3
"""That a day has room for on the page."""

_TIME = re.compile(r"([01]?\d|2[0-3])(?:[.:]([0-5]\d))?")

Written = tuple[str, str]
"""When an interval opens and closes, as typed; both empty where there is none."""


@dataclass(frozen=True, slots=True)
class Interval:
    """One interval of a weekday, 0 is Monday."""

    weekday: int
    opens: time
    closes: time


class WrongHours(BadInput):
    """Something on one weekday can't be: `half`, `backwards` or `overlap`."""

    def __init__(self, problem: str, weekday: int) -> None:
        super().__init__(f"opening hours of weekday {weekday}: {problem}")
        self.problem = problem
        self.weekday = weekday


class WrongClosure(BadInput):
    """A closure that can't be: `day_missing`, `day_past`, `reason_missing` or `day_known`."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"closure: {problem}")
        self.problem = problem


def checked_week(written: Sequence[Sequence[Written]]) -> list[Interval]:
    """The intervals of a week from what was typed for each weekday; raises `WrongHours` for the first mistake."""
    return [interval for weekday, day in enumerate(written) for interval in _checked_day(weekday, day)]


async def store_week(session: AsyncSession, intervals: Sequence[Interval]) -> None:
    """Put these hours in the place of the present ones."""
    await session.execute(delete(OpeningHours))
    session.add_all(OpeningHours(weekday=one.weekday, opens=one.opens, closes=one.closes) for one in intervals)


async def close_on(session: AsyncSession, day: date | None, reason: str, today: date) -> Closure:
    """Close the desk for a day; raises `WrongClosure`."""
    if day is None:
        raise WrongClosure("day_missing")
    if day < today:
        raise WrongClosure("day_past")
    if not reason:
        raise WrongClosure("reason_missing")
    if await session.get(Closure, day):
        raise WrongClosure("day_known")
    closure = Closure(day=day, reason=reason)
    session.add(closure)
    return closure


async def closures_from(session: AsyncSession, today: date) -> Sequence[Closure]:
    """Those that aren't over, soonest first."""
    return (await session.scalars(select(Closure).where(Closure.day >= today).order_by(Closure.day))).all()


def _checked_day(weekday: int, written: Sequence[Written]) -> list[Interval]:
    day = sorted((_checked(weekday, one) for one in written if any(one)), key=lambda one: one.opens)
    if any(later.opens < earlier.closes for earlier, later in pairwise(day)):
        raise WrongHours("overlap", weekday)
    return day


def _checked(weekday: int, written: Written) -> Interval:
    opens, closes = map(_time_in, written)
    if opens is None or closes is None:
        raise WrongHours("half", weekday)
    if opens >= closes:
        raise WrongHours("backwards", weekday)
    return Interval(weekday, opens, closes)


def _time_in(text: str) -> time | None:
    """`8`, `08.00` or `8:00`; None for anything else."""
    found = _TIME.fullmatch(text)
    return time(int(found[1]), int(found[2] or 0)) if found else None

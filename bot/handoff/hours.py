"""When the desk is open: several intervals a day, public holidays and joint leave, one-off closures; all in WIB."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.branches.hours import holiday_name
from bot.clock import WIB
from bot.handoff.models import Closure, OpeningHours

WINDOW = timedelta(hours=2)
"""How long the window is in which a call-back is promised."""
LOOKS_AHEAD = timedelta(days=60)
"""Further than the longest holidays; after that the desk counts as closed for good."""


@dataclass(frozen=True)
class DeskHours:
    """The calendar of the desk."""

    intervals: Mapping[int, Sequence[tuple[time, time]]]
    """By weekday (0 is Monday), in order."""
    closures: Mapping[date, str] = field(default_factory=dict)

    def is_open(self, now: datetime) -> bool:
        """Whether officers answer at this moment."""
        return any(opens <= now < closes for opens, closes in self.on(now.astimezone(WIB).date()))

    def next_opening(self, now: datetime) -> datetime | None:
        """`now` while open, else the moment it opens next; None if it never does."""
        return next((max(opens, now) for opens, _ in self._from(now)), None)

    def closes_at(self, now: datetime) -> datetime | None:
        """When the present interval ends; None while closed."""
        return next((closes for opens, closes in self._from(now) if opens <= now), None)

    def after(self, now: datetime, work: timedelta) -> datetime | None:
        """The moment at which so much time of open hours has passed; None if that never comes."""
        left = work
        for opens, closes in self._from(now):
            begins = max(opens, now)
            if begins + left <= closes:
                return begins + left
            left -= closes - begins
        return None

    def call_back_window(self, now: datetime) -> tuple[datetime, datetime] | None:
        """The next two open hours, from the next opening or an hour from now."""
        begins = self.after(now, timedelta(hours=1)) if self.is_open(now) else self.next_opening(now)
        until = self.after(begins, WINDOW) if begins else None
        return (begins, until) if begins and until else None

    def why_closed(self, now: datetime, language: str) -> str | None:
        """The holiday or the closure of this day, if that is why."""
        return self.reason_for(now.astimezone(WIB).date(), language)

    def reason_for(self, day: date, language: str) -> str | None:
        """The closure or the holiday of a day."""
        return self.closures.get(day) or holiday_name(day, language)

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The open intervals of a day."""
        if day in self.closures or holiday_name(day):
            return []
        return [
            (datetime.combine(day, opens, WIB), datetime.combine(day, closes, WIB))
            for opens, closes in self.intervals.get(day.weekday(), ())
        ]

    def _from(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open intervals that end after `now`."""
        first = now.astimezone(WIB).date()
        for days in range(LOOKS_AHEAD.days):
            yield from ((opens, closes) for opens, closes in self.on(first + timedelta(days=days)) if closes > now)


async def load_hours(session: AsyncSession) -> DeskHours:
    """The calendar as the supervisor set it."""
    intervals: dict[int, list[tuple[time, time]]] = defaultdict(list)
    for row in await session.scalars(select(OpeningHours).order_by(OpeningHours.weekday, OpeningHours.opens)):
        intervals[row.weekday].append((row.opens, row.closes))
    closures = {row.day: row.reason for row in await session.scalars(select(Closure))}
    return DeskHours(intervals, closures)

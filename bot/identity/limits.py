"""Three wrong identities lock the chat and the number, whether the number exists or not."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.identity.models import IdentityTries
from bot.identity.outcomes import Locked, NotMatching
from bot.identity.storage import find

TRIES = 3
LOCKED_FOR = timedelta(hours=2)
COUNTED_FOR = LOCKED_FOR
"""How long a wrong identity counts after the last one."""


class IdentityLimits:
    """Counts wrong identities by subject: the blind index of a chat, or of a given number.

    A right identity doesn't wipe the count: one's own number would else buy more guesses at other people's.
    """

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def locked(self, *subjects: str) -> Locked | None:
        """The longest lock on any of the subjects."""
        locks = [tries.locked_until for subject in subjects if (tries := await self._tries(subject))]
        running = [until for until in locks if until and until > self._now]
        return Locked(max(running)) if running else None

    async def count_failure(self, chat: str, number: str) -> NotMatching | Locked:
        """Count a wrong identity against both; when either has had enough, both are locked."""
        both = [await self._one_more(subject) for subject in (chat, number)]
        tries_left = TRIES - max(tries.failures for tries in both)
        if tries_left > 0:
            return NotMatching(tries_left)
        for tries in both:
            tries.locked_until = self._now + LOCKED_FOR
        return Locked(self._now + LOCKED_FOR)

    async def _one_more(self, subject: str) -> IdentityTries:
        tries = await self._tries(subject)
        if tries is None:
            tries = IdentityTries(subject=subject, failures=0, last_failed_at=self._now)
            self._session.add(tries)
        if tries.locked_until or self._now - tries.last_failed_at >= COUNTED_FOR:
            tries.failures, tries.locked_until = 0, None
        tries.failures += 1
        tries.last_failed_at = self._now
        return tries

    async def _tries(self, subject: str) -> IdentityTries | None:
        return await find(self._session, IdentityTries, subject)

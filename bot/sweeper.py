"""Acts on the deadlines of cases, and deletes what is kept no longer: messages, photos, what verifications leave."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from itertools import count

import structlog
from sqlalchemy import delete, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.cases import deadlines
from bot.cases.models import Case
from bot.conversation.models import InboxRow, InboxState, OutboxRow, OutboxState, Upload
from bot.desk.models import DeskSession, SignInTries
from bot.desk.sign_in_limits import COUNTED_FOR
from bot.handoff.alerts import Alerts
from bot.handoff.deadlines import act_on_handoffs
from bot.handoff.models import Handoff
from bot.identity.retention import delete_what_no_limit_needs
from bot.learning.models import Misunderstood
from bot.register.core_system import CoreSystem
from bot.register.sql import SqlCoreSystem

LOOK_SECONDS = 15.0
"""Between two looks at deadlines: whoever waits for a person waits in minutes."""
LOOKS_PER_SWEEP = 20
KEEP_MISUNDERSTOOD = timedelta(days=180)
"""Messages to learn from, which hold nothing personal; after the chat's own messages nothing leads to the chat."""

Act = Callable[[AsyncSession, CoreSystem, datetime], Awaitable[Sequence[Case | Handoff]]]
"""Gives what people are late with."""

log = structlog.get_logger(__name__)


class Sweeper:
    """Looks at deadlines several times a minute, deletes every few minutes; several processes may do it."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        keep_messages: timedelta,
        now: Callable[[], datetime] = clock.now,
        core: Callable[[AsyncSession], CoreSystem] = SqlCoreSystem,
        alerts: Alerts | None = None,
    ) -> None:
        self._alerts = alerts or Alerts()
        self._sessions = sessions
        self._keep_messages = keep_messages
        self._now = now
        self._core = core

    async def run(self) -> None:
        """Sweep until cancelled."""
        for times in count(1):
            await asyncio.sleep(LOOK_SECONDS)
            await self.act_on_deadlines()
            if times % LOOKS_PER_SWEEP:
                continue
            try:
                await self.sweep()
            except SQLAlchemyError:
                log.exception("old rows stay until the next sweep")

    async def act_on_deadlines(self) -> None:
        """Ask and tell what is due now."""
        acts: tuple[Act, ...] = (*deadlines.ALL, act_on_handoffs)
        for act in acts:
            try:
                async with self._sessions.begin() as session:
                    now = self._now()
                    await self._alerts.tell(session, await act(session, self._core(session), now), now)
            except Exception:
                log.exception("what is due waits for the next sweep", deadline=getattr(act, "__name__", ""))

    async def sweep(self) -> None:
        """Delete what is too old, but never a message that still waits for its turn or for being sent."""
        now = self._now()
        oldest = now - self._keep_messages
        async with self._sessions.begin() as session:
            await delete_what_no_limit_needs(session, now)
            await session.execute(
                delete(OutboxRow).where(OutboxRow.created_at < oldest, OutboxRow.state != OutboxState.OPEN)
            )
            await session.execute(
                delete(InboxRow).where(InboxRow.received_at < oldest, InboxRow.state != InboxState.OPEN)
            )
            await session.execute(delete(Upload).where(Upload.created_at < oldest))
            await session.execute(delete(DeskSession).where(DeskSession.ends_at < now))
            await session.execute(delete(SignInTries).where(SignInTries.last_failed_at < now - COUNTED_FOR))
            await _forget_misunderstood(session, oldest, now)


async def _forget_misunderstood(session: AsyncSession, unlink_before: datetime, now: datetime) -> None:
    linked = Misunderstood.conversation_id.is_not(None)
    await session.execute(
        update(Misunderstood).where(linked, Misunderstood.kept_at < unlink_before).values(conversation_id=None)
    )
    await session.execute(delete(Misunderstood).where(Misunderstood.kept_at < now - KEEP_MISUNDERSTOOD))

"""Sends what the turns wrote into the outbox, in order within a chat, within each platform's limits.

The row is the truth: `wake` is a hint, and a sweep every second finds what no hint announced. A message is
sent twice only if the process dies between the platform's OK and the commit of "sent".
"""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import structlog
from sqlalchemy import ColumnElement, and_, delete, exists, func, not_, or_, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.conversation.messages import Reply
from bot.conversation.models import STILL_OPEN, Author, Conversation, Floor, OutboxKind, OutboxRow, OutboxState
from bot.conversation.rate_limits import RateLimits
from bot.conversation.sending_lock import SendingLock
from bot.errors import ChatGone, DeliverLater, DeliveryRefused

SWEEP_SECONDS = 1.0
GIVE_UP_AFTER = timedelta(hours=24)
"""An answer later than this helps nobody."""
GIVE_UP_NEWS_AFTER = timedelta(days=7)
"""What is told unasked may have waited for the morning, and for the end of a talk with an officer."""
LONGEST_BACK_OFF_SECONDS = 60.0
ATTEMPTS_AT_UNEXPECTED_ERRORS = 5
"""A message that our own code can't send must not hold up its chat for a day."""
MOST_IN_FLIGHT = 200
GRACE_SECONDS = 5.0
"""How long messages under way may take to be noted as sent when the assistant stops."""

log = structlog.get_logger(__name__)


class Messenger(Protocol):
    """A platform to which messages are pushed; both methods raise `DeliveryError`."""

    async def send(self, chat_id: str, reply: Reply, language: str) -> str | None:
        """Send a reply; gives the platform's id of the message."""

    async def delete(self, chat_id: str, message_id: str) -> None:
        """Delete a message; one that is already gone is no error."""


@dataclass(frozen=True, slots=True)
class Due:
    """The next open row of a chat."""

    id: int
    kind: str
    conversation_id: int
    chat_id: str
    private: bool
    language: str
    attempts: int


IsSettled = Callable[[AsyncSession, OutboxRow], Awaitable[bool]]


async def _never(session: AsyncSession, row: OutboxRow) -> bool:
    return False


class Sender:
    """Hands the outbox to the platforms; exactly one process at a time does."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        messengers: Mapping[str, Messenger],
        limits: Mapping[str, RateLimits] | None = None,
        now: Callable[[], datetime] = clock.now,
        monotonic: Callable[[], float] = time.monotonic,
        sweep_seconds: float = SWEEP_SECONDS,
        is_settled: IsSettled = _never,
    ) -> None:
        """Messengers and limits go by channel; a channel without limits of its own gets the default ones.

        What asks for something that `is_settled` by now is not sent.
        """
        self._is_settled = is_settled
        self._sessions = sessions
        self._messengers = messengers
        self._limits = {channel: (limits or {}).get(channel) or RateLimits() for channel in messengers}
        self._now = now
        self._monotonic = monotonic
        self._sweep_seconds = sweep_seconds
        self._lock = SendingLock(sessions)
        self._woken = asyncio.Event()
        self._busy: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Hint that there is something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled."""
        try:
            while True:
                self._woken.clear()
                await self._pause(await self._look())
        finally:
            await self._stop()

    async def dispatch(self) -> float:
        """Start sending what may be sent now; gives the seconds until it is worth looking again."""
        waits = [await self._dispatch_channel(channel) for channel in self._messengers]
        return min([self._sweep_seconds, *waits])

    async def settled(self) -> None:
        """Wait for the messages under way."""
        await asyncio.gather(*self._busy.values(), return_exceptions=True)

    async def _look(self) -> float:
        try:
            return await self.dispatch() if await self._lock.is_held() else self._sweep_seconds
        except (SQLAlchemyError, OSError):
            log.exception("the outbox can't be read")
            return self._sweep_seconds

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _stop(self) -> None:
        under_way = list(self._busy.values())
        if under_way:
            await asyncio.wait(under_way, timeout=GRACE_SECONDS)
        for task in under_way:
            task.cancel()
        await self._lock.release()

    async def _dispatch_channel(self, channel: str) -> float:
        limits = self._limits[channel]
        if (wait := limits.seconds_until_any_free(self._monotonic())) > 0:
            return wait
        resting = limits.resting_chats(self._monotonic())
        for due in await self._due(channel, resting):
            if (wait := limits.seconds_until_any_free(self._monotonic())) > 0:
                return wait
            self._start(channel, due)
        return min([self._sweep_seconds, *resting.values()])

    async def _due(self, channel: str, resting: Collection[Hashable]) -> list[Due]:
        """The oldest open row of each chat that may go now, the longest waiting first: fair between chats."""
        may_go = or_(OutboxRow.not_before.is_(None), OutboxRow.not_before <= self._now())
        heads = (
            select(func.min(OutboxRow.id))
            .where(OutboxRow.state == STILL_OPEN, OutboxRow.channel == channel)
            # What is said unasked may wait for the morning, and then holds up no answer.
            .where(or_(OutboxRow.inbox_id.is_not(None), OutboxRow.attempts > 0, may_go))
            .where(not_(_HELD))
            .group_by(OutboxRow.conversation_id)
        )
        ready = (
            select(
                OutboxRow.id,
                OutboxRow.kind,
                OutboxRow.attempts,
                OutboxRow.conversation_id,
                Conversation.chat_id,
                Conversation.private,
                Conversation.language,
            )
            .join(Conversation, Conversation.id == OutboxRow.conversation_id)
            .where(OutboxRow.id.in_(heads), OutboxRow.conversation_id.not_in(list(self._busy)))
            .where(may_go)
            .where(or_(OutboxRow.kind == OutboxKind.DELETE, OutboxRow.conversation_id.not_in(list(resting))))
            .order_by(OutboxRow.id)
            .limit(max(0, MOST_IN_FLIGHT - len(self._busy)))
        )
        async with self._sessions() as session:
            return [Due(**row) for row in (await session.execute(ready)).mappings()]

    def _start(self, channel: str, due: Due) -> None:
        if due.kind == OutboxKind.DELETE:
            self._limits[channel].count_overall(self._monotonic())
        else:
            self._limits[channel].count(due.conversation_id, due.private, self._monotonic())
        task = asyncio.create_task(self._deliver(self._messengers[channel], due))
        self._busy[due.conversation_id] = task
        task.add_done_callback(lambda done: self._finished(due, done))

    def _finished(self, due: Due, task: asyncio.Task[None]) -> None:
        del self._busy[due.conversation_id]
        if not task.cancelled() and (error := task.exception()):
            log.error("a message stays in the outbox", outbox=due.id, exc_info=error)
        else:
            self.wake()

    async def _deliver(self, messenger: Messenger, due: Due) -> None:
        row_log = log.bind(outbox=due.id, conversation=due.conversation_id)
        try:
            changes = await self._attempt(messenger, due)
        except SQLAlchemyError:
            raise
        except ChatGone:
            row_log.info("the chat is gone")
            await self._note(_open_rows_of(due.conversation_id), {"state": OutboxState.GONE})
            return
        except DeliveryRefused as error:
            row_log.error("a message is refused", reason=str(error))
            changes = {"state": OutboxState.REFUSED}
        except DeliverLater as error:
            row_log.warning("a message is sent later", reason=str(error))
            changes = self._later(due, error.seconds)
        except Exception:  # noqa: BLE001 one message must not hold up all chats
            row_log.exception("a message can't be sent")
            hopeless = due.attempts + 1 >= ATTEMPTS_AT_UNEXPECTED_ERRORS
            changes = {"state": OutboxState.REFUSED} if hopeless else self._later(due, None)
        if changes:
            await self._note(OutboxRow.id == due.id, changes)

    async def _attempt(self, messenger: Messenger, due: Due) -> dict[str, Any]:
        """Send one row; gives what to note about it. Reads it anew: it may have been taken back meanwhile."""
        async with self._sessions() as session:
            row = await session.scalar(select(OutboxRow).where(OutboxRow.id == due.id, not_(_HELD)))
            settled = row is not None and row.about is not None and await self._is_settled(session, row)
        if row is None or row.state != OutboxState.OPEN:
            return {}
        if settled:
            await self._drop(row)
            return {}
        if row.created_at + _patience_with(row) <= self._now():
            raise DeliveryRefused("it could not be delivered for too long")
        if row.kind == OutboxKind.DELETE:
            await messenger.delete(due.chat_id, row.target_message_id or "")
            return {"state": OutboxState.SENT, "sent_at": self._now()}
        message_id = await messenger.send(due.chat_id, Reply.from_json(json.loads(row.payload)), due.language)
        return {"state": OutboxState.SENT, "sent_at": self._now(), "platform_message_id": message_id}

    def _later(self, due: Due, seconds: float | None) -> dict[str, Any]:
        wait = back_off_seconds(due.attempts) if seconds is None else seconds
        return {"attempts": due.attempts + 1, "not_before": self._now() + timedelta(seconds=wait)}

    async def _drop(self, row: OutboxRow) -> None:
        async with self._sessions.begin() as session:
            await session.execute(delete(OutboxRow).where(OutboxRow.id == row.id))

    async def _note(self, rows: ColumnElement[bool], changes: Mapping[str, Any]) -> None:
        """Commit what became of rows, however long it takes: else a sent message would go out again."""
        while True:
            try:
                async with self._sessions.begin() as session:
                    await session.execute(update(OutboxRow).where(rows).values(**changes))
                return
            except (SQLAlchemyError, OSError):
                log.exception("what became of a message can't be noted yet")
                await asyncio.sleep(self._sweep_seconds)


def back_off_seconds(attempts: int) -> float:
    """How long to wait after so many failed attempts: 1, 2, 4 … up to a minute."""
    return min(2.0 ** min(attempts, 16), LONGEST_BACK_OFF_SECONDS)


def _patience_with(row: OutboxRow) -> timedelta:
    told_unasked = row.inbox_id is None and row.author == Author.BOT
    return GIVE_UP_NEWS_AFTER if told_unasked else GIVE_UP_AFTER


_HELD: ColumnElement[bool] = and_(
    OutboxRow.inbox_id.is_(None),
    OutboxRow.author == Author.BOT,
    OutboxRow.attempts == 0,
    OutboxRow.not_before.is_not(None),
    exists().where(Conversation.id == OutboxRow.conversation_id, Conversation.floor == Floor.AGENT),
)
"""What the assistant tells unasked waited for the morning, and now an officer has the floor: it waits for the end."""


def _open_rows_of(conversation_id: int) -> ColumnElement[bool]:
    return and_(OutboxRow.conversation_id == conversation_id, OutboxRow.state == STILL_OPEN)

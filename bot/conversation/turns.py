"""One message, one transaction: what the turn remembers, does and says is committed together or not at all."""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import bindparam, exists, insert, inspect, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from bot import clock, metrics
from bot.conversation.agent import Agent
from bot.conversation.context import Context
from bot.conversation.inbox import SYSTEM_KEY
from bot.conversation.messages import Button, IncomingMessage, Kind, Reply
from bot.conversation.models import (
    PULL_CHANNELS,
    STILL_OPEN,
    Conversation,
    InboxRow,
    InboxState,
    OutboxKind,
    OutboxRow,
    OutboxState,
    Pause,
)
from bot.conversation.privacy_filter import take_out_personal_values
from bot.conversation.reading import after_turn, meant, typed_choice
from bot.conversation.replies import RepliesAtHand, StoredReply, lightened, merged
from bot.conversation.tracker_store import active_form
from bot.conversation.turn_context import Turn
from bot.conversation.wakeups import Hint, Wakeups, noted, notify
from bot.database import AT_ONCE, commit_with
from bot.identity.levels import end_if_idle
from bot.learning.keeping import keep_if_misunderstood
from bot.parsing.languages import language_of
from bot.services import Services
from bot.texts import say

ATTEMPTS = 3
BEGUN_ANEW = 5
"""Times at once, when a chat changed while it was answered; nobody does that so often, and then a turn has failed."""
SWEEP_SECONDS = 1.0

Working = Callable[[str], AbstractAsyncContextManager[None]]
"""Shows in a chat that an answer is being worked on."""
Values = dict[str, Any]
"""What a row of a table holds, by column."""

# Made once, as every turn asks it. Both tables are locked: PostgreSQL then looks at both rows anew where another
# process has just answered the message.
_NEXT = (
    select(Conversation, InboxRow, exists().where(Pause.ended_at.is_(None)))
    .join(InboxRow, InboxRow.conversation_id == Conversation.id)
    .where(Conversation.id == bindparam("conversation_id"), InboxRow.state == STILL_OPEN)
    .order_by(InboxRow.id)
    .limit(2)
    .with_for_update(of=(Conversation, InboxRow), skip_locked=True, key_share=True)
    .execution_options(**{AT_ONCE: True})
)

# As statements, without the object mapper: every turn writes these rows, and nobody needs them as objects.
_inbox: Any = InboxRow.__table__
_conversations: Any = Conversation.__table__
_outbox: Any = OutboxRow.__table__
_SAY = insert(_outbox).returning(_outbox.c.id)
_CLOSE = update(_inbox).where(_inbox.c.id == bindparam("inbox_id"))
_REMEMBER = update(_conversations).where(
    _conversations.c.id == bindparam("of_id"), _conversations.c.version == bindparam("of_version")
)

log = structlog.get_logger(__name__)


class Turns:
    """Answers the inbox: in order within a chat, chats side by side."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        agent: Agent,
        services: Services,
        wakeups: Wakeups,
        working: Mapping[str, Working] | None = None,
        sweep_seconds: float = SWEEP_SECONDS,
    ) -> None:
        self._sessions = sessions
        self._agent = agent
        self._services = services
        self._wakeups = wakeups
        self._working = working or {}
        self._sweep_seconds = sweep_seconds
        self._free = asyncio.Semaphore(services.settings.concurrent_turns)
        self.at_hand = RepliesAtHand()
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        wakeups.listen(self._heard)

    def is_working(self, conversation_id: int) -> bool:
        """Whether a turn of this conversation is under way."""
        return conversation_id in self._busy

    async def run(self) -> None:
        """Sweep until cancelled; hints start turns in between. What was begun is brought to its end."""
        try:
            while True:
                sweeping = asyncio.ensure_future(self.sweep())
                try:
                    await asyncio.shield(sweeping)
                finally:
                    await sweeping
                await asyncio.sleep(self._sweep_seconds)
        finally:
            await self.settled()

    async def sweep(self) -> None:
        """Start the turns of every conversation that has something open."""
        due = (
            select(InboxRow.conversation_id)
            .where(InboxRow.state == STILL_OPEN)
            .where(or_(InboxRow.not_before.is_(None), InboxRow.not_before <= clock.now()))
            .group_by(InboxRow.conversation_id)
        )
        try:
            async with self._sessions() as session:
                for conversation_id in await session.scalars(due):
                    self._start(conversation_id)
        except Exception:
            log.exception("the inbox can't be read")

    async def settled(self) -> None:
        """Wait for the turns under way."""
        while self._busy:
            await asyncio.gather(*self._busy.values(), return_exceptions=True)

    def _heard(self, hint: Hint, conversation_id: int) -> None:
        if hint is Hint.INBOX:
            self._start(conversation_id)

    def _start(self, conversation_id: int) -> None:
        if conversation_id in self._busy:
            self._again.add(conversation_id)
            return
        task = asyncio.get_running_loop().create_task(self._answer_all(conversation_id))
        self._busy[conversation_id] = task
        task.add_done_callback(lambda _: self._finished(conversation_id))

    def _finished(self, conversation_id: int) -> None:
        del self._busy[conversation_id]
        if conversation_id in self._again:
            self._again.discard(conversation_id)
            self._start(conversation_id)

    async def _answer_all(self, conversation_id: int) -> None:
        async with self._free:
            try:
                more, anew = True, 0
                while more:
                    answered, more = await self._answer_next(conversation_id, anew < BEGUN_ANEW)
                    anew = 0 if answered else anew + 1
                    if answered:
                        self._wakeups.give(Hint.DESK, conversation_id)
            except Exception:
                log.exception("a conversation waits for the next sweep", conversation=conversation_id)

    async def _answer_next(self, conversation_id: int, may_begin_anew: bool) -> tuple[bool, bool]:
        """Take one turn; tells whether something was answered, and whether more waits already."""
        inbox_id = None
        try:
            async with self._sessions() as session:
                due = await _next(session, conversation_id)
                if not due or _waits(due[0][1]):
                    return False, False
                conversation, row, paused = due[0]
                inbox_id = row.id
                with metrics.turn_seconds.labels(conversation.channel).time():
                    async with self._shown_as_working(conversation):
                        message, said = await self._take_turn(session, conversation, row, paused)
                if conversation.channel in PULL_CHANNELS:
                    self.at_hand.keep(message, said)
                self._wakeups.give(Hint.OUTBOX, conversation_id)
                await asyncio.sleep(0)  # whoever waits for the answer comes first, the tidying up after that
            for hint, of_conversation in noted(session):
                if hint is Hint.DESK:
                    self._wakeups.give(hint, of_conversation)
            metrics.turns.labels(conversation.channel, "done").inc()
        except Exception as error:
            if isinstance(error, StaleDataError) and may_begin_anew:
                # An officer took the floor meanwhile: what was worked out isn't said, the message is looked at anew.
                log.info("a turn begins anew", conversation=conversation_id)
                return False, True
            if inbox_id is None:
                raise
            log.exception("a turn failed", conversation=conversation_id, inbox=inbox_id)
            given_up = await self._note_failure(inbox_id)
            if given_up:
                self._wakeups.give(Hint.OUTBOX, conversation_id)
            return given_up, given_up
        return True, len(due) > 1

    def _shown_as_working(self, conversation: Conversation) -> AbstractAsyncContextManager[None]:
        show = self._working.get(conversation.channel)
        return show(conversation.chat_id) if show else nullcontext()

    async def _take_turn(
        self, session: AsyncSession, conversation: Conversation, row: InboxRow, paused: bool
    ) -> tuple[IncomingMessage, list[StoredReply]]:
        now = clock.now()
        message = IncomingMessage.from_json(json.loads(row.payload))
        end_if_idle(conversation, now, self._services.settings.session_idle)
        cleaned, personal = take_out_personal_values(message, conversation, now)
        if message.kind is Kind.TEXT:
            conversation.language = language_of(cleaned.text) or conversation.language
        context, form = Context.read(conversation.context), active_form(conversation.tracker)
        tapped = typed_choice(cleaned, context, conversation.floor, form)
        turn = Turn(session, conversation, tapped or message, now, self._services, personal, paused=paused)
        replies = await self._replies(turn, tapped.text if tapped else cleaned.text, context, form)
        await keep_if_misunderstood(turn, tapped or cleaned, form, row.id)
        if conversation.light:
            replies = [lightened(reply) for reply in replies]
        kept = replace(cleaned, location=message.location) if turn.for_people else cleaned
        if not row.key.startswith(SYSTEM_KEY):  # else nobody was there, and a session goes on ageing
            conversation.last_message_at = now
        closed = _closed(row, InboxState.DONE, kept, now)
        return message, await commit_with(session, _write, turn, closed, replies)

    async def _replies(self, turn: Turn, text: str, context: Context, form: str | None) -> list[Reply]:
        """What is said: by people's side of the chat where a person has the floor, else by the assistant."""
        taken = await self._services.people.take(turn)
        if taken is None:
            said = await self._agent.answer(turn, meant(turn, text, context, form))
            replies = merged(self._services.people.beside(turn, said))
        else:
            turn.for_people = not taken.then
            goes_on = merged(await self._agent.answer(turn, taken.then)) if taken.then else []
            replies = [*taken.replies, *goes_on]
        return after_turn(turn, replies, context, form)

    async def _note_failure(self, inbox_id: int) -> bool:
        """Put the message off, or give it up with an apology after the last attempt; True if given up."""
        async with self._sessions() as session:
            conversation, row = await _locked_with(session, inbox_id)
            if row.state != InboxState.OPEN:  # another process answered it at once
                return True
            row.attempts += 1
            if row.attempts < ATTEMPTS:
                row.not_before = clock.now() + timedelta(seconds=row.attempts)
                await session.commit()
                return False
            metrics.turns.labels(conversation.channel, "failed").inc()
            now = clock.now()
            turn = Turn(session, conversation, _without_content(row), now, self._services)
            closed = _closed(row, InboxState.FAILED, turn.message, now)
            sorry = after_turn(turn, [apology(conversation.language)], Context.read(conversation.context))
            await commit_with(session, _write, turn, closed, sorry)
            return True


def apology(language: str) -> Reply:
    """What a participant reads when an answer could not be worked out."""
    buttons = (
        Button(say("general.button_menu", language), "/menu"),
        Button(say("general.button_human", language), "/human"),
    )
    return Reply(say("general.turn_failed", language), buttons)


def _closed(row: InboxRow, state: InboxState, cleaned: IncomingMessage, now: datetime) -> Values:
    """The message as it is kept once nothing is left to be done for it."""
    return {"inbox_id": row.id, "payload": json.dumps(cleaned.to_json()), "state": state, "done_at": now}


def _write(session: Session, turn: Turn, closed: Values, replies: list[Reply]) -> list[StoredReply]:
    """Write what is said, the deletion of a message that holds personal numbers, and that the message is done."""
    connection = session.connection()
    rows = _rows_to_send(turn, closed["inbox_id"], replies)
    ids = [connection.execute(_SAY, row).scalar_one() for row in rows]
    connection.execute(_CLOSE, closed)
    _remember(session, turn.conversation)
    notify(connection, Hint.OUTBOX, turn.conversation.id)
    return list(map(StoredReply, ids[len(rows) - len(replies) :], replies))


def _remember(session: Session, conversation: Conversation) -> None:
    """Write what changed in the conversation, as the session would at many times the cost, and let it forget the row.

    Raises `StaleDataError` when somebody else changed the conversation meanwhile.
    """
    state = inspect(conversation)
    changed = {
        name: getattr(conversation, name)
        for name in set(state.mapper.column_attrs.keys()) - state.unmodified
        if state.attrs[name].history.has_changes()
    }
    version = conversation.version
    of = {"of_id": conversation.id, "of_version": version, "version": version + 1}
    session.expunge(conversation)
    if session.connection().execute(_REMEMBER, changed | of).rowcount != 1:
        raise StaleDataError("the conversation was changed meanwhile")


def _rows_to_send(turn: Turn, inbox_id: int, replies: list[Reply]) -> list[Values]:
    rows: list[Values] = [{"kind": OutboxKind.REPLY, "payload": json.dumps(reply.to_json())} for reply in replies]
    if turn.delete_message and turn.message.message_id:
        rows.insert(0, {"kind": OutboxKind.DELETE, "target_message_id": turn.message.message_id})
    of_all = {
        "conversation_id": turn.conversation.id,
        "inbox_id": inbox_id,
        "channel": turn.conversation.channel,
        "author": turn.author,
        "state": OutboxState.READY if turn.conversation.channel in PULL_CHANNELS else OutboxState.OPEN,
    }
    # A microsecond apart, so that the times alone give the order of a conversation.
    return [
        {**of_all, **row, "created_at": turn.now + timedelta(microseconds=place)}
        for place, row in enumerate(rows, start=1)
    ]


async def _next(session: AsyncSession, conversation_id: int) -> Sequence[tuple[Conversation, InboxRow, bool]]:
    """The two oldest open messages with their conversation, locked for this turn; none while another process has it.

    The conversation's key stays free, so that the inbox takes the chat's next messages meanwhile.
    """
    return (await session.execute(_NEXT, {"conversation_id": conversation_id})).tuples().all()


async def _locked_with(session: AsyncSession, inbox_id: int) -> tuple[Conversation, InboxRow]:
    """A message and its conversation, as soon as no other process works on it."""
    conversation = (
        await session.scalars(
            select(Conversation)
            .where(Conversation.id == select(InboxRow.conversation_id).where(InboxRow.id == inbox_id).scalar_subquery())
            .with_for_update(key_share=True)
        )
    ).one()
    return conversation, await session.get_one(InboxRow, inbox_id)


def _waits(row: InboxRow) -> bool:
    """Whether the message waits for another attempt; later ones never overtake it."""
    return row.not_before is not None and row.not_before > clock.now()


def _without_content(row: InboxRow) -> IncomingMessage:
    message = IncomingMessage.from_json(json.loads(row.payload))
    return replace(message, kind=Kind.OTHER, text="", contact=None, attachment=None, location=None)

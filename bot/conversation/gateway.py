"""What pull channels (web chat, REST, terminal) use: put a message in, read what was said."""

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, bindparam, column, or_, select, table
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.inbox import SYSTEM_KEY, Inbox
from bot.conversation.messages import Button, IncomingMessage, Kind, Reply
from bot.conversation.models import Conversation, InboxRow, InboxState, OutboxKind, OutboxRow
from bot.conversation.replies import StoredReply
from bot.conversation.turns import Turns
from bot.conversation.wakeups import Hint, Wakeups, notify

TYPING_SECONDS = 5.0
"""For which a sign that an officer is typing counts."""
LOOK_AGAIN_SECONDS = 1.0
"""A hint may get lost with another process; the rows are looked at again after this time."""

_ANSWERS = (
    select(OutboxRow.id, OutboxRow.payload)
    .select_from(InboxRow)
    .outerjoin(OutboxRow, and_(OutboxRow.inbox_id == InboxRow.id, OutboxRow.kind == OutboxKind.REPLY))
    .where(
        InboxRow.channel == bindparam("channel"),
        InboxRow.key == bindparam("key"),
        InboxRow.state != InboxState.OPEN,
    )
    .order_by(OutboxRow.id)
)
_PLACEHOLDER = re.compile(r"<(?:nik|kpj|phone|email|number|date|code)>")
_OFFICERS = table("officers", column("id"), column("name"))
"""As columns: whose words they are is the business of the people who answer, and they build on this folder."""
_FILES = {Kind.PHOTO: "📷", Kind.DOCUMENT: "📎"}
"""How a file without words is shown again."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoredMessage:
    """One message of a chat as a client shows it, whoever said it."""

    cursor: int
    """Grows with time; ask for what came after it."""
    author: str
    text: str
    at: datetime
    buttons: tuple[Button, ...] = ()
    picture_id: int | None = None
    document_id: int | None = None
    attachment_id: int | None = None
    attachment_mime: str = ""
    document_name: str = ""
    alt: str = ""
    officer: str = ""
    """The name of the officer who said it."""
    key: str = ""
    """What the client called its own message, so that it knows it again."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """Something that was said without being asked for: an officer's words, a notice, what goes on after a talk."""

    stored: StoredReply
    author: str
    officer: str
    """The name of the officer who said it; empty for the others."""
    at: datetime


class Gateway:
    """The conversation core as a pull channel sees it."""

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], inbox: Inbox, turns: Turns, wakeups: Wakeups
    ) -> None:
        self._sessions = sessions
        self._inbox = inbox
        self._turns = turns
        self._wakeups = wakeups
        self._news: dict[int, asyncio.Event] = defaultdict(asyncio.Event)
        self._officer_types_until: dict[int, float] = {}
        """By conversation, in the loop's time."""
        wakeups.listen(self._heard)

    async def accept(self, message: IncomingMessage, awaits_answer: bool = False) -> bool:
        """Store a message and commit; False when its key was seen before.

        Say `awaits_answer` only where nobody is told anything before `answers` gave something.
        """
        return await self._inbox.accept(message, awaits_answer)

    async def answers(self, message: IncomingMessage, timeout: float) -> list[StoredReply]:
        """Wait until the message's turn is done; gives its replies. Raises `TimeoutError`."""
        async with asyncio.timeout(timeout):
            conversation_id = await self._inbox.conversation_id(message.channel, message.chat_id)
            # A turn under way has just begun with this message: looking would only delay it.
            look = conversation_id is None or not self._turns.is_working(conversation_id)
            while True:
                # Listen before looking, so that no hint falls between.
                news = None if conversation_id is None else self._news[conversation_id]
                if (replies := self._turns.at_hand.take(message)) is not None:
                    return replies
                if look and (replies := await self._answers_of(message)) is not None:
                    return replies
                await _wait_for(news, LOOK_AGAIN_SECONDS)
                look = True

    async def history(self, channel: str, chat_id: str, after: int, limit: int = 50) -> list[StoredMessage]:
        """What both sides said after a cursor, oldest first; with `after` 0 the last `limit` messages.

        What was said before somebody left the chat isn't shown to who uses the same browser next.
        """
        conversation_id = await self._inbox.conversation_id(channel, chat_id)
        if conversation_id is None:
            return []
        async with self._sessions() as session:
            left_at = await session.scalar(select(Conversation.left_at).where(Conversation.id == conversation_id))
            since = max(_EPOCH + timedelta(microseconds=after), left_at or _EPOCH)
            asked = select(InboxRow).where(
                InboxRow.conversation_id == conversation_id,
                InboxRow.received_at > since,
                InboxRow.key.not_like(f"{SYSTEM_KEY}%"),
            )
            said = select(OutboxRow).where(
                OutboxRow.conversation_id == conversation_id,
                OutboxRow.kind == OutboxKind.REPLY,
                OutboxRow.created_at > since,
            )
            inbox = (await session.scalars(asked.order_by(InboxRow.id.desc()).limit(limit))).all()
            outbox = (await session.scalars(said.order_by(OutboxRow.id.desc()).limit(limit))).all()
            return _in_order(inbox, outbox, await _names(session, outbox))[-limit:]

    async def unasked(self, channel: str, chat_id: str, after: int, limit: int) -> list[Unasked]:
        """What `answers` gives nobody, oldest first; `after` is the id of the last reply that the client has."""
        said = (
            select(OutboxRow)
            .join(Conversation, Conversation.id == OutboxRow.conversation_id)
            .outerjoin(InboxRow, InboxRow.id == OutboxRow.inbox_id)
            .where(Conversation.channel == channel, Conversation.chat_id == chat_id)
            .where(OutboxRow.kind == OutboxKind.REPLY, OutboxRow.id > after)
            .where(or_(OutboxRow.inbox_id.is_(None), InboxRow.key.like(f"{SYSTEM_KEY}%")))
            .where(or_(Conversation.left_at.is_(None), OutboxRow.created_at > Conversation.left_at))
        )
        async with self._sessions() as session:
            rows = (await session.scalars(said.order_by(OutboxRow.id).limit(limit))).all()
            names = await _names(session, rows)
        return [
            Unasked(
                StoredReply(row.id, Reply.from_json(json.loads(row.payload))),
                row.author,
                names.get(row.officer_id or 0, ""),
                row.created_at,
            )
            for row in rows
        ]

    async def changed(self, channel: str, chat_id: str, timeout: float) -> None:
        """Return when the chat may have something new, at the latest after `timeout` seconds."""
        conversation_id = await self._inbox.conversation_id(channel, chat_id)
        if conversation_id is None:
            await asyncio.sleep(min(timeout, LOOK_AGAIN_SECONDS))
        else:
            await _wait_for(self._news[conversation_id], timeout)

    async def typing(self, channel: str, chat_id: str) -> bool:
        """Whether an answer is being worked on, or an officer is typing one."""
        conversation_id = await self._inbox.conversation_id(channel, chat_id)
        if conversation_id is None:
            return False
        until = self._officer_types_until.get(conversation_id, 0.0)
        return self._turns.is_working(conversation_id) or asyncio.get_running_loop().time() < until

    async def participant_types(self, channel: str, chat_id: str) -> None:
        """Tell the desks that a participant is typing; nothing of it is kept."""
        conversation_id = await self._inbox.conversation_id(channel, chat_id)
        if conversation_id is not None:
            async with self._sessions.begin() as session:
                await session.run_sync(notify, Hint.PARTICIPANT_TYPES, conversation_id)
            self._wakeups.give(Hint.PARTICIPANT_TYPES, conversation_id)

    async def reply(self, outbox_id: int) -> Reply | None:
        """The reply of an outbox row, for its picture or document."""
        async with self._sessions() as session:
            row = await session.get(OutboxRow, outbox_id)
        return None if row is None or not row.payload else Reply.from_json(json.loads(row.payload))

    def _heard(self, hint: Hint, conversation_id: int) -> None:
        if hint is Hint.OFFICER_TYPES:
            self._officer_types_until[conversation_id] = asyncio.get_running_loop().time() + TYPING_SECONDS
        elif hint is Hint.OUTBOX:
            self._officer_types_until.pop(conversation_id, None)
        if hint in (Hint.OUTBOX, Hint.OFFICER_TYPES) and (event := self._news.pop(conversation_id, None)):
            event.set()

    async def _answers_of(self, message: IncomingMessage) -> list[StoredReply] | None:
        """The replies to a message; None before its turn is done."""
        async with self._sessions() as session:
            rows = (await session.execute(_ANSWERS, {"channel": message.channel, "key": message.key})).all()
        if not rows:
            return None
        # A turn that said nothing is one row without a reply.
        replies = [(outbox_id, payload) for outbox_id, payload in rows if outbox_id is not None]
        return [StoredReply(outbox_id, Reply.from_json(json.loads(payload))) for outbox_id, payload in replies]


async def _wait_for(event: asyncio.Event | None, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await (event or asyncio.Event()).wait()
    except TimeoutError:
        return


async def _names(session: AsyncSession, outbox: Sequence[OutboxRow]) -> dict[int, str]:
    """The officers who said something, by their ids."""
    ids = {row.officer_id for row in outbox if row.officer_id is not None}
    if not ids:
        return {}
    found = await session.execute(select(_OFFICERS.c.id, _OFFICERS.c.name).where(_OFFICERS.c.id.in_(ids)))
    return dict(found.tuples().all())


def _in_order(inbox: Sequence[InboxRow], outbox: Sequence[OutboxRow], names: Mapping[int, str]) -> list[StoredMessage]:
    replies = [(row, Reply.from_json(json.loads(row.payload))) for row in outbox]
    titles = {button.payload: button.title for _, reply in replies for button in reply.buttons}
    messages = [_of_ours(row, reply, names) for row, reply in replies] + [_of_participant(row, titles) for row in inbox]
    return sorted(messages, key=lambda message: message.cursor)


def _of_participant(row: InboxRow, titles: dict[str, str]) -> StoredMessage:
    message = IncomingMessage.from_json(json.loads(row.payload))
    text = titles.get(message.text, message.text)
    if message.kind in _FILES and message.text.startswith("/"):
        text = _FILES[message.kind]
    shown = _PLACEHOLDER.sub("••••", text)
    return StoredMessage(_cursor(row.received_at), "participant", shown, row.received_at, key=message.message_id or "")


def _of_ours(row: OutboxRow, reply: Reply, names: Mapping[int, str]) -> StoredMessage:
    return StoredMessage(
        cursor=_cursor(row.created_at),
        author=row.author,
        text=reply.text,
        at=row.created_at,
        buttons=reply.buttons,
        picture_id=row.id if reply.picture else None,
        document_id=row.id if reply.document else None,
        attachment_id=row.id if reply.attachment else None,
        attachment_mime=reply.attachment.mime if reply.attachment else "",
        document_name=reply.document.filename if reply.document else reply.attachment.name if reply.attachment else "",
        officer=names.get(row.officer_id or 0, ""),
        alt=reply.picture.alt if reply.picture else reply.attachment.name if reply.attachment else "",
    )


def _cursor(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)

"""Stores what comes in, before its channel is answered."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker

from bot import clock
from bot.conversation.messages import IncomingMessage, Kind
from bot.conversation.models import Conversation, InboxRow, InboxState
from bot.conversation.wakeups import Hint, Wakeups, notify
from bot.database import QuickWriter, commit_with

MOST_REMEMBERED = 20_000
SYSTEM_KEY = "system:"
"""How the keys begin of what no participant sent."""

# As text, as SQLAlchemy compiles its own form of "on conflict" anew for every message.
_INSERT_MESSAGE = text(
    "INSERT INTO inbox (channel, key, conversation_id, payload, state, attempts, received_at) "
    "VALUES (:channel, :key, :conversation_id, :payload, :state, 0, :received_at) ON CONFLICT DO NOTHING RETURNING id"
).bindparams(
    bindparam("payload", type_=InboxRow.payload.type),
    bindparam("received_at", type_=InboxRow.received_at.type),
)


class Inbox:
    """The door through which every message enters, whatever its channel."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], wakeups: Wakeups) -> None:
        self._sessions = sessions
        self._wakeups = wakeups
        self._quick = QuickWriter(sessions.kw["bind"])
        self._ids: dict[tuple[str, str], int] = {}
        """Conversations by channel and chat: a chat keeps its conversation for good."""

    async def accept(self, message: IncomingMessage, awaits_answer: bool = False) -> bool:
        """Store a message and commit; False when it was stored before.

        Whoever awaits the answer tells nobody before the turn is committed. So this commit needn't wait for the disk.
        """
        try:
            return await self._store(message, awaits_answer)
        except IntegrityError:
            # The conversation that we remember is gone.
            self._ids.clear()
            return await self._store(message)

    async def conversation_id(self, channel: str, chat_id: str) -> int | None:
        """The conversation of a chat; None before its first message."""
        if known := self._ids.get((channel, chat_id)):
            return known
        async with self._sessions() as session:
            found = await find_conversation_id(session, channel, chat_id)
        if found is not None:
            self._remember(channel, chat_id, found)
        return found

    async def _store(self, message: IncomingMessage, quickly: bool = False) -> bool:
        known = self._ids.get((message.channel, message.chat_id))
        if known and quickly:
            is_new = self._quick.write(_insert, _values(message, known))
            if is_new is not None:
                self._tell(known, is_new)
                return is_new
        # On a connection, without the object mapper: nobody needs the row as an object here.
        engine: AsyncEngine = self._sessions.kw["bind"]
        async with engine.connect() as transaction:
            conversation_id = known or await _find_or_open(transaction, message)
            is_new = await commit_with(transaction, _insert, _values(message, conversation_id))
        self._remember(message.channel, message.chat_id, conversation_id)
        self._tell(conversation_id, is_new)
        return is_new

    def _tell(self, conversation_id: int, is_new: bool) -> None:
        if is_new:
            self._wakeups.give(Hint.INBOX, conversation_id)

    def _remember(self, channel: str, chat_id: str, conversation_id: int) -> None:
        if len(self._ids) >= MOST_REMEMBERED:
            self._ids.clear()
        self._ids[channel, chat_id] = conversation_id


async def put_system_message(
    session: AsyncSession, conversation: Conversation, key: str, payload: str, now: datetime
) -> None:
    """Let the assistant act as if `payload` had been tapped, after what waits already; the same key acts once.

    In the caller's transaction; nobody sees it among the participant's messages.
    """
    message = IncomingMessage(
        conversation.channel,
        conversation.chat_id,
        f"{SYSTEM_KEY}{key}",
        Kind.BUTTON,
        payload,
        private=conversation.private,
    )
    session.add(
        InboxRow(
            channel=message.channel,
            key=message.key,
            conversation_id=conversation.id,
            payload=json.dumps(message.to_json()),
            state=InboxState.OPEN,
            received_at=now,
        )
    )
    await session.run_sync(notify, Hint.INBOX, conversation.id)


def _values(message: IncomingMessage, conversation_id: int) -> dict[str, Any]:
    return {
        "channel": message.channel,
        "key": message.key,
        "conversation_id": conversation_id,
        "payload": json.dumps(message.to_json()),
        "state": InboxState.OPEN,
        "received_at": clock.now(),
    }


def _insert(transaction: Connection, values: dict[str, Any]) -> bool:
    is_new = transaction.execute(_INSERT_MESSAGE, values).first() is not None
    if is_new:
        notify(transaction, Hint.INBOX, values["conversation_id"])
    return is_new


async def find_conversation_id(transaction: AsyncSession | AsyncConnection, channel: str, chat_id: str) -> int | None:
    """The conversation of a chat, if it ever said anything."""
    found: int | None = await transaction.scalar(
        select(Conversation.id).where(Conversation.channel == channel, Conversation.chat_id == chat_id)
    )
    return found


async def _find_or_open(transaction: AsyncConnection, message: IncomingMessage) -> int:
    found = await find_conversation_id(transaction, message.channel, message.chat_id)
    if found is None:
        await _open(transaction, message)
        found = await find_conversation_id(transaction, message.channel, message.chat_id)
    assert found is not None
    return found


async def _open(transaction: AsyncConnection, message: IncomingMessage) -> None:
    """Open the conversation, unless another process did a moment ago."""
    table: Any = Conversation.__table__
    new = postgresql.insert(table) if transaction.dialect.name == "postgresql" else sqlite.insert(table)
    values = {"channel": message.channel, "chat_id": message.chat_id, "private": message.private, "version": 1}
    await transaction.execute(new.values(values).on_conflict_do_nothing())

"""Stores what comes in, before its channel is answered."""

import json

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.messages import IncomingMessage
from bot.conversation.models import Conversation, InboxRow
from bot.conversation.wakeups import Hint, Wakeups, notify


class Inbox:
    """The door through which every message enters, whatever its channel."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession], wakeups: Wakeups) -> None:
        self._sessions = sessions
        self._wakeups = wakeups

    async def accept(self, message: IncomingMessage) -> bool:
        """Store a message and commit; False when it was stored before."""
        try:
            conversation_id = await self._store(message)
        except IntegrityError:
            # Either the same message, or another first message of the same chat, came in at this moment.
            conversation_id = await self._store(message)
        if conversation_id is None:
            return False
        self._wakeups.give(Hint.INBOX, conversation_id)
        return True

    async def _store(self, message: IncomingMessage) -> int | None:
        async with self._sessions.begin() as session:
            if await _is_stored(session, message):
                return None
            conversation = await find_conversation(session, message.channel, message.chat_id)
            if conversation is None:
                conversation = Conversation(channel=message.channel, chat_id=message.chat_id, private=message.private)
                session.add(conversation)
                await session.flush()
            session.add(
                InboxRow(
                    channel=message.channel,
                    key=message.key,
                    conversation_id=conversation.id,
                    payload=json.dumps(message.to_json()),
                )
            )
            await notify(session, Hint.INBOX, conversation.id)
            return conversation.id


async def find_conversation(session: AsyncSession, channel: str, chat_id: str) -> Conversation | None:
    """The conversation of a chat, if it ever said anything."""
    conversation: Conversation | None = await session.scalar(
        select(Conversation).where(Conversation.channel == channel, Conversation.chat_id == chat_id)
    )
    return conversation


async def _is_stored(session: AsyncSession, message: IncomingMessage) -> bool:
    return bool(
        await session.scalar(
            select(InboxRow.id).where(InboxRow.channel == message.channel, InboxRow.key == message.key)
        )
    )

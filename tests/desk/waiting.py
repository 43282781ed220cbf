"""Participants who wait for a person, as the tests of the desk put them there."""

import json
from datetime import datetime
from itertools import count

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.conversation.messages import Button, IncomingMessage, Kind, Reply
from bot.conversation.models import Author, Conversation, InboxRow, InboxState
from bot.conversation.outbox import write
from bot.handoff.models import Handoff, Reason, Topic
from bot.handoff.service import Handoffs

Sessions = async_sessionmaker[AsyncSession]
_numbers = count(1)


async def somebody_waits(
    sessions: Sessions, topic: Topic = Topic.CLAIM, channel: str = "web", at: datetime | None = None, **chat: object
) -> Handoff:
    """A chat in the queue, in which something was said before."""
    now = at or clock.now()
    async with sessions.begin() as session:
        conversation = Conversation(channel=channel, chat_id=f"chat {next(_numbers)}", **chat)
        session.add(conversation)
        await session.flush()
        session.add(said_by_participant(conversation, "klaim saya kok belum cair", now))
        reply = Reply("Bagian mana yang macet?", (Button("Foto", "/send_photo"),))
        await write(session, conversation, reply, now, Author.BOT)
        handoff, _, _ = await Handoffs(session, now).ask(conversation, topic, Reason.ASKED)
    return handoff


def said_by_participant(
    conversation: Conversation, text: str, at: datetime, kind: Kind = Kind.TEXT, **more: object
) -> InboxRow:
    """A message as it is kept after its turn."""
    key = f"key {next(_numbers)}"
    message = IncomingMessage(conversation.channel, conversation.chat_id, key, kind, text, **more)  # type: ignore[arg-type]
    return InboxRow(
        channel=conversation.channel,
        key=key,
        conversation_id=conversation.id,
        payload=json.dumps(message.to_json()),
        state=InboxState.DONE,
        received_at=at,
    )


async def hears(sessions: Sessions, handoff: Handoff, *texts: str) -> None:
    """The participant writes to people."""
    async with sessions.begin() as session:
        conversation = await session.get_one(Conversation, handoff.conversation_id)
        session.add_all([said_by_participant(conversation, text, clock.now()) for text in texts])


async def stored(sessions: Sessions, handoff: Handoff) -> Handoff:
    """What the database has of it now."""
    async with sessions() as session:
        return await session.get_one(Handoff, handoff.id)


def texts_in_order(page: str, *texts: str) -> bool:
    """Whether these stand on a page in this order."""
    position = 0
    for text in texts:
        position = page.find(text, position) + 1
        if position == 0:
            return False
    return True

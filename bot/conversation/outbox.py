"""Writes what is said outside of a turn: notices, and the words of officers."""

import json
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.messages import Reply
from bot.conversation.models import PULL_CHANNELS, Author, Conversation, OutboxRow, OutboxState
from bot.conversation.wakeups import Hint, notify


async def write(
    session: AsyncSession,
    conversation: Conversation,
    reply: Reply,
    now: datetime,
    author: Author = Author.BOT,
    officer_id: int | None = None,
    not_before: datetime | None = None,
) -> OutboxRow:
    """Write a message in the caller's transaction; a pushed one goes out from `not_before` on."""
    fetched = conversation.channel in PULL_CHANNELS
    row = OutboxRow(
        conversation_id=conversation.id,
        inbox_id=None,
        channel=conversation.channel,
        author=author,
        officer_id=officer_id,
        state=OutboxState.READY if fetched else OutboxState.OPEN,
        payload=json.dumps(reply.to_json()),
        not_before=None if fetched else not_before,
        created_at=now,
    )
    session.add(row)
    await session.run_sync(notify, Hint.OUTBOX, conversation.id)
    return row

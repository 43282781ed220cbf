"""Writes what is said outside of a turn: notices, and the words of officers."""

import json
from datetime import datetime

from sqlalchemy import event, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from bot.conversation.context import Context
from bot.conversation.messages import Button, Reply
from bot.conversation.models import PULL_CHANNELS, Author, Conversation, OutboxRow, OutboxState
from bot.conversation.wakeups import Hint, notify

_OFFERS, _UNKEPT = "offers", "unkept offers"


async def write(
    session: AsyncSession,
    conversation: Conversation,
    reply: Reply,
    now: datetime,
    author: Author = Author.BOT,
    officer_id: int | None = None,
    not_before: datetime | None = None,
    key: str | None = None,
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
        key=key,
    )
    session.add(row)
    if reply.buttons and row.not_before is None:
        _remember(session, conversation, reply)
    await session.run_sync(notify, Hint.OUTBOX, conversation.id)
    return row


async def was_written(session: AsyncSession, key: str) -> bool:
    """Whether a message with this key is there already."""
    return await session.scalar(select(OutboxRow.id).where(OutboxRow.key == key)) is not None


def taken_offer(session: AsyncSession, conversation_id: int) -> tuple[Button, ...]:
    """The buttons that this transaction wrote to a chat; whoever takes them keeps them with what else is shown."""
    session.info.get(_UNKEPT, {}).pop(conversation_id, None)
    offered: tuple[Button, ...] = session.info.get(_OFFERS, {}).pop(conversation_id, ())
    return offered


def _remember(session: AsyncSession, conversation: Conversation, reply: Reply) -> None:
    """Keep what is offered, so that a typed answer is understood.

    Written beside the conversation's version: a notice is no reason for a turn under way to begin anew.
    """
    if _OFFERS not in session.info:
        session.info.update({_OFFERS: {}, _UNKEPT: {}})
        event.listen(session.sync_session, "after_flush", _keep_offers)
    session.info[_OFFERS][conversation.id] = reply.buttons
    session.info[_UNKEPT][conversation.id] = Context.read(conversation.context).showing([reply]).written()


def _keep_offers(session: Session, _: object) -> None:
    contexts: dict[int, str] = session.info[_UNKEPT]
    for conversation_id, context in contexts.items():
        of_chat = update(Conversation).where(Conversation.id == conversation_id)
        session.connection().execute(of_chat.values(context=context))
    contexts.clear()

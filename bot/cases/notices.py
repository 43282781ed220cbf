"""What the assistant says unasked: through the outbox, and not while people sleep."""

from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bot.clock import WIB
from bot.conversation.messages import Reply
from bot.conversation.models import STILL_OPEN, Author, Conversation, Floor, OutboxRow
from bot.conversation.outbox import write

QUIET_FROM = time(21)
QUIET_UNTIL = time(6)


class About(StrEnum):
    """What a notice may ask for that can be settled before it is said; see `bot.cases.settled`."""

    RESET = "reset"
    PHOTO = "photo"
    DRAFT = "draft"


def after_quiet_hours(now: datetime) -> datetime:
    """`now`, or the next morning while it is quiet (21:00 to 06:00 WIB)."""
    local = now.astimezone(WIB)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return now
    day = local.date() + timedelta(days=1 if local.time() >= QUIET_FROM else 0)
    return datetime.combine(day, QUIET_UNTIL, WIB)


async def forget_waiting(session: AsyncSession, conversation: Conversation) -> None:
    """Take back the notices that wait for the morning: the chat no longer belongs to whom they are for."""
    waiting = (OutboxRow.conversation_id == conversation.id, OutboxRow.inbox_id.is_(None))
    await session.execute(delete(OutboxRow).where(*waiting, OutboxRow.state == STILL_OPEN))


async def tell(
    session: AsyncSession,
    conversation: Conversation,
    reply: Reply,
    now: datetime,
    about: About | None = None,
    case: int | None = None,
) -> None:
    """Write a notice in the caller's transaction; one that asks `about` something isn't said once that is settled.

    A channel that fetches its messages rings no phone, so there it can be read at once. While an officer has the
    floor it is news of the office, not the assistant that speaks.
    """
    at = after_quiet_hours(now)
    author = Author.SYSTEM if conversation.floor == Floor.AGENT else Author.BOT
    row = await write(session, conversation, reply, now, author, not_before=None if at == now else at)
    row.about = f"{about}:{case or ''}" if about else None

"""The queue: who waits, for how long, for what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from bot.cases.numbers import case_number
from bot.conversation.models import Conversation
from bot.desk.rendering import page
from bot.desk.visit import DeskRoute, Visit
from bot.handoff.models import Handoff, Officer


@dataclass(frozen=True)
class QueueRow:
    """One conversation in the queue or with an officer."""

    handoff: Handoff
    number: str
    channel: str
    verified: bool
    officer: str | None
    waited_minutes: int
    late: str
    """`ok`, `soon`, or `late` by the deadline."""


async def show_queue(visit: Visit) -> Response:
    """The page."""
    return page(visit, "queue.html", rows=await queue_rows(visit.session, visit.now))


async def show_queue_rows(visit: Visit) -> Response:
    """The rows alone, for a page that is open."""
    return page(visit, "queue_rows.html", rows=await queue_rows(visit.session, visit.now))


async def queue_rows(session: AsyncSession, now: datetime) -> list[QueueRow]:
    """Every hand-off that isn't over, in the order of the queue."""
    found = await session.execute(
        select(Handoff, Conversation, Officer.name)
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .outerjoin(Officer, Officer.id == Handoff.officer_id)
        .where(Handoff.ended_at.is_(None))
        .order_by(Handoff.asked_at)
    )
    return [_row(handoff, conversation, officer, now) for handoff, conversation, officer in found.tuples()]


def _row(handoff: Handoff, conversation: Conversation, officer: str | None, now: datetime) -> QueueRow:
    left = (handoff.due_at - now).total_seconds() if handoff.due_at else None
    late = "ok" if left is None or left > 120 else "soon" if left > 0 else "late"
    return QueueRow(
        handoff=handoff,
        number=case_number(handoff.case_id),
        channel=conversation.channel,
        verified=conversation.verified_at is not None and conversation.participant_id is not None,
        officer=officer,
        waited_minutes=int((now - handoff.queued_at).total_seconds() // 60),
        late=late,
    )


ROUTES = (DeskRoute("", show_queue), DeskRoute("/antrean", show_queue_rows))

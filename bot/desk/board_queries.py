"""What the board asks the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import distinct, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.numbers import case_number
from bot.conversation.models import InboxRow
from bot.desk.periods import Period
from bot.desk.statistics import Episode
from bot.handoff.models import OPEN_STATES, Handoff, HandoffState, Officer

AT_ONCE = 1000
"""Rows of a long period that are read before other work has its turn."""
PRESENT_WITHIN = timedelta(minutes=5)
"""Since the last sign of life."""


@dataclass(frozen=True, slots=True)
class OpenHandoff:
    """One that isn't over."""

    id: int
    case_id: int
    topic: str
    state: str
    officer_id: int | None
    officer: str | None
    asked_at: datetime
    due_at: datetime | None

    @property
    def number(self) -> str:
        return case_number(self.case_id)


async def open_handoffs(session: AsyncSession) -> Sequence[OpenHandoff]:
    """Every one that isn't over, the longest waiting first."""
    columns = (Handoff.id, Handoff.case_id, Handoff.topic, Handoff.state, Handoff.officer_id, Officer.name)
    found = await session.execute(
        select(*columns, Handoff.asked_at, Handoff.due_at)
        .outerjoin(Officer, Officer.id == Handoff.officer_id)
        .where(Handoff.state.in_(OPEN_STATES))
        .order_by(Handoff.asked_at)
    )
    return [OpenHandoff(*row) for row in found.tuples()]


async def officers_at_work(session: AsyncSession) -> Sequence[Officer]:
    """The accounts that aren't closed."""
    return (await session.scalars(select(Officer).where(Officer.active).order_by(Officer.name))).all()


async def episodes_of(session: AsyncSession, period: Period) -> list[Episode]:
    """The hand-offs that were asked for in a period, in order."""
    asked = (
        select(
            Handoff.case_id,
            Handoff.topic,
            Handoff.reason,
            Handoff.state,
            Handoff.asked_at,
            Handoff.taken_at,
            Handoff.first_reply_at,
            Handoff.promised_until,
            Handoff.ended_at,
            Handoff.end_reason,
            Officer.name,
            Handoff.solved,
            Handoff.rating,
        )
        .outerjoin(Officer, Officer.id == Handoff.officer_id)
        .where(Handoff.asked_at >= period.begins, Handoff.asked_at < period.ends)
        .order_by(Handoff.asked_at)
        .execution_options(yield_per=AT_ONCE)
    )
    connection = await session.connection()  # columns alone: what makes objects of rows would double the time
    found = await connection.stream(asked)
    return [Episode._make(row) async for rows in found.partitions() for row in rows]


async def chats_of(session: AsyncSession, period: Period) -> tuple[int, int]:
    """How many chats wrote in a period, and how many of them asked for a person."""
    wrote = (InboxRow.received_at >= period.begins, InboxRow.received_at < period.ends)
    chats = select(func.count(distinct(InboxRow.conversation_id))).where(*wrote)
    handed_off = select(func.count(distinct(Handoff.conversation_id))).where(
        Handoff.asked_at >= period.begins,
        Handoff.asked_at < period.ends,
        # Read once from the index of the period; asked for each hand-off, every message of its chat is looked at.
        Handoff.conversation_id.in_(select(InboxRow.conversation_id).where(*wrote)),
    )
    return await session.scalar(chats) or 0, await session.scalar(handed_off) or 0


def is_present(officer: Officer, now: datetime) -> bool:
    """Whether somebody sits at the desk under this account."""
    return officer.seen_at is not None and officer.seen_at + PRESENT_WITHIN > now


def is_late(handoff: OpenHandoff, now: datetime) -> bool:
    """Whether its deadline has passed."""
    return handoff.due_at is not None and handoff.due_at <= now


def waits(handoff: OpenHandoff) -> bool:
    """Whether a participant waits in the chat."""
    return handoff.state == HandoffState.WAITING

"""The queue: whose turn it is, and how long it honestly takes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import ceil

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.handoff.models import Handoff, HandoffState, Topic

MEASURED_OVER = timedelta(hours=2)
MEASURED_TAKES = 20
LEAST_TAKES = 4
"""Fewer say nothing about the rate."""

_URGENT = Handoff.topic == Topic.FRAUD
ORDER = (_URGENT.desc(), Handoff.asked_at)
"""Fraud first, as money may be on its way; then by when it was asked for."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a place in the queue takes, in minutes, by the rate at which officers took the last ones."""

    at_least: int
    at_most: int


async def place_of(session: AsyncSession, handoff: Handoff) -> int:
    """The place in the queue, 1 is next."""
    earlier = Handoff.asked_at < handoff.asked_at
    before = and_(_URGENT, earlier) if handoff.topic == Topic.FRAUD else or_(_URGENT, earlier)
    ahead = select(func.count()).where(Handoff.state == HandoffState.WAITING, before, Handoff.id != handoff.id)
    return int(await session.scalar(ahead) or 0) + 1


async def waiting_time(session: AsyncSession, place: int, now: datetime) -> Wait | None:
    """The range for a place; None while too few were taken lately to say."""
    lately = (
        select(Handoff.taken_at)
        .where(Handoff.taken_at > now - MEASURED_OVER)
        .order_by(Handoff.taken_at.desc())
        .limit(MEASURED_TAKES)
    )
    taken = sorted(at for at in await session.scalars(lately) if at)
    if len(taken) < LEAST_TAKES:
        return None
    gaps = sorted((later - earlier).total_seconds() / 60 for earlier, later in pairwise([*taken, now]))
    quick, slow = gaps[len(gaps) // 4], gaps[(3 * len(gaps)) // 4]
    at_least = max(1, round(place * quick))
    return Wait(at_least, max(at_least + 1, ceil(place * slow)))

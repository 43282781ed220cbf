"""The supervisor's switch: while the assistant is paused, it says where people are and nothing else."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.models import Pause
from bot.errors import BadInput

_CURRENT = select(Pause).where(Pause.ended_at.is_(None)).order_by(Pause.id.desc()).limit(1)


async def current_pause(session: AsyncSession) -> Pause | None:
    """The pause under way."""
    found: Pause | None = await session.scalar(_CURRENT)
    return found


async def start_pause(session: AsyncSession, reason: str, by: str, now: datetime) -> Pause:
    """Pause the assistant; raises `BadInput` without a reason or while it is paused."""
    if not reason.strip():
        raise BadInput("a pause needs a reason")
    if await current_pause(session):
        raise BadInput("the assistant is paused already")
    pause = Pause(reason=reason.strip(), started_by=by, started_at=now)
    session.add(pause)
    return pause


async def end_pause(session: AsyncSession, by: str, now: datetime) -> None:
    """Let the assistant answer again; raises `BadInput` when it isn't paused."""
    pause = await current_pause(session)
    if pause is None:
        raise BadInput("the assistant isn't paused")
    pause.ended_by, pause.ended_at = by, now

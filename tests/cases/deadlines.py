"""Time passes for all cases at once."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases import deadlines
from bot.register.core_system import CoreSystem


async def act_on_deadlines(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """What the sweeper does, in one transaction."""
    for act in deadlines.ALL:
        await act(session, core, now)

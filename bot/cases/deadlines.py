"""What time does to cases: every wait has its deadline in a row, and the sweeper acts on it."""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.notices import tell
from bot.cases.phrasing import ask_whether_reset_works
from bot.cases.service import SYSTEM, Cases
from bot.cases.stages import CaseKind, CaseState
from bot.register.core_system import CoreSystem

MOST_AT_ONCE = 200


async def act_on_deadlines(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """Ask whether a reset works, and tell whose data the register shows corrected."""
    await _ask_after_resets(session, now)
    await _tell_of_corrections(session, core, now)


async def _ask_after_resets(session: AsyncSession, now: datetime) -> None:
    due = select(Case).where(Case.due_at <= now, Case.kind == CaseKind.BIOMETRIC_RESET, Case.closed_at.is_(None))
    for case in (await session.scalars(_taken(due))).all():
        case.due_at = None
        if chat := await Cases(session, now).chat_of(case):
            await tell(session, chat, ask_whether_reset_works(case, chat.language), now)


async def _tell_of_corrections(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    waiting = select(Case).where(
        Case.kind == CaseKind.DATA_CORRECTION, Case.state.in_((CaseState.OPEN, CaseState.IN_PROGRESS))
    )
    for case in (await session.scalars(_taken(waiting))).all():
        state = await core.app_state(case.participant_id or "")
        if state and not state.differing_fields:
            await Cases(session, now).move(case, CaseState.READY, SYSTEM)


def _taken(cases: Select[tuple[Case]]) -> Select[tuple[Case]]:
    """A few at a time; several processes sweep, and each case is acted on by one."""
    return cases.order_by(Case.id).limit(MOST_AT_ONCE).with_for_update(skip_locked=True)

"""What time does to cases: every wait has its deadline in a row, and the sweeper acts on it."""

from datetime import datetime, timedelta

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case, Claim, ClaimDraft
from bot.cases.notices import tell
from bot.cases.phrasing import ask_whether_reset_works, claim_is_late, remind_of_draft
from bot.cases.service import SYSTEM, Cases
from bot.cases.stages import CaseKind, CaseState
from bot.conversation.models import Conversation
from bot.register.core_system import CoreSystem

MOST_AT_ONCE = 200
DRAFT_KEPT_FOR = timedelta(days=30)


async def act_on_deadlines(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """Ask whether a reset works, and tell whose data the register shows corrected."""
    await _ask_after_resets(session, now)
    await _tell_of_corrections(session, core, now)
    await _tell_of_late_claims(session, now)
    await _remind_of_drafts(session, now)


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


async def _tell_of_late_claims(session: AsyncSession, now: datetime) -> None:
    due = select(Case).where(Case.due_at <= now, Case.kind == CaseKind.CLAIM, Case.closed_at.is_(None))
    for case in (await session.scalars(_taken(due))).all():
        case.due_at = None
        claim, chat = await session.get_one(Claim, case.id), await Cases(session, now).chat_of(case)
        if chat:
            await tell(session, chat, claim_is_late(case, claim, chat.language), now)


async def _remind_of_drafts(session: AsyncSession, now: datetime) -> None:
    """Once, a day after the last answer or when claims are taken again; a draft that grew old is deleted."""
    await session.execute(delete(ClaimDraft).where(ClaimDraft.updated_at < now - DRAFT_KEPT_FOR))
    due = select(ClaimDraft).where(ClaimDraft.remind_at <= now).limit(MOST_AT_ONCE).with_for_update(skip_locked=True)
    for draft in (await session.scalars(due)).all():
        draft.remind_at = None
        chat = await session.get(Conversation, draft.conversation_id) if draft.conversation_id else None
        if chat and chat.participant_id == draft.participant_id:
            await tell(session, chat, remind_of_draft(chat.language), now)


def _taken(cases: Select[tuple[Case]]) -> Select[tuple[Case]]:
    """A few at a time; several processes sweep, and each case is acted on by one."""
    return cases.order_by(Case.id).limit(MOST_AT_ONCE).with_for_update(skip_locked=True)

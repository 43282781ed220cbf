"""What time does to cases: every wait has its deadline in a row, and the sweeper acts on it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.claim_photos import ClaimPhotos, waits_for_photo
from bot.cases.models import Case, Claim, ClaimDraft
from bot.cases.notices import tell
from bot.cases.phrasing import (
    ask_whether_reset_works,
    claim_is_late,
    draft_reminder,
    visit_over,
    visit_tomorrow,
)
from bot.cases.service import SYSTEM, Cases
from bot.cases.stages import CaseKind, CaseState
from bot.cases.visits import Visits, is_over
from bot.conversation.models import Conversation
from bot.register.core_system import CoreSystem

MOST_AT_ONCE = 200
DRAFT_KEPT_FOR = timedelta(days=30)


async def ask_after_resets(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """Ask whether JMO can be used a day after the office reset the face check."""
    for case in await _due(session, CaseKind.BIOMETRIC_RESET, now):
        case.due_at = None
        if chat := await Cases(session, now).chat_of(case):
            await tell(session, chat, ask_whether_reset_works(case, chat.language), now)


async def tell_of_corrections(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """Tell whose data the register shows corrected; the others are looked at again in their turn."""
    for case in await _due(session, CaseKind.DATA_CORRECTION, now):
        state = await core.app_state(case.participant_id or "")
        if state and not state.differing_fields:
            await Cases(session, now).move(case, CaseState.READY, SYSTEM)
        else:
            case.due_at = now  # behind those that were not looked at for longer


async def tell_of_late_claims(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """Say so, once, when a claim took longer than the rule allows; one that waits for its photo is not late."""
    for case in await _due(session, CaseKind.CLAIM, now):
        case.due_at = None
        claim, chat = await session.get_one(Claim, case.id), await Cases(session, now).chat_of(case)
        if waits_for_photo(case, claim):
            await ClaimPhotos(session, now).missing(case)
            continue
        if chat:
            await tell(session, chat, claim_is_late(case, claim, chat.language), now)


async def remind_of_drafts(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """Once, a day after the last answer or when claims are taken again; a draft that grew old is deleted."""
    await session.execute(delete(ClaimDraft).where(ClaimDraft.updated_at < now - DRAFT_KEPT_FOR))
    due = select(ClaimDraft).where(ClaimDraft.remind_at <= now).limit(MOST_AT_ONCE).with_for_update(skip_locked=True)
    for draft in (await session.scalars(due)).all():
        draft.remind_at = None
        chat = await session.get(Conversation, draft.conversation_id) if draft.conversation_id else None
        if chat and chat.participant_id == draft.participant_id:
            await tell(session, chat, draft_reminder(chat.language), now)


async def remind_of_visits(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """The day before a visit, what to bring; after it the plan is over, and whether all is well is asked."""
    for case in await _due(session, CaseKind.VISIT, now):
        chat, over = await Cases(session, now).chat_of(case), is_over(case, now)
        if over:
            Cases(session, now).enter(case, CaseState.DONE, SYSTEM)
        else:
            Visits(session, now).reminded(case)
        if chat:
            phrase = visit_over if over else visit_tomorrow
            await tell(session, chat, phrase(case, chat.language), now)


ALL = (ask_after_resets, tell_of_corrections, tell_of_late_claims, remind_of_drafts, remind_of_visits)
"""What the sweeper does, each in a transaction of its own, so that one that fails holds up no other."""


async def _due(session: AsyncSession, kind: CaseKind, now: datetime) -> Sequence[Case]:
    """A few at a time, the longest waiting first; several processes sweep, and each case is acted on by one."""
    due = select(Case).where(Case.due_at <= now, Case.kind == kind, Case.closed_at.is_(None))
    return (
        await session.scalars(due.order_by(Case.due_at).limit(MOST_AT_ONCE).with_for_update(skip_locked=True))
    ).all()

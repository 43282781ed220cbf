"""What time does to cases: every wait has its deadline in a row, and the sweeper acts on it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.claim_photos import ClaimPhotos, waits_for_photo
from bot.cases.models import Case, Claim, ClaimDraft
from bot.cases.notices import About, tell
from bot.cases.office_times import ALERT_AGAIN, READY_KEPT_FOR, office_until
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
from bot.conversation.models import Conversation, Floor
from bot.register.core_system import CoreSystem

MOST_AT_ONCE = 200
DRAFT_KEPT_FOR = timedelta(days=30)


async def ask_after_resets(session: AsyncSession, core: CoreSystem, now: datetime) -> list[Case]:
    """Ask whether JMO can be used a day after the office reset the face check; gives the resets that are late."""
    late = []
    for case in await _due(session, CaseKind.BIOMETRIC_RESET, now):
        chat = await Cases(session, now).chat_of(case)
        if case.state != CaseState.READY:
            late.append(_looked_at_again(case, now))
        elif case.state_since + READY_KEPT_FOR <= now:
            Cases(session, now).enter(case, CaseState.DONE, SYSTEM)
        elif chat is None or chat.floor != Floor.AGENT:  # an officer's talk isn't interrupted by a question
            case.due_at = case.state_since + READY_KEPT_FOR
            if chat:
                await tell(session, chat, ask_whether_reset_works(case, chat.language), now, About.RESET, case.id)
    return late


async def tell_of_corrections(session: AsyncSession, core: CoreSystem, now: datetime) -> list[Case]:
    """Tell whose data the register shows corrected; the others are looked at again in their turn."""
    late = []
    for case in await _due(session, CaseKind.DATA_CORRECTION, now):
        if case.state == CaseState.READY:
            Cases(session, now).enter(case, CaseState.DONE, SYSTEM)
            continue
        state = await core.app_state(case.participant_id or "")
        if state and not state.differing_fields:
            await Cases(session, now).move(case, CaseState.READY, SYSTEM)
            continue
        if _became_late(case, now):
            late.append(case)
        case.due_at = now  # behind those that were not looked at for longer
    return late


async def tell_of_late_claims(session: AsyncSession, core: CoreSystem, now: datetime) -> list[Case]:
    """Say so, once, when a claim took longer than the rule allows; one that waits for its photo is not late."""
    late = []
    for case in await _due(session, CaseKind.CLAIM, now):
        claim, chat = await session.get_one(Claim, case.id), await Cases(session, now).chat_of(case)
        if waits_for_photo(case, claim):
            case.due_at = None
            await ClaimPhotos(session, now).missing(case)
            continue
        if chat and not case.details.get("told_late"):
            await tell(session, chat, claim_is_late(case, claim, chat.language), now)
        case.note(told_late=True)
        late.append(_looked_at_again(case, now))
    return late


async def notice_late_checks(session: AsyncSession, core: CoreSystem, now: datetime) -> list[Case]:
    """Give the cases that officers work on alone and did not finish in time."""
    kinds = (CaseKind.CARD_CHECK, CaseKind.APP_PROBLEM, CaseKind.CONVERSATION)
    return [_looked_at_again(case, now) for kind in kinds for case in await _due(session, kind, now)]


async def remind_of_drafts(session: AsyncSession, core: CoreSystem, now: datetime) -> list[Case]:
    """Once, a day after the last answer or when claims are taken again; a draft that grew old is deleted."""
    await session.execute(delete(ClaimDraft).where(ClaimDraft.updated_at < now - DRAFT_KEPT_FOR))
    due = select(ClaimDraft).where(ClaimDraft.remind_at <= now).limit(MOST_AT_ONCE).with_for_update(skip_locked=True)
    for draft in (await session.scalars(due)).all():
        chat = await session.get(Conversation, draft.conversation_id) if draft.conversation_id else None
        if chat and chat.floor == Floor.AGENT:
            continue
        draft.remind_at = None
        if chat and chat.participant_id == draft.participant_id:
            await tell(session, chat, draft_reminder(chat.language), now, About.DRAFT)
    return []


async def remind_of_visits(session: AsyncSession, core: CoreSystem, now: datetime) -> list[Case]:
    """The day before a visit, what to bring; after it the plan is over, and whether all is well is asked."""
    for case in await _due(session, CaseKind.VISIT, now):
        chat, over = await Cases(session, now).chat_of(case), is_over(case, now)
        if chat and chat.floor == Floor.AGENT:  # told when the officer's talk is over
            continue
        if over:
            Cases(session, now).enter(case, CaseState.DONE, SYSTEM)
        else:
            Visits(session, now).reminded(case)
        if chat:
            phrase = visit_over if over else visit_tomorrow
            await tell(session, chat, phrase(case, chat.language), now)
    return []


ALL = (
    ask_after_resets,
    tell_of_corrections,
    tell_of_late_claims,
    notice_late_checks,
    remind_of_drafts,
    remind_of_visits,
)
"""What the sweeper does, each in a transaction of its own, so that one that fails holds up no other.

Each gives the cases in which the office is late, for an alert.
"""


async def _due(session: AsyncSession, kind: CaseKind, now: datetime) -> Sequence[Case]:
    """A few at a time, the longest waiting first; several processes sweep, and each case is acted on by one."""
    due = select(Case).where(Case.due_at <= now, Case.kind == kind, Case.closed_at.is_(None))
    return (
        await session.scalars(due.order_by(Case.due_at).limit(MOST_AT_ONCE).with_for_update(skip_locked=True))
    ).all()


def _looked_at_again(case: Case, now: datetime) -> Case:
    case.due_at = now + ALERT_AGAIN
    return case


def _became_late(case: Case, now: datetime) -> bool:
    """Whether its goal, or another day after that, passed since the last look."""
    until, last = office_until(case), case.due_at
    if until is None or last is None or now < until:
        return False
    return last < until or (last - until) // ALERT_AGAIN < (now - until) // ALERT_AGAIN

"""A promised call: made, or nobody was reached."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.notices import tell
from bot.cases.service import Cases
from bot.cases.stages import CaseKind, CaseState
from bot.conversation.models import Conversation
from bot.handoff import phrasing
from bot.handoff.models import EndReason, Handoff, HandoffState, Officer
from bot.handoff.service import officer as actor


async def called_back(session: AsyncSession, now: datetime, handoff: Handoff, officer: Officer, reached: bool) -> None:
    """End the hand-off under the officer's name and say so in the chat, with a rating or the way back."""
    conversation = await session.get_one(Conversation, handoff.conversation_id)
    case = await session.get_one(Case, handoff.case_id)
    reason = EndReason.CALLED_BACK if reached else EndReason.NOT_REACHED
    handoff.state, handoff.ended_at, handoff.end_reason = HandoffState.ENDED, now, reason
    handoff.officer_id, handoff.due_at = officer.id, None
    handoff.taken_at = handoff.taken_at or now
    if case.kind == CaseKind.CONVERSATION and not case.closed_at:
        Cases(session, now).enter(case, CaseState.DONE, actor(officer.name), reason)
    if reached:
        handoff.rating_asked_at = now
        await tell(session, conversation, phrasing.ended(reason, case.number, conversation.language), now)
    else:
        await tell(session, conversation, phrasing.not_reached(case.number, conversation.language), now)

"""A promised call: made, or nobody was reached."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.notices import tell
from bot.cases.stages import CaseState
from bot.conversation.models import Conversation
from bot.handoff import phrasing
from bot.handoff.models import EndReason, Handoff, Officer
from bot.handoff.service import Handoffs
from bot.handoff.service import officer as actor


async def called_back(session: AsyncSession, now: datetime, handoff: Handoff, officer: Officer, reached: bool) -> None:
    """End the hand-off under the officer's name and say so in the chat, with a rating or the way back."""
    conversation = await session.get_one(Conversation, handoff.conversation_id)
    reason = EndReason.CALLED_BACK if reached else EndReason.NOT_REACHED
    handoff.officer_id, handoff.taken_at = officer.id, handoff.taken_at or now
    handoff.first_reply_at = handoff.first_reply_at or (now if reached else None)
    case = await Handoffs(session, now).close(handoff, conversation, reason, actor(officer.name), CaseState.DONE)
    if reached:
        handoff.rating_asked_at = now
        await tell(session, conversation, phrasing.ended(reason, case.number, conversation.language), now)
    else:
        await tell(session, conversation, phrasing.not_reached(case.number, conversation.language), now)

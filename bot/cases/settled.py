"""Whether what a held message asks was settled meanwhile: nobody is asked in the morning for what they did at night."""

from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.claim_photos import waits_for_photo
from bot.cases.models import Case, Claim, ClaimDraft
from bot.cases.notices import About
from bot.cases.stages import CaseState
from bot.conversation.models import Conversation, OutboxRow


async def is_settled(session: AsyncSession, row: OutboxRow) -> bool:
    """Only what asks for something can be: news of a case is told, whatever came after it."""
    about, _, number = (row.about or "").partition(":")
    if about == About.DRAFT:
        return await _draft_went_on(session, row.conversation_id)
    case = await session.get(Case, int(number)) if number else None
    if about == About.RESET:
        return case is None or case.state != CaseState.READY
    if about == About.PHOTO:
        claim = await session.get(Claim, case.id) if case else None
        return case is None or claim is None or not waits_for_photo(case, claim)
    return False


async def _draft_went_on(session: AsyncSession, conversation_id: int) -> bool:
    """Sent, dropped, or filled in further: then it has its next reminder."""
    chat = await session.get(Conversation, conversation_id)
    draft = await session.get(ClaimDraft, chat.participant_id) if chat and chat.participant_id else None
    return draft is None or draft.remind_at is not None

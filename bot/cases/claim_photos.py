"""The photo of a filed claim before an officer: accepted, or asked for anew without filing anew."""

from datetime import datetime, time, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.benefits.claim_times import due_on, usually_paid_on
from bot.benefits.service_hours import day_of
from bot.cases.models import Case, Claim
from bot.cases.notices import About, tell
from bot.cases.office_times import PHOTO_WAITS_FOR
from bot.cases.phrasing import no_photo, photo_refused
from bot.cases.service import PARTICIPANT, SYSTEM, Cases, StepNotPossible
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB
from bot.conversation.models import Conversation

MATCH, NEEDS_OFFICER, REFUSED = "match", "needs_officer", "refused"
"""States of `Claim.face`: a refused photo waits for the participant's next one."""
REASONS = ("blurred", "dark", "covered", "not_frontal", "several", "other_person", "other")
"""Why a photo is refused, as the participant is told by `cases.photo_reason_<reason>`."""
REMIND_AFTER = timedelta(hours=24)
LATE_FROM = time(8)
"""On the day after the last one that the rule allows."""


class ClaimPhotos:
    """Works in the caller's transaction."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now
        self._cases = Cases(session, now)

    async def accept(self, case: Case, claim: Claim, actor: str) -> None:
        """The face is the participant's: the claim moves on, and the participant is told."""
        self._check(case, claim)
        claim.face = MATCH
        await self._cases.move(case, CaseState.DETERMINATION, actor)

    async def refuse(self, case: Case, claim: Claim, actor: str, reason: str, words: str = "") -> None:
        """Another photo is needed: the participant is told why, and how to send it in the chat."""
        self._check(case, claim)
        claim.face = REFUSED
        case.note(photo_reason=reason, photo_words=words, photo_reminded=None, photo_tries=0)
        case.due_at = self._now + REMIND_AFTER
        self._cases.note(case, actor, f"photo refused: {reason}")
        if chat := await self._cases.chat_of(case):
            await self._ask(case, chat)

    async def wanted_from(self, participant_id: str) -> tuple[Case, Claim] | None:
        """The open claim of a participant that waits for a new photo."""
        case = await self._cases.open_one(participant_id, CaseKind.CLAIM)
        claim = await self._session.get(Claim, case.id) if case else None
        return (case, claim) if case and claim and waits_for_photo(case, claim) else None

    def take(self, case: Case, claim: Claim, photo: bytes, face: str) -> None:
        """The new photo is there: its days are counted from now, as only now everything is complete."""
        claim.photo, claim.face = photo, face
        claim.usual_by, claim.due_by = usually_paid_on(day_of(self._now)), due_on(day_of(self._now))
        case.due_at = late_from(claim)
        case.note(photo_reminded=None, photo_tries=None, photo_came=self._now.isoformat())
        self._cases.note(case, PARTICIPANT, "new photo")

    async def missing(self, case: Case) -> None:
        """Nobody sent the photo: remind once, later close the claim."""
        if case.details.get("photo_reminded"):
            chat = await self._cases.chat_of(case)
            await self._cases.move(case, CaseState.REJECTED, SYSTEM, no_photo(chat.language if chat else "id"))
            return
        case.note(photo_reminded=self._now.isoformat())
        case.due_at = self._now + PHOTO_WAITS_FOR
        if chat := await self._cases.chat_of(case):
            await self._ask(case, chat, reminder=True)

    async def _ask(self, case: Case, chat: Conversation, reminder: bool = False) -> None:
        asked = photo_refused(case, chat.language, reminder)
        await tell(self._session, chat, asked, self._now, About.PHOTO, case.id)

    def _check(self, case: Case, claim: Claim) -> None:
        if case.state != CaseState.AGENDA or claim.face != NEEDS_OFFICER:
            raise StepNotPossible(f"the photo of {case.number} is not to be judged now ({case.state}, {claim.face})")


def waits_for_photo(case: Case, claim: Claim) -> bool:
    """Whether the participant has to send another photo."""
    return case.state == CaseState.AGENDA and claim.face == REFUSED


def photo_came(case: Case, claim: Claim) -> datetime:
    """When the photo that waits for an officer was sent."""
    later = case.details.get("photo_came")
    return datetime.fromisoformat(later) if later else claim.filed_at


def late_from(claim: Claim) -> datetime:
    """When it is said that a claim is late: the morning after its last day."""
    return datetime.combine(claim.due_by + timedelta(days=1), LATE_FROM, WIB)

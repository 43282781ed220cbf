"""Filing a claim: a draft that is filled in step by step, kept for days, and sent once."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from bot.benefits.claim_facts import ClaimReason
from bot.benefits.claim_times import due_on, usually_paid_on
from bot.benefits.service_hours import day_of, is_open, next_opening
from bot.benefits.tax import Tariff
from bot.cases.claim_photos import late_from
from bot.cases.claim_record import ClaimRecord
from bot.cases.models import Case, Claim, ClaimDraft
from bot.cases.service import Cases
from bot.cases.stages import CaseKind
from bot.conversation.models import Conversation

REMIND_AFTER = timedelta(hours=24)
PHOTO_TRIES = 3
"""After so many photos that the check refuses, an officer looks at the next one whatever it says."""


class FilingStep(StrEnum):
    """What is asked, in this order; also the field of the draft that the answer fills."""

    REASON = "reason"
    """Known from the register; asked only where the participant wants it changed."""
    BIODATA = "biodata"
    BANK = "bank"
    ACCOUNT = "account"
    HOLDER = "holder"
    NPWP = "npwp"
    PHOTO = "photo"
    CONSENT = "consent"
    SEND = "send"


_OF_ACCOUNT = (FilingStep.BANK, FilingStep.ACCOUNT, FilingStep.HOLDER)


class Filing:
    """Works in the caller's transaction on the participant's only draft."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def draft_of(self, participant_id: str) -> ClaimDraft | None:
        return await self._session.get(ClaimDraft, participant_id)

    async def begin(self, conversation: Conversation, record: ClaimRecord) -> bool:
        """Take up the participant's draft in this chat; True if it was begun before."""
        draft = await self.draft_of(record.participant.id)
        resumed = draft is not None
        if draft is None:
            draft = ClaimDraft(participant_id=record.participant.id, created_at=self._now, fields_json="{}")
            draft.keep(reason=record.known_reason)  # asked where the register is silent
            self._session.add(draft)
            await self._session.flush()
        draft.conversation_id = conversation.id
        self._touch(draft)
        return resumed

    def step(self, draft: ClaimDraft, record: ClaimRecord) -> FilingStep:
        """The first thing that is missing."""
        filled = draft.fields
        asked = [step for step in FilingStep if step is not FilingStep.NPWP or _needs_npwp(draft, record, self._now)]
        return next((step for step in asked if step not in filled), FilingStep.SEND)

    def fill(self, draft: ClaimDraft, **fields: object) -> None:
        """Take answers."""
        draft.keep(**fields)
        self._touch(draft)

    def reopen(self, draft: ClaimDraft, field: str) -> None:
        """Ask something again; what was agreed to is to be agreed to again."""
        fields = _OF_ACCOUNT if field in _OF_ACCOUNT else (FilingStep(field),)
        if FilingStep.PHOTO in fields:
            draft.photo = None
        draft.keep(**{str(step): None for step in (*fields, FilingStep.CONSENT)})
        self._touch(draft)

    def wait_for_opening(self, draft: ClaimDraft) -> datetime | None:
        """None while claims are taken; else the moment they are again, when the participant is reminded."""
        if is_open(self._now):
            return None
        draft.remind_at = next_opening(self._now)
        return draft.remind_at

    async def drop(self, draft: ClaimDraft) -> None:
        await self._session.delete(draft)

    async def send(
        self, draft: ClaimDraft, conversation: Conversation, record: ClaimRecord, face: str
    ) -> tuple[Case, bool]:
        """File it; gives the case, and False where one was open already: then nothing new is filed."""
        case, new = await Cases(self._session, self._now).open(CaseKind.CLAIM, conversation)
        if new:
            claim = _claim(case, draft, record, face, self._now)
            self._session.add(claim)
            case.due_at = late_from(claim)
        await self.drop(draft)
        return case, new

    def _touch(self, draft: ClaimDraft) -> None:
        draft.updated_at, draft.remind_at = self._now, self._now + REMIND_AFTER


def reason_of(draft: ClaimDraft, record: ClaimRecord) -> ClaimReason:
    """Why it is claimed: what the participant chose, else what the register says."""
    return ClaimReason(draft.fields.get("reason") or record.likely_reason)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, dots and spaces."""
    return _letters(one) == _letters(other) != ""


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _needs_npwp(draft: ClaimDraft, record: ClaimRecord, now: datetime) -> bool:
    money = record.judged(reason_of(draft, record), now).money
    return money is not None and money.reckoned.tariff is Tariff.PROGRESSIVE


def _claim(case: Case, draft: ClaimDraft, record: ClaimRecord, face: str, now: datetime) -> Claim:
    fields, day = draft.fields, day_of(now)
    money = record.judged(reason_of(draft, record), now).money
    assert money is not None and draft.photo is not None
    npwp = fields.get("npwp")
    return Claim(
        case_id=case.id,
        reason=fields["reason"],
        gross=money.gross,
        tax=money.tax,
        bank=fields["bank"],
        account_number=fields["account"],
        holder=fields["holder"],
        npwp=npwp if npwp != "-" else None,
        photo=draft.photo,
        face=face,
        consented_at=datetime.fromisoformat(fields["consent"]),
        filed_at=now,
        usual_by=usually_paid_on(day),
        due_by=due_on(day),
    )

"""Verification of one chat, step by step.

CONTACT (only where the platform vouches for it, may be skipped) -> NUMBER -> BIRTH_DATE -> CODE (unless the
shared contact is the registered number). CONFIRMED always needs a fresh code, a VERIFIED chat only that.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.models import Conversation
from bot.identity.answers import (
    Answer,
    GivenBirthDate,
    GivenCode,
    GivenNumber,
    Resend,
    SharedContact,
    SkipContact,
)
from bot.identity.codes import OneTimeCodes
from bot.identity.levels import Level, level_of
from bot.identity.limits import IdentityLimits
from bot.identity.models import VerificationRow
from bot.identity.otp import OtpGateway
from bot.identity.outcomes import (
    CodeSent,
    CodeWrong,
    Locked,
    NextStep,
    NoRegisteredNumber,
    NothingUnderWay,
    NotMatching,
    NotOwnContact,
    Outcome,
    PrivateChatOnly,
    Step,
    Verified,
)
from bot.identity.storage import find
from bot.privacy.audit import record
from bot.privacy.keys import keyring
from bot.register.core_system import CoreSystem, Participant

CHANNELS_THAT_VOUCH = frozenset({"telegram"})
"""Channels whose platform says whether a shared phone number is the sender's own."""
KEPT_FOR = timedelta(minutes=30)
"""A verification that nobody goes on with is forgotten after this long."""


class Verification:
    """Leads a chat to the level it wants; everything is written in the caller's transaction.

    Asking the register may raise `bot.errors.CoreSystemUnavailable`; the step then stays as it was.
    """

    def __init__(self, session: AsyncSession, core: CoreSystem, gateway: OtpGateway, now: datetime) -> None:
        self._session = session
        self._core = core
        self._gateway = gateway
        self._now = now
        self._limits = IdentityLimits(session, now)

    async def begin(self, conversation: Conversation, wanted: Level) -> Outcome:
        """Start towards a level, or go on where this chat stopped.

        `NextStep` says what to ask; `CodeSent` when only a code is needed; `Verified` when nothing is.
        `wanted` is VERIFIED or CONFIRMED.
        """
        if not conversation.private:
            return PrivateChatOnly()
        if locked := await self._limits.locked(_chat_index(conversation)):
            return locked
        if level_of(conversation, self._now) >= wanted:
            return await self._already_there(conversation, wanted)
        row = await self._under_way(conversation)
        if row is None or _session_ended_meanwhile(row, conversation):
            return await self._start(conversation, wanted)
        row.wanted = wanted
        return NextStep(_step(row))

    async def current_step(self, conversation: Conversation) -> Step | None:
        """What this chat is asked now; None when no verification is under way."""
        row = await self._under_way(conversation)
        return _step(row) if row else None

    async def cancel(self, conversation: Conversation) -> None:
        """Forget the verification under way; wrong tries stay counted."""
        if row := await self._under_way(conversation):
            self._finish(row)

    async def answer(self, conversation: Conversation, answer: Answer) -> Outcome:
        """Take one answer; one that the step didn't ask for is answered with what is to be asked."""
        if not conversation.private:
            return PrivateChatOnly()
        if isinstance(answer, SharedContact) and not self._keep_contact(conversation, answer):
            return NotOwnContact()
        row = await self._under_way(conversation)
        if row is None:
            return NothingUnderWay()
        if _session_ended_meanwhile(row, conversation):
            return await self._start(conversation, Level(row.wanted))
        row.updated_at = self._now
        return await self._take(conversation, row, answer)

    async def answer_many(self, conversation: Conversation, answers: Sequence[Answer]) -> Outcome:
        """Take the answers of one message in the order of the steps, as far as they lead on."""
        outcome: Outcome = NothingUnderWay()
        for answer in sorted(answers, key=_place_in_order):
            outcome = await self.answer(conversation, answer)
            if not isinstance(outcome, NextStep):
                break
        return outcome

    async def _start(self, conversation: Conversation, wanted: Level) -> Outcome:
        row = await self._row(conversation)
        row.wanted = wanted
        row.started_at = row.updated_at = self._now
        self._forget_identity(row)
        participant = await self._known_participant(conversation)
        if participant is None:
            row.step = _first_step(conversation)
            return NextStep(_step(row))
        row.candidate_id = participant.id
        return await self._send_code(conversation, row, participant)

    async def _take(self, conversation: Conversation, row: VerificationRow, answer: Answer) -> Outcome:
        step = _step(row)
        match answer, step:
            case SharedContact(), Step.CODE:
                return await self._identified(conversation, row)
            case SharedContact() | SkipContact(), Step.CONTACT:
                row.step = Step.NUMBER
            case GivenNumber(value), Step.CONTACT | Step.NUMBER | Step.BIRTH_DATE:
                return await self._take_number(conversation, row, value)
            case GivenBirthDate(value), Step.BIRTH_DATE:
                return await self._take_birth_date(conversation, row, value.isoformat())
            case GivenCode(value), Step.CODE:
                return await self._take_code(conversation, row, value)
            case Resend(), Step.CODE:
                return await self._resend(conversation, row)
        return NextStep(_step(row))

    async def _take_number(self, conversation: Conversation, row: VerificationRow, number: str) -> Outcome:
        index = keyring().blind_index(number, "identity")
        if locked := await self._limits.locked(_chat_index(conversation), index):
            return self._end_locked(row, locked)
        participant = await self._core.find_by_number(number)
        expected = participant.birth_date.isoformat() if participant else secrets.token_hex()
        row.number_index = index
        row.candidate_id = participant.id if participant else None
        row.birth_date_digest = keyring().digest(expected, _birth_date_context(row))
        row.step = Step.BIRTH_DATE
        return NextStep(Step.BIRTH_DATE)

    async def _take_birth_date(self, conversation: Conversation, row: VerificationRow, birth_date: str) -> Outcome:
        """The same work and the same answer, whether the number is unknown or the date is wrong."""
        chat, number = _chat_index(conversation), row.number_index or ""
        if locked := await self._limits.locked(chat, number):
            return self._end_locked(row, locked)
        if keyring().digest_matches(birth_date, _birth_date_context(row), row.birth_date_digest or ""):
            return await self._identified(conversation, row)
        self._record(conversation, "identity_wrong", number, "number and birth date don't belong together")
        outcome = await self._limits.count_failure(chat, number)
        if isinstance(outcome, NotMatching):
            self._forget_identity(row)
            row.step = Step.NUMBER
            return outcome
        self._record(conversation, "locked", number, "too many wrong identities")
        return self._end_locked(row, outcome)

    async def _identified(self, conversation: Conversation, row: VerificationRow) -> Outcome:
        """Number and birth date are right; the contact or a code must show that it is the participant."""
        participant = await self._candidate(row)
        if participant is None:
            return await self._start(conversation, Level(row.wanted))
        if row.wanted < Level.CONFIRMED and _contact_is_registered(conversation, participant):
            return self._verify(conversation, row, participant, "identity and own registered contact")
        if _step(row) is Step.CODE:
            return NextStep(Step.CODE)
        return await self._send_code(conversation, row, participant)

    async def _send_code(self, conversation: Conversation, row: VerificationRow, participant: Participant) -> Outcome:
        if participant.phone is None:
            self._finish(row)
            return NoRegisteredNumber()
        row.step = Step.CODE
        codes = self._codes(conversation, participant.id)
        outcome = await codes.send(participant.phone, conversation.language)
        if isinstance(outcome, CodeSent):
            self._record(conversation, "code_sent", participant.id, "to the registered number")
        return outcome

    async def _resend(self, conversation: Conversation, row: VerificationRow) -> Outcome:
        participant = await self._candidate(row)
        if participant is None:
            return await self._start(conversation, Level(row.wanted))
        return await self._send_code(conversation, row, participant)

    async def _take_code(self, conversation: Conversation, row: VerificationRow, code: str) -> Outcome:
        participant = await self._candidate(row)
        if participant is None:
            return await self._start(conversation, Level(row.wanted))
        problem = await self._codes(conversation, participant.id).check(code)
        if problem is None:
            return self._verify(conversation, row, participant, "a code sent to the registered number")
        if isinstance(problem, CodeWrong):
            self._record(conversation, "code_wrong", participant.id, f"{problem.tries_left} tries left")
        return problem

    def _verify(
        self, conversation: Conversation, row: VerificationRow, participant: Participant, reason: str
    ) -> Verified:
        level = Level(row.wanted)
        conversation.participant_id = participant.id
        conversation.verified_at = self._now
        if level is Level.CONFIRMED:
            conversation.confirmed_at = self._now
        self._record(conversation, level.name.lower(), participant.id, reason)
        self._finish(row)
        return Verified(_first_name(participant.name), level)

    async def _already_there(self, conversation: Conversation, level: Level) -> Outcome:
        await self.cancel(conversation)
        participant = await self._core.participant(conversation.participant_id or "")
        return Verified(_first_name(participant.name) if participant else "", level)

    def _keep_contact(self, conversation: Conversation, contact: SharedContact) -> bool:
        if not contact.belongs_to_sender or conversation.channel not in CHANNELS_THAT_VOUCH:
            return False
        conversation.phone_index = keyring().blind_index(contact.phone, "phone")
        return True

    async def _known_participant(self, conversation: Conversation) -> Participant | None:
        """Whom this chat is verified as: no need to ask for the identity again."""
        if level_of(conversation, self._now) < Level.VERIFIED:
            return None
        return await self._core.participant(conversation.participant_id or "")

    async def _candidate(self, row: VerificationRow) -> Participant | None:
        return await self._core.participant(row.candidate_id or "")

    def _codes(self, conversation: Conversation, participant_id: str) -> OneTimeCodes:
        return OneTimeCodes(self._session, self._gateway, _chat_index(conversation), participant_id, self._now)

    async def _under_way(self, conversation: Conversation) -> VerificationRow | None:
        row = await find(self._session, VerificationRow, conversation.id)
        return row if row and row.step and self._now - row.updated_at < KEPT_FOR else None

    async def _row(self, conversation: Conversation) -> VerificationRow:
        row = await find(self._session, VerificationRow, conversation.id)
        if row is None:
            row = VerificationRow(conversation_id=conversation.id)
            self._session.add(row)
        return row

    def _end_locked(self, row: VerificationRow, locked: Locked) -> Locked:
        self._finish(row)
        return locked

    def _finish(self, row: VerificationRow) -> None:
        row.step = None
        self._forget_identity(row)

    def _forget_identity(self, row: VerificationRow) -> None:
        row.candidate_id = row.number_index = row.birth_date_digest = None

    def _record(self, conversation: Conversation, deed: str, subject: str, reason: str) -> None:
        record(
            self._session,
            actor=f"conversation:{conversation.id}",
            action=f"verification.{deed}",
            subject=subject,
            reason=reason,
            at=self._now,
        )


_ORDER: tuple[type, ...] = (SharedContact, SkipContact, GivenCode, Resend, GivenNumber, GivenBirthDate)


def _place_in_order(answer: Answer) -> int:
    """A code comes before the identity: it is never tried against one that was sent a moment later."""
    return _ORDER.index(type(answer))


def _step(row: VerificationRow) -> Step:
    return Step(row.step or Step.NUMBER)


def _first_step(conversation: Conversation) -> Step:
    can_vouch = conversation.channel in CHANNELS_THAT_VOUCH
    return Step.CONTACT if can_vouch and conversation.phone_index is None else Step.NUMBER


def _session_ended_meanwhile(row: VerificationRow, conversation: Conversation) -> bool:
    """True when only a code was asked for, because the chat was verified, and it no longer is."""
    return row.step == Step.CODE and row.number_index is None and conversation.verified_at is None


def _contact_is_registered(conversation: Conversation, participant: Participant) -> bool:
    if participant.phone is None:
        return False
    return conversation.phone_index == keyring().blind_index(participant.phone, "phone")


def _chat_index(conversation: Conversation) -> str:
    return keyring().blind_index(f"{conversation.channel}:{conversation.chat_id}", "chat")


def _birth_date_context(row: VerificationRow) -> str:
    return f"birth date {row.conversation_id} {row.number_index}"


def _first_name(name: str) -> str:
    """The first part of a name that is more than an initial."""
    parts = [part for part in name.split() if len(part.strip(".")) > 1] or name.split() or [""]
    return parts[0].capitalize()

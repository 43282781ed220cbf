"""The interview before the face check is reset: an officer types what the participant says, and is only told
whether it fits. What the register holds is never shown, and guessing ends after a few wrong answers.

The study knows of an interview by officers, but names none of its questions; these are what the register can judge.
An address is not among them, as the register holds none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.filing import same_name
from bot.cases.models import Case
from bot.parsing.dates import MONTH_NUMBERS, parse_date
from bot.privacy.audit import AuditEntry, record
from bot.register.core_system import CoreSystem, Participant, Programme

LASTS = timedelta(hours=1)
"""How long a right answer counts; an interview is one talk."""
WRONG_ANSWERS = 5
COUNTED_FOR = timedelta(hours=24)
ENOUGH = 4
WRONG = "interview.no_match"


class Question(StrEnum):
    NAME = "name"
    BIRTH_DATE = "birth_date"
    KPJ = "kpj"
    PHONE = "phone"
    EMPLOYER = "employer"
    LAST_CONTRIBUTION = "last_contribution"
    """The month that was paid for last."""


NOT_ON_ANY_CARD = frozenset({Question.EMPLOYER, Question.LAST_CONTRIBUTION})
"""What a finder of somebody's papers doesn't know: one of them has to be right."""


FIELDS = {
    Question.NAME: ("name", "claim_holder"),
    Question.BIRTH_DATE: ("birth_date", "nik"),  # whose digits say it
    Question.KPJ: ("kpj",),
    Question.PHONE: ("phone",),
    Question.EMPLOYER: ("employers",),
}
"""The fields that give an answer away: who had one shown asks no more for it in this talk, as it proves nothing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an interview stands."""

    matched: frozenset[Question]
    wrong: int

    @property
    def locked(self) -> bool:
        return self.wrong >= WRONG_ANSWERS

    @property
    def enough(self) -> bool:
        """Whether the officer may reset."""
        return len(self.matched) >= ENOUGH and bool(self.matched & NOT_ON_ANY_CARD) and not self.locked


class Interview:
    """Works in the caller's transaction on the case of a reset."""

    def __init__(self, session: AsyncSession, core: CoreSystem, now: datetime) -> None:
        self._session = session
        self._core = core
        self._now = now

    async def standing(self, case: Case) -> Standing:
        """The right answers of this talk, and the wrong ones of a day, whoever asked."""
        answers = case.details.get("interview") or {}
        recent = {name for name, at in answers.items() if self._now - datetime.fromisoformat(at) < LASTS}
        wrong = select(func.count()).where(
            AuditEntry.subject == case.participant_id,
            AuditEntry.action == WRONG,
            AuditEntry.at > self._now - COUNTED_FOR,
        )
        return Standing(frozenset(map(Question, recent)), await self._session.scalar(wrong) or 0)

    async def answer(self, case: Case, question: Question, said: str, actor: str) -> bool:
        """Whether what was said fits; the answer itself is kept nowhere."""
        fits = await self._fits(case.participant_id or "", question, said)
        answers = dict(case.details.get("interview") or {})
        answers.pop(question, None)
        if fits:
            answers[question] = self._now.isoformat()
        # Counted in the case as well, so that of two answers at one moment the later one sees the earlier.
        case.note(interview=answers, interview_answers=int(case.details.get("interview_answers") or 0) + 1)
        action = "interview.match" if fits else WRONG
        reason = f"{case.number}: {question}"
        record(self._session, actor=actor, action=action, subject=case.participant_id, reason=reason, at=self._now)
        return fits

    async def seen_by(self, case: Case, question: Question, actor: str) -> bool:
        """Whether the officer had the answer shown lately."""
        fields = [AuditEntry.reason.startswith(f"{name}:", autoescape=True) for name in FIELDS.get(question, ())]
        shown = select(func.count()).where(
            AuditEntry.subject == case.participant_id,
            AuditEntry.actor == actor,
            AuditEntry.action == "desk.unmasked",
            or_(false(), *fields),
            AuditEntry.at > self._now - LASTS,
        )
        return bool(await self._session.scalar(shown))

    async def _fits(self, participant_id: str, question: Question, said: str) -> bool:
        person = await self._core.participant(participant_id)
        if person is None:
            return False
        match question:
            case Question.NAME | Question.BIRTH_DATE | Question.PHONE:
                return _of_person(question, said, person, self._now.date())
            case Question.KPJ:
                return _digits(said) in {card.kpj for card in await self._core.cards(participant_id)}
            case Question.EMPLOYER:
                cards = await self._core.cards(participant_id)
                return any(same_employer(said, card.employer) for card in cards)
            case Question.LAST_CONTRIBUTION:
                paid = await self._core.contributions(participant_id, Programme.JHT)
                return bool(paid) and month_in(said) == max(one.month for one in paid)


def same_employer(said: str, employer: str | None) -> bool:
    """Whether the words name the employer; the form of the company may be left out, and one word doesn't do."""
    words = _words_of_company(said)
    if employer is None:
        return bool(set(words) & {"bpu", "mandiri", "sendiri"})
    own = _words_of_company(employer)
    return words == own or (len(words) >= 2 and set(words) <= set(own))


def month_in(said: str) -> date | None:
    """A month with its year: `Oktober 2026`, `10/2026`."""
    named = re.fullmatch(r"\s*([a-z]+|\d{1,2})[\s./-]+(\d{4})\s*", said.lower())
    if named is None:
        return None
    month = MONTH_NUMBERS.get(named[1]) or (int(named[1]) if named[1].isdigit() else 0)
    return date(int(named[2]), month, 1) if 1 <= month <= 12 else None


def _of_person(question: Question, said: str, person: Participant, today: date) -> bool:
    if question is Question.NAME:
        return same_name(said, person.name)
    if question is Question.BIRTH_DATE:
        return parse_date(said, today) == person.birth_date
    digits = re.sub(r"^(?:62|0)", "", _digits(said))
    return bool(person.phone) and len(digits) >= 8 and (person.phone or "").endswith(digits)


def _words_of_company(name: str) -> Sequence[str]:
    words = re.findall(r"[a-z0-9]+", name.lower())
    return [word for word in words if word not in ("pt", "cv", "ud", "tbk", "persero")]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)

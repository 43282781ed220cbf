"""What is asked of somebody whose record isn't seen: only what the reason needs, and only what changes the answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any

from bot.benefits.claim_conditions import Answer, answer, conditions_of_law
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.pension import birth_date_from_age
from bot.benefits.tax import FINAL_TARIFF

UNKNOWN = "unknown"
"""The answer of who doesn't know."""
Answers = Mapping[str, Any]
"""By question: an ISO day, years, rupiah, or the name of what was chosen."""


class ClaimQuestion(StrEnum):
    LEFT_ON = "left_on"
    AGE = "age"
    WORKING = "working"
    YEARS = "years"
    PARTIAL = "partial"
    """Whether 10 or 30 percent were taken before."""
    HOME = "home"
    FOREIGNER = "foreigner"
    STOPPED = "stopped"
    DOCTOR = "doctor"
    HEIR = "heir"
    """What the claimant is to the participant who died: `nearest`, `family` or `stranger`."""
    NEARER = "nearer"
    """Whether somebody is nearer than this relative."""
    BALANCE = "balance"


_Q = ClaimQuestion
_OF_LAW: dict[ClaimReason, tuple[ClaimQuestion, ...]] = {
    ClaimReason.AGE_56: (_Q.AGE,),
    ClaimReason.RESIGNED: (_Q.LEFT_ON,),
    ClaimReason.LAID_OFF: (_Q.LEFT_ON,),
    ClaimReason.LEAVING_INDONESIA: (_Q.FOREIGNER, _Q.STOPPED),
    ClaimReason.TOTAL_DISABILITY: (_Q.DOCTOR,),
    ClaimReason.DEATH: (_Q.HEIR, _Q.NEARER),
    ClaimReason.PARTIAL_10: (_Q.WORKING, _Q.PARTIAL, _Q.YEARS),
    ClaimReason.PARTIAL_30: (_Q.WORKING, _Q.HOME, _Q.PARTIAL, _Q.YEARS),
}
"""What time alone heals is asked last, so that the answer names a day."""
_SAYS_THAT_WORK_ENDED = frozenset(
    {
        ClaimReason.RESIGNED,
        ClaimReason.LAID_OFF,
        ClaimReason.CONTRACT_ENDED,
        ClaimReason.COMPANY_RETIREMENT,
        ClaimReason.BPU_STOPPED,
    }
)

_KNOWN: dict[ClaimQuestion, Callable[[ClaimFacts], object]] = {
    _Q.LEFT_ON: lambda facts: facts.left_on,
    _Q.AGE: lambda facts: facts.birth_date,
    _Q.WORKING: lambda facts: facts.still_working,
    _Q.STOPPED: lambda facts: facts.still_working,
    _Q.YEARS: lambda facts: facts.member_since or facts.membership_months,
    _Q.PARTIAL: lambda facts: facts.partial_taken,
    _Q.HOME: lambda facts: facts.for_home_purchase,
    _Q.FOREIGNER: lambda facts: facts.foreigner,
    _Q.DOCTOR: lambda facts: facts.doctor_confirms,
    _Q.HEIR: lambda facts: facts.claimant_is_heir,
    _Q.NEARER: lambda facts: facts.claimant_is_heir,
    _Q.BALANCE: lambda facts: facts.balance,
}


def next_question(reason: ClaimReason, answers: Answers, facts: ClaimFacts, day: date) -> ClaimQuestion | None:
    """The first thing that is neither known nor was asked; nothing any more once a condition isn't met."""
    if answer(conditions_of_law(reason, facts, day)) is Answer.NO:
        return None
    asked = _questions(reason, answers, facts, day)
    return next((one for one in asked if one not in answers and _KNOWN[one](facts) is None), None)


def _questions(reason: ClaimReason, answers: Answers, facts: ClaimFacts, day: date) -> Iterator[ClaimQuestion]:
    for asked in _OF_LAW.get(reason, ()):
        if asked is not _Q.NEARER or answers.get(_Q.HEIR) == "family":
            yield asked
    yield _Q.BALANCE
    # Below the sum that is free of tax, few have taken a part before: the tax is then told as to be confirmed.
    if not reason.is_partial and (facts.balance or 0) > FINAL_TARIFF.on(day).value.free_up_to:
        yield _Q.PARTIAL


def facts_told(reason: ClaimReason, answers: Answers, day: date) -> ClaimFacts:
    """The facts that the answers give; what somebody says of themselves counts until the register says more."""
    told = {name: value for name, value in answers.items() if value != UNKNOWN}
    return ClaimFacts(
        birth_date=birth_date_from_age(told[_Q.AGE], day) if _Q.AGE in told else None,
        left_on=date.fromisoformat(told[_Q.LEFT_ON]) if _Q.LEFT_ON in told else None,
        still_working=_still_working(reason, told),
        membership_months=12 * told[_Q.YEARS] if _Q.YEARS in told else None,
        balance=told.get(_Q.BALANCE),
        took_partial=_yes(told, _Q.PARTIAL),
        for_home_purchase=_yes(told, _Q.HOME),
        foreigner=_yes(told, _Q.FOREIGNER),
        doctor_confirms=_yes(told, _Q.DOCTOR),
        claimant_is_heir=_is_heir(told),
    )


def completed(seen: ClaimFacts, told: ClaimFacts) -> ClaimFacts:
    """What the register shows, and what was told where it shows nothing."""
    missing = [field.name for field in fields(seen) if getattr(seen, field.name) is None]
    return replace(seen, **{name: getattr(told, name) for name in missing})


def _still_working(reason: ClaimReason, told: Answers) -> bool | None:
    """Who says that the contract ended says that they stopped, unless they say that they work again; a day that lies
    ahead is judged by itself."""
    if reason in _SAYS_THAT_WORK_ENDED:
        return _yes(told, _Q.WORKING) or False
    stopped = _yes(told, _Q.STOPPED)
    return _yes(told, _Q.WORKING) if stopped is None else not stopped


def _yes(told: Answers, question: ClaimQuestion) -> bool | None:
    return told[question] == "yes" if question in told else None


def _is_heir(told: Answers) -> bool | None:
    relation = told.get(_Q.HEIR)
    if relation == "family":
        nearer = _yes(told, _Q.NEARER)
        return None if nearer is None else not nearer
    return None if relation is None else relation == "nearest"

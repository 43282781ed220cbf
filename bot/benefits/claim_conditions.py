"""What the law asks for each reason to claim JHT.

Permenaker 4/2022, PP 46/2015 article 22, PP 60/2015; FAQ 229-244, 249, 250, 260, 261.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.jht_rules import JHT_AGE, PARTIAL_CLAIM, WAITING_MONTHS
from bot.benefits.months import add_months


class ConditionKind(StrEnum):
    # of the law
    AGE_REACHED = "age_reached"
    STOPPED_WORKING = "stopped_working"
    WAITING_MONTH_OVER = "waiting_month_over"
    STILL_WORKING = "still_working"
    YEARS_OF_MEMBERSHIP = "years_of_membership"
    NO_EARLIER_PARTIAL = "no_earlier_partial"
    HOME_PURCHASE = "home_purchase"
    FOREIGNER = "foreigner"
    DOCTOR_CONFIRMS = "doctor_confirms"
    CLAIMANT_IS_HEIR = "claimant_is_heir"
    # of a channel
    REASON_SERVED = "reason_served"
    DATA_UPDATED = "data_updated"
    NON_ACTIVE = "non_active"
    WITHIN_JMO_LIMIT = "within_jmo_limit"
    NO_OLD_CARD = "no_old_card"


class ConditionState(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ClaimDoubt(StrEnum):
    """Why a condition must be told with care."""

    SOURCES_DISAGREE_AT_THE_LIMIT = "sources_disagree_at_the_limit"
    OLD_CARDS_REPORTED_BY_USERS = "old_cards_reported_by_users"
    REASON_NOT_LISTED = "reason_not_listed"
    DATE_ESTIMATED = "date_estimated"


@dataclass(frozen=True)
class Condition:
    """One condition. `met_from` is the first day on which time alone meets it, where there is one."""

    kind: ConditionKind
    state: ConditionState
    met_from: date | None = None
    doubt: ClaimDoubt | None = None


def conditions_of_law(reason: ClaimReason, facts: ClaimFacts, day: date) -> tuple[Condition, ...]:
    """Every condition of the law for this reason, as it stands on a day."""
    return tuple(condition(facts, day) for condition in _LAW[reason])


def answer(conditions: Iterable[Condition]) -> Answer:
    """Whether all conditions are met: one that is not decides, and then one that is not known."""
    states = {condition.state for condition in conditions}
    if ConditionState.NOT_MET in states:
        return Answer.NO
    return Answer.UNKNOWN if ConditionState.UNKNOWN in states else Answer.YES


def healed_by_time_on(conditions: Iterable[Condition]) -> date | None:
    """The day on which all conditions are met if nothing but time is missing, or else None."""
    missing = [condition for condition in conditions if condition.state is not ConditionState.MET]
    days = [condition.met_from for condition in missing if condition.met_from is not None]
    return max(days) if missing and len(days) == len(missing) else None


def known(kind: ConditionKind, fact: bool | None) -> Condition:
    """A condition that is met exactly when a fact is true."""
    if fact is None:
        return Condition(kind, ConditionState.UNKNOWN)
    return Condition(kind, ConditionState.MET if fact else ConditionState.NOT_MET)


def _reached(kind: ConditionKind, met_from: date | None, day: date) -> Condition:
    if met_from is None:
        return Condition(kind, ConditionState.UNKNOWN)
    return Condition(kind, ConditionState.MET if met_from <= day else ConditionState.NOT_MET, met_from)


def _age_reached(facts: ClaimFacts, day: date) -> Condition:
    birthday = facts.birth_date and add_months(facts.birth_date, 12 * JHT_AGE.on(day).value)
    return _reached(ConditionKind.AGE_REACHED, birthday, day)


def _stopped_working(facts: ClaimFacts, day: date) -> Condition:
    if facts.left_on is not None and facts.left_on > day:
        return Condition(ConditionKind.STOPPED_WORKING, ConditionState.NOT_MET, facts.left_on)
    return known(ConditionKind.STOPPED_WORKING, _not(facts.still_working))


def _waiting_month_over(facts: ClaimFacts, day: date) -> Condition:
    over = facts.left_on and add_months(facts.left_on, WAITING_MONTHS.on(day).value)
    return _reached(ConditionKind.WAITING_MONTH_OVER, over, day)


def _still_working(facts: ClaimFacts, day: date) -> Condition:
    return known(ConditionKind.STILL_WORKING, facts.still_working)


def _years_of_membership(facts: ClaimFacts, day: date) -> Condition:
    kind, months = ConditionKind.YEARS_OF_MEMBERSHIP, 12 * PARTIAL_CLAIM.on(day).value.years_of_membership
    if facts.member_since is not None:
        return _reached(kind, add_months(facts.member_since, months), day)
    if facts.membership_months is None:
        return Condition(kind, ConditionState.UNKNOWN)
    if facts.membership_months >= months:
        return Condition(kind, ConditionState.MET)
    estimate = add_months(day, months - facts.membership_months)
    return Condition(kind, ConditionState.NOT_MET, estimate, ClaimDoubt.DATE_ESTIMATED)


def _no_earlier_partial(facts: ClaimFacts, day: date) -> Condition:
    return known(ConditionKind.NO_EARLIER_PARTIAL, _not(facts.partial_taken))


def _home_purchase(facts: ClaimFacts, day: date) -> Condition:
    return known(ConditionKind.HOME_PURCHASE, facts.for_home_purchase)


def _foreigner(facts: ClaimFacts, day: date) -> Condition:
    return known(ConditionKind.FOREIGNER, facts.foreigner)


def _doctor_confirms(facts: ClaimFacts, day: date) -> Condition:
    return known(ConditionKind.DOCTOR_CONFIRMS, facts.doctor_confirms)


def _claimant_is_heir(facts: ClaimFacts, day: date) -> Condition:
    return known(ConditionKind.CLAIMANT_IS_HEIR, facts.claimant_is_heir)


def _not(fact: bool | None) -> bool | None:
    return None if fact is None else not fact


_Rule = Callable[[ClaimFacts, date], Condition]
_LEFT_AND_WAITED: tuple[_Rule, ...] = (_stopped_working, _waiting_month_over)
_LEFT: tuple[_Rule, ...] = (_stopped_working,)
_PARTIAL: tuple[_Rule, ...] = (_still_working, _years_of_membership, _no_earlier_partial)

_LAW: dict[ClaimReason, tuple[_Rule, ...]] = {
    ClaimReason.AGE_56: (_age_reached,),
    ClaimReason.RESIGNED: _LEFT_AND_WAITED,
    ClaimReason.LAID_OFF: _LEFT_AND_WAITED,
    ClaimReason.CONTRACT_ENDED: _LEFT,
    ClaimReason.COMPANY_RETIREMENT: _LEFT,
    ClaimReason.BPU_STOPPED: _LEFT,
    ClaimReason.LEAVING_INDONESIA: (_foreigner, *_LEFT),
    ClaimReason.TOTAL_DISABILITY: (_doctor_confirms,),
    ClaimReason.DEATH: (_claimant_is_heir,),
    ClaimReason.PARTIAL_10: _PARTIAL,
    ClaimReason.PARTIAL_30: (*_PARTIAL, _home_purchase),
}

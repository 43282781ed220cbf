"""The claim check asks what the reason needs, and stops where the answer is decided."""

from datetime import date
from typing import Any

import pytest

from bot.benefits.claim_conditions import Answer, ConditionState, answer, conditions_of_law
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.claim_questions import UNKNOWN, completed, facts_told, next_question

TODAY = date(2026, 11, 24)
FAVOURABLE: dict[str, Any] = {
    "left_on": "2026-05-01",
    "age": 57,
    "working": "yes",
    "years": 12,
    "partial": "no",
    "home": "yes",
    "foreigner": "yes",
    "stopped": "yes",
    "doctor": "yes",
    "heir": "nearest",
    "nearer": "no",
    "balance": 9_000_000,
}
ASKED = {
    ClaimReason.AGE_56: ["age", "balance"],
    ClaimReason.RESIGNED: ["left_on", "balance"],
    ClaimReason.LAID_OFF: ["left_on", "balance"],
    ClaimReason.CONTRACT_ENDED: ["balance"],
    ClaimReason.COMPANY_RETIREMENT: ["balance"],
    ClaimReason.BPU_STOPPED: ["balance"],
    ClaimReason.LEAVING_INDONESIA: ["foreigner", "stopped", "balance"],
    ClaimReason.TOTAL_DISABILITY: ["doctor", "balance"],
    ClaimReason.DEATH: ["heir", "balance"],
    ClaimReason.PARTIAL_10: ["working", "partial", "years", "balance"],
    ClaimReason.PARTIAL_30: ["working", "home", "partial", "years", "balance"],
}
REFUSING = [
    (ClaimReason.PARTIAL_10, {"working": "no"}),
    (ClaimReason.PARTIAL_10, {"partial": "yes"}),
    (ClaimReason.PARTIAL_10, {"years": 6}),
    (ClaimReason.PARTIAL_30, {"home": "no"}),
    (ClaimReason.LEAVING_INDONESIA, {"foreigner": "no"}),
    (ClaimReason.LEAVING_INDONESIA, {"stopped": "no"}),
    (ClaimReason.TOTAL_DISABILITY, {"doctor": "no"}),
    (ClaimReason.DEATH, {"heir": "stranger"}),
    (ClaimReason.DEATH, {"heir": "family", "nearer": "yes"}),
    (ClaimReason.RESIGNED, {"left_on": "2026-11-20"}),
    (ClaimReason.RESIGNED, {"working": "yes"}),
    (ClaimReason.AGE_56, {"age": 50}),
]


def asked_in(
    reason: ClaimReason, replies: dict[str, Any], seen: ClaimFacts | None = None
) -> tuple[list[str], ClaimFacts]:
    """The questions of a whole check, and the facts at its end."""
    answers: dict[str, Any] = {}
    while True:
        facts = completed(seen or ClaimFacts(), facts_told(reason, answers, TODAY))
        asked = next_question(reason, answers, facts, TODAY)
        if asked is None:
            return list(answers), facts
        answers[asked] = replies[asked]


def test_every_reason_is_here() -> None:
    assert set(ASKED) == set(ClaimReason)


@pytest.mark.parametrize("reason", list(ClaimReason))
def test_each_reason_asks_for_its_conditions_and_no_more(reason: ClaimReason) -> None:
    asked, facts = asked_in(reason, FAVOURABLE)
    assert asked == ASKED[reason]
    assert answer(conditions_of_law(reason, facts, TODAY)) is Answer.YES


@pytest.mark.parametrize("reason", list(ClaimReason))
def test_what_nobody_knows_stays_unknown_and_is_asked_once(reason: ClaimReason) -> None:
    asked, facts = asked_in(reason, dict.fromkeys(FAVOURABLE, UNKNOWN))
    assert len(asked) == len(set(asked))
    assert answer(conditions_of_law(reason, facts, TODAY)) is not Answer.NO


@pytest.mark.parametrize(("reason", "replies"), REFUSING)
def test_nothing_more_is_asked_once_a_condition_is_not_met(reason: ClaimReason, replies: dict[str, Any]) -> None:
    facts = facts_told(reason, replies, TODAY)
    assert ConditionState.NOT_MET in {condition.state for condition in conditions_of_law(reason, facts, TODAY)}
    assert next_question(reason, replies, facts, TODAY) is None


def test_other_relatives_are_asked_whether_somebody_is_nearer() -> None:
    asked, facts = asked_in(ClaimReason.DEATH, FAVOURABLE | {"heir": "family"})
    assert asked == ["heir", "nearer", "balance"]
    assert facts.claimant_is_heir is True


def test_above_the_sum_free_of_tax_an_earlier_partial_claim_matters() -> None:
    asked, facts = asked_in(ClaimReason.CONTRACT_ENDED, FAVOURABLE | {"balance": 60_000_000})
    assert asked == ["balance", "partial"]
    assert facts.took_partial is False


def test_what_the_register_shows_is_not_asked() -> None:
    seen = ClaimFacts(still_working=True, member_since=date(2010, 1, 1), took_partial=False, balance=70_000_000)
    asked, facts = asked_in(ClaimReason.PARTIAL_30, FAVOURABLE, seen)
    assert asked == ["home"]
    assert facts.balance == 70_000_000

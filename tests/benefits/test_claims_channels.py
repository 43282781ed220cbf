"""Which channel takes a claim: the chat under the conditions of JMO, Lapak Asik, a branch."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.benefits.claim_channels import ClaimChannel
from bot.benefits.claim_conditions import Answer, ClaimDoubt, Condition, ConditionKind, ConditionState
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from tests.benefits.claim_examples import LEFT_LONG_AGO, TODAY, assessed

IN_CHAT, LAPAK_ASIK, BRANCH = ClaimChannel.IN_CHAT, ClaimChannel.LAPAK_ASIK, ClaimChannel.BRANCH
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN


@pytest.mark.parametrize(
    ("reason", "in_chat", "lapak_asik"),
    [
        (ClaimReason.AGE_56, YES, YES),
        (ClaimReason.RESIGNED, YES, YES),
        (ClaimReason.LAID_OFF, YES, YES),
        (ClaimReason.CONTRACT_ENDED, YES, YES),
        (ClaimReason.COMPANY_RETIREMENT, YES, YES),
        (ClaimReason.BPU_STOPPED, YES, UNKNOWN),
        (ClaimReason.LEAVING_INDONESIA, NO, NO),
        (ClaimReason.TOTAL_DISABILITY, NO, NO),
        (ClaimReason.DEATH, NO, NO),
        (ClaimReason.PARTIAL_10, NO, YES),
        (ClaimReason.PARTIAL_30, NO, YES),
    ],
)
def test_each_reason_has_its_channels_and_a_branch_takes_them_all(
    reason: ClaimReason, in_chat: Answer, lapak_asik: Answer
) -> None:
    assessment = assessed(reason, facts=LEFT_LONG_AGO)
    assert [channel.serves for channel in assessment.channels] == [in_chat, lapak_asik, YES]
    assert [channel.channel for channel in assessment.channels] == [IN_CHAT, LAPAK_ASIK, BRANCH]


@pytest.mark.parametrize(
    ("changed", "failed"),
    [
        ({"data_updated": False}, ConditionKind.DATA_UPDATED),
        ({"non_active": False}, ConditionKind.NON_ACTIVE),
        ({"balance": 15_000_001}, ConditionKind.WITHIN_JMO_LIMIT),
    ],
)
def test_what_jmo_asks_is_asked_in_the_chat_and_nowhere_else(changed: dict[str, Any], failed: ConditionKind) -> None:
    assessment = assessed(ClaimReason.RESIGNED, **changed)
    missing = [c for c in assessment.by(IN_CHAT).conditions if c.state is not ConditionState.MET]
    assert missing == [Condition(failed, ConditionState.NOT_MET)]
    assert assessment.may_claim is YES
    assert assessment.best_channel is LAPAK_ASIK


@pytest.mark.parametrize("unknown", ["data_updated", "non_active", "balance", "member_since"])
def test_what_is_not_known_leaves_the_chat_open(unknown: str) -> None:
    facts = replace(LEFT_LONG_AGO, **{unknown: None})
    assert assessed(ClaimReason.RESIGNED, facts=facts).by(IN_CHAT).serves is UNKNOWN


def test_the_limit_is_the_one_of_the_day() -> None:
    rise = date(2025, 5, 1)
    facts = replace(LEFT_LONG_AGO, left_on=date(2025, 1, 6), balance=12_400_000)

    def chat_serves(day: date, balance: int) -> Answer:
        return assessed(ClaimReason.RESIGNED, day, replace(facts, balance=balance)).by(IN_CHAT).serves

    assert chat_serves(rise - timedelta(days=1), 12_400_000) is NO
    assert chat_serves(rise, 12_400_000) is YES
    assert chat_serves(rise - timedelta(days=1), 9_999_999) is YES
    assert chat_serves(rise - timedelta(days=1), 10_000_000) is NO
    assert chat_serves(TODAY, 14_999_999) is YES
    assert chat_serves(TODAY, 15_000_000) is NO


@pytest.mark.parametrize(
    ("balance", "doubt"),
    [(14_999_999, None), (15_000_000, ClaimDoubt.SOURCES_DISAGREE_AT_THE_LIMIT), (15_000_001, None)],
)
def test_exactly_the_limit_is_told_with_care(balance: int, doubt: ClaimDoubt | None) -> None:
    assert _condition(ConditionKind.WITHIN_JMO_LIMIT, balance=balance).doubt is doubt


def test_old_cards_are_a_warning_until_the_code_is_seen() -> None:
    reported = ClaimDoubt.OLD_CARDS_REPORTED_BY_USERS
    kind = ConditionKind.NO_OLD_CARD
    assert _condition(kind, member_since=date(2016, 12, 31)) == Condition(kind, ConditionState.UNKNOWN, doubt=reported)
    assert _condition(kind, member_since=date(2017, 1, 1)) == Condition(kind, ConditionState.MET)
    assert _condition(kind, saw_code_040=True) == Condition(kind, ConditionState.NOT_MET, doubt=reported)


def test_old_cards_were_no_matter_before_the_reports() -> None:
    before = assessed(ClaimReason.AGE_56, date(2026, 5, 4), LEFT_LONG_AGO, member_since=date(2012, 1, 1))
    assert before.by(IN_CHAT).serves is YES
    assert ConditionKind.NO_OLD_CARD not in {c.kind for c in before.by(IN_CHAT).conditions}


def test_lapak_asik_may_take_the_self_employed_who_are_not_listed() -> None:
    (only,) = assessed(ClaimReason.BPU_STOPPED).by(LAPAK_ASIK).conditions
    assert only == Condition(ConditionKind.REASON_SERVED, ConditionState.UNKNOWN, doubt=ClaimDoubt.REASON_NOT_LISTED)


@pytest.mark.parametrize("reason", list(ClaimReason))
def test_when_nothing_is_known_the_chat_is_never_promised(reason: ClaimReason) -> None:
    assessment = assessed(reason, facts=ClaimFacts())
    assert assessment.by(IN_CHAT).serves is not YES
    assert assessment.best_channel is not IN_CHAT


def test_someone_of_56_who_still_works_is_served_outside_the_chat() -> None:
    assert assessed(ClaimReason.AGE_56, non_active=False).best_channel is LAPAK_ASIK


def _condition(kind: ConditionKind, **changed: Any) -> Condition:
    conditions = assessed(ClaimReason.RESIGNED, **changed).by(IN_CHAT).conditions
    return next(condition for condition in conditions if condition.kind is kind)

"""Every reason to claim JHT, met and not met; a refusal names its condition and, where time heals it, the day."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.benefits.claim_conditions import Answer, ClaimDoubt, Condition, ConditionKind, ConditionState
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.claims import assess
from bot.benefits.errors import InvalidInput, NoRuleYet
from bot.benefits.months import add_months
from tests.benefits.claim_examples import MAY_CLAIM, TODAY, assessed, day_before, noon, states

REASONS = list(ClaimReason)
LEAVING = [
    ClaimReason.RESIGNED,
    ClaimReason.LAID_OFF,
    ClaimReason.CONTRACT_ENDED,
    ClaimReason.COMPANY_RETIREMENT,
    ClaimReason.BPU_STOPPED,
    ClaimReason.LEAVING_INDONESIA,
]
WAITING = [ClaimReason.RESIGNED, ClaimReason.LAID_OFF]
PARTIAL = [ClaimReason.PARTIAL_10, ClaimReason.PARTIAL_30]

REFUSALS: list[tuple[ClaimReason, dict[str, Any], ConditionKind, date | None]] = [
    (ClaimReason.AGE_56, {"birth_date": date(1971, 2, 28)}, ConditionKind.AGE_REACHED, date(2027, 2, 28)),
    *[(reason, {"still_working": True}, ConditionKind.STOPPED_WORKING, None) for reason in LEAVING],
    *[
        (reason, {"left_on": date(2026, 11, 12)}, ConditionKind.WAITING_MONTH_OVER, date(2026, 12, 12))
        for reason in WAITING
    ],
    (
        ClaimReason.CONTRACT_ENDED,
        {"left_on": date(2026, 12, 31), "still_working": True},
        ConditionKind.STOPPED_WORKING,
        date(2026, 12, 31),
    ),
    (ClaimReason.LEAVING_INDONESIA, {"foreigner": False}, ConditionKind.FOREIGNER, None),
    (ClaimReason.TOTAL_DISABILITY, {"doctor_confirms": False}, ConditionKind.DOCTOR_CONFIRMS, None),
    (ClaimReason.DEATH, {"claimant_is_heir": False}, ConditionKind.CLAIMANT_IS_HEIR, None),
    *[(reason, {"still_working": False}, ConditionKind.STILL_WORKING, None) for reason in PARTIAL],
    *[
        (reason, {"member_since": date(2018, 2, 1)}, ConditionKind.YEARS_OF_MEMBERSHIP, date(2028, 2, 1))
        for reason in PARTIAL
    ],
    *[(reason, {"took_partial": True}, ConditionKind.NO_EARLIER_PARTIAL, None) for reason in PARTIAL],
    *[(reason, {"partial_claim_on": date(2020, 1, 1)}, ConditionKind.NO_EARLIER_PARTIAL, None) for reason in PARTIAL],
    (ClaimReason.PARTIAL_30, {"for_home_purchase": False}, ConditionKind.HOME_PURCHASE, None),
]


@pytest.mark.parametrize("reason", REASONS)
def test_whoever_meets_every_condition_may_claim(reason: ClaimReason) -> None:
    assessment = assessed(reason)
    assert assessment.may_claim is Answer.YES
    assert set(states(assessment).values()) == {ConditionState.MET}
    assert assessment.claimable_from is None
    assert assessment.instead is None
    assert not assessment.failed


@pytest.mark.parametrize(("reason", "changed", "failed", "met_from"), REFUSALS)
def test_a_refusal_names_the_condition_and_the_day_it_is_met(
    reason: ClaimReason, changed: dict[str, Any], failed: ConditionKind, met_from: date | None
) -> None:
    assessment = assessed(reason, **changed)
    assert assessment.may_claim is Answer.NO
    assert assessment.failed == (Condition(failed, ConditionState.NOT_MET, met_from),)
    assert assessment.claimable_from == met_from


def test_every_reason_has_been_refused_above() -> None:
    assert {reason for reason, *_ in REFUSALS} == set(ClaimReason)


@pytest.mark.parametrize("reason", WAITING)
@pytest.mark.parametrize(
    ("left_on", "over"),
    [
        (date(2026, 10, 24), date(2026, 11, 24)),
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2025, 12, 15), date(2026, 1, 15)),
    ],
)
def test_the_waiting_month_ends_on_the_same_day_of_the_next_month(
    reason: ClaimReason, left_on: date, over: date
) -> None:
    on_the_eve = assessed(reason, day_before(over), left_on=left_on)
    assert on_the_eve.may_claim is Answer.NO
    assert on_the_eve.claimable_from == over
    assert assessed(reason, over, left_on=left_on).may_claim is Answer.YES


def test_the_56th_birthday_is_the_first_day_by_age() -> None:
    assert assessed(ClaimReason.AGE_56, date(2026, 11, 23), birth_date=date(1970, 11, 24)).may_claim is Answer.NO
    assert assessed(ClaimReason.AGE_56, date(2026, 11, 24), birth_date=date(1970, 11, 24)).may_claim is Answer.YES


def test_membership_is_ten_years_on_its_tenth_anniversary() -> None:
    joined = date(2016, 11, 24)
    assert assessed(ClaimReason.PARTIAL_10, date(2026, 11, 23), member_since=joined).may_claim is Answer.NO
    assert assessed(ClaimReason.PARTIAL_10, date(2026, 11, 24), member_since=joined).may_claim is Answer.YES


def test_a_span_of_membership_gives_an_estimated_day() -> None:
    short = assessed(ClaimReason.PARTIAL_10, member_since=None, membership_months=114)
    assert short.failed == (
        Condition(
            ConditionKind.YEARS_OF_MEMBERSHIP, ConditionState.NOT_MET, date(2027, 5, 24), ClaimDoubt.DATE_ESTIMATED
        ),
    )
    assert assessed(ClaimReason.PARTIAL_10, member_since=None, membership_months=120).may_claim is Answer.YES


def test_a_contract_that_ended_needs_no_waiting_month() -> None:
    assert assessed(ClaimReason.CONTRACT_ENDED, left_on=TODAY).may_claim is Answer.YES
    assert ConditionKind.WAITING_MONTH_OVER not in states(assessed(ClaimReason.CONTRACT_ENDED))


def test_who_is_56_may_claim_while_working_and_without_leaving() -> None:
    assert assessed(ClaimReason.AGE_56, still_working=True, left_on=None).may_claim is Answer.YES


def test_who_is_56_need_not_wait_a_month_after_resigning() -> None:
    refused = assessed(ClaimReason.RESIGNED, left_on=TODAY, birth_date=date(1969, 10, 8))
    assert refused.may_claim is Answer.NO
    assert refused.instead is ClaimReason.AGE_56
    assert assessed(ClaimReason.RESIGNED, left_on=TODAY).instead is None


def test_heirs_are_not_sent_to_a_claim_by_age() -> None:
    refused = assessed(ClaimReason.DEATH, claimant_is_heir=False, birth_date=date(1960, 1, 1))
    assert refused.instead is None


def test_when_two_days_are_awaited_the_later_one_counts() -> None:
    leaving_soon = assessed(ClaimReason.RESIGNED, left_on=date(2026, 12, 1), still_working=True)
    assert [condition.met_from for condition in leaving_soon.failed] == [date(2026, 12, 1), date(2027, 1, 1)]
    assert leaving_soon.claimable_from == date(2027, 1, 1)


def test_no_day_is_promised_when_more_than_time_is_missing() -> None:
    both = assessed(ClaimReason.RESIGNED, left_on=date(2026, 11, 12), still_working=True)
    assert both.claimable_from is None
    unknown = assessed(ClaimReason.RESIGNED, left_on=date(2026, 11, 12), still_working=None)
    assert unknown.may_claim is Answer.NO
    assert unknown.claimable_from is None


def test_the_day_is_the_one_in_western_indonesia() -> None:
    facts = replace(MAY_CLAIM[ClaimReason.RESIGNED], left_on=date(2026, 10, 24))
    eve = datetime(2026, 11, 23, 16, 59, tzinfo=UTC)
    assert assess(ClaimReason.RESIGNED, facts, eve).may_claim is Answer.NO
    assert assess(ClaimReason.RESIGNED, facts, eve + timedelta(minutes=1)).may_claim is Answer.YES


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(InvalidInput, match="zone"):
        assess(ClaimReason.AGE_56, ClaimFacts(), datetime(2026, 11, 24))  # noqa: DTZ001


def test_a_day_before_the_rules_are_known_is_an_error() -> None:
    with pytest.raises(NoRuleYet):
        assessed(ClaimReason.RESIGNED, date(2021, 12, 31))


days = st.dates(date(2023, 1, 1), date(2060, 12, 31))
maybe = st.none() | st.booleans()
all_facts = st.builds(
    ClaimFacts,
    birth_date=st.none() | st.dates(date(1940, 1, 1), date(2010, 12, 31)),
    left_on=st.none() | days,
    still_working=maybe,
    member_since=st.none() | st.dates(date(1980, 1, 1), date(2040, 1, 1)),
    membership_months=st.none() | st.integers(0, 500),
    balance=st.none() | st.integers(0, 10**9),
    data_updated=maybe,
    non_active=maybe,
    saw_code_040=maybe,
    took_partial=maybe,
    partial_claim_on=st.none() | st.dates(date(2016, 1, 1), date(2026, 1, 1)),
    has_npwp=maybe,
    for_home_purchase=maybe,
    foreigner=maybe,
    doctor_confirms=maybe,
    claimant_is_heir=maybe,
)
reasons = st.sampled_from(ClaimReason)


@given(reasons, days, st.integers(-70, 70), st.integers(0, 20_000))
def test_who_may_claim_on_a_day_may_claim_on_every_later_one(
    reason: ClaimReason, turning_day: date, after: int, later: int
) -> None:
    only_time_is_missing = replace(
        MAY_CLAIM[reason],
        left_on=turning_day,
        birth_date=add_months(turning_day, -56 * 12),
        member_since=add_months(turning_day, -10 * 12),
    )
    if reason in PARTIAL:
        only_time_is_missing = replace(only_time_is_missing, left_on=None)
    day = max(turning_day + timedelta(days=after), date(2023, 1, 1))
    assessment = assess(reason, only_time_is_missing, noon(day))
    assert assessment.may_claim is not Answer.UNKNOWN
    claimable = assessment.claimable_from or day
    assert assess(reason, only_time_is_missing, noon(claimable + timedelta(days=later))).may_claim is Answer.YES


@given(reasons, all_facts, days)
def test_the_day_from_which_one_may_claim_is_exact(reason: ClaimReason, facts: ClaimFacts, day: date) -> None:
    known_joining = replace(facts, membership_months=None)
    first = assess(reason, known_joining, noon(day)).claimable_from
    if first is None:
        return
    assert first > day
    by_then = replace(known_joining, still_working=reason in PARTIAL)
    assert assess(reason, by_then, noon(day_before(first))).may_claim is Answer.NO
    assert assess(reason, by_then, noon(first)).may_claim is Answer.YES


@given(st.sampled_from(WAITING), days, st.integers(0, 3))
def test_claimable_from_is_reached_for_everybody_who_only_waits(reason: ClaimReason, left_on: date, after: int) -> None:
    waiting = assessed(reason, left_on + timedelta(days=after), left_on=left_on)
    assert waiting.may_claim is Answer.NO
    assert waiting.claimable_from is not None
    assert timedelta(days=28) <= waiting.claimable_from - left_on <= timedelta(days=31)
    assert assessed(reason, waiting.claimable_from, left_on=left_on).may_claim is Answer.YES


@given(reasons, all_facts, days, st.sets(st.sampled_from([field.name for field in fields(ClaimFacts)])))
def test_a_fact_that_gets_lost_never_meets_a_condition(
    reason: ClaimReason, facts: ClaimFacts, day: date, lost: set[str]
) -> None:
    # The day of leaving, of joining and of the partial claim decide ahead of the coarser facts beside them.
    exact = replace(facts, membership_months=None, took_partial=None)
    if exact.left_on is not None and exact.left_on > day:
        exact = replace(exact, still_working=True)
    if exact.saw_code_040:  # JMO's own word about an old card goes before the day of joining
        exact = replace(exact, member_since=None)
    before, after = assess(reason, exact, noon(day)), assess(reason, replace(exact, **dict.fromkeys(lost)), noon(day))
    was_met = {condition for condition in _all(before) if condition.state is ConditionState.MET}
    now_met = {condition for condition in _all(after) if condition.state is ConditionState.MET}
    assert now_met <= was_met


def _all(assessment: Any) -> list[Condition]:
    return [*assessment.conditions, *(c for channel in assessment.channels for c in channel.conditions)]


@pytest.mark.parametrize("reason", REASONS)
def test_nothing_known_meets_no_condition_of_the_law(reason: ClaimReason) -> None:
    assessment = assess(reason, ClaimFacts(), noon(TODAY))
    assert set(states(assessment).values()) == {ConditionState.UNKNOWN}
    assert assessment.may_claim is Answer.UNKNOWN
    assert assessment.money is None

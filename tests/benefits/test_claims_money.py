"""What a claim pays, what to bring for it and how long it takes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.benefits.claim_documents import Document
from bot.benefits.claim_facts import ClaimReason
from bot.benefits.claims import ClaimMoney, MoneyDoubt, partial_share
from bot.benefits.errors import InvalidInput
from bot.benefits.tax import Doubt, Tariff
from tests.benefits.claim_examples import LEFT_LONG_AGO, MAY_CLAIM, TODAY, assessed

PARTIAL = [ClaimReason.PARTIAL_10, ClaimReason.PARTIAL_30]
money_facts = st.fixed_dictionaries(
    {
        "balance": st.integers(0, 10**11),
        "took_partial": st.none() | st.booleans(),
        "partial_claim_on": st.none() | st.dates(date(2016, 1, 1), TODAY),
        "has_npwp": st.none() | st.booleans(),
    }
)


def money_of(reason: ClaimReason, **changed: Any) -> ClaimMoney:
    money = assessed(reason, **changed).money
    assert money is not None
    return money


def test_a_small_balance_is_paid_in_full() -> None:
    money = money_of(ClaimReason.RESIGNED, balance=9_850_000)
    assert (money.gross, money.tax, money.net) == (9_850_000, 0, 9_850_000)
    assert not money.confirm


def test_above_fifty_million_five_percent_of_the_excess_is_kept() -> None:
    money = money_of(ClaimReason.RESIGNED, balance=60_000_000)
    assert (money.gross, money.tax, money.net) == (60_000_000, 500_000, 59_500_000)


@pytest.mark.parametrize(
    ("reason", "gross"), [(ClaimReason.PARTIAL_10, 3_600_000), (ClaimReason.PARTIAL_30, 10_800_000)]
)
def test_a_partial_claim_pays_its_share_cut_down(reason: ClaimReason, gross: int) -> None:
    money = money_of(reason, balance=36_000_003)
    assert (money.gross, money.tax, money.net) == (gross, 0, gross)


def test_a_partial_claim_of_a_large_balance_is_taxed_and_to_be_confirmed() -> None:
    money = money_of(ClaimReason.PARTIAL_10, balance=80_000_000)
    assert (money.gross, money.tax, money.net) == (8_000_000, 400_000, 7_600_000)
    assert money.reckoned.doubt is Doubt.PARTIAL_CLAIM_ON_SUM_OR_EXCESS
    assert money.confirm


def test_an_old_partial_claim_brings_the_progressive_tariff() -> None:
    money = money_of(ClaimReason.RESIGNED, partial_claim_on=date(2023, 1, 10), balance=10_000_000)
    assert money.tax == 500_000
    assert money_of(ClaimReason.RESIGNED, partial_claim_on=date(2025, 1, 10), balance=10_000_000).tax == 0


@pytest.mark.parametrize(
    ("changed", "doubts"),
    [
        ({"took_partial": None}, (MoneyDoubt.EARLIER_PARTIAL_CLAIM_UNKNOWN,)),
        ({"took_partial": True}, (MoneyDoubt.DAY_OF_PARTIAL_CLAIM_UNKNOWN,)),
        ({"partial_claim_on": date(2020, 1, 1), "has_npwp": None}, (MoneyDoubt.NPWP_UNKNOWN,)),
        ({"has_npwp": None}, ()),
    ],
)
def test_what_is_not_known_about_the_tax_is_said(changed: dict[str, Any], doubts: tuple[MoneyDoubt, ...]) -> None:
    money = money_of(ClaimReason.RESIGNED, **changed)
    assert money.doubts == doubts
    assert money.confirm is bool(doubts)


def test_a_missing_tax_number_and_a_missing_day_cost_the_most() -> None:
    missing = money_of(ClaimReason.RESIGNED, took_partial=True, has_npwp=None, balance=10_000_000)
    assert missing.reckoned.tariff is Tariff.PROGRESSIVE
    assert missing.tax == 600_000


def test_the_tax_is_that_of_the_day_on_which_one_may_claim() -> None:
    waiting = {"left_on": date(2026, 11, 20), "balance": 10_000_000, "partial_claim_on": date(2024, 12, 1)}
    assert money_of(ClaimReason.RESIGNED, **waiting).reckoned.tariff is Tariff.PROGRESSIVE
    assert money_of(ClaimReason.CONTRACT_ENDED, **waiting).reckoned.tariff is Tariff.FINAL


@given(st.sampled_from(ClaimReason), money_facts)
def test_what_is_paid_is_gross_less_tax_to_the_rupiah(reason: ClaimReason, facts: dict[str, Any]) -> None:
    money = money_of(reason, **facts)
    assert money.net == money.gross - money.tax
    assert 0 <= money.tax <= money.gross <= facts["balance"]
    assert all(type(amount) is int for amount in (money.gross, money.tax, money.net))


@given(st.sampled_from(PARTIAL), st.integers(0, 10**12))
def test_a_share_is_the_whole_rupiah_just_below_its_percentage(reason: ClaimReason, balance: int) -> None:
    percent = 10 if reason is ClaimReason.PARTIAL_10 else 30
    share = partial_share(reason, balance, TODAY)
    assert share <= balance
    assert 0 <= balance * percent - share * 100 < 100


def test_a_full_claim_has_no_share() -> None:
    with pytest.raises(InvalidInput):
        partial_share(ClaimReason.RESIGNED, 1_000_000, TODAY)


def test_a_negative_balance_is_refused() -> None:
    with pytest.raises(InvalidInput):
        assessed(ClaimReason.RESIGNED, balance=-1)


@pytest.mark.parametrize("reason", list(ClaimReason))
def test_money_is_unknown_when_the_balance_is(reason: ClaimReason) -> None:
    assert assessed(reason, balance=None).money is None


CARD, KTP = Document.MEMBER_CARD, Document.KTP


@pytest.mark.parametrize(
    ("reason", "documents"),
    [
        (ClaimReason.AGE_56, {CARD, KTP}),
        (ClaimReason.RESIGNED, {CARD, KTP, Document.RESIGNATION_STATEMENT}),
        (ClaimReason.LAID_OFF, {CARD, KTP, Document.LAYOFF_PROOF}),
        (ClaimReason.CONTRACT_ENDED, {CARD, KTP}),
        (ClaimReason.COMPANY_RETIREMENT, {CARD, KTP}),
        (ClaimReason.BPU_STOPPED, {CARD, KTP}),
        (ClaimReason.LEAVING_INDONESIA, {CARD, Document.PASSPORT, Document.NOT_WORKING_STATEMENT}),
        (ClaimReason.TOTAL_DISABILITY, {CARD, KTP, Document.DOCTOR_LETTER}),
        (ClaimReason.DEATH, {CARD, Document.DEATH_LETTER, Document.HEIR_LETTER, Document.HEIR_KTP}),
        (ClaimReason.PARTIAL_10, {CARD, KTP}),
        (ClaimReason.PARTIAL_30, {CARD, KTP, Document.HOME_PURCHASE_PAPERS}),
    ],
)
def test_each_reason_has_its_documents(reason: ClaimReason, documents: set[Document]) -> None:
    assessment = assessed(reason)
    assert set(assessment.documents) == documents
    assert {Document.FAMILY_CARD, Document.BANK_BOOK} <= set(assessment.bring_too)


def test_paklaring_is_no_longer_required_but_worth_bringing_for_who_left_an_employer() -> None:
    assert all(Document.PAKLARING not in assessed(reason).documents for reason in ClaimReason)
    assert Document.PAKLARING in assessed(ClaimReason.RESIGNED).bring_too
    assert Document.PAKLARING not in assessed(ClaimReason.PARTIAL_10).bring_too


@pytest.mark.parametrize(
    ("changed", "brings_npwp"),
    [
        ({}, False),
        ({"balance": 50_000_000}, False),
        ({"balance": 50_000_001}, True),
        ({"balance": None}, True),
        ({"took_partial": True}, True),
        ({"took_partial": None}, True),
    ],
)
def test_the_tax_number_is_brought_where_it_may_matter(changed: dict[str, Any], brings_npwp: bool) -> None:
    assert (Document.NPWP in assessed(ClaimReason.RESIGNED, **changed).bring_too) is brings_npwp


def test_five_working_days_by_rule_and_one_for_a_small_balance_in_the_chat() -> None:
    small = assessed(ClaimReason.RESIGNED)
    assert small.by_rule.working_days == 5
    assert small.usual is not None
    assert small.usual.working_days == 1
    assert small.by_rule.source
    assert small.usual.source
    assert assessed(ClaimReason.RESIGNED, balance=42_000_000).usual is None


def test_the_examples_are_of_every_reason() -> None:
    assert set(MAY_CLAIM) == set(ClaimReason)
    assert replace(LEFT_LONG_AGO) == MAY_CLAIM[ClaimReason.RESIGNED]

"""Tax on a JHT payment."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.benefits.errors import InvalidInput
from bot.benefits.tax import Doubt, Tariff, tax_on_full_claim, tax_on_partial_claim

TODAY = date(2026, 11, 24)
LONG_AGO = date(2024, 1, 1)
rupiah = st.integers(0, 10**11)


@pytest.mark.parametrize(
    ("gross", "tax"),
    [(0, 0), (9_850_000, 0), (50_000_000, 0), (50_000_019, 0), (50_000_020, 1), (60_000_000, 500_000)],
)
def test_a_full_claim_pays_five_percent_above_fifty_million(gross: int, tax: int) -> None:
    result = tax_on_full_claim(gross, TODAY)
    assert (result.tax, result.net) == (tax, gross - tax)
    assert not result.confirm


def test_the_published_example_of_sixty_million() -> None:
    assert tax_on_full_claim(60_000_000, TODAY).net == 59_500_000


def test_the_tax_number_does_not_matter_for_the_final_tariff() -> None:
    assert tax_on_full_claim(60_000_000, TODAY, has_npwp=False).tax == 500_000


def test_within_24_months_of_a_partial_claim_the_final_tariff_stays_but_is_to_be_confirmed() -> None:
    result = tax_on_full_claim(60_000_000, TODAY, partial_claim_on=date(2024, 11, 24))
    assert (result.tax, result.tariff) == (500_000, Tariff.FINAL)
    assert result.doubt is Doubt.SOURCES_DISAGREE_AFTER_PARTIAL_CLAIM


def test_later_than_24_months_after_a_partial_claim_the_tariff_is_progressive() -> None:
    result = tax_on_full_claim(60_000_000, TODAY, partial_claim_on=date(2024, 11, 23))
    assert (result.tax, result.tariff) == (3_000_000, Tariff.PROGRESSIVE)
    assert result.confirm


@pytest.mark.parametrize(
    ("gross", "tax"),
    [
        (60_000_000, 3_000_000),
        (250_000_000, 31_500_000),
        (500_000_000, 94_000_000),
        (5_000_000_000, 1_444_000_000),
        (6_000_000_000, 1_794_000_000),
    ],
)
def test_each_bracket_of_the_progressive_tariff(gross: int, tax: int) -> None:
    assert tax_on_full_claim(gross, TODAY, partial_claim_on=LONG_AGO).tax == tax


def test_without_a_tax_number_the_progressive_tariff_is_a_fifth_higher() -> None:
    result = tax_on_full_claim(250_000_000, TODAY, partial_claim_on=LONG_AGO, has_npwp=False)
    assert result.tax == 37_800_000  # 6 % of 60 million and 18 % of 190 million


def test_a_partial_claim_from_a_small_balance_is_free() -> None:
    result = tax_on_partial_claim(5_000_000, 50_000_000, TODAY)
    assert (result.tax, result.confirm) == (0, False)


def test_a_partial_claim_from_a_larger_balance_is_taxed_with_care_and_to_be_confirmed() -> None:
    result = tax_on_partial_claim(18_000_000, 60_000_000, TODAY)
    assert (result.tax, result.net) == (900_000, 17_100_000)
    assert result.doubt is Doubt.PARTIAL_CLAIM_ON_SUM_OR_EXCESS


def test_senseless_payments_are_refused() -> None:
    with pytest.raises(InvalidInput):
        tax_on_full_claim(-1, TODAY)
    with pytest.raises(InvalidInput):
        tax_on_partial_claim(2, 1, TODAY)


@given(rupiah, st.none() | st.dates(date(2023, 1, 1), TODAY), st.booleans())
def test_what_is_paid_out_is_the_gross_less_the_tax(gross: int, partial: date | None, npwp: bool) -> None:
    result = tax_on_full_claim(gross, TODAY, partial_claim_on=partial, has_npwp=npwp)
    assert result.net == gross - result.tax
    assert 0 <= result.tax <= gross


@given(rupiah, st.integers(0, 10**9), st.none() | st.just(LONG_AGO))
def test_more_gross_is_never_less_net(gross: int, more: int, partial: date | None) -> None:
    less = tax_on_full_claim(gross, TODAY, partial_claim_on=partial)
    assert tax_on_full_claim(gross + more, TODAY, partial_claim_on=partial).net >= less.net

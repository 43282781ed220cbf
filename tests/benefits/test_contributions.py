"""What is paid for a month, when, and what is missing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.benefits.contributions import (
    bpu_contribution,
    due_date,
    jht_contribution,
    jp_contribution,
    missing_months,
)
from bot.benefits.errors import InvalidInput
from bot.benefits.growth import growth_of_balance
from bot.benefits.months import add_months, age_on, each_month, months_between
from bot.benefits.rates import Segment

TODAY = date(2026, 11, 24)


def test_employer_and_worker_share_the_savings_contribution() -> None:
    paid = jht_contribution(5_000_000, TODAY)
    assert (paid.employer, paid.worker, paid.total) == (185_000, 100_000, 285_000)


def test_the_savings_contribution_knows_no_ceiling() -> None:
    assert jht_contribution(50_000_000, TODAY).total == 2_850_000


def test_the_largest_pension_contribution_of_2026() -> None:
    paid = jp_contribution(20_000_000, TODAY)
    assert (paid.base, paid.employer, paid.worker) == (11_086_300, 221_726, 110_863)


def test_a_past_month_is_reckoned_with_its_own_ceiling() -> None:
    assert jp_contribution(20_000_000, date(2025, 6, 1)).worker == 105_474


def test_below_the_ceiling_the_wage_itself_counts() -> None:
    assert jp_contribution(5_000_000, TODAY).total == 150_000


def test_the_self_employed_pay_half_for_accident_and_death_during_the_discount() -> None:
    before, during = bpu_contribution(1_000_000, date(2025, 6, 1)), bpu_contribution(1_000_000, TODAY)
    assert before.jkk + before.jkm == 16_800
    assert during.jkk + during.jkm == 8_400
    assert during.jht == before.jht == 20_000


def test_transport_workers_have_their_discount_earlier() -> None:
    assert bpu_contribution(1_000_000, date(2026, 2, 1), transport=True).total == 28_400
    assert bpu_contribution(1_000_000, date(2026, 2, 1)).total == 36_800


def test_negative_wages_and_migrant_workers_have_no_contribution() -> None:
    with pytest.raises(InvalidInput):
        jht_contribution(-1, TODAY)
    with pytest.raises(InvalidInput):
        jht_contribution(1_000_000, TODAY, Segment.PMI)


def test_a_month_is_due_on_the_15th_of_the_next() -> None:
    assert due_date(date(2026, 10, 31)) == date(2026, 11, 15)
    assert due_date(date(2026, 12, 1)) == date(2027, 1, 15)


def test_unpaid_months_are_missing_once_their_due_date_has_passed() -> None:
    paid = {date(2026, 6, 1), date(2026, 7, 1)}
    months = missing_months(paid, date(2026, 6, 1), date(2026, 11, 1), TODAY)
    assert months == [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]


def test_a_month_is_not_missing_on_its_due_date() -> None:
    october = date(2026, 10, 1)
    assert missing_months(set(), october, october, date(2026, 11, 15)) == []
    assert missing_months(set(), october, october, date(2026, 11, 16)) == [october]


def test_any_day_of_a_month_stands_for_the_month() -> None:
    assert missing_months([date(2026, 1, 28)], date(2026, 1, 31), date(2026, 2, 1), TODAY) == [date(2026, 2, 1)]


def test_growth_is_what_was_neither_paid_in_nor_taken_out() -> None:
    assert growth_of_balance(opening=10_000_000, closing=11_200_000, paid_in=700_000) == 500_000
    assert growth_of_balance(opening=10_000_000, closing=9_200_000, paid_in=0, paid_out=1_000_000) == 200_000


def test_months_end_where_the_calendar_does() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert list(each_month(date(2025, 12, 31), date(2026, 1, 1))) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 1
    assert months_between(date(2026, 2, 15), date(2026, 1, 15)) == -1
    assert age_on(date(2000, 11, 25), TODAY) == 25


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(0, 1200))
def test_so_many_months_later_is_so_many_months_apart(day: date, months: int) -> None:
    assert months_between(day, add_months(day, months)) == months


@given(st.integers(0, 10**10))
def test_a_share_is_never_larger_than_its_percentage(wage: int) -> None:
    assert 0 <= wage * 57 - jht_contribution(wage, TODAY).total * 1000 < 2000

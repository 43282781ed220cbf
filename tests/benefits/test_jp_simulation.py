"""The simulation of the pension programme."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.benefits.errors import InvalidInput
from bot.benefits.months import age_on
from bot.benefits.pension import Bound, birth_date_from_age, pension_date, simulate_jp
from bot.benefits.pension_rules import JP_AGE

TODAY = date(2026, 11, 24)


def test_fifteen_years_on_five_million_give_750_thousand_a_month() -> None:
    simulation = simulate_jp(date(1990, 1, 1), 5_000_000, TODAY, total_months=180)
    assert simulation.monthly_pension == 750_000
    assert simulation.lump_sum_contributions is None


def test_a_month_less_than_fifteen_years_gives_the_contributions_back() -> None:
    simulation = simulate_jp(date(1990, 1, 1), 5_000_000, TODAY, total_months=179)
    assert simulation.monthly_pension is None
    assert simulation.lump_sum_contributions == 179 * 150_000


def test_the_wage_counts_up_to_the_ceiling_of_the_day() -> None:
    simulation = simulate_jp(date(1990, 1, 1), 20_000_000, TODAY, total_months=180)
    assert simulation.wage_counted == simulation.ceiling == 11_086_300
    assert simulation.monthly_pension == 1_662_945


def test_the_lump_sum_too_is_reckoned_up_to_the_ceiling() -> None:
    simulation = simulate_jp(date(1990, 1, 1), 20_000_000, TODAY, total_months=1)
    assert simulation.lump_sum_contributions == 110_863 + 221_726


def test_bounds_that_are_only_derived_are_named_but_not_applied() -> None:
    simulation = simulate_jp(date(1990, 1, 1), 1_000_000, TODAY, total_months=180)
    assert simulation.monthly_pension == 150_000
    assert simulation.bounds.year == 2026
    assert simulation.bounds.applied is None
    assert not simulation.bounds.confirmed


def test_a_confirmed_smallest_pension_is_applied() -> None:
    simulation = simulate_jp(date(1990, 1, 1), 1_000_000, date(2023, 6, 1), total_months=180)
    assert simulation.monthly_pension == 383_400
    assert simulation.bounds.applied is Bound.SMALLEST
    assert simulation.bounds.confirmed


def test_a_confirmed_largest_pension_is_applied() -> None:
    simulation = simulate_jp(date(2000, 1, 1), 20_000_000, date(2023, 6, 1), total_months=600)
    assert simulation.monthly_pension == 4_598_100
    assert simulation.bounds.applied is Bound.LARGEST


def test_a_year_without_published_bounds_has_none() -> None:
    simulation = simulate_jp(date(1990, 1, 1), 1_000_000, date(2019, 6, 1), total_months=180)
    assert simulation.bounds.smallest is None
    assert not simulation.bounds.confirmed
    assert simulation.monthly_pension == 150_000


@pytest.mark.parametrize(
    ("born", "retires"),
    [
        (date(1960, 1, 1), date(2016, 1, 1)),  # 56 while 56 was the age
        (date(1967, 6, 1), date(2026, 6, 1)),  # 57 and 58 came a little too late
        (date(1966, 12, 31), date(2024, 12, 31)),  # 58 on the last day of 58
        (date(1969, 6, 1), date(2029, 6, 1)),
        (date(1985, 8, 17), date(2050, 8, 17)),
        (date(1940, 1, 1), date(1996, 1, 1)),  # of age before the programme began
    ],
)
def test_the_pension_starts_at_the_age_that_holds_on_that_birthday(born: date, retires: date) -> None:
    assert pension_date(born) == retires


@given(st.dates(date(1960, 1, 1), date(2015, 1, 1)))
def test_nobody_retires_younger_than_the_age_of_the_day(born: date) -> None:
    retires = pension_date(born)
    assert age_on(born, retires) >= JP_AGE.on(retires).value
    assert 56 <= age_on(born, retires) <= 65


def test_months_to_come_are_added_to_those_already_paid() -> None:
    simulation = simulate_jp(date(1967, 6, 1), 5_000_000, date(2025, 6, 1), months_so_far=100)
    assert simulation.months == 112


def test_nothing_is_added_after_the_pension_date() -> None:
    assert simulate_jp(date(1960, 1, 1), 5_000_000, TODAY, months_so_far=7).months == 7


def test_more_months_than_the_programme_is_old_are_recognised() -> None:
    born = date(1967, 6, 1)  # retires in June 2026, eleven years after the programme began
    assert simulate_jp(born, 5_000_000, TODAY, total_months=131).is_possible
    assert not simulate_jp(born, 5_000_000, TODAY, total_months=132).is_possible


def test_an_age_is_enough_to_reckon_with() -> None:
    assert birth_date_from_age(40, TODAY) == date(1986, 11, 24)
    assert simulate_jp(birth_date_from_age(40, TODAY), 5_000_000, TODAY).pension_age == 65


def test_senseless_numbers_are_refused() -> None:
    with pytest.raises(InvalidInput):
        simulate_jp(date(1990, 1, 1), -1, TODAY)
    with pytest.raises(InvalidInput):
        simulate_jp(date(1990, 1, 1), 1, TODAY, total_months=-1)
    with pytest.raises(InvalidInput):
        simulate_jp(date(2030, 1, 1), 1, TODAY)
    with pytest.raises(InvalidInput):
        birth_date_from_age(2000, TODAY)


@given(st.integers(0, 50_000_000), st.integers(180, 500), st.integers(0, 1_000_000), st.integers(0, 60))
def test_a_higher_wage_or_more_months_never_give_less(wage: int, months: int, more: int, later: int) -> None:
    born = date(1990, 1, 1)
    pension = simulate_jp(born, wage, TODAY, total_months=months).monthly_pension
    better = simulate_jp(born, wage + more, TODAY, total_months=months + later).monthly_pension
    assert pension is not None
    assert better is not None
    assert better >= pension

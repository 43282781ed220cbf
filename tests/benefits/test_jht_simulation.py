"""The simulation of old-age savings."""

from datetime import date
from decimal import Decimal
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.benefits.errors import InvalidInput
from bot.benefits.rates import Segment
from bot.benefits.simulation import simulate_jht

wages = st.integers(0, 100_000_000)
years = st.integers(0, 40)
balances = st.integers(0, 1_000_000_000)
rates = st.decimals(0, 15, places=2)


def test_the_published_example_is_met_to_the_rupiah() -> None:
    simulation = simulate_jht(5_000_000, 5, 0, Decimal(5))
    assert simulation.contributions == 17_100_000
    assert simulation.growth == 2_309_470
    assert simulation.final == 19_409_470


def test_a_balance_without_contributions_only_compounds() -> None:
    assert simulate_jht(0, 1, 20_000_000, Decimal(5)).final == 21_000_000


def test_without_growth_only_the_contributions_are_added() -> None:
    simulation = simulate_jht(5_000_000, 2, 1_000_000, Decimal(0))
    assert (simulation.growth, simulation.final) == (0, 1_000_000 + 24 * 285_000)


def test_no_years_leave_the_balance_as_it_is() -> None:
    simulation = simulate_jht(5_000_000, 0, 123)
    assert (simulation.contributions, simulation.growth, simulation.final) == (0, 0, 123)
    assert simulation.per_year == ()


def test_the_default_is_the_rate_that_the_app_assumes() -> None:
    assert simulate_jht(5_000_000, 5).annual_rate == 5


def test_the_self_employed_save_two_percent() -> None:
    assert simulate_jht(1_000_000, 1, segment=Segment.BPU).contributions == 240_000


def test_a_migrant_worker_has_no_rate_to_simulate_with() -> None:
    with pytest.raises(InvalidInput):
        simulate_jht(1_000_000, 1, segment=Segment.PMI)


def test_the_rate_of_a_past_day_can_be_asked_for() -> None:
    assert simulate_jht(5_000_000, 5, day=date(2016, 1, 1)).final == 19_409_470


def test_each_year_is_there_for_the_chart() -> None:
    simulation = simulate_jht(5_000_000, 5)
    assert [row.year for row in simulation.per_year] == [1, 2, 3, 4, 5]
    assert simulation.per_year[0].contributions == 3_420_000
    assert simulation.per_year[0].balance == 3_512_625
    assert simulation.per_year[-1].balance == simulation.final
    assert simulation.per_year[-1].contributions == simulation.contributions


@pytest.mark.parametrize(
    ("wage", "how_long", "balance", "rate"),
    [(-1, 1, 0, 5), (1, -1, 0, 5), (1, 101, 0, 5), (1, 1, -1, 5), (1, 1, 0, -1), (1, 1, 0, 101)],
)
def test_senseless_numbers_are_refused(wage: int, how_long: int, balance: int, rate: int) -> None:
    with pytest.raises(InvalidInput):
        simulate_jht(wage, how_long, balance, Decimal(rate))


@given(wages, years, balances, rates)
def test_the_figures_shown_add_up_and_are_never_negative(w: int, y: int, b: int, r: Decimal) -> None:
    simulation = simulate_jht(w, y, b, r)
    assert simulation.starting_balance + simulation.contributions + simulation.growth == simulation.final
    assert simulation.growth >= 0
    assert simulation.final == floor(simulation.exact_balance)


@given(wages, years, years, balances, rates)
def test_a_split_of_years_equals_the_whole(w: int, first: int, second: int, b: int, r: Decimal) -> None:
    whole = simulate_jht(w, first + second, b, r)
    part = simulate_jht(w, first, b, r)
    rest = simulate_jht(w, second, part.exact_balance, r)
    assert rest.exact_balance == whole.exact_balance
    assert rest.final == whole.final


@given(wages, years, balances, rates, st.integers(1, 1_000_000))
def test_a_higher_wage_never_gives_less(w: int, y: int, b: int, r: Decimal, more: int) -> None:
    assert simulate_jht(w + more, y, b, r).exact_balance >= simulate_jht(w, y, b, r).exact_balance


@given(wages, years, balances, rates)
def test_a_year_more_never_gives_less(w: int, y: int, b: int, r: Decimal) -> None:
    assert simulate_jht(w, y + 1, b, r).exact_balance >= simulate_jht(w, y, b, r).exact_balance


@given(wages, years, balances, rates, st.integers(1, 1_000_000))
def test_a_larger_start_gives_more(w: int, y: int, b: int, r: Decimal, more: int) -> None:
    assert simulate_jht(w, y, b + more, r).exact_balance > simulate_jht(w, y, b, r).exact_balance


@given(wages, years, balances, rates, st.decimals("0.01", 5, places=2))
def test_a_higher_rate_never_gives_less(w: int, y: int, b: int, r: Decimal, more: Decimal) -> None:
    assert simulate_jht(w, y, b, r + more).exact_balance >= simulate_jht(w, y, b, r).exact_balance

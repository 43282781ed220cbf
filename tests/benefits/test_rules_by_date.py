"""Asking for a past date gives that date's rule."""

from datetime import date, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.benefits import jht_rules, pension_rules, rates, tax
from bot.benefits.errors import BenefitsError, NoRuleYet, NotPublished
from bot.benefits.jht_rules import ANNUAL_RETURNS, JMO_BALANCE_LIMIT, JMO_CLAIM_HOURS, fits_jmo_limit
from bot.benefits.pension_rules import GDP_GROWTH, JP_AGE, JP_CEILING, JP_LARGEST, JP_SMALLEST, next_ceiling
from bot.benefits.tables import DatedRow, DatedTable, YearlyFigure, YearlyTable

ALL_TABLES = [
    table
    for module in (jht_rules, pension_rules, rates, tax)
    for table in vars(module).values()
    if isinstance(table, DatedTable | YearlyTable)
]


def test_every_row_of_every_table_names_its_source() -> None:
    assert len(ALL_TABLES) > 20
    assert all(row.source for table in ALL_TABLES for row in table)


def test_a_rule_holds_from_its_first_day_until_the_next_one_starts() -> None:
    table = DatedTable("t", DatedRow(date(2020, 1, 1), "old", "s"), DatedRow(date(2024, 1, 1), "new", "s"))
    assert table.on(date(2020, 1, 1)).value == "old"
    assert table.on(date(2023, 12, 31)).value == "old"
    assert table.on(date(2024, 1, 1)).value == "new"
    assert table.latest.value == "new"
    assert [row.value for row in table] == ["old", "new"]


def test_a_day_before_the_first_rule_is_an_error_that_says_when_it_starts() -> None:
    with pytest.raises(NoRuleYet, match=r"JP wage ceiling.*2015-06-30.*2015-07-01") as caught:
        JP_CEILING.on(date(2015, 6, 30))
    assert isinstance(caught.value, BenefitsError)


def test_rows_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="in order"):
        DatedTable("t", DatedRow(date(2024, 1, 1), 1, "s"), DatedRow(date(2020, 1, 1), 2, "s"))


def test_a_year_given_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        YearlyTable("t", YearlyFigure(2024, 1, "s"), YearlyFigure(2024, 2, "s"))


@given(st.dates(date(2015, 7, 1), date(2100, 1, 1)))
def test_the_rule_of_a_day_is_the_last_one_that_had_started(day: date) -> None:
    started = [row for row in JP_CEILING if row.valid_from <= day]
    assert JP_CEILING.on(day) == started[-1]


@pytest.mark.parametrize(
    ("day", "ceiling"),
    [
        (date(2015, 7, 1), 7_000_000),
        (date(2016, 2, 29), 7_000_000),
        (date(2016, 3, 1), 7_335_300),
        (date(2023, 6, 1), 9_559_600),
        (date(2025, 2, 28), 10_042_300),
        (date(2025, 3, 1), 10_547_400),
        (date(2026, 2, 28), 10_547_400),
        (date(2026, 3, 1), 11_086_300),
    ],
)
def test_the_pension_ceiling_changes_each_march(day: date, ceiling: int) -> None:
    assert JP_CEILING.on(day).value == ceiling


def test_the_ceiling_rule_reproduces_the_whole_table() -> None:
    rows = list(JP_CEILING)
    assert len(rows) == 12
    for before, after in pairwise(rows):
        growth = GDP_GROWTH.of(after.valid_from.year - 1).value
        assert next_ceiling(before.value, growth) == after.value, after.valid_from


def test_the_ceiling_is_cut_down_and_not_rounded() -> None:
    assert next_ceiling(10_547_400, Decimal("5.11")) == 11_086_300  # 11,086,372 would round to 11,086,400


def test_ceilings_that_were_not_read_in_a_source_say_so() -> None:
    assert [row.valid_from.year for row in JP_CEILING if not row.confirmed] == [2021, 2022]


@pytest.mark.parametrize(
    ("year", "age"),
    [
        (2016, 56),
        (2018, 56),
        (2019, 57),
        (2021, 57),
        (2022, 58),
        (2024, 58),
        (2025, 59),
        (2027, 59),
        (2028, 60),
        (2031, 61),
        (2034, 62),
        (2037, 63),
        (2040, 64),
        (2043, 65),
        (2070, 65),
    ],
)
def test_the_pension_age_rises_to_65(year: int, age: int) -> None:
    assert JP_AGE.on(date(year, 12, 31)).value == age


def test_the_age_of_old_age_savings_stays_56() -> None:
    assert jht_rules.JHT_AGE.on(date(2016, 1, 1)).value == jht_rules.JHT_AGE.on(date(2043, 1, 1)).value == 56


def test_the_limit_for_a_claim_in_the_app_rose_in_may_2025() -> None:
    assert JMO_BALANCE_LIMIT.on(date(2025, 4, 30)).value == 10_000_000
    assert JMO_BALANCE_LIMIT.on(date(2025, 5, 1)).value == 15_000_000
    assert not JMO_BALANCE_LIMIT.first.start_confirmed


def test_a_balance_at_the_limit_is_too_large_for_the_app() -> None:
    assert fits_jmo_limit(14_999_999, date(2026, 11, 24))
    assert not fits_jmo_limit(15_000_000, date(2026, 11, 24))
    assert not fits_jmo_limit(12_000_000, date(2025, 4, 30))


def test_the_app_takes_claims_from_six_until_eight_in_the_evening() -> None:
    hours = JMO_CLAIM_HOURS.latest.value
    assert not hours.include(time(5, 59))
    assert hours.include(time(6))
    assert hours.include(time(19, 59))
    assert not hours.include(time(20))
    assert hours.zone == "Asia/Jakarta"


def test_job_loss_insurance_became_cheaper_on_7_february_2025() -> None:
    assert rates.JKP.on(date(2025, 2, 6)).value.total == Decimal("0.46")
    assert rates.JKP.on(date(2025, 2, 7)).value.total == Decimal("0.36")


def test_wage_earners_save_5_7_percent_and_the_self_employed_2() -> None:
    rate = rates.JHT_PU.on(date(2026, 1, 1)).value
    assert (rate.employer, rate.worker, rate.total) == (Decimal("3.7"), Decimal(2), Decimal("5.7"))
    assert rates.JHT_BPU.on(date(2026, 1, 1)).value.total == 2


@pytest.mark.parametrize(
    ("day", "others", "transport"),
    [
        (date(2025, 12, 31), 0, 0),
        (date(2026, 1, 1), 0, 50),
        (date(2026, 3, 31), 0, 50),
        (date(2026, 4, 1), 50, 50),
        (date(2026, 12, 31), 50, 50),
        (date(2027, 1, 1), 0, 50),
        (date(2027, 3, 31), 0, 50),
        (date(2027, 4, 1), 0, 0),
    ],
)
def test_the_discount_of_2026_has_one_window_for_transport_and_one_for_others(
    day: date, others: int, transport: int
) -> None:
    assert rates.BPU_DISCOUNT.on(day).value == others
    assert rates.BPU_TRANSPORT_DISCOUNT.on(day).value == transport


def test_known_returns_are_given_and_missing_ones_are_never_interpolated() -> None:
    assert [figure.year for figure in ANNUAL_RETURNS] == [2014, 2016, 2020, 2025]
    assert ANNUAL_RETURNS.of(2025).value == jht_rules.AnnualReturn(Decimal("5.51"), Decimal("6.64"))
    assert ANNUAL_RETURNS.get(2015) is None
    with pytest.raises(NotPublished, match="2018"):
        ANNUAL_RETURNS.of(2018)


def test_bounds_of_the_pension_that_were_derived_say_so() -> None:
    assert [figure.year for figure in JP_SMALLEST if not figure.confirmed] == [2025, 2026]
    assert [figure.year for figure in JP_LARGEST if not figure.confirmed] == [2024, 2025, 2026]
    assert JP_LARGEST.get(2018) is None


def test_migrant_workers_choose_a_sum_and_pay_fixed_fees() -> None:
    day = date(2026, 1, 1)
    assert rates.JHT_PMI_CHOICES.on(day).value[0] == 50_000
    assert rates.JHT_PMI_CHOICES.on(day).value[-1] == 600_000
    fees = rates.JKK_JKM_PMI.on(day).value
    assert (fees.before_work, fees.during_and_after[24], fees.extension_per_month) == (
        37_500,
        332_500,
        13_500,
    )


def test_a_partial_claim_needs_ten_years_and_is_10_or_30_percent() -> None:
    rule = jht_rules.PARTIAL_CLAIM.on(date(2026, 1, 1)).value
    assert rule.years_of_membership == 10
    assert (rule.retirement_preparation_percent, rule.home_purchase_percent) == (10, 30)


def test_who_resigned_waits_one_month() -> None:
    assert jht_rules.WAITING_MONTHS.on(date(2026, 1, 1)).value == 1


@given(st.sampled_from([table for table in ALL_TABLES if isinstance(table, DatedTable)]))
def test_no_table_answers_for_the_day_before_its_first_row(table: DatedTable[object]) -> None:
    with pytest.raises(NoRuleYet):
        table.on(table.first.valid_from - timedelta(days=1))

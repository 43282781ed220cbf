"""Contributions, growth and balances of the invented people agree with the rules."""

from datetime import date
from decimal import Decimal

import pytest

from bot.benefits.contributions import jht_contribution, jp_contribution
from bot.benefits.months import add_months
from bot.benefits.rates import Segment
from bot.benefits.simulation import simulate_jht
from bot.register import history
from bot.register.core_system import Programme
from bot.register.demo_people import DEMO_PEOPLE
from bot.register.sql import SqlCoreSystem

TWELVE_YEARS = DEMO_PEOPLE[1].id
TWO_CARDS = DEMO_PEOPLE[0].id


def test_five_years_at_five_percent_reach_the_published_balance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "annual_percent", lambda _: Decimal(5))
    months = [add_months(date(2020, 12, 1), number) for number in range(60)]
    payments = history.all_paid(history.constant_wages(months, 5_000_000), Segment.PU)
    last = history.balance_points(payments, date(2025, 12, 31))[-1]
    assert last == (date(2025, 12, 31), 19_409_470) == (date(2025, 12, 31), simulate_jht(5_000_000, 5).final)


def test_published_returns_are_used_where_they_are_known() -> None:
    assert history.annual_percent(2020) == Decimal("5.63")
    assert history.annual_percent(2021) == Decimal("5")


def test_a_month_counts_from_the_day_it_is_paid() -> None:
    payments = history.all_paid({date(2026, 10, 1): 5_000_000}, Segment.PU)
    assert history.balance_points(payments, date(2026, 11, 9))[-1][1] == 285_000
    october, november = date(2026, 10, 1), date(2026, 11, 1)
    assert history.months_paid_by(october, november, date(2026, 11, 9)) == []
    assert history.months_paid_by(october, november, date(2026, 11, 10)) == [october]


def test_no_contribution_no_balance() -> None:
    assert history.balance_points([], date(2026, 11, 24)) == []


@pytest.mark.parametrize("balance", [3_600_000, 5_480_000, 6_250_001, 41_999_999])
@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2027, 1, 1), date(2028, 2, 29)])
def test_wages_are_found_for_any_balance_on_any_day(balance: int, today: date) -> None:
    months = history.months_paid_by(add_months(today, -40), add_months(today, -4), today)
    wages = history.wages_for_balance(balance, months, Segment.PU, today)
    assert history.balance_points(history.all_paid(wages, Segment.PU), today)[-1] == (today, balance)
    assert max(wages.values()) < 1.5 * min(wages.values())


@pytest.mark.asyncio
async def test_contributions_follow_the_rates(register: SqlCoreSystem) -> None:
    jht = await register.contributions(TWELVE_YEARS, Programme.JHT)
    jp = await register.contributions(TWELVE_YEARS, Programme.JP)
    assert len(jht) > len(jp) > 100
    assert jp[0].month == date(2015, 7, 1), "JP began in July 2015"
    assert [month.month for month in jht] == sorted(month.month for month in jht)
    recent = jht[-1]
    due = jht_contribution(recent.wage, recent.month)
    assert (recent.employer_share, recent.worker_share, recent.total) == (due.employer, due.worker, due.total)
    assert [(month.employer_share, month.worker_share) for month in jp] == [
        (due.employer, due.worker) for due in (jp_contribution(month.wage, month.month) for month in jp)
    ]


@pytest.mark.asyncio
async def test_a_balance_is_what_was_paid_in_and_its_growth(register: SqlCoreSystem, today: date) -> None:
    paid_in = sum(month.total for month in await register.contributions(TWELVE_YEARS, Programme.JHT))
    (balance,) = await register.balances(TWELVE_YEARS, today)
    assert 1.2 * paid_in < balance.amount < 1.6 * paid_in


@pytest.mark.asyncio
async def test_a_balance_can_be_asked_for_a_past_day(register: SqlCoreSystem, today: date) -> None:
    history = {point.day: point.amount for point in await register.balance_history(TWELVE_YEARS)}
    (then,) = await register.balances(TWELVE_YEARS, date(2025, 12, 31))
    assert (then.as_of, then.amount) == (date(2025, 12, 31), history[date(2025, 12, 31)])
    assert await register.balances(TWELVE_YEARS, date(2010, 1, 1)) == []


@pytest.mark.asyncio
async def test_the_history_adds_up_all_cards_until_today(register: SqlCoreSystem, today: date) -> None:
    points = await register.balance_history(TWO_CARDS)
    assert (points[-1].day, points[-1].amount) == (today, 9_850_000)
    amounts = [point.amount for point in points]
    assert amounts == sorted(amounts)
    assert len(points) > 60

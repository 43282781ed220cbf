"""Contributions and balances of an invented card, as the rules would have made them.

A month's contribution is paid on the tenth of the next month. Growth follows the published formula of the
simulation: within a year simple interest by month, which joins the balance at the end of the year. The rate
is the published return of the year where one is known. Whole rupiah are shown, cut down.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import floor

from bot.benefits import contributions as rules
from bot.benefits.jht_rules import ANNUAL_RETURNS
from bot.benefits.months import add_months, each_month, month_of
from bot.benefits.pension_rules import PROGRAMME_START
from bot.benefits.rates import JHT_PU, Segment
from bot.benefits.simulation import DEFAULT_ANNUAL_RATE
from bot.register.core_system import Programme

PAY_DAY = 10


@dataclass(frozen=True)
class PaidMonth:
    """What was paid to one programme for one month, in whole rupiah."""

    programme: Programme
    month: date
    wage: int
    employer_share: int
    worker_share: int
    paid_on: date

    @property
    def total(self) -> int:
        return self.employer_share + self.worker_share


def paid_on(month: date) -> date:
    """The day on which a punctual employer pays for a month."""
    return add_months(month, 1).replace(day=PAY_DAY)


def months_paid_by(first: date, last: date, today: date) -> list[date]:
    """The months from `first` to `last` for which a punctual employer has paid by today."""
    return [month for month in each_month(first, last) if paid_on(month) <= today]


def jht_paid(month: date, wage: int, segment: Segment) -> PaidMonth:
    """The JHT contribution of a month. The rates of before July 2015 (PP 14/1993) were the same."""
    due = rules.jht_contribution(wage, max(month, JHT_PU.first.valid_from), segment)
    return PaidMonth(Programme.JHT, month, wage, due.employer, due.worker, paid_on(month))


def jp_paid(month: date, wage: int) -> PaidMonth:
    """The JP contribution of a wage earner's month, from July 2015 on."""
    due = rules.jp_contribution(wage, month)
    return PaidMonth(Programme.JP, month, wage, due.employer, due.worker, paid_on(month))


def all_paid(wages: dict[date, int], segment: Segment) -> list[PaidMonth]:
    """The contributions to both programmes for months with these wages."""
    jht = [jht_paid(month, wage, segment) for month, wage in wages.items()]
    if segment is not Segment.PU:
        return jht
    return jht + [jp_paid(month, wage) for month, wage in wages.items() if month >= PROGRAMME_START]


def balance_points(payments: Sequence[PaidMonth], today: date) -> list[tuple[date, int]]:
    """The JHT balance at the end of each month since the first payment, and today."""
    paid_in = _jht_by_month(payments)
    opening, paid_this_year, percent_months = Decimal(0), 0, Decimal(0)
    points = []
    for month in each_month(min(paid_in), today) if paid_in else ():
        if month.month == 1:
            opening += paid_this_year + percent_months / 1200
            paid_this_year, percent_months = 0, Decimal(0)
        paid_this_year += paid_in[month]
        month_end = add_months(month, 1) - timedelta(days=1)
        if month_end <= today:
            percent_months += (opening + paid_this_year) * annual_percent(month.year)
        points.append((min(month_end, today), floor(opening + paid_this_year + percent_months / 1200)))
    return points


def annual_percent(year: int) -> Decimal:
    """The return of a year."""
    published = ANNUAL_RETURNS.get(year)
    return published.value.conventional if published else DEFAULT_ANNUAL_RATE


def _jht_by_month(payments: Sequence[PaidMonth]) -> dict[date, int]:
    paid_in: dict[date, int] = defaultdict(int)
    for payment in payments:
        if payment.programme is Programme.JHT:
            paid_in[month_of(payment.paid_on)] += payment.total
    return paid_in


def constant_wages(months: Sequence[date], wage: int) -> dict[date, int]:
    return dict.fromkeys(months, wage)


def rising_wages(months: Sequence[date], first_wage: int, yearly_percent: int = 6) -> dict[date, int]:
    """Wages that rise each January, in whole thousands."""
    start = months[0].year if months else 0
    return {
        month: floor(first_wage * Fraction(100 + yearly_percent, 100) ** (month.year - start) / 1000) * 1000
        for month in months
    }


def wages_for_balance(balance: int, months: Sequence[date], segment: Segment, today: date) -> dict[date, int]:
    """Wages that lead to exactly this balance today: constant but for the first and the last month."""

    def reached(wages: dict[date, int]) -> int:
        points = balance_points([jht_paid(month, wage, segment) for month, wage in wages.items()], today)
        return points[-1][1]

    def with_last(wage: int) -> int:
        return reached({**wages, months[-1]: wage})

    thousands = range(0, balance, 1000)
    enough = bisect_left(thousands, balance, key=lambda wage: reached(constant_wages(months, wage)))
    wages = constant_wages(months, thousands[max(enough - 1, 0)])
    for first_wage in range(wages[months[0]], wages[months[0]] + 200_000, 1000):
        wages[months[0]] = first_wage
        wages[months[-1]] = bisect_left(range(balance), balance, key=with_last)
        if reached(wages) == balance:
            return wages
    raise ValueError(f"no wages lead to a balance of {balance} in {len(months)} months")

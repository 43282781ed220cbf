"""What is paid for a month, when it is due, and which months were not paid."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from bot.benefits.errors import InvalidInput
from bot.benefits.months import add_months, each_month, month_of
from bot.benefits.pension_rules import JP_CEILING
from bot.benefits.rates import (
    BPU_DISCOUNT,
    BPU_TRANSPORT_DISCOUNT,
    JHT_BPU,
    JHT_PU,
    JKK_BPU,
    JKM_BPU,
    JP,
    Segment,
    SplitRate,
)

DUE_DAY = 15
"""A month's contributions are due on this day of the next month (FAQ 126)."""


@dataclass(frozen=True)
class Contribution:
    """One month's contribution to one programme, in rupiah."""

    base: int
    employer: int
    worker: int

    @property
    def total(self) -> int:
        return self.employer + self.worker


@dataclass(frozen=True)
class BpuContribution:
    """One month's contributions of a self-employed person, in rupiah, after any discount."""

    jht: int
    jkk: int
    jkm: int
    discount_percent: Decimal

    @property
    def total(self) -> int:
        return self.jht + self.jkk + self.jkm


def share(amount: int, percent: Decimal) -> int:
    """So many percent of an amount, cut down to whole rupiah."""
    return int((amount * percent / 100).to_integral_value(ROUND_FLOOR))


def jht_rate(segment: Segment, day: date) -> SplitRate:
    """The JHT rate of a segment. Raises `InvalidInput` for migrant workers, who choose a sum instead."""
    if segment is Segment.PMI:
        raise InvalidInput("a migrant worker chooses a monthly JHT sum; there is no rate")
    table = JHT_PU if segment is Segment.PU else JHT_BPU
    return table.on(day).value


def jht_contribution(monthly_wage: int, day: date, segment: Segment = Segment.PU) -> Contribution:
    """The JHT contribution on a wage or chosen base income; JHT knows no ceiling."""
    return _split(_checked(monthly_wage), jht_rate(segment, day))


def jp_contribution(monthly_wage: int, day: date) -> Contribution:
    """The JP contribution of a wage earner, on the wage up to that day's ceiling."""
    base = min(_checked(monthly_wage), JP_CEILING.on(day).value)
    return _split(base, JP.on(day).value)


def bpu_contribution(base_income: int, day: date, *, transport: bool = False) -> BpuContribution:
    """What a self-employed person pays for a month; JHT is not discounted."""
    discounts = BPU_TRANSPORT_DISCOUNT if transport else BPU_DISCOUNT
    discount = discounts.on(day).value
    payable = 100 - discount
    return BpuContribution(
        jht=jht_contribution(base_income, day, Segment.BPU).total,
        jkk=share(share(base_income, JKK_BPU.on(day).value), payable),
        jkm=share(JKM_BPU.on(day).value, payable),
        discount_percent=discount,
    )


def due_date(month: date) -> date:
    """The last day on which a month's contributions are paid in time."""
    return add_months(month_of(month), 1).replace(day=DUE_DAY)


def missing_months(paid: Collection[date], first: date, last: date, today: date) -> list[date]:
    """The months from `first` to `last` that were not paid although their due date has passed."""
    paid_months = {month_of(day) for day in paid}
    return [month for month in each_month(first, last) if month not in paid_months and due_date(month) < today]


def _split(base: int, rate: SplitRate) -> Contribution:
    return Contribution(base, employer=share(base, rate.employer), worker=share(base, rate.worker))


def _checked(monthly_wage: int) -> int:
    if monthly_wage < 0:
        raise InvalidInput("a wage cannot be negative")
    return monthly_wage

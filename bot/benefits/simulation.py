"""The simulation of old-age savings (JHT) as the JMO app shows it, in exact arithmetic.

Assumptions of the published simulation: a constant wage, contributions on the first of each month, one yearly
rate, the year's growth added once a year. Each year adds twelve contributions and their growth of 12, 11, ... 1
months. The simulation of the pension stands in `bot.benefits.pension` and is offered here too.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from bot.benefits.contributions import jht_rate
from bot.benefits.errors import InvalidInput
from bot.benefits.pension import JpSimulation, simulate_jp
from bot.benefits.rates import JHT_BPU, JHT_PU, Segment

__all__ = [
    "DEFAULT_ANNUAL_RATE",
    "LONGEST_YEARS",
    "JhtSimulation",
    "JhtYear",
    "JpSimulation",
    "simulate_jht",
    "simulate_jp",
]

DEFAULT_ANNUAL_RATE = Decimal(5)
"""Percent a year, the rate the JMO app assumes."""

LONGEST_YEARS = 100
MONTHS_OF_GROWTH_IN_A_YEAR = sum(range(1, 13))


@dataclass(frozen=True)
class JhtYear:
    """Where the savings stand at the end of a year, in whole rupiah."""

    year: int
    contributions: int
    balance: int


@dataclass(frozen=True)
class JhtSimulation:
    """A JHT simulation. Amounts are whole rupiah, cut down; `exact_balance` keeps the fraction.

    `growth` is what is left of the final balance after the starting balance and the contributions,
    so that the figures shown to a participant add up.
    """

    monthly_wage: int
    years: int
    starting_balance: int
    annual_rate: Decimal
    contributions: int
    growth: int
    final: int
    exact_balance: Fraction
    per_year: tuple[JhtYear, ...]


def simulate_jht(
    monthly_wage: int,
    years: int,
    starting_balance: int | Fraction = 0,
    annual_rate: Decimal = DEFAULT_ANNUAL_RATE,
    *,
    segment: Segment = Segment.PU,
    day: date | None = None,
) -> JhtSimulation:
    """Project JHT savings over some years; the contribution rate is that of `day`, or else the latest one.

    A wage of 0 only lets the starting balance grow. To go on from an earlier simulation, start with
    its `exact_balance`.
    Raises `InvalidInput` for negative numbers, more than 100 years, or a segment without a rate.
    """
    _check(monthly_wage, years, starting_balance, annual_rate)
    monthly = _monthly_contribution(monthly_wage, segment, day)
    rate = Fraction(annual_rate) / 100
    growth_of_contributions = monthly * rate / 12 * MONTHS_OF_GROWTH_IN_A_YEAR
    balance = Fraction(starting_balance)
    per_year = []
    for year in range(1, years + 1):
        balance = balance * (1 + rate) + 12 * monthly + growth_of_contributions
        per_year.append(JhtYear(year, floor(12 * monthly * year), floor(balance)))
    contributions = floor(12 * monthly * years)
    start = floor(starting_balance)
    return JhtSimulation(
        monthly_wage=monthly_wage,
        years=years,
        starting_balance=start,
        annual_rate=annual_rate,
        contributions=contributions,
        growth=floor(balance) - start - contributions,
        final=floor(balance),
        exact_balance=balance,
        per_year=tuple(per_year),
    )


def _monthly_contribution(monthly_wage: int, segment: Segment, day: date | None) -> Fraction:
    latest = JHT_BPU.latest if segment is Segment.BPU else JHT_PU.latest
    rate = jht_rate(segment, day or latest.valid_from)
    return monthly_wage * Fraction(rate.total) / 100


def _check(monthly_wage: int, years: int, starting_balance: int | Fraction, annual_rate: Decimal) -> None:
    if monthly_wage < 0 or starting_balance < 0:
        raise InvalidInput("a wage or a balance cannot be negative")
    if not 0 <= years <= LONGEST_YEARS:
        raise InvalidInput(f"a simulation spans 0 to {LONGEST_YEARS} years")
    if not 0 <= annual_rate <= 100:
        raise InvalidInput("a yearly rate lies between 0 and 100 percent")

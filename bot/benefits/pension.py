"""The simulation of the pension programme (JP): when, for how many months of contributions, and how much."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import floor

from bot.benefits.contributions import jp_contribution
from bot.benefits.errors import InvalidInput
from bot.benefits.months import add_months, age_on, months_between
from bot.benefits.pension_rules import (
    ACCRUAL_PERCENT_PER_YEAR,
    JP_AGE,
    JP_CEILING,
    JP_LARGEST,
    JP_SMALLEST,
    MONTHS_FOR_A_PENSION,
    PROGRAMME_START,
)
from bot.benefits.tables import YearlyFigure


class Bound(StrEnum):
    """Which published bound a pension was moved to."""

    SMALLEST = "smallest"
    LARGEST = "largest"


@dataclass(frozen=True)
class PensionBounds:
    """The smallest and largest monthly pension of a year, where known, and the one that was applied."""

    year: int
    smallest: YearlyFigure[int] | None
    largest: YearlyFigure[int] | None
    applied: Bound | None = None

    @property
    def confirmed(self) -> bool:
        """Whether both figures were read in a source. Figures that were not are never applied."""
        return all(figure is not None and figure.confirmed for figure in (self.smallest, self.largest))


@dataclass(frozen=True)
class JpSimulation:
    """A JP simulation with a constant wage and without inflation. Amounts are whole rupiah, cut down.

    Exactly one of `monthly_pension` and `lump_sum_contributions` is given. The lump sum is the
    contributions only: their return is paid on top and its size is not known.
    """

    pension_age: int
    pension_date: date
    months: int
    longest_possible_months: int
    """More months than this cannot have been paid by the pension date: the programme began in July 2015."""
    wage_counted: int
    ceiling: int
    monthly_pension: int | None
    lump_sum_contributions: int | None
    bounds: PensionBounds

    @property
    def is_possible(self) -> bool:
        return self.months <= self.longest_possible_months


def birth_date_from_age(age: int, day: date) -> date:
    """The birth date to reckon with when only the age is known: as if the birthday were that day."""
    if not 0 <= age <= 150:
        raise InvalidInput("an age lies between 0 and 150 years")
    return add_months(day, -12 * age)


def pension_date(birth_date: date) -> date:
    """The first day on which a person is as old as the pension age that holds on that day."""
    for row in JP_AGE:
        birthday = add_months(birth_date, 12 * row.value)
        if JP_AGE.on(max(birthday, PROGRAMME_START)).value <= row.value:
            return birthday
    return add_months(birth_date, 12 * JP_AGE.latest.value)


def simulate_jp(
    birth_date: date,
    monthly_wage: int,
    day: date,
    *,
    months_so_far: int = 0,
    total_months: int | None = None,
) -> JpSimulation:
    """Project the pension of somebody who earns a constant wage.

    Give `months_so_far` to assume contributions from `day` until the pension date, or `total_months` to say
    how many months there will be in all. Raises `InvalidInput` for negative numbers and for a birth date
    after `day`.
    """
    if min(monthly_wage, months_so_far, total_months or 0) < 0 or birth_date > day:
        raise InvalidInput("a wage or a number of months cannot be negative, nor a birth date lie in the future")
    retires = pension_date(birth_date)
    months = months_so_far + max(months_between(day, retires), 0) if total_months is None else total_months
    ceiling = JP_CEILING.on(day).value
    counted = min(monthly_wage, ceiling)
    bounds = _bounds_of(day.year)
    pension = None
    if months >= MONTHS_FOR_A_PENSION:
        pension, bounds = _within_bounds(_unbounded_pension(counted, months), bounds)
    return JpSimulation(
        pension_age=age_on(birth_date, retires),
        pension_date=retires,
        months=months,
        longest_possible_months=max(months_between(PROGRAMME_START, retires), 0),
        wage_counted=counted,
        ceiling=ceiling,
        monthly_pension=pension,
        lump_sum_contributions=jp_contribution(monthly_wage, day).total * months if pension is None else None,
        bounds=bounds,
    )


def _unbounded_pension(wage: int, months: int) -> int:
    return floor(ACCRUAL_PERCENT_PER_YEAR * months * wage / 1200)


def _bounds_of(year: int) -> PensionBounds:
    return PensionBounds(year, JP_SMALLEST.get(year), JP_LARGEST.get(year))


def _within_bounds(pension: int, bounds: PensionBounds) -> tuple[int, PensionBounds]:
    year, smallest, largest = bounds.year, bounds.smallest, bounds.largest
    if smallest and smallest.confirmed and pension < smallest.value:
        return smallest.value, PensionBounds(year, smallest, largest, Bound.SMALLEST)
    if largest and largest.confirmed and pension > largest.value:
        return largest.value, PensionBounds(year, smallest, largest, Bound.LARGEST)
    return pension, bounds

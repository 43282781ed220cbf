"""Income tax on a JHT payment, in whole rupiah, cut down."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

from bot.benefits.errors import InvalidInput
from bot.benefits.months import add_months
from bot.benefits.tables import DatedRow, DatedTable


@dataclass(frozen=True)
class FinalTariff:
    """Nothing up to a sum, one rate (percent) on what is above it."""

    free_up_to: int
    percent_above: Decimal


@dataclass(frozen=True)
class Bracket:
    """A rate in percent on the part up to a sum; the last bracket has no upper end."""

    up_to: int | None
    percent: Decimal


@dataclass(frozen=True)
class ProgressiveTariff:
    """Rates that rise with the sum, and by how many percent they are higher without a tax number (NPWP)."""

    brackets: tuple[Bracket, ...]
    percent_more_without_npwp: Decimal


FINAL_TARIFF = DatedTable(
    "final income tax on JHT",
    DatedRow(
        date(2010, 1, 1),
        FinalTariff(free_up_to=50_000_000, percent_above=Decimal(5)),
        "PP 68/2009; PMK 16/2010; FAQ 263",
        start_confirmed=False,
    ),
)

PROGRESSIVE_TARIFF = DatedTable(
    "progressive income tax on JHT",
    DatedRow(
        date(2022, 1, 1),
        ProgressiveTariff(
            brackets=(
                Bracket(60_000_000, Decimal(5)),
                Bracket(250_000_000, Decimal(15)),
                Bracket(500_000_000, Decimal(25)),
                Bracket(5_000_000_000, Decimal(30)),
                Bracket(None, Decimal(35)),
            ),
            percent_more_without_npwp=Decimal(20),
        ),
        "FAQ 243, 265",
        start_confirmed=False,
    ),
)

FINAL_TARIFF_MONTHS = DatedTable(
    "months after a partial claim in which the full claim still has the final tariff",
    DatedRow(date(2010, 1, 1), 24, "PP 68/2009; FAQ 243, 265; FAQ 264 is worded otherwise", start_confirmed=False),
)


class Tariff(StrEnum):
    FINAL = "final"
    PROGRESSIVE = "progressive"


class Doubt(StrEnum):
    """Why the participant should have the tax confirmed."""

    SOURCES_DISAGREE_AFTER_PARTIAL_CLAIM = "sources_disagree_after_partial_claim"
    PARTIAL_CLAIM_ON_SUM_OR_EXCESS = "partial_claim_on_sum_or_excess"


@dataclass(frozen=True)
class JhtTax:
    """The tax on a payment, in rupiah, and whether the sources leave room for doubt."""

    gross: int
    tax: int
    tariff: Tariff
    doubt: Doubt | None = None

    @property
    def net(self) -> int:
        return self.gross - self.tax

    @property
    def confirm(self) -> bool:
        """Whether the participant must be told to have this confirmed."""
        return self.doubt is not None


def tax_on_full_claim(gross: int, day: date, *, partial_claim_on: date | None = None, has_npwp: bool = True) -> JhtTax:
    """Tax on taking the whole balance, with the day of an earlier partial claim if there was one.

    The tax number (NPWP) matters only for the progressive tariff.
    """
    _check(gross)
    if partial_claim_on is None:
        return JhtTax(gross, _final(gross, day), Tariff.FINAL)
    doubt = Doubt.SOURCES_DISAGREE_AFTER_PARTIAL_CLAIM
    if day <= add_months(partial_claim_on, FINAL_TARIFF_MONTHS.on(day).value):
        return JhtTax(gross, _final(gross, day), Tariff.FINAL, doubt)
    return JhtTax(gross, _progressive(gross, day, has_npwp), Tariff.PROGRESSIVE, doubt)


def tax_on_partial_claim(gross: int, balance: int, day: date) -> JhtTax:
    """Tax on taking `gross` out of `balance` while still working.

    Above the free sum the source can be read as 5 % of the payment or of its excess; the larger tax is
    reckoned, so that nobody is promised more than is paid. Raises `InvalidInput` when the payment exceeds the balance.
    """
    _check(gross)
    if gross > balance:
        raise InvalidInput("a partial claim cannot exceed the balance")
    tariff = FINAL_TARIFF.on(day).value
    if balance <= tariff.free_up_to:
        return JhtTax(gross, 0, Tariff.FINAL)
    tax = floor(gross * Fraction(tariff.percent_above) / 100)
    return JhtTax(gross, tax, Tariff.FINAL, Doubt.PARTIAL_CLAIM_ON_SUM_OR_EXCESS)


def _final(gross: int, day: date) -> int:
    tariff = FINAL_TARIFF.on(day).value
    return floor(max(gross - tariff.free_up_to, 0) * Fraction(tariff.percent_above) / 100)


def _progressive(gross: int, day: date, has_npwp: bool) -> int:
    tariff = PROGRESSIVE_TARIFF.on(day).value
    tax, lower = Fraction(0), 0
    for bracket in tariff.brackets:
        upper = gross if bracket.up_to is None else min(gross, bracket.up_to)
        tax += max(upper - lower, 0) * Fraction(bracket.percent) / 100
        lower = max(upper, lower)
    surcharge = Fraction(0) if has_npwp else Fraction(tariff.percent_more_without_npwp) / 100
    return floor(tax * (1 + surcharge))


def _check(gross: int) -> None:
    if gross < 0:
        raise InvalidInput("a payment cannot be negative")

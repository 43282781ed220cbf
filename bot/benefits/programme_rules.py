"""What JP, JKP and JKM give, and to whom, for those who ask what a programme is."""

from dataclasses import dataclass
from datetime import date

from bot.benefits.tables import DatedRow, DatedTable


@dataclass(frozen=True)
class JkpBenefit:
    """The job loss programme: money for some months, after enough months of membership."""

    percent_of_wage: int
    wage_cap: int
    """Rupiah a month; a higher wage counts as this."""
    months: int
    membership_months: int
    within_months: int
    """The membership months are counted within this many."""
    claim_within_months: int
    """Counted from the layoff."""


@dataclass(frozen=True)
class JkmBenefit:
    """The death benefit where no work accident was the cause, in rupiah."""

    compensation: int
    monthly: int
    monthly_times: int
    burial: int
    scholarship_after_years: int
    """Years of membership after which children get scholarships."""

    @property
    def total(self) -> int:
        return self.compensation + self.monthly * self.monthly_times + self.burial


JKP_BENEFIT = DatedTable(
    "JKP benefit",
    DatedRow(
        date(2025, 2, 7),
        JkpBenefit(
            percent_of_wage=60,
            wage_cap=5_000_000,
            months=6,
            membership_months=12,
            within_months=24,
            claim_within_months=6,
        ),
        "PP 6/2025; FAQ 464, 468, 470, 474, 476",
    ),
)

JKM_BENEFIT = DatedTable(
    "JKM benefit",
    DatedRow(
        date(2015, 7, 1),
        JkmBenefit(
            compensation=20_000_000, monthly=500_000, monthly_times=24, burial=10_000_000, scholarship_after_years=3
        ),
        "FAQ 395, 409 (read in mid 2025)",
        start_confirmed=False,
    ),
)

JP_YEARS_FOR_MONTHLY_PAY = DatedTable(
    "years of contributions for a monthly pension",
    DatedRow(date(2015, 7, 1), 15, "PP 45/2015; FAQ 419, 424, 442"),
)

"""The dated rules around being a participant: cards, due days, the self-employed, migrants, families, service times."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from bot.benefits.jht_rules import ServiceHours
from bot.benefits.pension_rules import ACCRUAL_PERCENT_PER_YEAR, PROGRAMME_START
from bot.benefits.tables import DatedRow, DatedTable

READ_IN = date(2025, 6, 1)
"""The official questions and answers were read in mid 2025; since when their rules hold is not said there."""


@dataclass(frozen=True)
class ContributionRule:
    """When an employer pays, and how a wage that isn't monthly counts."""

    due_day: int
    """Of the next month."""
    late_percent_a_month: Decimal
    daily_wages_a_month: int
    piecework_mean_of_months: int
    foreigners_after_months: int
    """A foreigner takes part after working so long in Indonesia."""


@dataclass(frozen=True)
class CardRule:
    """How soon a card comes, and how soon a change of data is to be reported (days)."""

    issued_within_working_days: int
    handed_out_within_working_days: int
    """By the employer, once it has the card."""
    report_changes_within_days: int
    """By the self-employed."""


@dataclass(frozen=True)
class BpuRule:
    """Who may join as self-employed, and how contributions are paid."""

    below_age: int
    jobs: int
    arrears_months: int
    """At most so many months are to be paid up, without a fine."""
    prepaid_months: tuple[int, ...]


@dataclass(frozen=True)
class FamilyPension:
    """What of a pension goes to the family, in percent, and for how long."""

    widow_percent: int
    child_percent: int
    parent_percent: int
    children: int
    child_up_to_age: int


@dataclass(frozen=True)
class JkpPractice:
    """What goes with the job loss money."""

    times: int
    """In a working life."""
    report_work_within_days: int
    """Working days."""
    applications: int
    """At least so many a month, or one interview."""
    paid_within_working_days: int


@dataclass(frozen=True)
class PmiBenefits:
    """Help for migrant workers (rupiah), and how long it can be claimed."""

    accident_death: int
    no_departure: int
    no_placement: int
    rape: int
    claim_within_years: int
    months_before_work: int
    """The protection before work lasts at most so long."""
    months_after_work: int


@dataclass(frozen=True)
class AccountLock:
    """When JMO lets nobody in for a while."""

    tries: int
    locked_hours: int


CONTRIBUTIONS = DatedTable(
    "contributions of wage earners",
    DatedRow(READ_IN, ContributionRule(15, Decimal(2), 25, 3, 6), "FAQ 86, 87, 126, 131", start_confirmed=False),
)

CARDS = DatedTable(
    "cards and data of participants",
    DatedRow(READ_IN, CardRule(7, 3, 7), "FAQ 153, 160, 219", start_confirmed=False),
)

BPU = DatedTable(
    "the self-employed",
    DatedRow(READ_IN, BpuRule(65, 2, 3, (2, 3, 6, 12)), "FAQ 183, 185, 190, 192", start_confirmed=False),
)

JP_FAMILY = DatedTable(
    "pension of the family (percent of the pension)",
    DatedRow(date(2015, 7, 1), FamilyPension(50, 50, 20, 2, 23), "PP 45/2015; FAQ 422, 428-430"),
)

JP_JOIN_MONTHS = DatedTable(
    "months before the pension age until which one can join JP",
    DatedRow(READ_IN, 1, "FAQ 413", start_confirmed=False),
)

JP_ACCRUAL = DatedTable(
    "what a year of contributions earns (percent of the average weighted wage)",
    DatedRow(PROGRAMME_START, ACCRUAL_PERCENT_PER_YEAR, "PP 45/2015; FAQ 417, 425"),
)

JP_CLAIM_DAYS = DatedTable(
    "days from a complete claim of JP to its payment",
    DatedRow(READ_IN, 15, "FAQ 439", start_confirmed=False),
)

JP_CONFIRM_MONTHS = DatedTable(
    "months after which who gets a pension confirms its data again",
    DatedRow(READ_IN, 3, "FAQ 446, 447", start_confirmed=False),
)

JP_DEFER_YEARS = DatedTable(
    "years for which a pension may be put off by who still works",
    DatedRow(date(2015, 7, 1), 3, "PP 45/2015 article 15; kabarmakassar.com", confirmed=False),
)

JKM_CLAIM_DAYS = DatedTable(
    "working days from a complete claim of JKM to its payment",
    DatedRow(READ_IN, 3, "FAQ 409", start_confirmed=False),
)

JKP_PRACTICE = DatedTable(
    "claims of JKP in practice",
    DatedRow(READ_IN, JkpPractice(3, 7, 5, 3), "FAQ 468, 479, 498, 500", start_confirmed=False),
)

PMI = DatedTable(
    "benefits of migrant workers",
    DatedRow(
        READ_IN,
        PmiBenefits(85_000_000, 10_000_000, 25_000_000, 50_000_000, 5, 5, 1),
        "Permenaker 4/2023; FAQ 771, 788, 792, 797, 798, 832",
        start_confirmed=False,
    ),
)

JMO_ACCOUNT = DatedTable(
    "wrong passwords in JMO",
    DatedRow(READ_IN, AccountLock(3, 2), "FAQ 715, 716", start_confirmed=False),
)

BRANCH_HOURS = DatedTable(
    "hours of branches, Monday to Friday, in local time",
    DatedRow(READ_IN, ServiceHours(time(8), time(15, 30), "Asia/Jakarta"), "FAQ 612", start_confirmed=False),
)

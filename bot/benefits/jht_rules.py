"""The dated rules of old-age savings (JHT): age, waiting, limits of the JMO app, partial claims, returns."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from bot.benefits.tables import DatedRow, DatedTable, YearlyFigure, YearlyTable


@dataclass(frozen=True)
class ServiceHours:
    """When claims are taken, in local time of the named zone."""

    opens: time
    closes: time
    zone: str

    def include(self, local: time) -> bool:
        return self.opens <= local < self.closes


@dataclass(frozen=True)
class PartialClaim:
    """Taking part of the balance while still working: once only, and one of the two shares."""

    years_of_membership: int
    retirement_preparation_percent: int
    home_purchase_percent: int


@dataclass(frozen=True)
class AnnualReturn:
    """What participants were credited for a year, in percent."""

    conventional: Decimal
    syariah: Decimal | None = None


JHT_AGE = DatedTable(
    "JHT age (years); unlike the JP age it does not rise",
    DatedRow(date(2015, 7, 1), 56, "PP 46/2015 article 22(1); FAQ 233, 250, 416"),
)

WAITING_MONTHS = DatedTable(
    "months to wait after resigning or being laid off",
    DatedRow(date(2022, 1, 1), 1, "Permenaker 4/2022 articles 8-9; FAQ 237, 238", start_confirmed=False),
)

JMO_BALANCE_LIMIT = DatedTable(
    "a claim in JMO needs a total balance below this (rupiah)",
    DatedRow(
        date(2023, 1, 1),
        10_000_000,
        "study of the Meulaboh branch, which cites works up to 2023: balances below 10 million",
        start_confirmed=False,
    ),
    DatedRow(date(2025, 5, 1), 15_000_000, "FAQ 708 (below); detik.com/jateng d-8112792 (since May 2025)"),
)

JMO_CLAIM_HOURS = DatedTable(
    "hours in which JMO takes claims",
    DatedRow(
        date(2025, 5, 1),
        ServiceHours(opens=time(6), closes=time(20), zone="Asia/Jakarta"),
        "FAQ 706, 708",
        start_confirmed=False,
    ),
)

JMO_OLD_CARDS = DatedTable(
    "cards joined up to this day are reported to be sent on from JMO with code 040",
    DatedRow(
        date(2026, 5, 5),
        date(2016, 12, 31),
        "app reviews, 5-12 May 2026: cards of about 2016 and earlier; no official word was found",
        confirmed=False,
    ),
)

CLAIM_WORKING_DAYS = DatedTable(
    "working days from a complete claim to its payment",
    DatedRow(
        date(2022, 1, 1),
        5,
        "FAQ 268 (5 working days); FAQ 246 says 5 days once the papers are complete and correct",
        start_confirmed=False,
    ),
)

SMALL_CLAIM_WORKING_DAYS = DatedTable(
    "working days that a claim within the limit of JMO usually takes at most",
    DatedRow(
        date(2023, 1, 1),
        1,
        "study of the Meulaboh branch; jnetracking.com, portalberita.co and celebrithink.com say the same",
        start_confirmed=False,
    ),
)

PARTIAL_CLAIM = DatedTable(
    "partial JHT claims",
    DatedRow(
        date(2015, 7, 1),
        PartialClaim(years_of_membership=10, retirement_preparation_percent=10, home_purchase_percent=30),
        "PP 46/2015 article 22(4)-(6); FAQ 230, 243, 244",
    ),
)

ANNUAL_RETURNS = YearlyTable(
    "JHT return credited to participants (percent)",
    YearlyFigure(2014, AnnualReturn(Decimal("10.5")), "finance.detik.com d-2959305, 3 July 2015"),
    YearlyFigure(2016, AnnualReturn(Decimal("7.19")), "pasardana.id, 8 February 2017"),
    YearlyFigure(2020, AnnualReturn(Decimal("5.63")), "kabarpriangan.pikiran-rakyat.com, 28 January 2021"),
    YearlyFigure(2025, AnnualReturn(Decimal("5.51"), syariah=Decimal("6.64")), "keuangan.kontan.co.id, on 2025"),
)


def fits_jmo_limit(total_balance: int, day: date) -> bool:
    """Whether the total of all balances is small enough for a claim in JMO: strictly below the limit."""
    return total_balance < JMO_BALANCE_LIMIT.on(day).value

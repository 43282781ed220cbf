"""Contribution rates by programme and segment. All rates are percent of the monthly wage or base income."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.benefits.tables import DatedRow, DatedTable

JULY_2015 = date(2015, 7, 1)


class Segment(StrEnum):
    """How somebody takes part: wage earner, self-employed, or migrant worker."""

    PU = "PU"
    BPU = "BPU"
    PMI = "PMI"


@dataclass(frozen=True)
class SplitRate:
    """A contribution shared by employer and worker, each in percent."""

    employer: Decimal
    worker: Decimal

    @property
    def total(self) -> Decimal:
        return self.employer + self.worker


@dataclass(frozen=True)
class JkpRate:
    """Who pays for the job loss programme, each in percent. The worker pays nothing."""

    government: Decimal
    out_of_jkk: Decimal
    out_of_jkm: Decimal

    @property
    def total(self) -> Decimal:
        return self.government + self.out_of_jkk + self.out_of_jkm


@dataclass(frozen=True)
class PmiFees:
    """What a migrant worker pays for JKK and JKM together, in rupiah."""

    before_work: int
    during_and_after: dict[int, int]
    """Rupiah by months of contract."""
    extension_per_month: int


JHT_PU = DatedTable(
    "JHT rate of wage earners",
    DatedRow(JULY_2015, SplitRate(Decimal("3.7"), Decimal(2)), "PP 46/2015; FAQ 3, 225"),
)

JHT_BPU = DatedTable(
    "JHT rate of the self-employed",
    DatedRow(JULY_2015, SplitRate(Decimal(0), Decimal(2)), "PP 46/2015, annex; FAQ 3, 188, 189"),
)

JHT_BPU_LOWEST_BASE = DatedTable(
    "lowest base income of the self-employed (rupiah)",
    DatedRow(JULY_2015, 1_000_000, "PP 46/2015, annex; FAQ 224", start_confirmed=False),
)

JHT_PMI_CHOICES = DatedTable(
    "monthly JHT sums a migrant worker may choose (rupiah)",
    DatedRow(
        date(2023, 1, 1),
        (50_000, 100_000, 200_000, 300_000, 400_000, 500_000, 600_000),
        "Permenaker 4/2023; FAQ 3, 766, 857",
        start_confirmed=False,
    ),
)

JP = DatedTable(
    "JP rate (wage earners only)",
    DatedRow(JULY_2015, SplitRate(Decimal(2), Decimal(1)), "PP 45/2015; FAQ 3"),
)

JKK_PU = DatedTable(
    "JKK rate of wage earners by risk class, lowest first (employer only)",
    DatedRow(
        JULY_2015,
        (Decimal("0.24"), Decimal("0.54"), Decimal("0.89"), Decimal("1.27"), Decimal("1.74")),
        "PP 44/2015; FAQ 3 (range)",
    ),
)

JKK_BPU = DatedTable(
    "JKK rate of the self-employed, before any discount",
    DatedRow(JULY_2015, Decimal(1), "PP 44/2015; FAQ 3, 189"),
)

JKM_PU = DatedTable(
    "JKM rate of wage earners (employer only)",
    DatedRow(JULY_2015, Decimal("0.30"), "PP 44/2015; FAQ 3"),
)

JKM_BPU = DatedTable(
    "monthly JKM sum of the self-employed, before any discount (rupiah)",
    DatedRow(JULY_2015, 6_800, "PP 44/2015 with PP 49/2023; FAQ 3, 189"),
)

JKP = DatedTable(
    "JKP rate",
    DatedRow(
        date(2021, 1, 1),
        JkpRate(government=Decimal("0.22"), out_of_jkk=Decimal("0.14"), out_of_jkm=Decimal("0.10")),
        "PP 37/2021; FAQ 148",
        start_confirmed=False,
    ),
    DatedRow(
        date(2025, 2, 7),
        JkpRate(government=Decimal("0.22"), out_of_jkk=Decimal("0.14"), out_of_jkm=Decimal(0)),
        "PP 6/2025; FAQ 3",
    ),
)

_NO_DISCOUNT = DatedRow(JULY_2015, Decimal(0), "no discount before PP 50/2025")

BPU_DISCOUNT = DatedTable(
    "discount on JKK and JKM of the self-employed (percent; not if a public budget pays)",
    _NO_DISCOUNT,
    DatedRow(date(2026, 4, 1), Decimal(50), "PP 50/2025: April to December 2026"),
    DatedRow(date(2027, 1, 1), Decimal(0), "PP 50/2025: ends with December 2026"),
)

BPU_TRANSPORT_DISCOUNT = DatedTable(
    "discount on JKK and JKM of self-employed transport workers (percent; not if a public budget pays)",
    _NO_DISCOUNT,
    DatedRow(date(2026, 1, 1), Decimal(50), "PP 50/2025: January 2026 to March 2027"),
    DatedRow(date(2027, 4, 1), Decimal(0), "PP 50/2025: ends with March 2027"),
)

JKK_JKM_PMI = DatedTable(
    "JKK and JKM of migrant workers",
    DatedRow(
        date(2023, 1, 1),
        PmiFees(
            before_work=37_500,
            during_and_after={6: 108_000, 12: 189_000, 24: 332_500},
            extension_per_month=13_500,
        ),
        "Permenaker 4/2023; FAQ 3, 856",
        start_confirmed=False,
    ),
)

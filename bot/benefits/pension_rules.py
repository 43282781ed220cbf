"""The dated rules of the pension programme (JP): wage ceiling, pension age, smallest and largest pension."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from bot.benefits.tables import DatedRow, DatedTable, YearlyFigure, YearlyTable

PROGRAMME_START = date(2015, 7, 1)
"""The first month anybody could contribute to JP (PP 45/2015)."""

MONTHS_FOR_A_PENSION = 180
"""Below 15 years of contributions a lump sum is paid instead (FAQ 419, 424, 442)."""

ACCRUAL_PERCENT_PER_YEAR = Decimal(1)
"""Each year of contributions earns one percent of the average weighted wage (FAQ 417, 425)."""

JP_CEILING = DatedTable(
    "JP wage ceiling (rupiah a month)",
    DatedRow(PROGRAMME_START, 7_000_000, "PP 45/2015 article 29"),
    DatedRow(date(2016, 3, 1), 7_335_300, "krishandsoftware.com/blog/300"),
    DatedRow(date(2017, 3, 1), 7_703_500, "krishandsoftware.com/blog/300"),
    DatedRow(date(2018, 3, 1), 8_094_000, "krishandsoftware.com/blog/300"),
    DatedRow(date(2019, 3, 1), 8_512_400, "krishandsoftware.com/blog/300"),
    DatedRow(date(2020, 3, 1), 8_939_700, "krishandsoftware.com/blog/300 gives 8,512,400 x 1.0502"),
    DatedRow(date(2021, 3, 1), 8_754_600, "derived with the ceiling rule; not read in a source", confirmed=False),
    DatedRow(date(2022, 3, 1), 9_077_600, "a default in payroll software; agrees with the rule", confirmed=False),
    DatedRow(date(2023, 3, 1), 9_559_600, "FAQ 88; press"),
    DatedRow(date(2024, 3, 1), 10_042_300, "suaraindonesia.co.id, 29 April 2024"),
    DatedRow(date(2025, 3, 1), 10_547_400, "BPJS Ketenagakerjaan letter B/726/022025"),
    DatedRow(
        date(2026, 3, 1),
        11_086_300,
        "independent payroll systems agree; letter number given as B/3307/022026 and as B/1226/022026",
    ),
)

GDP_GROWTH = YearlyTable(
    "growth of gross domestic product (percent)",
    YearlyFigure(2015, Decimal("4.79"), "krishandsoftware.com/blog/300"),
    YearlyFigure(2016, Decimal("5.02"), "krishandsoftware.com/blog/300"),
    YearlyFigure(2017, Decimal("5.07"), "general knowledge", confirmed=False),
    YearlyFigure(2018, Decimal("5.17"), "general knowledge", confirmed=False),
    YearlyFigure(2019, Decimal("5.02"), "krishandsoftware.com/blog/300"),
    YearlyFigure(2020, Decimal("-2.07"), "general knowledge", confirmed=False),
    YearlyFigure(2021, Decimal("3.69"), "general knowledge", confirmed=False),
    YearlyFigure(2022, Decimal("5.31"), "general knowledge", confirmed=False),
    YearlyFigure(2023, Decimal("5.05"), "press, 2024"),
    YearlyFigure(2024, Decimal("5.03"), "general knowledge", confirmed=False),
    YearlyFigure(2025, Decimal("5.11"), "general knowledge", confirmed=False),
)

_AGE_SOURCE = "PP 45/2015 article 15(2)-(3); FAQ 228, 415"

JP_AGE = DatedTable(
    "JP pension age (years)",
    DatedRow(PROGRAMME_START, 56, _AGE_SOURCE),
    DatedRow(date(2019, 1, 1), 57, _AGE_SOURCE),
    DatedRow(date(2022, 1, 1), 58, _AGE_SOURCE),
    DatedRow(date(2025, 1, 1), 59, _AGE_SOURCE),
    DatedRow(date(2028, 1, 1), 60, _AGE_SOURCE),
    DatedRow(date(2031, 1, 1), 61, _AGE_SOURCE),
    DatedRow(date(2034, 1, 1), 62, _AGE_SOURCE),
    DatedRow(date(2037, 1, 1), 63, _AGE_SOURCE),
    DatedRow(date(2040, 1, 1), 64, _AGE_SOURCE),
    DatedRow(date(2043, 1, 1), 65, _AGE_SOURCE + "; stays 65 from then on"),
)

_FROM_INFLATION = "derived from the inflation of the year before; not read in a source"

JP_SMALLEST = YearlyTable(
    "smallest monthly pension (rupiah)",
    YearlyFigure(2015, 300_000, "PP 45/2015 article 18"),
    YearlyFigure(2016, 310_050, "krishand.com"),
    YearlyFigure(2023, 383_400, "suaraindonesia.co.id, 29 April 2024"),
    YearlyFigure(2024, 393_500, "suaraindonesia.co.id, 29 April 2024"),
    YearlyFigure(2025, 399_700, _FROM_INFLATION, confirmed=False),
    YearlyFigure(2026, 411_400, _FROM_INFLATION, confirmed=False),
)

JP_LARGEST = YearlyTable(
    "largest monthly pension (rupiah)",
    YearlyFigure(2015, 3_600_000, "PP 45/2015 article 18"),
    YearlyFigure(2016, 3_720_600, "krishand.com"),
    YearlyFigure(2023, 4_598_100, "suaraindonesia.co.id, 29 April 2024"),
    YearlyFigure(2024, 4_718_200, "derived: the source is cut off", confirmed=False),
    YearlyFigure(2025, 4_792_300, _FROM_INFLATION, confirmed=False),
    YearlyFigure(2026, 4_932_300, _FROM_INFLATION, confirmed=False),
)


def next_ceiling(ceiling: int, growth_percent: Decimal) -> int:
    """The ceiling of the next March: raised by last year's growth, cut down to whole hundreds of rupiah."""
    raised = ceiling * (100 + growth_percent) / 100
    return int((raised / 100).to_integral_value(ROUND_FLOOR)) * 100

"""Dates as Indonesians write them: the day first, with or without the month's name."""

import re
from datetime import date

from bot.parsing.plain import LONGEST_READ, plain

_MONTHS = (
    "januari jan|februari feb pebruari|maret mar mrt|april apr|mei may|juni jun|juli jul"
    "|agustus agt ags agu agust|september sep sept|oktober okt oct|november nov nopember nop|desember des dec"
)
MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS.split("|"), 1) for name in names.split()}
_MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
_NAMED = re.compile(rf"(?<!\d)(\d{{1,2}})[\s./-]*({_MONTH})\.?[\s./-]*(\d{{4}}|\d{{2}})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:\s*[-/.]\s*|\s+)(\d{1,2})(?:\s*[-/.]\s*|\s+)(\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_TOGETHER = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{4})(?!\d)")


def parse_date(text: str, today: date) -> date | None:
    """The first date of a text; two-digit years lie in the past, as birth dates do."""
    found = find_date(text, today)
    return found[0] if found else None


def find_date(text: str, today: date) -> tuple[date, int, int] | None:
    """The first date of a text and where it stands."""
    if len(text) > LONGEST_READ:
        return None
    source = plain(text)
    for pattern in (_YEAR_FIRST, _NAMED, _DAY_FIRST, _TOGETHER):
        for match in pattern.finditer(source):
            if day := _date_of(match, pattern is _YEAR_FIRST, today):
                return day, match.start(), match.end()
    return None


def _date_of(match: re.Match[str], year_first: bool, today: date) -> date | None:
    parts = match.groups()[::-1] if year_first else match.groups()
    day, year = int(parts[0]), int(parts[2])
    month = MONTH_NUMBERS.get(parts[1]) or int(parts[1])
    if len(parts[2]) == 4:
        return _real_date(year, month, day)
    century = today.year // 100 * 100
    this_century = _real_date(century + year, month, day)
    is_past = this_century is not None and this_century <= today
    return this_century if is_past else _real_date(century - 100 + year, month, day)


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""Years as people type them: `10 tahun`, `10thn`, `sepuluh tahun`, `24 bulan`."""

from fractions import Fraction

from bot.parsing.counted import values_counted_in
from bot.parsing.numerals import tokens_of
from bot.parsing.plain import LONGEST_READ

_YEARS = {"tahun", "thn", "th", "taon", "year", "years"}
_MONTHS = {"bulan", "bln", "month", "months"}
_ONE_YEAR = {"setahun", "setaun"}


def parse_years(text: str) -> int | None:
    """Whole years, or months that make whole years. None when the text names none, or several."""
    if len(text) > LONGEST_READ:
        return None
    found = set(values_counted_in(text, _YEARS))
    found |= {months / 12 for months in values_counted_in(text, _MONTHS)}
    if not found and _says_one_year(text):
        found.add(Fraction(1))
    only = found.pop() if len(found) == 1 else None
    return int(only) if only is not None and only.denominator == 1 else None


def _says_one_year(text: str) -> bool:
    """Whether the text says "setahun" and no number that this could belong to, as in "5% setahun"."""
    tokens = tokens_of(text)
    return any(token.text in _ONE_YEAR for token in tokens) and not any(token.is_numeral for token in tokens)

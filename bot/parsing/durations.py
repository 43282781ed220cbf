"""Years as people type them: `10 tahun`, `10thn`, `sepuluh tahun`, `24 bulan`."""

import re

from bot.parsing.numerals import read_numeral, tokens_of
from bot.parsing.plain import LONGEST_READ, plain

_DIGITS = re.compile(r"(?<![\d.,])(-?\d{1,3})\s*(tahun|thn|th|taon|year|years|bulan|bln|month|months)\b")
_YEAR_WORDS = {"tahun", "thn", "th", "taon", "year", "years"}


def parse_years(text: str) -> int | None:
    """Whole years; months count only where they make whole years. None when the text names none, or several."""
    if len(text) > LONGEST_READ:
        return None
    found = {_years(int(number), unit) for number, unit in _DIGITS.findall(plain(text))}
    if not found:
        found = set(_spelt(text))
    years = found.pop() if len(found) == 1 else None
    return years


def _years(number: int, unit: str) -> int | None:
    if unit in ("bulan", "bln", "month", "months"):
        return number // 12 if number % 12 == 0 else None
    return number


def _spelt(text: str) -> list[int]:
    tokens = tokens_of(text)
    if len(tokens) < 2 or tokens[-1].text not in _YEAR_WORDS:
        return []
    numeral = read_numeral(tokens, 0)
    values = {int(value) for value in numeral.values if value == int(value)} if numeral else set()
    return list(values)

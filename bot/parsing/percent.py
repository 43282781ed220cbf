"""Rates as people type them: `5%`, `5,5 %`, `6 persen`."""

import re
from decimal import Decimal

from bot.parsing.plain import LONGEST_READ, plain

_PERCENT = re.compile(r"(?<![\d.,])(-?\d{1,3}(?:[.,]\d{1,2})?)\s*(?:%|persen|prosen|percent)")


def parse_percent(text: str) -> Decimal | None:
    """The one rate of a text, in percent."""
    if len(text) > LONGEST_READ:
        return None
    found = {Decimal(number.replace(",", ".")) for number in _PERCENT.findall(plain(text))}
    return found.pop() if len(found) == 1 else None

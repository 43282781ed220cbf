"""Rates as people type them: `5%`, `5,5 %`, `enam persen`."""

from decimal import Decimal

from bot.parsing.counted import values_counted_in
from bot.parsing.plain import LONGEST_READ

_PERCENT = {"%", "persen", "prosen", "percent"}


def parse_percent(text: str) -> Decimal | None:
    """The one rate of a text, in percent; None when it names none, or several."""
    if len(text) > LONGEST_READ:
        return None
    found = set(values_counted_in(text, _PERCENT))
    only = found.pop() if len(found) == 1 else None
    return None if only is None else Decimal(only.numerator) / only.denominator

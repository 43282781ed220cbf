"""Numbers that a text counts in a unit, in digits or in words: `10 tahun`, `sepuluh tahun`, `5,5 %`."""

from collections.abc import Collection, Iterator
from fractions import Fraction

from bot.parsing.numerals import is_minus, read_numeral, tokens_of

RANGE_WORDS = frozenset({"-", "/", "~", "sampai", "sampe", "smp", "hingga", "atau", "ke", "d"})
"""Between two numbers, these say that neither is meant alone; `d` ends `s/d`."""


def values_counted_in(text: str, units: Collection[str]) -> Iterator[Fraction]:
    """Each value that stands before a unit: both readings of an unclear number, both ends of a range."""
    tokens = tokens_of(text)
    position, others, in_range = 0, list[Fraction](), False
    while position < len(tokens):
        numeral = read_numeral(tokens, position)
        if numeral is None:
            in_range = tokens[position].text in RANGE_WORDS
            others = others if in_range or tokens[position].text == "s" else []
            position += 1
            continue
        sign = -1 if position and is_minus(tokens, position - 1) else 1
        values = [sign * value for value in numeral.values]
        others = [*others, *values] if in_range else values
        position, in_range = numeral.end, False
        if position < len(tokens) and tokens[position].text in units:
            yield from others

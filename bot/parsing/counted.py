"""Numbers that a text counts in a unit, in digits or in words: `10 tahun`, `sepuluh tahun`, `5,5 %`."""

from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

from bot.parsing.numerals import Token, read_numeral, tokens_of

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
        values = [_sign(tokens, position) * value for value in numeral.values]
        others = [*others, *values] if in_range else values
        position, in_range = numeral.end, False
        if position < len(tokens) and tokens[position].text in units:
            yield from others


def _sign(tokens: Sequence[Token], position: int) -> int:
    """-1 behind a minus sign, which touches the number and, unlike the dash of a range, nothing before."""
    if not position or tokens[position - 1].text not in {"-", "minus"}:
        return 1
    sign = tokens[position - 1]
    if sign.text == "-" and (
        sign.end < tokens[position].start or _touches_the_one_before(tokens, position - 1)
    ):
        return 1
    return -1


def _touches_the_one_before(tokens: Sequence[Token], position: int) -> bool:
    return position > 0 and tokens[position - 1].end == tokens[position].start

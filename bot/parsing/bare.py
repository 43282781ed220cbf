"""A number that is the whole answer: `10`, `sepuluh`, `10 ya`, `sekitar 10`."""

from bot.parsing.numerals import is_minus, read_numeral, tokens_of
from bot.parsing.plain import LONGEST_READ

_AROUND = frozenset("ya iya yah aja saja sih kak min deh sekitar kira kurang lebih kurleb hampir % oke ok jadi".split())
_LARGEST = 9_999
"""Larger numbers are sums or numbers of something else."""


def parse_bare_number(text: str) -> int | None:
    """The whole number that a text consists of, apart from small words around it."""
    if len(text) > LONGEST_READ:
        return None
    tokens = tokens_of(text)
    starts = [position for position in range(len(tokens)) if read_numeral(tokens, position)]
    if not starts:
        return None
    numeral = read_numeral(tokens, starts[0])
    assert numeral is not None
    around = [token.text for token in [*tokens[: starts[0]], *tokens[numeral.end :]]]
    negative = is_minus(tokens, starts[0] - 1) if starts[0] else False
    if any(word not in _AROUND for word in around if word != "-" or not negative):
        return None
    if len(numeral.values) != 1 or numeral.values[0].denominator != 1 or numeral.values[0] > _LARGEST:
        return None
    return -int(numeral.values[0]) if negative else int(numeral.values[0])

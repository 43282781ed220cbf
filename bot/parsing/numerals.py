"""Numbers as people write and spell them, in Indonesian and English, up to the scale (ribu, juta ...)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bot.parsing.plain import plain

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+|[^\sa-z\d]")
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?: \d{3})+(?![\d.,])")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:(\.|,)\d{3})(?:\1\d{3})*")
_THOUSANDS_AND_FRACTION = re.compile(r"([1-9]\d{0,2}(?:\.\d{3})+),(\d+)|([1-9]\d{0,2}(?:,\d{3})+)\.(\d+)")
_FRACTION = re.compile(r"(\d+)[.,](\d+)")
_LONGEST_NUMERAL = 30

_DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_ENGLISH_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ENGLISH_TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_UNITS = {word: value for digits in (_DIGITS, _ENGLISH_DIGITS) for value, word in enumerate(digits)}
_UNITS |= {"kosong": 0, "dlapan": 8, "dlpn": 8}
_WHOLE = {"sepuluh": 10, "sebelas": 11, "seratus": 100}
_WHOLE |= {word: 10 + value for value, word in enumerate(_ENGLISH_TEENS)}
_WHOLE |= {word: 10 * value for value, word in enumerate(_ENGLISH_TENS, start=2)}
_TENFOLD = {"puluh": 10, "ratus": 100, "hundred": 100}
_ROOM_AFTER = dict.fromkeys(range(20, 100, 10), 10) | {100: 100}
"""Below this a further number belongs to it: twenty five, seratus lima puluh."""
HALF = "setengah"
_MINUS_WORDS = frozenset({"minus", "negatif"})
CURRENCY = frozenset({"rp", "idr"})


@dataclass(frozen=True, slots=True)
class Token:
    """A numeral, a word or a sign of a text."""

    text: str
    start: int
    end: int

    @property
    def is_numeral(self) -> bool:
        return self.text[0].isdecimal()

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read up to the token `end`: its possible values, the likeliest first; none if malformed."""

    values: tuple[Fraction, ...]
    end: int
    spelt: bool


def tokens_of(text: str) -> list[Token]:
    """The tokens of a text; `5 000 000` is one numeral."""
    joined = _SPACED_THOUSANDS.sub(lambda match: match.group().replace(" ", "."), plain(text))
    return [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(joined)]


def read_numeral(tokens: Sequence[Token], start: int) -> Numeral | None:
    """The number that starts at a token, in digits, in words, or in both (`5 ratus`, `dua setengah`)."""
    if start >= len(tokens):
        return None
    token = tokens[start]
    if token.text == HALF:
        return Numeral((Fraction(1, 2),), start + 1, spelt=True)
    if not token.is_numeral:
        return _with_fraction(tokens, _read_words(tokens, start))
    values = values_of(token.text)
    if word_at(tokens, start + 1) in ("puluh", "ratus", "belas") and len(values) == 1:
        return _with_fraction(tokens, _read_words(tokens, start, values[0]))
    return _with_fraction(tokens, Numeral(values, start + 1, spelt=False))


def word_at(tokens: Sequence[Token], position: int) -> str:
    """The text of a token, empty before the first and behind the last."""
    return tokens[position].text if 0 <= position < len(tokens) else ""


def is_minus(tokens: Sequence[Token], position: int) -> bool:
    """Whether a token makes the number behind it negative; a dash between two numbers doesn't."""
    word = word_at(tokens, position)
    if word != "-":
        return word in _MINUS_WORDS
    touches_before = position > 0 and tokens[position - 1].end == tokens[position].start
    opens = not touches_before or word_at(tokens, position - 1) in CURRENCY
    return opens and tokens[position].end == tokens[position + 1].start


def values_of(digits: str) -> tuple[Fraction, ...]:
    """What digits with separators can mean: `4.500` is 4500, or 4.5; nothing when they make no number."""
    if len(digits) > _LONGEST_NUMERAL:
        return ()
    if digits.isdecimal():
        return (Fraction(int(digits)),)
    if (match := _THOUSANDS_AND_FRACTION.fullmatch(digits)) is not None:
        whole, fraction = (match[1], match[2]) if match[1] else (match[3], match[4])
        return (Fraction(f"{re.sub('[.,]', '', whole)}.{fraction}"),)
    as_fraction = _FRACTION.fullmatch(digits)
    if _THOUSANDS.fullmatch(digits):
        grouped = Fraction(int(re.sub("[.,]", "", digits)))
        return (grouped,) if as_fraction is None else (grouped, Fraction(".".join(as_fraction.groups())))
    if as_fraction is None or (len(as_fraction[2]) == 3 and len(as_fraction[1]) > 3):
        return ()
    return (Fraction(".".join(as_fraction.groups())),)


def _read_words(tokens: Sequence[Token], start: int, first: Fraction | None = None) -> Numeral | None:
    """A spelt number below a thousand: `dua ratus lima puluh`, `sebelas`, or `5 ratus` (`first` is the 5)."""
    total, unit, position = Fraction(0), first, start if first is None else start + 1
    lowest = 1000
    while position < len(tokens):
        word = tokens[position].text
        if word in _UNITS and unit is None and lowest > 1:
            unit = Fraction(_UNITS[word])
        elif word in _WHOLE and unit is None and lowest > _WHOLE[word]:
            total, lowest = total + _WHOLE[word], _ROOM_AFTER.get(_WHOLE[word], 1)
        elif word == "belas" and unit is not None:
            total, unit, lowest = total + unit + 10, None, 1
        elif word in _TENFOLD and unit is not None and lowest > _TENFOLD[word]:
            total, unit, lowest = total + unit * _TENFOLD[word], None, _TENFOLD[word]
        else:
            break
        position += 1
    if position == start:
        return None
    return Numeral((total + (unit or 0),), position, spelt=True)


def _with_fraction(tokens: Sequence[Token], numeral: Numeral | None) -> Numeral | None:
    """`dua setengah`, `dua koma lima`."""
    if numeral is None or len(numeral.values) != 1:
        return numeral
    position, value = numeral.end, numeral.values[0]
    if word_at(tokens, position) == HALF:
        return Numeral((value + Fraction(1, 2),), position + 1, spelt=True)
    if word_at(tokens, position) != "koma":
        return numeral
    position, decimals = position + 1, ""
    while (digits := _decimals(tokens, position)) is not None:
        position, decimals = position + 1, decimals + digits
    if not decimals or value.denominator != 1 or len(decimals) > _LONGEST_NUMERAL:
        return numeral
    return Numeral((Fraction(f"{value}.{decimals}"),), position, spelt=True)


def _decimals(tokens: Sequence[Token], position: int) -> str | None:
    text = word_at(tokens, position)
    return str(_UNITS[text]) if text in _UNITS else text if text.isdecimal() else None

"""Sums of rupiah as people type them: `5jt`, `2juta800`, `Rp5.000.000`, `lima setengah juta`.

Nothing is guessed: what can be read in two ways comes back as unclear, with the readings.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from bot.parsing.numerals import (
    CURRENCY,
    HALF,
    Numeral,
    Token,
    is_minus,
    read_numeral,
    tokens_of,
    word_at,
)
from bot.parsing.plain import LONGEST_READ


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


THOUSAND, MILLION, BILLION, TRILLION = 10**3, 10**6, 10**9, 10**12

_SCALES: dict[str, tuple[int, ...]] = {
    **dict.fromkeys(("ribu", "rb", "rbu", "rebu", "ribuan", "rban", "thousand"), (THOUSAND,)),
    **dict.fromkeys(("juta", "jt", "jta", "jeti", "jutaan", "jtan", "million"), (MILLION,)),
    **dict.fromkeys(("miliar", "milyar", "miliaran", "milyaran"), (BILLION,)),
    **dict.fromkeys(("triliun", "trilyun"), (TRILLION,)),
}
_LETTER_SCALES: dict[str, tuple[int, ...]] = {"k": (THOUSAND,), "m": (MILLION, BILLION)}
"""Only behind digits: `m` is "million" to some and "miliar" to others."""
_ONE_OF = {
    "seribu": THOUSAND,
    "sejuta": MILLION,
    "semiliar": BILLION,
    "semilyar": BILLION,
    "setriliun": TRILLION,
}

_CURRENCY_BEHIND = {"rupiah", "perak"}
_ABOUT = {"sekitar", "sekitaran", "kira", "kurleb", "lebih", "kurang", "hampir", "±", "~", "an"}
_ABOUT |= {"ribuan", "rban", "jutaan", "jtan", "miliaran", "milyaran"}
_MINUS = {"minus", "negatif"}
_CONNECTORS = _words("- ~ sampai sampe smp atau hingga sd s / d dan to ke")
_COUNTED = _words("tahun thn th taon bulan bln hari minggu jam menit kali x orang org kartu kpj anak % persen prosen")
_LABELS = _words("umur usia tahun thn tgl tanggal nomor no kode pasal jam pukul kpj nik tahap")
_FILLERS = _words(
    "gaji gajinya upah upahnya saya sy aku sebulan per perbulan bulan saldo saldonya awal nya ya kak min pak "
    "bu penghasilan pendapatan sih aja saja cuma hanya itu sekarang adalah mau ganti jadi menjadi bersih "
    "wage salary my is the about a month kotor pokok oke ok sama dengan kalau kalo coba"
)
_DATE = re.compile(r"\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum in whole rupiah, cut down; negative or absurd ones too, as only the caller knows the range."""

    rupiah: int
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class UnclearAmount:
    """A sum that can be read in several ways: `candidates` in rupiah, the likeliest first, perhaps none."""

    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A number in a text that may be a sum: the values it can have and its tokens' positions."""

    values: tuple[Fraction, ...]
    start: int
    end: int
    scales: tuple[int, ...] = ()
    has_currency: bool = False
    likeliest_is_sure: bool = False
    """The first value is right unless a scale follows: `15.000` alone is fifteen thousand."""

    @property
    def is_marked(self) -> bool:
        return bool(self.scales) or self.has_currency

    @property
    def is_small(self) -> bool:
        return not self.is_marked and all(abs(value) < THOUSAND for value in self.values)


def parse_amount(text: str) -> Amount | UnclearAmount | None:
    """The one sum that a text names; unclear when there are several sums or readings; None without any."""
    if len(text) > LONGEST_READ:
        return None
    tokens = tokens_of(_DATE.sub(" ", text))
    sums = _spread_scale_over_ranges(list(_sums(tokens)), tokens)
    chosen = _those_that_count(sums, tokens)
    if not chosen:
        return None
    candidates = tuple(dict.fromkeys(value for item in chosen for value in _readings(item)))
    if len(candidates) == 1 and (not chosen[0].is_small or candidates == (0,)):
        return Amount(candidates[0], approximate=any(token.text in _ABOUT for token in tokens))
    return UnclearAmount(candidates)


def _sums(tokens: Sequence[Token]) -> Iterator[_Sum]:
    position = 0
    while position < len(tokens):
        item = _read_sum(tokens, position)
        if item is None:
            position += 1
            continue
        position = item.end
        item = _with_sign_and_currency(item, tokens)
        if item.is_marked or not _is_something_else(item, tokens):
            yield item


def _read_sum(tokens: Sequence[Token], start: int) -> _Sum | None:
    """A number with its scales, in falling order: `2 juta 800 ribu`, `sejuta`, `2jt8`."""
    total: tuple[Fraction, ...] = (Fraction(0),)
    scales: tuple[int, ...] = ()
    position = start
    while (part := _read_part(tokens, position)) is not None:
        values, part_scales, end = part
        if scales and not (part_scales and max(part_scales) < min(scales)):
            break
        total = _plus(total, values)
        scales, position = part_scales, end
        if not scales:
            break
    if position == start:
        return None
    if scales:
        total, position = _with_rest(total, scales, tokens, position)
    token = tokens[start].text
    sure = not scales and len(token) > 5 and len(total) > 1
    return _Sum(total, start, position, scales, likeliest_is_sure=sure)


def _read_part(tokens: Sequence[Token], start: int) -> tuple[tuple[Fraction, ...], tuple[int, ...], int] | None:
    """A numeral and its scale, the values already scaled; no scale for a bare number."""
    if start < len(tokens) and tokens[start].text in _ONE_OF:
        scale = _ONE_OF[tokens[start].text]
        return (Fraction(scale),), (scale,), start + 1
    numeral = read_numeral(tokens, start)
    if numeral is None:
        return None
    position = numeral.end + (word_at(tokens, numeral.end) == "an")
    scales = _scale_of(tokens, position, numeral)
    if not scales:
        return numeral.values, (), numeral.end
    return tuple(value * scale for value in numeral.values for scale in scales), scales, position + 1


def _scale_of(tokens: Sequence[Token], position: int, numeral: Numeral) -> tuple[int, ...]:
    word = word_at(tokens, position)
    return _SCALES.get(word) or (() if numeral.spelt else _LETTER_SCALES.get(word, ()))


def _with_rest(
    total: tuple[Fraction, ...], scales: tuple[int, ...], tokens: Sequence[Token], position: int
) -> tuple[tuple[Fraction, ...], int]:
    """What follows the last scale: `2juta800` and `2jt8` are 2.8 million, `sejuta setengah` is 1.5."""
    scale = max(scales)
    if word_at(tokens, position) == HALF and word_at(tokens, position + 1) not in _COUNTED | set(_SCALES):
        return _plus(total, (Fraction(scale, 2),)), position + 1
    rest = read_numeral(tokens, position)
    if rest is None or not rest.values or word_at(tokens, rest.end) in _COUNTED | set(_SCALES):
        return total, position
    readings = _rest_spelt(rest, scale) if rest.spelt else _rest_in_digits(tokens, position, scale, rest)
    return (_plus(total, readings), rest.end) if readings else (total, position)


def _rest_spelt(rest: Numeral, scale: int) -> tuple[Fraction, ...]:
    """`dua juta delapan ratus` is said for 2,800,000 but means 2,000,800; thousands leave no doubt."""
    value = rest.values[0]
    if scale == THOUSAND:
        return (value,)
    return (value * scale / (THOUSAND if value >= 100 else 100 if value >= 10 else 10), value)


def _rest_in_digits(tokens: Sequence[Token], position: int, scale: int, rest: Numeral) -> tuple[Fraction, ...]:
    digits, value = tokens[position].text, rest.values[0]
    is_glued = tokens[position - 1].end == tokens[position].start
    if len(digits) > 3:
        return (value,) if value < scale else ()
    if len(digits) == 3 and digits.isdecimal():
        return (value * scale / THOUSAND,)
    if not is_glued or not digits.isdecimal():
        return ()
    return (value * scale / 10,) if len(digits) == 1 else (value * scale / 100, value * scale / THOUSAND)


def _with_sign_and_currency(item: _Sum, tokens: Sequence[Token]) -> _Sum:
    """Take in what stands around the number: `Rp`, `rupiah`, a minus sign that is no dash of a range."""
    position, negative = item.start - 1, False
    while position >= 0 and tokens[position].text in {"-", ".", ":", *_MINUS, *CURRENCY}:
        negative = negative or is_minus(tokens, position)
        position -= 1
    around = {token.text for token in tokens[position + 1 : item.start]}
    has_currency = bool(around & CURRENCY) or word_at(tokens, item.end) in _CURRENCY_BEHIND
    values = tuple(-value for value in item.values) if negative else item.values
    return replace(item, values=values, has_currency=has_currency)


def _is_something_else(item: _Sum, tokens: Sequence[Token]) -> bool:
    """Whether a bare number counts or names something: years, an age, a percentage, a code, `3x`."""
    first, behind = tokens[item.start], word_at(tokens, item.end)
    before = tokens[item.start - 1].text if item.start else ""
    is_glued = (
        item.end < len(tokens) and tokens[item.end].is_word and tokens[item.end].start == tokens[item.end - 1].end
    )
    has_leading_zero = first.text.isdecimal() and first.text.startswith("0") and len(first.text) > 1
    return behind in _COUNTED or before in _LABELS or is_glued or has_leading_zero


def _spread_scale_over_ranges(sums: list[_Sum], tokens: Sequence[Token]) -> list[_Sum]:
    """In `4 sampai 5 juta` and `dua tiga juta` the first number has the scale of the second."""
    for index in range(len(sums) - 2, -1, -1):
        item, following = sums[index], sums[index + 1]
        between = {token.text for token in tokens[item.end : following.start]}
        if item.is_small and following.scales and between <= _CONNECTORS:
            scaled = tuple(value * following.scales[0] for value in item.values)
            sums[index] = replace(item, values=scaled, scales=following.scales)
    return sums


def _those_that_count(sums: list[_Sum], tokens: Sequence[Token]) -> list[_Sum]:
    """Sums with a mark and large bare numbers; a small bare number only when the text says little else."""
    large = [item for item in sums if not item.is_small]
    if any(item.is_marked for item in large):
        large = [item for item in large if item.is_marked or not _could_be_a_year(item)]
    if large:
        return large
    numbers = {position for item in sums for position in range(item.start, item.end)}
    others = {token.text for index, token in enumerate(tokens) if index not in numbers and token.is_word}
    return sums if others <= _FILLERS | _ABOUT | _MINUS else []


def _could_be_a_year(item: _Sum) -> bool:
    return len(item.values) == 1 and 1900 <= item.values[0] <= 2100


def _readings(item: _Sum) -> tuple[int, ...]:
    """The sums in rupiah that one number can mean; a small bare one may stand for thousands or millions."""
    is_sure = item.likeliest_is_sure or (item.has_currency and not item.scales)
    values = item.values[:1] if is_sure else item.values
    if item.is_marked or not any(values):
        return tuple(int(value) for value in values)
    if item.is_small:
        scales = (1, THOUSAND, MILLION) if values[0].denominator == 1 else (MILLION,)
        return tuple(int(values[0] * scale) for scale in scales)
    return tuple(int(value if value >= THOUSAND else value * MILLION) for value in values)


def _plus(totals: tuple[Fraction, ...], values: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return tuple(total + value for total in totals for value in values)[:4]

"""Personal numbers in a text: found before the text is stored anywhere, and read in one normal form."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from bot.parsing.nik import is_valid_nik
from bot.parsing.plain import plain

KPJ_LENGTH = 11
CODE_LENGTH = 6
SHORTEST_PERSONAL = 10
_LONGEST_GROUP = 6
"""People group long numbers by two to six digits; longer groups beside each other are separate numbers."""
_LONGEST_RUPIAH = 13


class Kind(StrEnum):
    """What a personal number is. NUMBER is any other long number, such as a bank account."""

    NIK = "nik"
    KPJ = "kpj"
    PHONE = "phone"
    EMAIL = "email"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A personal number and where it stands in the text.

    `value` is its normal form: digits only, a phone as `+62…`, an e-mail address in lower case.
    `digits` are the digits as typed, for a number that could be something else than its kind says
    (eleven digits starting with 08 are a phone unless the text speaks of a KPJ).
    """

    kind: Kind
    value: str = field(repr=False)
    span: tuple[int, int]
    digits: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Digits between spaces, perhaps grouped by dots or dashes."""

    start: int
    end: int
    groups: tuple[str, ...]

    @property
    def digits(self) -> str:
        return "".join(self.groups)


_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}")
_CURRENCY_BEFORE = re.compile(r"(?:rp|idr)[ .:]{0,3}-?(?=[1-9])")
_THOUSANDS = re.compile(r"(?<![\d.,+-])[1-9]\d{0,2}(?:\.\d{3})+(?:,\d{1,2})?(?![.,]?\d)")
_UNIT_BEHIND = re.compile(r" ?(?:jt|juta|rb|ribu|rupiah|miliar|milyar|triliun)")
_PIECE = re.compile(r"\d+(?:[.\-_/()]{1,2}\d+)*")
_GROUP = re.compile(r"\d+")
_DATE = re.compile(r"\d{1,2}([-./])\d{1,2}\1(?:19|20)?\d{2}|(?:19|20)\d{2}([-./])\d{1,2}\2\d{1,2}")
_BETWEEN_PIECES = re.compile(r"[ ().\-]{1,4}")
_PHONE = re.compile(r"(?:0|62)(8\d{8,11})")
_HINT = re.compile(
    r"(?P<kpj>kpj|kartu peserta|no(?:mor|mer)?\.? (?:peserta|kartu))"
    r"|\b(?P<phone>(?:no)?(?:hp|wa|telp|tlp|telepon|telfon|whatsapp|handphone)\b)"
)
_HINT_REACH = 30
_CODE = re.compile(rf"(?<![\d.,-])(?:\d{{{CODE_LENGTH}}}|\d{{3}}[ .-]\d{{3}})(?![.,-]?\d)")


def find_personal(text: str) -> list[PersonalNumber]:
    """Every e-mail address and every number of ten or more digits that is no clear sum, in order."""
    source = plain(text)
    emails = [PersonalNumber(Kind.EMAIL, m.group(), m.span()) for m in _EMAIL.finditer(source)]
    source = _blank(source, [email.span for email in emails])
    return sorted([*emails, *_long_numbers(source)], key=lambda number: number.span)


def redact(text: str) -> tuple[str, list[PersonalNumber]]:
    """The text with each personal number replaced by its kind, such as `<nik>`, and the numbers taken out."""
    found = find_personal(text)
    parts, position = [], 0
    for number in found:
        start, end = number.span
        parts += [text[position:start], f"<{number.kind}>"]
        position = end
    return "".join(parts) + text[position:], found


def mask(value: str) -> str:
    """The value with only its last four characters visible; a short one is hidden altogether."""
    visible = 4 if len(value) >= 8 else 0
    hidden = len(value) - visible
    return "•" * hidden + value[hidden:]


def mask_name(name: str) -> str:
    """Each word with only its first letter visible: `R••••• H••••`."""
    return " ".join(word[0] + "•" * (len(word) - 1) for word in name.split())


def parse_nik(text: str) -> str | None:
    """The one valid NIK of a text, digits only."""
    return _only(number.value for number in find_personal(text) if number.kind is Kind.NIK)


def parse_kpj(text: str) -> str | None:
    """The one eleven-digit number of a text, digits only; for the answer to a question for the KPJ."""
    return _only(number.digits for number in find_personal(text) if len(number.digits) == KPJ_LENGTH)


def parse_phone(text: str) -> str | None:
    """The one Indonesian mobile number of a text, as `+62…`."""
    return _only(number for found in find_personal(text) if (number := normal_phone(found.digits)))


def normal_phone(digits: str) -> str | None:
    """`08…` or `628…` with ten to thirteen digits (counted as `08…`), as `+62…`."""
    phone = _PHONE.fullmatch(digits)
    return f"+62{phone[1]}" if phone else None


def parse_code(text: str) -> str | None:
    """The one six-digit code of a text, digits only."""
    return _only(re.sub(r"\D", "", match.group()) for match in _CODE.finditer(plain(text)))


def redact_code(text: str) -> str:
    """The text with every six-digit code replaced by `<code>`; for a chat that was asked for one."""
    source = plain(text)
    for match in reversed(list(_CODE.finditer(source))):
        text = f"{text[: match.start()]}<code>{text[match.end() :]}"
    return text


def _long_numbers(source: str) -> Iterator[PersonalNumber]:
    pieces: list[_Piece] = []
    for piece in _pieces(source):
        if pieces and not _BETWEEN_PIECES.fullmatch(source[pieces[-1].end : piece.start]):
            yield from _numbers_of(pieces, source)
            pieces = []
        pieces.append(piece)
    yield from _numbers_of(pieces, source)


def _pieces(source: str) -> Iterator[_Piece]:
    """The pieces of a text without sums and dates; the gap that each of those leaves ends a run of pieces."""
    source = _blank(source, [match.span() for match in _THOUSANDS.finditer(source) if _is_sum(match.group())])
    for match in _PIECE.finditer(source):
        groups = tuple(_GROUP.findall(match.group()))
        piece = _Piece(match.start(), match.end(), groups)
        if _DATE.fullmatch(match.group()) or _is_rupiah(piece, source):
            continue
        if _is_one_number(piece.digits, groups):
            yield piece
        else:
            yield from (_Piece(m.start(), m.end(), (m.group(),)) for m in _GROUP.finditer(source, *match.span()))


def _numbers_of(pieces: list[_Piece], source: str) -> Iterator[PersonalNumber]:
    """The personal numbers of neighbouring pieces: one by itself, else as many as make one together."""
    first = 0
    while first < len(pieces):
        count = _how_many_belong_together(pieces[first : first + 16])
        if count:
            yield _personal_number(pieces[first : first + count], source)
        first += count or 1


def _how_many_belong_together(pieces: list[_Piece]) -> int:
    """How many of the first pieces make one number; a NIK or phone goes before a number of unknown kind."""
    if len(pieces[0].digits) >= SHORTEST_PERSONAL:
        return 1
    known, unknown, digits = 0, 0, ""
    for count, piece in enumerate(pieces, start=1):
        digits += piece.digits
        if _is_known(digits):
            known = count
        elif len(digits) >= SHORTEST_PERSONAL and _is_grouped([p.digits for p in pieces[:count]]):
            unknown = count
    return known or unknown


def _personal_number(pieces: list[_Piece], source: str) -> PersonalNumber:
    start, end = pieces[0].start, pieces[-1].end
    digits = "".join(piece.digits for piece in pieces)
    kind = _kind(digits, before=source[max(start - _HINT_REACH, 0) : start])
    is_international = source[max(start - 1, 0) : start] == "+"
    value = normal_phone(digits) if kind is Kind.PHONE else digits
    return PersonalNumber(kind, value or digits, (start - 1 if is_international else start, end), digits)


def _kind(digits: str, before: str = "") -> Kind:
    if is_valid_nik(digits):
        return Kind.NIK
    could_be_kpj = len(digits) == KPJ_LENGTH
    if normal_phone(digits) and not (could_be_kpj and _last_hint(before) is Kind.KPJ):
        return Kind.PHONE
    return Kind.KPJ if could_be_kpj else Kind.NUMBER


def _last_hint(before: str) -> Kind | None:
    hints = list(_HINT.finditer(before))
    return Kind(hints[-1].lastgroup or "") if hints else None


def _is_known(digits: str) -> bool:
    return is_valid_nik(digits) or normal_phone(digits) is not None


def _is_grouped(groups: Sequence[str]) -> bool:
    return all(len(group) <= _LONGEST_GROUP for group in groups)


def _is_one_number(digits: str, groups: Sequence[str]) -> bool:
    """Whether grouped digits are one number, and not several such as `5000000-6000000`."""
    return len(groups) == 1 or _is_known(digits) or _is_grouped(groups)


def _is_rupiah(piece: _Piece, source: str) -> bool:
    """Whether the text says that these digits are money; a sum starts with no zero and ends at trillions."""
    if piece.digits.startswith("0") or len(piece.digits) > _LONGEST_RUPIAH:
        return False
    before = _CURRENCY_BEFORE.search(source, max(piece.start - 6, 0), piece.start + 1)
    return (before is not None and before.end() == piece.start) or bool(_UNIT_BEHIND.match(source, piece.end))


def _is_sum(grouped: str) -> bool:
    return len(re.sub(r"\D", "", grouped.split(",")[0])) <= _LONGEST_RUPIAH


def _blank(source: str, spans: list[tuple[int, int]]) -> str:
    """Put letters in place of what was read already, so that nothing is joined across it."""
    parts, position = [], 0
    for start, end in spans:
        parts += [source[position:start], "x" * (end - start)]
        position = end
    return "".join(parts) + source[position:]


def _only(values: Iterator[str]) -> str | None:
    distinct = set(values)
    return distinct.pop() if len(distinct) == 1 else None

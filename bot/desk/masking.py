"""What an officer sees of a person: enough to recognise, too little to copy, until a reason is given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.parsing.numbers import mask

_HIDDEN = "•••"
_FORMS_OF_COMPANIES = frozenset({"PT", "CV", "UD"})


@dataclass(frozen=True, slots=True)
class Field:
    """One personal value, hidden unless it was asked for with a reason."""

    name: str
    shown: str
    clear: bool = False


def field(name: str, clear: str, hidden: str, revealed: str | None) -> Field:
    """The field as this page may show it."""
    return Field(name, clear, True) if name == revealed else Field(name, hidden)


def masked_name(name: str) -> str:
    """The beginning of each word: `Ra••• Wi•••`."""
    return " ".join(_masked_word(word) for word in name.split())


def masked_number(number: str | None) -> str:
    """The last four digits, whatever the length: `•••0001`."""
    if not number:
        return "–"
    return f"{_HIDDEN}{mask(number).lstrip('•')}"


def masked_numbers(numbers: Sequence[str]) -> str:
    """The last digits of each."""
    return ", ".join(map(masked_number, numbers)) or "–"


def about(amount: int) -> str:
    """An amount so rough that it isn't known: whole millions."""
    millions = round(amount / 1_000_000)
    return f"± Rp{millions} jt" if millions else "< Rp1 jt"


def without_numbers(text: str) -> str:
    """What an officer noted, for a log that holds no personal number."""
    return re.sub(r"\d[\d .\-/]{5,}\d", "<…>", text)


def _masked_word(word: str) -> str:
    if word in _FORMS_OF_COMPANIES:
        return word
    return word[: 2 if len(word) > 3 else 1] + _HIDDEN

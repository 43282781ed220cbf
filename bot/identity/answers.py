"""What a participant can say during a verification; values are already parsed (`bot.parsing`)."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class SharedContact:
    """A phone number that the platform handed over, as `+62…`."""

    phone: str = field(repr=False)
    belongs_to_sender: bool


@dataclass(frozen=True, slots=True)
class SkipContact:
    """Go on without sharing the phone number."""


@dataclass(frozen=True, slots=True)
class GivenNumber:
    """A NIK or KPJ, digits only."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class GivenBirthDate:
    value: date = field(repr=False)


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A one-time code, digits only."""

    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resend:
    """Send another code."""


Answer: TypeAlias = SharedContact | SkipContact | GivenNumber | GivenBirthDate | GivenCode | Resend

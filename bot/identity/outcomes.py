"""What a verification answers, with what is needed to say it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from bot.identity.levels import Level


class Step(StrEnum):
    """What the participant is asked for."""

    CONTACT = "contact"
    NUMBER = "number"
    BIRTH_DATE = "birth_date"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class NextStep:
    """This is to be asked now, whether for the first time or again."""

    step: Step


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way to the registered number; the step is CODE."""

    last_digits: str
    """The end of the registered number."""
    shown: str | None = field(default=None, repr=False)
    """What the gateway wants to be shown in the chat."""


@dataclass(frozen=True, slots=True)
class Verified:
    first_name: str
    level: Level


@dataclass(frozen=True, slots=True)
class NotMatching:
    """Number and birth date are not those of one participant; the step is NUMBER again."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class Locked:
    """Too many wrong identities; the verification is over."""

    until: datetime


@dataclass(frozen=True, slots=True)
class CodeWrong:
    tries_left: int
    """0: this code is void, another is needed."""


@dataclass(frozen=True, slots=True)
class CodeExpired:
    """No code is valid in this chat now."""


@dataclass(frozen=True, slots=True)
class TooManyCodes:
    """No code was sent; the step is CODE."""

    retry_at: datetime


@dataclass(frozen=True, slots=True)
class CodeNotSent:
    """The gateway failed; the step is CODE."""


@dataclass(frozen=True, slots=True)
class NoRegisteredNumber:
    """There is nowhere to send a code to; the verification is over."""


@dataclass(frozen=True, slots=True)
class NotOwnContact:
    """The contact is somebody else's, or nobody vouches for it; the step stays."""


@dataclass(frozen=True, slots=True)
class PrivateChatOnly:
    """This is a group."""


@dataclass(frozen=True, slots=True)
class NothingUnderWay:
    """There is no verification that this could answer."""


Outcome: TypeAlias = (
    NextStep
    | CodeSent
    | Verified
    | NotMatching
    | Locked
    | CodeWrong
    | CodeExpired
    | TooManyCodes
    | CodeNotSent
    | NoRegisteredNumber
    | NotOwnContact
    | PrivateChatOnly
    | NothingUnderWay
)

"""What the assistant asks the agency's core system, and in which form it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.benefits.rates import Segment


class CardStatus(StrEnum):
    """What the core system has recorded; a resignation the employer didn't report leaves a card active."""

    ACTIVE = "active"
    NON_ACTIVE = "non_active"


class LeaveReason(StrEnum):
    RESIGNED = "resigned"
    LAID_OFF = "laid_off"
    CONTRACT_ENDED = "contract_ended"
    STOPPED = "stopped"
    """A self-employed person stopped taking part."""


class Programme(StrEnum):
    JHT = "jht"
    JP = "jp"


class DataUpdate(StrEnum):
    """The state of *pengkinian data* in JMO."""

    NEVER = "never"
    DONE = "done"
    MISMATCH = "mismatch"
    """Something differs from the population register."""


class Biometric(StrEnum):
    """The state of the face check in JMO."""

    OK = "ok"
    LOCKED = "locked"


class DataField(StrEnum):
    """What may differ between the core system and the population register."""

    NAME = "name"
    NIK = "nik"
    BIRTH_DATE = "birth_date"


@dataclass(frozen=True)
class BankAccount:
    bank: str
    number: str


@dataclass(frozen=True)
class Participant:
    """A person; `id` is the core system's own and not a personal number."""

    id: str
    name: str
    nik: str
    birth_date: date
    phone: str | None
    """As `+62…`."""
    account: BankAccount | None
    status: CardStatus
    """Active as long as one card is."""
    partial_claim_on: date | None = None
    """The day of an earlier partial claim (10 % or 30 %), which can be taken once."""


@dataclass(frozen=True)
class Card:
    """One membership (KPJ): each employer gives a card of its own."""

    kpj: str
    employer: str | None
    """None for who works for themselves."""
    segment: Segment
    status: CardStatus
    joined: date
    left: date | None
    leave_reason: LeaveReason | None
    linked_in_app: bool
    first_contribution_posted: bool


@dataclass(frozen=True)
class CardBalance:
    """The JHT balance of one card in whole rupiah."""

    kpj: str
    amount: int
    as_of: date


@dataclass(frozen=True)
class BalancePoint:
    """The JHT balance of all cards together on a day, in whole rupiah."""

    day: date
    amount: int


@dataclass(frozen=True)
class Contribution:
    """What was paid for one month to one programme, in whole rupiah."""

    kpj: str
    month: date
    """The first day of the month it was paid for."""
    programme: Programme
    wage: int
    employer_share: int
    worker_share: int
    paid_on: date

    @property
    def total(self) -> int:
        return self.employer_share + self.worker_share


@dataclass(frozen=True)
class AppState:
    """How the participant stands in the JMO app."""

    app_registered: bool
    data_update: DataUpdate
    differing_fields: tuple[DataField, ...]
    """What must be corrected first; empty unless `data_update` is a mismatch."""
    biometric: Biometric
    biometric_failures: int


class CoreSystem(Protocol):
    """The agency's register; every method raises `CoreSystemUnavailable` when it doesn't answer."""

    async def find_by_number(self, number: str) -> Participant | None:
        """Whose NIK or KPJ this is; `number` is digits only."""

    async def participant(self, id: str) -> Participant | None:
        """The participant with this id."""

    async def find_by_name(self, name: str, limit: int) -> Sequence[Participant]:
        """Whose name has all these words, whole; an officer searches so."""

    async def cards(self, id: str) -> Sequence[Card]:
        """All cards, oldest first, also those that JMO doesn't show."""

    async def balances(self, id: str, on: date) -> Sequence[CardBalance]:
        """The last known balance of each card up to that day; none before the first contribution."""

    async def balance_history(self, id: str) -> Sequence[BalancePoint]:
        """The balance of all cards together over time, oldest first."""

    async def contributions(self, id: str, programme: Programme) -> Sequence[Contribution]:
        """All contributions to a programme by month, oldest first."""

    async def app_state(self, id: str) -> AppState | None:
        """How the participant stands in JMO; None for an unknown id."""

    async def reset_biometric(self, id: str) -> None:
        """Let the participant try the face check anew: an officer identified them."""

    async def accept_correction(self, id: str) -> None:
        """Note that what differed from the population register is corrected."""

"""What the register shows of a participant's troubles."""

from dataclasses import dataclass, field
from datetime import date

from bot.register.core_system import AppState, Biometric, Card, CardStatus, DataField, DataUpdate

MOST_TRIES = 3
"""After so many failed face photos JMO is locked."""


@dataclass(frozen=True)
class Record:
    """A snapshot of the register for one participant."""

    name: str = field(repr=False)
    active: bool
    """Still working, as far as the register knows."""
    phone: str | None = field(repr=False)
    """Where an officer reaches them."""
    cards: tuple[Card, ...]
    """Oldest first."""
    app: AppState | None
    balance: int
    """JHT of all cards in rupiah."""
    balance_limit: int
    """Rupiah from which JMO takes no claim."""
    today: date

    @property
    def differing(self) -> tuple[DataField, ...]:
        return self.app.differing_fields if self.app else ()

    @property
    def data_update(self) -> DataUpdate:
        return self.app.data_update if self.app else DataUpdate.NEVER

    @property
    def face_failures(self) -> int:
        return self.app.biometric_failures if self.app else 0

    @property
    def face_locked(self) -> bool:
        locked = self.app is not None and self.app.biometric is Biometric.LOCKED
        return locked or self.face_failures >= MOST_TRIES


def hidden_cards(record: Record) -> tuple[Card, ...]:
    """The cards that JMO doesn't show."""
    return tuple(card for card in record.cards if not card.linked_in_app)


def unposted_cards(record: Record) -> tuple[Card, ...]:
    """The cards whose first contribution isn't posted yet."""
    return tuple(card for card in record.cards if not card.first_contribution_posted)


def card_cause(record: Record) -> str:
    """Why a card is missing in JMO, the likeliest cause first; "fine" where the register knows of none."""
    hidden = [card for card in hidden_cards(record) if card.first_contribution_posted]
    if any(card.status is CardStatus.ACTIVE for card in hidden):
        return "unlinked"
    if record.data_update is DataUpdate.MISMATCH:
        return "mismatch"
    if unposted_cards(record):
        return "not_posted"
    return "old" if hidden else "fine"


def cards_of_cause(record: Record) -> tuple[Card, ...]:
    """The cards that the cause is about; all where there is none."""
    match card_cause(record):
        case "unlinked" | "old":
            return hidden_cards(record)
        case "not_posted":
            return unposted_cards(record)
    return record.cards


def data_cause(record: Record) -> str:
    """What keeps the data update from going through, as far as the register knows."""
    if record.data_update is DataUpdate.MISMATCH:
        return "hr" if record.active else "branch"
    return "done" if record.data_update is DataUpdate.DONE else "never"


def face_cause(record: Record) -> str:
    """How many face photos failed."""
    return "locked" if record.face_locked else str(record.face_failures)


def claim_cause(record: Record) -> str:
    """What keeps a claim out of JMO, as far as the register knows."""
    if record.active:
        return "active"
    if record.data_update is not DataUpdate.DONE:
        return str(record.data_update)
    return "above_limit" if record.balance >= record.balance_limit else "fine"


def has_hidden_card(record: Record) -> str:
    return "yes" if hidden_cards(record) else "no"


def is_in_app(record: Record) -> str:
    return "yes" if record.app and record.app.app_registered else "no"

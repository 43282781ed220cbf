"""Messages that were misunderstood, kept without anything personal to learn from."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.database import AwareDateTime, Base
from bot.privacy.columns import Encrypted


class Why(StrEnum):
    """How it is known that a message was misunderstood."""

    ASKED_BACK = "asked_back"
    """The assistant wasn't sure and offered what it guessed."""
    NOT_UNDERSTOOD = "not_understood"
    """There was no guess worth offering."""
    HANDED_OFF = "handed_off"
    """It was the third in a row, and a person was asked for."""
    SAID_WRONG = "said_wrong"
    """It was answered, and the participant said that this wasn't it."""
    MEANT_OTHER = "meant_other"
    """It was answered on a doubt, and the participant took another need that was offered beside."""
    REPHRASED = "rephrased"
    """It was answered, and the participant asked the same again in other words."""


class State(StrEnum):
    """What a supervisor made of a message."""

    OPEN = "open"
    ASSIGNED = "assigned"
    """It means an intent."""
    ENTRY = "entry"
    """The knowledge lacks an entry for it."""
    DISMISSED = "dismissed"


class Misunderstood(Base):
    """One message; it leads to its chat only as long as the chat's own messages are kept."""

    __tablename__ = "misunderstood"
    __table_args__ = (Index("ix_misunderstood_state", "state", "kept_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id", ondelete="SET NULL"), index=True)
    text: Mapped[str] = mapped_column(Encrypted("misunderstood.text"))
    """Redacted by `bot.learning.redaction`."""
    language: Mapped[str]
    why: Mapped[str]
    guesses_json: Mapped[str]
    """The likeliest intents with their confidences: `[["check_balance", 0.41], …]`."""
    form: Mapped[str | None]
    """The form that was under way."""
    meant: Mapped[str | None]
    """What the participant asked for next: a tap on a guess, or words that were understood."""
    kept_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    state: Mapped[str] = mapped_column(default=State.OPEN)
    intent: Mapped[str | None]
    """What a supervisor says that it means."""
    note: Mapped[str | None]
    """What the new entry of the knowledge should answer."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("officers.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

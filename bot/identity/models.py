"""Verifications under way, one-time codes, and wrong identities; no personal number is readable here.

Codes and tries belong to the blind index of a chat, not to its row: deleting one's data lifts no limit.
"""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import AwareDateTime, Base


class VerificationRow(Base):
    """The verification of one conversation; `step` is None while none is under way."""

    __tablename__ = "verifications"

    conversation_id: Mapped[int] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    wanted: Mapped[int]
    """The `Level` that was asked for."""
    step: Mapped[str | None]
    candidate_id: Mapped[str | None]
    """Whose number was given; None also while the number is nobody's."""
    number_index: Mapped[str | None]
    """Blind index of the given NIK or KPJ."""
    birth_date_digest: Mapped[str | None]
    """What the birth date must match; of a random value when the number is nobody's."""
    started_at: Mapped[datetime] = mapped_column(AwareDateTime)
    updated_at: Mapped[datetime] = mapped_column(AwareDateTime, index=True)


class OneTimeCode(Base):
    """A code sent to a participant's registered number for one chat."""

    __tablename__ = "one_time_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    chat_index: Mapped[str] = mapped_column(index=True)
    participant_id: Mapped[str] = mapped_column(index=True)
    digest: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(AwareDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    """Wrong ones."""
    void: Mapped[bool] = mapped_column(default=False)
    """Used, replaced by a newer one, or never delivered."""


class IdentityTries(Base):
    """How often a chat, or a NIK or KPJ whether it exists or not, failed to match lately."""

    __tablename__ = "identity_tries"

    subject: Mapped[str] = mapped_column(primary_key=True)
    """Blind index of the chat or of the number."""
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime] = mapped_column(AwareDateTime, index=True)
    locked_until: Mapped[datetime | None] = mapped_column(AwareDateTime)
    version: Mapped[int] = mapped_column(default=0)

    # Two chats that fail on one number at the same moment must not count as one: the later turn runs again.
    __mapper_args__ = {"version_id_col": version}

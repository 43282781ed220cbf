"""Cases with their history, claims and their drafts, incidents. What is personal is encrypted."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.cases.numbers import case_number
from bot.database import AwareDateTime, Base
from bot.privacy.columns import Encrypted, EncryptedBytes

_STILL_OPEN = text("closed_at IS NULL AND participant_id IS NOT NULL")


class Case(Base):
    """Something that an office has to do for a participant; the deadline of its state is in its row."""

    __tablename__ = "cases"
    __table_args__ = (
        # Whatever is tapped twice, retried or restarted: a participant has one open case of a kind.
        Index(
            "uq_cases_open",
            "participant_id",
            "kind",
            unique=True,
            postgresql_where=_STILL_OPEN,
            sqlite_where=_STILL_OPEN,
        ),
        Index("ix_cases_due", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str]
    participant_id: Mapped[str | None]
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"), index=True)
    """The chat that is told what becomes of it."""
    details_json: Mapped[str] = mapped_column("details", Encrypted("cases.details"), default="{}")
    opened_at: Mapped[datetime] = mapped_column(AwareDateTime)
    state_since: Mapped[datetime] = mapped_column(AwareDateTime)
    due_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When the sweeper looks at it; None where nothing is waited for."""
    closed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    version: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"version_id_col": version}

    @property
    def number(self) -> str:
        """What the participant is told, once the row has its id."""
        return case_number(self.id)

    @property
    def details(self) -> Mapping[str, Any]:
        """What the officer needs to know."""
        details: dict[str, Any] = json.loads(self.details_json)
        return details

    def note(self, **details: Any) -> None:
        """Add to the details."""
        self.details_json = json.dumps({**self.details, **details})


class CaseEvent(Base):
    """What happened to a case, by whom."""

    __tablename__ = "case_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(AwareDateTime)
    state: Mapped[str]
    actor: Mapped[str]
    """`participant`, `system`, or `officer:<name>`."""
    internal: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """A note among officers, which the participant never sees."""
    note: Mapped[str | None] = mapped_column(Encrypted("case_events.note"))


class Claim(Base):
    """A filed claim of JHT; amounts in whole rupiah."""

    __tablename__ = "claims"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    reason: Mapped[str]
    gross: Mapped[int] = mapped_column(BigInteger)
    tax: Mapped[int] = mapped_column(BigInteger)
    bank: Mapped[str]
    account_number: Mapped[str] = mapped_column(Encrypted("claims.account_number"))
    holder: Mapped[str] = mapped_column(Encrypted("claims.holder"))
    npwp: Mapped[str | None] = mapped_column(Encrypted("claims.npwp"))
    photo: Mapped[bytes] = mapped_column(EncryptedBytes("claims.photo"))
    face: Mapped[str]
    """What the face verification said: `match`, `no_match`, `needs_officer`."""
    consented_at: Mapped[datetime] = mapped_column(AwareDateTime)
    filed_at: Mapped[datetime] = mapped_column(AwareDateTime)
    usual_by: Mapped[date]
    due_by: Mapped[date]
    """The last day that the rule allows for the payment."""

    @property
    def net(self) -> int:
        return self.gross - self.tax


class ClaimDraft(Base):
    """A claim being filled in; it belongs to the participant and is found again from every chat of theirs."""

    __tablename__ = "claim_drafts"

    participant_id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id", ondelete="SET NULL"), index=True)
    fields_json: Mapped[str] = mapped_column("fields", Encrypted("claim_drafts.fields"), default="{}")
    photo: Mapped[bytes | None] = mapped_column(EncryptedBytes("claim_drafts.photo"))
    created_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    remind_at: Mapped[datetime | None] = mapped_column(AwareDateTime, index=True)
    """When the participant is reminded of it; None after that."""

    @property
    def fields(self) -> Mapping[str, Any]:
        """What was answered so far, by field."""
        fields: dict[str, Any] = json.loads(self.fields_json)
        return fields

    def keep(self, **fields: Any) -> None:
        """Set fields; None forgets one."""
        merged = {**self.fields, **fields}
        self.fields_json = json.dumps({name: value for name, value in merged.items() if value is not None})


class Incident(Base):
    """A known disturbance, which whoever asks about its topic is told."""

    __tablename__ = "incidents"

    id: Mapped[int] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(index=True)
    """The intent that asks about it."""
    text: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(AwareDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class IncidentWatch(Base):
    """A chat that wants to be told when an incident is over."""

    __tablename__ = "incident_watches"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id", ondelete="CASCADE"), primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True)

"""Officers, hand-offs, opening hours and closures of the desk."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.database import AwareDateTime, Base
from bot.privacy.columns import Encrypted

_NOT_ENDED = text("ended_at IS NULL")


class Topic(StrEnum):
    """What an officer filters the queue by."""

    GENERAL = "general"
    CLAIM = "claim"
    BIOMETRIC = "biometric"
    PHOTO = "photo"
    DATA = "data"
    CARD = "card"
    APP = "app"
    FRAUD = "fraud"
    COMPLAINT = "complaint"


class Reason(StrEnum):
    """Why the assistant handed off."""

    ASKED = "asked"
    MISUNDERSTOOD = "misunderstood"
    ANGER = "anger"
    FRAUD = "fraud"
    FLOW = "flow"
    """A flow came to where only a person can go on."""
    REOPENED = "reopened"
    PAUSED = "paused"
    """The assistant is stopped, and everybody goes to people."""


class HandoffState(StrEnum):
    WAITING = "waiting"
    """In the queue, the participant waits in the chat."""
    TALKING = "talking"
    """With an officer."""
    CALL_BACK = "call_back"
    """An officer comes back to the participant in a promised window; the assistant answers meanwhile."""
    MESSAGE = "message"
    """The participant left a message that an officer answers later; the assistant answers meanwhile."""
    ENDED = "ended"


OPEN_STATES = tuple(state for state in HandoffState if state is not HandoffState.ENDED)


class EndReason(StrEnum):
    """Why a hand-off is over."""

    SOLVED = "solved"
    PARTICIPANT_ENDED = "participant_ended"
    STAYED_WITH_BOT = "stayed_with_bot"
    PARTICIPANT_SILENT = "participant_silent"
    HANDED_BACK = "handed_back"
    CALLED_BACK = "called_back"
    NOT_REACHED = "not_reached"
    NO_ANSWER_NEEDED = "no_answer_needed"
    WRONG_PLACE = "wrong_place"
    """The matter belongs elsewhere, and the participant was told where."""
    LEFT = "left"
    """The participant left the chat (*keluar*) or had it deleted."""


class Role(StrEnum):
    """Each may do what those before it may."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Officer(Base):
    """Somebody who works at the desk."""

    __tablename__ = "officers"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    """As participants are told."""
    role: Mapped[str] = mapped_column(default=Role.OFFICER)
    password_hash: Mapped[str]
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    seen_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """The last sign of life at the desk."""
    away: Mapped[bool] = mapped_column(default=False)
    """Takes no new cases for now."""


class Handoff(Base):
    """One episode with a person, of one conversation, under one case; its deadline is in its row."""

    __tablename__ = "handoffs"
    __table_args__ = (
        # Whatever is tapped twice: a conversation has one hand-off at a time.
        Index(
            "uq_handoffs_open",
            "conversation_id",
            unique=True,
            postgresql_where=_NOT_ENDED,
            sqlite_where=_NOT_ENDED,
        ),
        Index("ix_handoffs_due", "due_at"),
        Index("ix_handoffs_state", "state", "asked_at"),
        Index("ix_handoffs_asked", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    topic: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str] = mapped_column(default=HandoffState.WAITING)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officers.id", ondelete="SET NULL"), index=True)
    """Who has it; in the queue, for whom it waits (after a transfer); at the end, who had it last."""
    tried_json: Mapped[str] = mapped_column("tried", Encrypted("handoffs.tried"), default="{}")
    asked_at: Mapped[datetime] = mapped_column(AwareDateTime)
    """Its place in the queue: being put back costs nobody their place."""
    queued_at: Mapped[datetime] = mapped_column(AwareDateTime)
    taken_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When an officer took it first."""
    first_reply_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    participant_at: Mapped[datetime] = mapped_column(AwareDateTime)
    """The participant's last message."""
    officer_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """The last message of the officer who has it; None until they write."""
    reminded_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When whoever is waited for was last reminded."""
    due_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    call_back_from: Mapped[datetime | None] = mapped_column(AwareDateTime)
    call_back_until: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """The promised window."""
    promised_until: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """Until when a call-back or an answer to a message was promised first; a later window keeps no broken promise."""
    ended_at: Mapped[datetime | None] = mapped_column(AwareDateTime, index=True)
    end_reason: Mapped[str | None]
    rating_asked_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    solved: Mapped[bool | None]
    """What the participant said afterwards."""
    rating: Mapped[int | None]
    """1 (bad) to 3 (good)."""
    version: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"version_id_col": version}

    @property
    def officer_owes(self) -> bool:
        """Whether the officer is to write next, else the participant."""
        return self.officer_at is None or self.participant_at > self.officer_at

    @property
    def tried(self) -> Mapping[str, Any]:
        """What the assistant understood and tried before: `form`, `intents` (the last ones), `misunderstood`."""
        tried: dict[str, Any] = json.loads(self.tried_json)
        return tried


class OpeningHours(Base):
    """One interval of a weekday in which officers answer; several a day leave room for a break."""

    __tablename__ = "opening_hours"

    id: Mapped[int] = mapped_column(primary_key=True)
    weekday: Mapped[int]
    """0 is Monday."""
    opens: Mapped[time]
    """In western Indonesian time, as the next."""
    closes: Mapped[time]


class Closure(Base):
    """A day on which the desk is closed although the calendar says nothing."""

    __tablename__ = "closures"

    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str]

"""Conversations, what came in (inbox) and what goes out (outbox)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, literal_column, text
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.database import AwareDateTime, Base
from bot.privacy.columns import Encrypted, EncryptedBytes


class Floor(StrEnum):
    """Who speaks to the participant: only one party at a time."""

    BOT = "bot"
    QUEUE = "queue"
    AGENT = "agent"


class InboxState(StrEnum):
    OPEN = "open"
    DONE = "done"
    FAILED = "failed"
    """Tried as often as allowed; the participant was told."""


STILL_OPEN: ColumnElement[str] = literal_column("'open'")
"""The open state, to compare with in a query: SQLite takes the indexes of what is open only where the query says so
in its text, not by a bound value."""


class OutboxState(StrEnum):
    OPEN = "open"
    READY = "ready"
    """Its channel fetches it when it likes; nobody pushes it."""
    SENT = "sent"
    REFUSED = "refused"
    """The platform will never take it."""
    GONE = "gone"
    """The participant blocked the assistant or the chat is gone."""


PULL_CHANNELS = frozenset({"web", "rest", "terminal"})
"""Channels that fetch their replies; to the others replies are pushed."""


class OutboxKind(StrEnum):
    REPLY = "reply"
    DELETE = "delete"
    """Delete the participant's own message `target_message_id`, which carries personal numbers."""


class Author(StrEnum):
    """Who said what goes out."""

    BOT = "bot"
    OFFICER = "officer"
    SYSTEM = "system"
    """What happens to the chat itself: who joined, who left, what is waited for."""


class Conversation(Base):
    """One chat of one channel, with what the assistant remembers of it."""

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "chat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    chat_id: Mapped[str]
    private: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str] = mapped_column(default="id")
    light: Mapped[bool] = mapped_column(default=False)
    """Short texts without pictures, for who has little network (*mode hemat*)."""
    floor: Mapped[str] = mapped_column(default=Floor.BOT)
    tracker: Mapped[str | None]
    """Snapshot of the dialogue (JSON): slots, active loop, the last turns; never a personal number."""
    last_heard: Mapped[str | None]
    """How the last message was understood (JSON, `bot.learning.keeping`); never its text."""
    context: Mapped[str | None]
    """What was shown last (JSON): buttons, topic (`bot.conversation.context`); nothing personal."""
    participant_id: Mapped[str | None]
    """Whom this chat verified as; the register's own id, not a personal number."""
    phone_index: Mapped[str | None]
    """Blind index of the phone number that the platform vouches for."""
    verified_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """The last fresh confirmation (level 3)."""
    left_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    """When whoever had it left (*keluar*): what was said before is nobody's who comes next."""
    created_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    last_message_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    version: Mapped[int] = mapped_column(default=0)

    __mapper_args__ = {"version_id_col": version}


class InboxRow(Base):
    """One incoming message, stored before its channel is answered."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "key"),
        # Which chats wrote in a period, and what is old enough to be forgotten, without a look at every message.
        Index("ix_inbox_received", "received_at", "conversation_id"),
        Index(
            "ix_inbox_open",
            "conversation_id",
            "id",
            postgresql_where=text("state = 'open'"),
            sqlite_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    key: Mapped[str]
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    payload: Mapped[str] = mapped_column(Encrypted("inbox.payload"))
    """The `IncomingMessage` as JSON; personal numbers are taken out of it when the turn is done."""
    state: Mapped[str] = mapped_column(default=InboxState.OPEN)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None] = mapped_column(AwareDateTime)
    received_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    done_at: Mapped[datetime | None] = mapped_column(AwareDateTime)


class OutboxRow(Base):
    """One message to a participant, or the deletion of one of theirs; sent in the order of ids within a chat."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_open",
            "channel",
            "id",
            postgresql_where=text("state = 'open'"),
            sqlite_where=text("state = 'open'"),
        ),
        Index("uq_outbox_key", "key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    inbox_id: Mapped[int | None] = mapped_column(ForeignKey("inbox.id", ondelete="SET NULL"), index=True)
    """The message that this answers; None for what the assistant says unasked."""
    channel: Mapped[str]
    kind: Mapped[str] = mapped_column(default=OutboxKind.REPLY)
    author: Mapped[str] = mapped_column(default=Author.BOT, server_default=Author.BOT)
    officer_id: Mapped[int | None]
    """Who wrote it, if a person did."""
    about: Mapped[str | None]
    """What it asks for, as `reset:12`: it is not said once that is settled."""
    key: Mapped[str | None]
    """An officer's message that is posted again under the same key is the same message."""
    payload: Mapped[str] = mapped_column(Encrypted("outbox.payload"), default="")
    """The `Reply` as JSON."""
    target_message_id: Mapped[str | None]
    state: Mapped[str] = mapped_column(default=OutboxState.OPEN)
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None] = mapped_column(AwareDateTime)
    created_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    sent_at: Mapped[datetime | None] = mapped_column(AwareDateTime)
    platform_message_id: Mapped[str | None]


class Upload(Base):
    """A photo sent through a channel that keeps no files itself."""

    __tablename__ = "uploads"
    __table_args__ = (Index("ix_uploads_chat", "channel", "chat_id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    """The `ref` of the message's attachment."""
    channel: Mapped[str]
    chat_id: Mapped[str]
    mime: Mapped[str]
    data: Mapped[bytes] = mapped_column(EncryptedBytes("uploads.data"))
    created_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)


class Pause(Base):
    """A time in which the assistant says nothing but where people are: the supervisor's switch."""

    __tablename__ = "pauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str]
    started_by: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(AwareDateTime)
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None] = mapped_column(AwareDateTime)

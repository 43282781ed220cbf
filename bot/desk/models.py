"""Sessions of officers, and their canned replies."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.database import AwareDateTime, Base


class DeskSession(Base):
    """One sign-in; the browser holds the token, the row only its hash."""

    __tablename__ = "desk_sessions"

    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officers.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now)
    ends_at: Mapped[datetime] = mapped_column(AwareDateTime)


class CannedReply(Base):
    """A reply that officers send often; `{nama}` and other placeholders are filled in when it is taken."""

    __tablename__ = "canned_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    shortcut: Mapped[str] = mapped_column(unique=True)
    """What is typed after a slash."""
    text: Mapped[str]
    topic: Mapped[str | None]

"""Sessions of officers, wrong passwords, and canned replies."""

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


class SignInTries(Base):
    """How often wrong passwords were given lately for a name, whether somebody has it or not, from one place."""

    __tablename__ = "sign_in_tries"

    account: Mapped[str] = mapped_column(primary_key=True)
    """Blind index of the name."""
    place: Mapped[str] = mapped_column(primary_key=True)
    """Blind index of the address or the browser, or all that are unknown; see `bot.desk.sign_in_limits`."""
    failures: Mapped[int] = mapped_column(default=0)
    last_failed_at: Mapped[datetime] = mapped_column(AwareDateTime, index=True)
    locked_until: Mapped[datetime | None] = mapped_column(AwareDateTime)
    version: Mapped[int] = mapped_column(default=0)

    # Two guesses at the same moment must not count as one: the later one is tried again.
    __mapper_args__ = {"version_id_col": version}


class CannedReply(Base):
    """A reply that officers send often; `{nama}` and other placeholders are filled in when it is taken."""

    __tablename__ = "canned_replies"

    id: Mapped[int] = mapped_column(primary_key=True)
    shortcut: Mapped[str] = mapped_column(unique=True)
    """What is typed after a slash."""
    text: Mapped[str]
    topic: Mapped[str | None]

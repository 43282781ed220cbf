"""Who did what with whose data, and why: rows that are only ever added."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from bot import clock
from bot.database import AwareDateTime, Base


class AuditEntry(Base):
    """One deed; it names people by the register's id or by a blind index, never by a personal number."""

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(AwareDateTime, default=clock.now, index=True)
    actor: Mapped[str]
    """`conversation:12`, `agent:7`, `system`."""
    action: Mapped[str]
    """`topic.deed`, such as `verification.locked`."""
    subject: Mapped[str | None] = mapped_column(index=True)
    """A participant's id in the register, or a blind index."""
    reason: Mapped[str]


def record(
    session: AsyncSession,
    *,
    actor: str,
    action: str,
    subject: str | None,
    reason: str,
    at: datetime | None = None,
) -> None:
    """Add an entry to the caller's transaction: the deed and its trace are stored together or not at all."""
    session.add(AuditEntry(actor=actor, action=action, subject=subject, reason=reason, at=at or clock.now()))

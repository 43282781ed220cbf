"""Who is at the desk: signing in, sessions that end, and signing out."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk.models import DeskSession
from bot.desk.passwords import is_right
from bot.desk.sign_in_limits import SignInLimits
from bot.handoff.models import Officer
from bot.privacy.audit import record

LONGEST_SESSION = timedelta(hours=12)
IDLE_SESSION = timedelta(hours=1)
SEEN_EVERY = timedelta(minutes=1)
"""A sign of life is noted no more often, so that looking costs no write."""


async def sign_in(
    session: AsyncSession, username: str, password: str, limits: SignInLimits, now: datetime
) -> str | None:
    """The secret for the officer's browser; None if refused, which is the same whatever was wrong.

    Failures are counted in the same transaction.
    """
    officer = await session.scalar(select(Officer).where(Officer.username == username))
    locked = await limits.is_locked()
    right = await is_right(password, officer.password_hash if officer else None)
    if locked:
        return None
    if officer is None or not officer.active or not right:
        await count_failure(session, limits, officer, now)
        return None
    await limits.forget()
    officer.seen_at = now
    token = secrets.token_urlsafe(32)
    session.add(
        DeskSession(
            token_hash=_hash(token),
            officer_id=officer.id,
            csrf=secrets.token_urlsafe(32),
            created_at=now,
            seen_at=now,
            ends_at=now + LONGEST_SESSION,
        )
    )
    record(session, actor=f"officer:{officer.id}", action="desk.signed_in", subject=None, reason="password", at=now)
    return token


async def session_of(session: AsyncSession, token: str, now: datetime) -> tuple[DeskSession, Officer] | None:
    """The running session of a browser and its officer; None once it ended."""
    found = await session.get(DeskSession, _hash(token))
    if found is None or found.ends_at <= now or found.seen_at + IDLE_SESSION <= now:
        return None
    officer = await session.get(Officer, found.officer_id)
    return (found, officer) if officer and officer.active else None


def note_sign_of_life(found: DeskSession | None, officer: Officer, now: datetime) -> None:
    """Keep a session alive, and note that the officer is there; in the caller's transaction."""
    if officer.seen_at is None or officer.seen_at + SEEN_EVERY <= now:
        officer.seen_at = now
    if found and found.seen_at + SEEN_EVERY <= now:
        found.seen_at = now


async def sign_out(session: AsyncSession, found: DeskSession) -> None:
    """End a session."""
    await session.delete(found)


async def end_sessions_of(session: AsyncSession, officer_id: int, but: DeskSession | None = None) -> None:
    """Sign an officer out everywhere, or everywhere else: the password changed, or the account was closed."""
    theirs = delete(DeskSession).where(DeskSession.officer_id == officer_id)
    await session.execute(theirs.where(DeskSession.token_hash != but.token_hash) if but else theirs)


async def count_failure(session: AsyncSession, limits: SignInLimits, officer: Officer | None, now: datetime) -> bool:
    """Note a wrong password; True if there were too many, which is logged where there is such an account."""
    locks = await limits.count_failure()
    if locks and officer:
        actor = f"officer:{officer.id}"
        record(session, actor=actor, action="desk.locked", subject=None, reason="wrong passwords", at=now)
    return locks


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

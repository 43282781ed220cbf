"""Officers' accounts: made by command, seeded for demonstrations."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk.passwords import hashed
from bot.desk.sign_in import end_sessions_of
from bot.errors import BadInput
from bot.handoff.models import Officer, Role

DEMO_PASSWORD = "demo-petugas"
"""Shown on the sign-in page in demo mode, and seeded nowhere else."""
DEMO_OFFICERS = (
    ("rina", "Rina", Role.OFFICER),
    ("sari", "Sari", Role.OFFICER),
    ("budi", "Budi", Role.SUPERVISOR),
    ("dewi", "Dewi", Role.ADMIN),
)
_USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,31}")


async def add_officer(
    session: AsyncSession, username: str, name: str, role: Role, password: str, now: datetime
) -> Officer:
    """Make an account; raises `BadInput` for a name that is taken or can't be one, or a short password."""
    if not _USERNAME.fullmatch(username):
        raise BadInput("a user name has 2 to 32 small letters, digits, dots, dashes or underscores, a letter first")
    if not name.strip():
        raise BadInput("give the name that participants are told")
    if await find_officer(session, username):
        raise BadInput(f"the user name {username} is taken")
    officer = Officer(
        username=username, name=name.strip(), role=role, password_hash=await hashed(password), created_at=now
    )
    session.add(officer)
    return officer


async def change_password(session: AsyncSession, username: str, password: str) -> None:
    """Set a new password, unlock the account and end its sessions; raises `BadInput` for an unknown name."""
    officer = await _known(session, username)
    officer.password_hash, officer.failures, officer.locked_until = await hashed(password), 0, None
    await end_sessions_of(session, officer.id)


async def close_account(session: AsyncSession, username: str) -> None:
    """Let an officer in no more; what they did stays."""
    officer = await _known(session, username)
    officer.active = False
    await end_sessions_of(session, officer.id)


async def find_officer(session: AsyncSession, username: str) -> Officer | None:
    """The account with this user name."""
    found: Officer | None = await session.scalar(select(Officer).where(Officer.username == username))
    return found


async def seed_demo_officers(session: AsyncSession, now: datetime) -> None:
    """The officers of the demonstration, where they are missing."""
    for username, name, role in DEMO_OFFICERS:
        if await find_officer(session, username) is None:
            await add_officer(session, username, name, role, DEMO_PASSWORD, now)


async def _known(session: AsyncSession, username: str) -> Officer:
    officer = await find_officer(session, username)
    if officer is None:
        raise BadInput(f"there is no officer {username}")
    return officer

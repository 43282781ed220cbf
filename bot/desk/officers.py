"""Officers' accounts: made by command, seeded for demonstrations."""

import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk.passwords import hashed
from bot.desk.sign_in import end_sessions_of
from bot.desk.sign_in_limits import unlock
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


class WrongUsername(BadInput):
    """A user name has 2 to 32 small letters, digits, dots, dashes or underscores, a letter first."""


class UsernameTaken(BadInput):
    """Somebody has this user name, perhaps under a closed account."""


class NameMissing(BadInput):
    """Participants are told who speaks to them."""


class LastAdmin(BadInput):
    """Without this admin nobody could manage the accounts."""


async def add_officer(
    session: AsyncSession, username: str, name: str, role: Role, password: str, now: datetime
) -> Officer:
    """Make an account; raises `BadInput` for a name that is taken or can't be one, or a short password."""
    if not _USERNAME.fullmatch(username):
        raise WrongUsername(
            "a user name has 2 to 32 small letters, digits, dots, dashes or underscores, a letter first"
        )
    if not name.strip():
        raise NameMissing("give the name that participants are told")
    if await find_officer(session, username):
        raise UsernameTaken(f"the user name {username} is taken")
    officer = Officer(
        username=username, name=name.strip(), role=role, password_hash=await hashed(password), created_at=now
    )
    session.add(officer)
    return officer


async def change_password(session: AsyncSession, username: str, password: str) -> None:
    """Set a new password, unlock the account and end its sessions; raises `BadInput` for an unknown name."""
    officer = await _known(session, username)
    officer.password_hash = await hashed(password)
    await unlock(session, username)
    await end_sessions_of(session, officer.id)


async def close_account(session: AsyncSession, username: str) -> None:
    """Let an officer in no more; what they did stays. Raises `LastAdmin`."""
    officer = await _known(session, username)
    await _check_another_admin(session, officer)
    officer.active = False
    await end_sessions_of(session, officer.id)


async def change_role(session: AsyncSession, officer: Officer, role: Role) -> None:
    """Let an officer do more or less; raises `LastAdmin`."""
    if role is not Role.ADMIN:
        await _check_another_admin(session, officer)
    officer.role = role


async def reopen_account(session: AsyncSession, officer: Officer) -> None:
    """Let an officer in again, with the password they had."""
    officer.active = True
    await unlock(session, officer.username)


async def find_officer(session: AsyncSession, username: str) -> Officer | None:
    """The account with this user name."""
    found: Officer | None = await session.scalar(select(Officer).where(Officer.username == username))
    return found


async def seed_demo_officers(session: AsyncSession, now: datetime) -> None:
    """The officers of the demonstration, where they are missing."""
    for username, name, role in DEMO_OFFICERS:
        if await find_officer(session, username) is None:
            await add_officer(session, username, name, role, DEMO_PASSWORD, now)


async def _check_another_admin(session: AsyncSession, officer: Officer) -> None:
    """All admins are locked, so that two of them can't close each other at the same moment."""
    admins = select(Officer.id).where(Officer.role == Role.ADMIN, Officer.active).with_for_update()
    if set(await session.scalars(admins)) == {officer.id}:
        raise LastAdmin("this is the last admin: make another one first")


async def _known(session: AsyncSession, username: str) -> Officer:
    officer = await find_officer(session, username)
    if officer is None:
        raise BadInput(f"there is no officer {username}")
    return officer

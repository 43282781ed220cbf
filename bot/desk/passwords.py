"""Passwords of officers: argon2, in a thread, as each check costs tens of milliseconds on purpose."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.errors import BadInput

SHORTEST = 10


class PasswordTooShort(BadInput):
    """It must have at least `SHORTEST` characters."""


_HASHER = PasswordHasher()
_NOBODYS = _HASHER.hash("the password of no officer")
"""Checked for unknown names, so that they take as long as known ones."""


async def hashed(password: str) -> str:
    """The hash to store; raises `BadInput` for a password that is too short."""
    if len(password) < SHORTEST:
        raise PasswordTooShort(f"the password must have at least {SHORTEST} characters")
    return await asyncio.to_thread(_HASHER.hash, password)


async def is_right(password: str, password_hash: str | None) -> bool:
    """Whether it is the password of this hash; None is nobody's."""
    return await asyncio.to_thread(_matches, password, password_hash or _NOBODYS) and password_hash is not None


def _matches(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False

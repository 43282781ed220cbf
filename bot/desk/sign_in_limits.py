"""How often passwords may be guessed: by account and place, and more slowly by account from all unknown places.

A place is a network address or a browser that signed in to the account before. Names that no account has are counted
alike. What is stored tells neither names nor addresses.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk.models import SignInTries
from bot.privacy.keys import keyring

COUNTED_FOR = timedelta(days=1)
"""How long a wrong password counts after the last one."""
ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Limit:
    """The last of so many wrong passwords locks; each one after the lock doubles the next."""

    tries: int
    first_lock: timedelta
    longest_lock: timedelta

    def lock_after(self, failures: int) -> timedelta | None:
        """How long this failure locks; None while there may be more."""
        if failures < self.tries:
            return None
        doubled = self.first_lock * (1 << min(failures - self.tries, 16))
        return min(doubled, self.longest_lock)


BY_PLACE = Limit(5, timedelta(minutes=15), timedelta(hours=12))
BY_ACCOUNT = Limit(30, timedelta(minutes=1), timedelta(hours=1))
"""Against guessing from many addresses; browsers that the account knows are neither counted nor held by it."""


def places_of(address: str | None, device: str | None) -> Mapping[str, Limit]:
    """Under what a guess is counted: the known browser alone, or the address and the account as a whole."""
    if device:
        return {_hidden(f"device {device}"): BY_PLACE}
    return {_hidden(f"address {_network(address)}"): BY_PLACE, ANYWHERE: BY_ACCOUNT}


class SignInLimits:
    """The wrong passwords given for one account, from the places of one visitor."""

    def __init__(self, session: AsyncSession, username: str, places: Mapping[str, Limit], now: datetime) -> None:
        self._session = session
        self._account = account_index(username)
        self._places = places
        self._now = now

    async def is_locked(self) -> bool:
        """Whether there were too many wrong passwords for now."""
        return any(tries.locked_until and tries.locked_until > self._now for tries in await self._tries())

    async def count_failure(self) -> bool:
        """Note a wrong password; True if it locks."""
        known = {tries.place: tries for tries in await self._tries()}
        locks = [self._one_more(place, limit, known.get(place)) for place, limit in self._places.items()]
        return any(locks)

    async def forget(self) -> None:
        """The right password was given."""
        for tries in await self._tries():
            await self._session.delete(tries)

    def _one_more(self, place: str, limit: Limit, tries: SignInTries | None) -> bool:
        if tries is None:
            tries = SignInTries(account=self._account, place=place, failures=0, last_failed_at=self._now)
            self._session.add(tries)
        if self._now - tries.last_failed_at >= COUNTED_FOR:
            tries.failures = 0
        tries.failures, tries.last_failed_at = tries.failures + 1, self._now
        lock = limit.lock_after(tries.failures)
        tries.locked_until = self._now + lock if lock else None
        return lock is not None

    async def _tries(self) -> Iterable[SignInTries]:
        of_account = SignInTries.account == self._account
        return (
            await self._session.scalars(select(SignInTries).where(of_account, SignInTries.place.in_(self._places)))
        ).all()


async def locks(session: AsyncSession, usernames: Iterable[str], now: datetime) -> dict[str, datetime]:
    """Until when each of these accounts is locked in some place, where it is."""
    names = {account_index(username): username for username in usernames}
    running = (
        select(SignInTries.account, func.max(SignInTries.locked_until))
        .where(SignInTries.account.in_(names), SignInTries.locked_until > now)
        .group_by(SignInTries.account)
    )
    return {names[account]: until for account, until in (await session.execute(running)).tuples() if until}


async def unlock(session: AsyncSession, username: str) -> None:
    """Forget the wrong passwords of an account, wherever they came from."""
    await session.execute(delete(SignInTries).where(SignInTries.account == account_index(username)))


def account_index(username: str) -> str:
    """Under what the tries for a name are found, whether somebody has it or not."""
    return keyring().blind_index(username, "sign-in account")


def _network(address: str | None) -> str:
    """The address, or the network of an IPv6 one, all of which its holder may use."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return ""
    return str(int(known) >> 64) if isinstance(known, IPv6Address) and not known.ipv4_mapped else str(known)


def _hidden(place: str) -> str:
    return keyring().blind_index(place, "sign-in place")

"""A migrated database for each test, and its register filled for a fixed day."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.database import create_engine, create_sessions
from bot.migrate import migrate
from bot.privacy.crypto import Keyring
from bot.privacy.keys import use_keyring
from bot.register.seed import seed
from bot.register.sql import SqlCoreSystem


@pytest.fixture(autouse=True)
def keys() -> Keyring:
    ring = Keyring({"k1": b"1" * 32}, current="k1", index_key=b"i" * 32)
    use_keyring(ring)
    return ring


@pytest.fixture
def today() -> date:
    return date(2026, 11, 24)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'register.sqlite3'}"


@pytest_asyncio.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    await migrate(database_url)
    engine = create_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return create_sessions(engine)


@pytest_asyncio.fixture
async def session(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


@pytest_asyncio.fixture
async def register(session: AsyncSession, today: date) -> SqlCoreSystem:
    """The register with the demo people in it."""
    await seed(session, today=today)
    return SqlCoreSystem(session)

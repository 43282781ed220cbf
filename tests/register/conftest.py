"""A migrated database for each test, and its register filled for a fixed day."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.database import create_engine, create_sessions
from bot.migrate import migrate
from bot.register.seed import seed
from bot.register.sql import SqlCoreSystem


@pytest.fixture
def today() -> date:
    return date(2026, 11, 24)


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

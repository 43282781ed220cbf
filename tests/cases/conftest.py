"""A database of each kind, with a chat of a participant."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.service import Cases
from bot.conversation.models import Conversation, OutboxRow
from bot.database import create_engine, create_sessions
from bot.migrate import migrate

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
"""12:00 WIB."""


@pytest_asyncio.fixture
async def sessions(database_url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    await migrate(database_url)
    engine = create_engine(database_url)
    yield create_sessions(engine)
    await engine.dispose()


@pytest_asyncio.fixture
async def session(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    async with sessions() as opened:
        yield opened


@pytest_asyncio.fixture
async def conversation(session: AsyncSession) -> Conversation:
    found = Conversation(channel="telegram", chat_id="7", participant_id="P000001")
    session.add(found)
    await session.flush()
    return found


@pytest.fixture
def cases(session: AsyncSession) -> Cases:
    return Cases(session, NOON)


async def told(session: AsyncSession) -> list[str]:
    """The payloads of what the assistant said unasked."""
    await session.flush()
    return list(await session.scalars(select(OutboxRow.payload).where(OutboxRow.inbox_id.is_(None))))

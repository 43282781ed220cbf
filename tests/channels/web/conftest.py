"""A visitor of the web chat without a browser: a client with cookies, before a core in memory."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.applications import Starlette

from bot.channels.web import web_routes
from bot.database import Base, create_engine, create_sessions
from bot.settings import Settings
from tests.fakes.chat_gateway import FakeGateway

ADDRESS = "http://jmo.test"
OURS = {"X-Chat": "1", "Origin": ADDRESS}


@dataclass
class Visitor:
    """Somebody before the page, which sets our headers."""

    client: httpx.AsyncClient
    keys: Iterator[int]

    async def says(self, text: str, **more: Any) -> httpx.Response:
        content = {"key": f"k{next(self.keys)}", "text": text, **more}
        return await self.client.post("/chat/messages", json=content, headers=OURS)

    async def sends_file(self, data: bytes, name: str = "a.jpg", **fields: str) -> httpx.Response:
        fields = {"key": f"k{next(self.keys)}", **fields}
        return await self.client.post("/chat/files", data=fields, files={"file": (name, data)}, headers=OURS)

    async def sees(self, after: int = 0) -> list[dict[str, Any]]:
        response = await self.client.get(f"/chat/history?after={after}")
        messages: list[dict[str, Any]] = response.json()["messages"]
        return messages


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest_asyncio.fixture
async def sessions(sqlite_url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    engine = create_engine(sqlite_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield create_sessions(engine)
    await engine.dispose()


@pytest.fixture
def app(gateway: FakeGateway, sessions: async_sessionmaker[AsyncSession]) -> Starlette:
    return Starlette(routes=web_routes(gateway, sessions, Settings(_env_file=None)))


@pytest_asyncio.fixture
async def visitor(app: Starlette) -> AsyncIterator[Visitor]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as client:
        yield Visitor(client, count(1))


@pytest_asyncio.fixture
async def other_visitor(app: Starlette) -> AsyncIterator[Visitor]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as client:
        yield Visitor(client, count(1))

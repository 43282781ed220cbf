"""A desk in a browser's eyes, without a browser: requests to the web server of an assistant."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.applications import Starlette

from bot import clock
from bot.conversation.files import Files, FilesByChannel
from bot.conversation.wakeups import Wakeups
from bot.database import create_engine, create_sessions
from bot.desk import passwords
from bot.desk.officers import DEMO_PASSWORD, seed_demo_officers
from bot.desk.routes import desk_routes
from bot.desk.visit import DeskParts
from bot.identity.otp import DemoOtpGateway
from bot.register.sql import SqlCoreSystem
from bot.services import Services
from bot.settings import Settings

HOST = "http://desk.example"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Browser(httpx.AsyncClient):
    """One browser; signs in and posts forms as the pages do."""

    csrf = ""

    async def signs_in(self, username: str, password: str = DEMO_PASSWORD) -> httpx.Response:
        answer = await self.post("/petugas/masuk", data={"username": username, "password": password})
        page = await self.get("/petugas")
        if found := _CSRF.search(page.text):
            self.csrf = found[1]
        return answer

    async def sends(self, path: str, **fields: str) -> httpx.Response:
        """Post a form with the token of the page."""
        return await self.post(path, data={"csrf": self.csrf, **fields})


@pytest.fixture(autouse=True)
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real passwords cost time on purpose; in tests there is nothing to guard."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest_asyncio.fixture
async def sessions(seeded_url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    engine = create_engine(seeded_url)
    made = create_sessions(engine)
    async with made.begin() as session:
        await seed_demo_officers(session, clock.now())
    yield made
    await engine.dispose()


@pytest.fixture
def files() -> Files:
    """What participants sent; a module of tests may have some."""
    return FilesByChannel()


@pytest.fixture
def parts(sessions: async_sessionmaker[AsyncSession], files: Files) -> DeskParts:
    services = Services(Settings(_env_file=None), DemoOtpGateway(), SqlCoreSystem, files)
    return DeskParts(sessions, Wakeups(), services)


@pytest_asyncio.fixture
async def another(parts: DeskParts) -> AsyncIterator[Browser]:
    """The browser of a second officer."""
    app = Starlette(routes=desk_routes(parts))
    async with Browser(transport=httpx.ASGITransport(app), base_url=HOST, headers={"accept": "text/html"}) as client:
        yield client


@pytest_asyncio.fixture
async def browser(parts: DeskParts) -> AsyncIterator[Browser]:
    app = Starlette(routes=desk_routes(parts))
    headers = {"accept": "text/html"}
    async with Browser(transport=httpx.ASGITransport(app), base_url=HOST, headers=headers) as client:
        yield client

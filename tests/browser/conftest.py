"""A real browser before the web chat.

The cases speak to a `Site`: here the chat's routes before a core in memory, so that a test can hold answers up.
"""

import asyncio
import os
import shutil
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright, expect
from starlette.applications import Starlette

from bot import pictures
from bot.channels.media import media_routes
from bot.channels.web import web_routes
from bot.channels.webchat.rate_limit import RateLimit
from bot.conversation.messages import Attachment, Document, Picture
from bot.database import Base, create_engine, create_sessions
from bot.settings import Settings
from tests.fakes.chat_gateway import FakeGateway

ARGUMENTS = (
    "--headless --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
).split()
expect.set_options(timeout=15_000)
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass
class Served:
    """An application on a port of this machine."""

    app: Starlette
    port: int = 0
    _server: uvicorn.Server | None = field(default=None, repr=False)
    _task: asyncio.Task[None] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        listener = socket.create_server(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(self.app, log_level="critical", lifespan="off", ws="none", timeout_graceful_shutdown=0)
        self._server = uvicorn.Server(config)
        self._server.config.load()
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started:
            await asyncio.sleep(0.005)

    async def stop(self) -> None:
        assert self._server and self._task
        self._server.should_exit = True
        await self._task
        # What is left open then, a process that ends closes: a page would go on with a stopped server.
        for connection in list(self._server.server_state.connections):
            connection.transport.abort()
        for task in list(self._server.server_state.tasks):
            task.cancel()


@dataclass
class Site(Served):
    """The web chat before a core in memory."""

    gateway: FakeGateway = field(default_factory=FakeGateway)

    @property
    def chat_id(self) -> str:
        """The chat that wrote last."""
        return self.gateway.accepted[-1].chat_id

    @property
    def texts(self) -> list[str]:
        """What the core took in."""
        return [message.text for message in self.gateway.accepted]


async def _draw(picture: Picture) -> bytes:
    return await pictures.render(picture)


async def _read(attachment: Attachment) -> bytes | None:
    return b"%PDF-1.7 a letter"


async def _write(document: Document) -> bytes:
    return b"%PDF-1.7 a statement"


@pytest_asyncio.fixture(loop_scope="session")
async def site(sqlite_url: str) -> AsyncIterator[Site]:
    engine = create_engine(sqlite_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    gateway = FakeGateway()
    sessions = create_sessions(engine)
    routes = web_routes(gateway, sessions, Settings(_env_file=None), RateLimit(messages=1000))
    site = Site(Starlette(routes=[*routes, *media_routes(gateway, _draw, _write, _read)]), gateway=gateway)
    await site.start()
    yield site
    await site.stop()
    await engine.dispose()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    context = await browser.new_context(viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta")
    context.set_default_timeout(15_000)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext, site: Site) -> AsyncIterator[Page]:
    """The chat, opened; the page may not complain about anything."""
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    await page.goto(site.url)
    yield page
    assert complaints == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script."""
    scripts = sorted((Path(__file__).parents[2] / ".cache").glob("axe-core-*.min.js"))
    assert scripts, "axe-core is missing: run scripts/install_axe.sh"
    return scripts[-1].read_text(encoding="utf-8")


def chromium() -> str:
    named = os.environ.get("JMO_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "Chromium is missing: run scripts/install_chromium.sh"
    return found

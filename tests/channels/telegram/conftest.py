"""A bot beside the fake Bot API, both in the test's event loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.channels.telegram import TelegramChannel
from bot.conversation.messages import Attachment, Document, IncomingMessage, Picture
from tests.fakes.telegram_api import FakeTelegram

PNG = b"\x89PNG\r\n\x1a\n and what follows"
PDF = b"%PDF-1.7 and what follows"


class Inbox:
    """Keeps what was accepted; fails as often as a test wants."""

    def __init__(self) -> None:
        self.messages: list[IncomingMessage] = []
        self.failures: list[Exception] = []
        self.pauses: list[float] = []
        """How long the bot would have slept between attempts."""
        self._news = asyncio.Event()

    async def accept(self, message: IncomingMessage) -> bool:
        if self.failures:
            raise self.failures.pop(0)
        is_new = message.key not in {known.key for known in self.messages}
        if is_new:
            self.messages.append(message)
        self._news.set()
        return is_new

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0.001)

    async def has(self, count: int) -> list[IncomingMessage]:
        """Wait until so many messages are there."""
        async with asyncio.timeout(5):
            while len(self.messages) < count:
                self._news.clear()
                await self._news.wait()
        return self.messages

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]


async def render_picture(picture: Picture) -> bytes:
    if picture.kind == "broken":
        raise ZeroDivisionError
    return PNG


async def render_document(document: Document) -> bytes:
    return PDF


async def read_attachment(attachment: Attachment) -> bytes | None:
    if attachment.ref != "kept":
        return None
    return PNG if attachment.mime == "image/png" else PDF


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def channel(telegram: FakeTelegram, inbox: Inbox) -> TelegramChannel:
    return make_channel(telegram, inbox)


def make_channel(telegram: FakeTelegram, inbox: Inbox, **settings: Any) -> TelegramChannel:
    return TelegramChannel(
        telegram.settings(**settings),
        inbox.accept,
        render_picture,
        render_document,
        read_attachment,
        sleep=inbox.sleep,
        typing_seconds=0.01,
        long_poll=timedelta(seconds=20),
    )


@asynccontextmanager
async def running(channel: TelegramChannel, telegram: FakeTelegram | None = None) -> AsyncIterator[None]:
    """The channel takes updates while inside; with a webhook, `telegram` posts to its routes."""
    if telegram is not None:
        telegram.app = Starlette(routes=channel.routes)
    task = asyncio.create_task(channel.run())
    try:
        await asyncio.wait_for(channel.ready.wait(), 5)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await channel.close()

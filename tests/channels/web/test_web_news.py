"""The stream of events, read as a browser reads it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.webchat import news
from bot.channels.webchat.messages import typed_message
from bot.channels.webchat.news import OVERLAP, events
from bot.conversation.messages import Reply
from tests.fakes.chat_gateway import FakeGateway

CHAT = "chat"


class Stream:
    """What came in, without the comments."""

    def __init__(self, gateway: FakeGateway, after: int = 0) -> None:
        self._source: AsyncIterator[str] = events(gateway, CHAT, after)
        self._waiting: list[dict[str, str]] = []

    async def next(self) -> tuple[str, Any]:
        """The next event's name and content."""
        async with asyncio.timeout(5):
            while not self._waiting:
                blocks = (await anext(self._source)).strip().split("\n\n")
                parsed = [dict(line.split(": ", 1) for line in block.split("\n") if ": " in line) for block in blocks]
                self._waiting = [block for block in parsed if "event" in block]
        block = self._waiting.pop(0)
        return block["event"], json.loads(block["data"])

    async def next_text(self) -> str:
        name, content = await self.next()
        return str(content["text"]) if name == "message" else await self.next_text()


async def says(gateway: FakeGateway, text: str) -> None:
    await gateway.accept(typed_message(CHAT, text, text, "id"))


async def test_news_come_as_they_happen(gateway: FakeGateway) -> None:
    stream = Stream(gateway)
    await says(gateway, "halo")
    assert [await stream.next_text() for _ in range(2)] == ["halo", "Anda menulis: halo"]
    gateway.say("web", CHAT, Reply("Klaim Anda disetujui."))
    assert await stream.next_text() == "Klaim Anda disetujui."


async def test_typing_begins_and_ends(gateway: FakeGateway) -> None:
    gateway.hold()
    await says(gateway, "halo")
    stream = Stream(gateway)
    assert await stream.next_text() == "halo"
    assert await stream.next() == ("typing", True)
    gateway.go_on()
    assert (await stream.next())[0] == "message"
    assert await stream.next() == ("typing", False)


async def test_nothing_said_between_two_looks_is_missed(gateway: FakeGateway) -> None:
    stream = Stream(gateway)
    for number in range(30):
        gateway.say("web", CHAT, Reply(str(number)))
        assert await stream.next_text() == str(number)


async def test_a_reply_that_bears_an_earlier_time_is_not_missed(gateway: FakeGateway) -> None:
    early = gateway.say("web", CHAT, Reply("mulai lebih awal"))
    gateway.say("web", CHAT, Reply("sudah dilihat"))
    newest = (await gateway.history("web", CHAT, 0))[-1].cursor
    assert await Stream(gateway, after=newest).next_text() == early.reply.text
    assert OVERLAP >= 60_000_000


async def test_other_chats_are_not_heard(gateway: FakeGateway) -> None:
    stream = Stream(gateway)
    gateway.say("web", "another", Reply("rahasia"))
    gateway.say("web", CHAT, Reply("untuk Anda"))
    assert await stream.next_text() == "untuk Anda"


async def test_a_quiet_stream_shows_that_it_lives(gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "HEARTBEAT_SECONDS", 0.0)
    monkeypatch.setattr(news, "LOOK_SOON_SECONDS", 0.0)
    stream = events(gateway, CHAT, 0)
    assert (await anext(stream)).startswith("retry:")
    assert await anext(stream) == ":\n\n"


async def test_a_stream_ends_and_begins_anew(gateway: FakeGateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news, "STREAM_SECONDS", 0.0)
    assert [part async for part in events(gateway, CHAT, 0)] == ["retry: 2000\n\n"]

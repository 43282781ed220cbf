"""The conversation core on a database of each kind, with a stand-in for Rasa that does what a test tells it to."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, MutableMapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine
from structlog.testing import capture_logs

from bot import clock
from bot.conversation.gateway import Gateway
from bot.conversation.inbox import Inbox
from bot.conversation.messages import IncomingMessage, Kind, Reply
from bot.conversation.models import Conversation, InboxRow, OutboxRow
from bot.conversation.turn_context import Turn
from bot.conversation.turns import Turns
from bot.conversation.wakeups import Wakeups
from bot.database import create_engine, create_sessions
from bot.identity.otp import DemoOtpGateway
from bot.migrate import migrate
from bot.register.sql import SqlCoreSystem
from bot.services import Services
from bot.settings import Settings

PATIENCE_SECONDS = 10.0
Step = Callable[[Turn], Awaitable[None]]
_keys = count(1)


class ScriptedAgent:
    """Says back what was said and counts the turns of a chat; a step of a test may come before."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str]] = []
        self.turns: list[Turn] = []
        self._steps: dict[str, list[Step]] = defaultdict(list)

    def before_answering(self, text: str, *steps: Step) -> None:
        """Do a step before each of the next answers to a text."""
        self._steps[text] += steps

    async def answer(self, turn: Turn, text: str) -> list[Reply]:
        self.heard.append((turn.conversation.chat_id, text))
        self.turns.append(turn)
        turn.conversation.tracker = json.dumps({"slots": {"turns": _turns(turn) + 1}, "loop": None, "turn": []})
        if self._steps[text]:
            await self._steps[text].pop(0)(turn)
        return [Reply(f"Anda menulis: {text}")]


def _turns(turn: Turn) -> int:
    return int(json.loads(turn.conversation.tracker)["slots"]["turns"]) if turn.conversation.tracker else 0


class Held:
    """A step that begins and goes on only when told."""

    def __init__(self) -> None:
        self._begun, self._free = asyncio.Event(), asyncio.Event()

    async def __call__(self, _: Turn) -> None:
        self._begun.set()
        await self._free.wait()

    async def begins(self) -> None:
        """Wait until an answer is being worked on."""
        await asyncio.wait_for(self._begun.wait(), PATIENCE_SECONDS)

    def goes_on(self) -> None:
        self._free.set()


def fails(error: Exception) -> Step:
    async def fail(_: Turn) -> None:
        raise error

    return fail


class Time:
    """The assistant's clock, which a test can put forward."""

    def __init__(self, real: Callable[[], datetime]) -> None:
        self._real = real
        self._ahead = timedelta()

    def now(self) -> datetime:
        return self._real() + self._ahead

    def passes(self, seconds: float) -> None:
        self._ahead += timedelta(seconds=seconds)


class Process:
    """One process of the assistant: an engine, workers and a gateway of its own."""

    def __init__(self, url: str, agent: ScriptedAgent) -> None:
        self.url = url
        self.agent = agent
        self.engine = create_engine(url)
        self.sessions = create_sessions(self.engine)
        self.wakeups = Wakeups()
        self.inbox = Inbox(self.sessions, self.wakeups)
        services = Services(Settings(_env_file=None), DemoOtpGateway(), SqlCoreSystem)
        self.turns = Turns(self.sessions, agent, services, self.wakeups)  # type: ignore[arg-type]
        self.gateway = Gateway(self.sessions, self.inbox, self.turns, self.wakeups)

    async def hears(self, chat_id: str, text: str, **more: object) -> IncomingMessage:
        """Accept a message; its turn starts by itself."""
        message = a_message(chat_id, text, **more)
        assert await self.inbox.accept(message)
        return message

    async def works(self) -> None:
        """Look for what is open, and come to the end of it."""
        await self.turns.sweep()
        await self.turns.settled()

    async def inbox_rows(self) -> list[InboxRow]:
        async with self.sessions() as session:
            return list(await session.scalars(select(InboxRow).order_by(InboxRow.id)))

    async def outbox_rows(self) -> list[OutboxRow]:
        async with self.sessions() as session:
            return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))

    async def conversations(self) -> list[Conversation]:
        async with self.sessions() as session:
            return list(await session.scalars(select(Conversation).order_by(Conversation.id)))

    async def said(self, chat_id: str) -> list[str]:
        """All replies to a chat, in order."""
        of_chat = select(OutboxRow.payload).join(Conversation).where(Conversation.chat_id == chat_id)
        async with self.sessions() as session:
            payloads = await session.scalars(of_chat.order_by(OutboxRow.id))
            return [json.loads(payload)["text"] for payload in payloads if payload]

    async def close(self) -> None:
        """Give up what is under way: a test that fails must not wait for it."""
        for turn in list(self.turns._busy.values()):
            turn.cancel()
        await self.turns.settled()
        await self.engine.dispose()


def a_message(chat_id: str, text: str, **more: object) -> IncomingMessage:
    """A text on the web with a key of its own."""
    key = f"message:{next(_keys)}"
    return replace(IncomingMessage("web", chat_id, key, Kind.TEXT, text, message_id=key), **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def logs() -> Iterator[list[MutableMapping[str, Any]]]:
    """What was logged; printing the tracebacks of failures that a test wants takes longer than the test."""
    with capture_logs() as logs:
        yield logs


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    time = Time(clock.now)
    monkeypatch.setattr(clock, "now", time.now)
    return time


@pytest.fixture
def scripted_agent() -> ScriptedAgent:
    return ScriptedAgent()


@pytest_asyncio.fixture
async def process(database_url: str, scripted_agent: ScriptedAgent) -> AsyncIterator[Process]:
    await migrate(database_url)
    process = Process(database_url, scripted_agent)
    yield process
    await process.close()


@pytest_asyncio.fixture
async def other_process(process: Process) -> AsyncIterator[Process]:
    """A second process on the same database."""
    other = Process(process.url, process.agent)
    yield other
    await other.close()


@pytest_asyncio.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An SQLite file with a table of words."""
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path / 'words.sqlite3'}")
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT UNIQUE)"))
    yield engine
    await engine.dispose()

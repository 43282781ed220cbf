"""Of several processes on PostgreSQL exactly one sends, and another takes over when it is gone."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
import pytest_asyncio
from sqlalchemy import func, select, text

from bot.conversation.messages import Reply
from bot.conversation.models import Conversation, OutboxRow, OutboxState
from bot.conversation.sender import Sender
from bot.conversation.sending_lock import LOCK_KEY
from tests.conversation.conftest import PATIENCE_SECONDS, Process

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

PATIENCE_MILLISECONDS = int(PATIENCE_SECONDS * 1000)


@dataclass
class Platform:
    """A messenger that writes down what it was told to send."""

    heard: "asyncio.Queue[str]" = field(default_factory=asyncio.Queue)

    async def send(self, chat_id: str, reply: Reply, language: str) -> str | None:
        self.heard.put_nowait(reply.text)
        return None

    async def delete(self, chat_id: str, message_id: str) -> None:
        raise AssertionError("nothing is to be deleted")

    @property
    def all(self) -> list[str]:
        """What was heard and not asked for yet."""
        return [self.heard.get_nowait() for _ in range(self.heard.qsize())]

    async def next(self) -> str:
        return await asyncio.wait_for(self.heard.get(), PATIENCE_SECONDS)


class Sending:
    """A process that sends, and its platform."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.platform = Platform()
        self.sender = Sender(process.sessions, {"telegram": self.platform}, sweep_seconds=0.02)
        self.running = asyncio.create_task(self.sender.run())

    async def stop(self) -> None:
        self.running.cancel()
        await asyncio.gather(self.running, return_exceptions=True)


@pytest_asyncio.fixture
async def first(process: Process) -> AsyncIterator[Sending]:
    """The process that sends."""
    sending = Sending(process)
    await _write(process, "pertama")
    assert await sending.platform.next() == "pertama"
    yield sending
    await sending.stop()


@pytest_asyncio.fixture
async def second(first: Sending, other_process: Process) -> AsyncIterator[Sending]:
    """Another one, which waits for the lock."""
    sending = Sending(other_process)
    yield sending
    await sending.stop()


async def test_only_one_of_two_processes_sends(first: Sending, second: Sending) -> None:
    for number in range(3):
        await _write(second.process, str(number), chat_id=str(number))
        second.sender.wake()
        assert await first.platform.next() == str(number)
    assert len(await _holders(second.process)) == 1
    assert second.platform.heard.empty()


async def test_when_the_sending_process_stops_the_other_takes_over(first: Sending, second: Sending) -> None:
    await first.stop()
    await _write(second.process, "lanjut", chat_id="8")
    assert await second.platform.next() == "lanjut"
    assert first.platform.heard.empty()


async def test_when_the_sending_process_dies_the_other_takes_over_and_repeats_nothing(
    first: Sending, second: Sending, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(first.sender._lock, "release", _nothing)
        await first.stop()
    await _break_the_holders_connection(second.process)
    await _write(second.process, "lanjut", chat_id="8")
    assert await second.platform.next() == "lanjut"
    assert second.platform.heard.empty()
    await second.sender.settled()
    assert {row.state for row in await second.process.outbox_rows()} == {OutboxState.SENT}
    await first.sender._lock.release()


async def test_a_process_that_lost_its_connection_stops_sending_until_it_has_the_lock_again(
    process: Process, first: Sending, second: Sending
) -> None:
    await _break_the_holders_connection(process)
    for number in range(3):
        await _write(process, str(number), chat_id=str(number))
    async with asyncio.timeout(PATIENCE_SECONDS):
        while {row.state for row in await process.outbox_rows()} != {OutboxState.SENT}:
            await asyncio.sleep(0)
    assert sorted(first.platform.all + second.platform.all) == ["0", "1", "2"]
    assert len(await _holders(process)) == 1


async def _nothing() -> None:
    """A process that was killed tidies nothing up."""


async def _break_the_holders_connection(process: Process) -> None:
    [holder] = await _holders(process)
    async with process.sessions() as session:
        assert await session.scalar(select(func.pg_terminate_backend(holder, PATIENCE_MILLISECONDS)))


async def _holders(process: Process) -> list[int]:
    """The database sessions that hold the lock for sending."""
    holders = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = :key"
    async with process.sessions() as session:
        return list(await session.scalars(text(holders), {"key": LOCK_KEY}))


async def _write(process: Process, words: str, chat_id: str = "7") -> None:
    async with process.sessions.begin() as session:
        conversation = Conversation(channel="telegram", chat_id=f"chat {chat_id}")
        session.add(conversation)
        await session.flush()
        payload = json.dumps(Reply(words).to_json())
        session.add(OutboxRow(conversation_id=conversation.id, channel="telegram", payload=payload))

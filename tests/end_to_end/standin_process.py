"""A process of the assistant with a stand-in for Rasa, which a test starts, kills and starts again.

    python standin_process.py DATABASE_URL DELIVERED_FILE HALT_AT

It takes messages from its standard input (one JSON list of key, chat and text a line), says "accepted KEY" when one is
committed, appends what is sent to a file, and says "halted" when it has come to the point at which the test kills it:
in the middle of a turn (`turn`), after its commit and before anything is sent (`sending`), or never (`never`).
"""

import asyncio
import json
import os
import sys
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.inbox import Inbox
from bot.conversation.messages import IncomingMessage, Kind, Reply
from bot.conversation.models import InboxRow, InboxState, OutboxRow, OutboxState
from bot.conversation.rate_limits import Rate, RateLimits
from bot.conversation.sender import Sender
from bot.conversation.turn_context import Turn
from bot.conversation.turns import Turns
from bot.conversation.wakeups import Hint, Wakeups
from bot.database import create_engine, create_sessions
from bot.identity.otp import DemoOtpGateway
from bot.privacy.crypto import Keyring
from bot.privacy.keys import use_keyring
from bot.register.sql import SqlCoreSystem
from bot.services import Services
from bot.settings import Settings

UNHURRIED = Rate(1000, 0.001)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def halt() -> None:
    """Stay here until the kill."""
    say("halted")
    await asyncio.Event().wait()


async def write_half(turn: Turn) -> None:
    """Leave something uncommitted in the database; on SQLite a turn writes nothing before its commit."""
    if turn.session.get_bind().dialect.name == "postgresql":
        await turn.session.flush()


class StandIn:
    """Answers with the text and the number of the chat's turn; halts after half of a turn's work."""

    def __init__(self, halts: bool) -> None:
        self._halts = halts

    async def answer(self, turn: Turn, text: str) -> list[Reply]:
        number = json.loads(turn.conversation.tracker)["slots"]["turns"] + 1 if turn.conversation.tracker else 1
        turn.conversation.tracker = json.dumps({"slots": {"turns": number}, "loop": None, "turn": []})
        if self._halts:
            await write_half(turn)
            await halt()
        return [Reply(f"{number}: {text}")]


class File:
    """A messenger that writes into a file, as a platform would show it."""

    def __init__(self, path: Path, halts: bool) -> None:
        self._path = path
        self._halts = halts

    async def send(self, chat_id: str, reply: Reply, language: str) -> str | None:
        if self._halts:
            await halt()
        with self._path.open("a") as file:
            file.write(json.dumps([chat_id, reply.text]) + "\n")
            os.fsync(file.fileno())
        return None

    async def delete(self, chat_id: str, message_id: str) -> None:
        raise AssertionError("nothing is to be deleted")


async def run(url: str, delivered: Path, halt_at: str) -> None:
    sessions = create_sessions(create_engine(url))
    wakeups = Wakeups()
    inbox = Inbox(sessions, wakeups)
    services = Services(Settings(_env_file=None), DemoOtpGateway(), SqlCoreSystem)
    agent = StandIn(halts=halt_at == "turn")
    turns = Turns(sessions, agent, services, wakeups, sweep_seconds=0.02)  # type: ignore[arg-type]
    messenger = File(delivered, halts=halt_at == "sending")
    limits = RateLimits(UNHURRIED, UNHURRIED, UNHURRIED)
    sender = Sender(sessions, {"telegram": messenger}, {"telegram": limits}, sweep_seconds=0.02)
    wakeups.listen(lambda hint, _: sender.wake() if hint is Hint.OUTBOX else None)
    async with asyncio.TaskGroup() as group:
        parts = [group.create_task(turns.run()), group.create_task(sender.run())]
        while line := await asyncio.to_thread(sys.stdin.readline):
            key, chat_id, text = json.loads(line)
            await inbox.accept(IncomingMessage("telegram", chat_id, key, Kind.TEXT, text))
            say(f"accepted {key}")
        while await is_open(sessions):
            await asyncio.sleep(0.01)
        for part in parts:
            part.cancel()


async def is_open(sessions: async_sessionmaker[AsyncSession]) -> bool:
    """Whether anything waits for an answer or for being sent."""
    async with sessions() as session:
        asked = await session.scalar(select(InboxRow.id).where(InboxRow.state == InboxState.OPEN).limit(1))
        said = await session.scalar(select(OutboxRow.id).where(OutboxRow.state == OutboxState.OPEN).limit(1))
    return asked is not None or said is not None


if __name__ == "__main__":
    use_keyring(Keyring({"k1": b"1" * 32}, current="k1", index_key=b"i" * 32))
    asyncio.run(run(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))

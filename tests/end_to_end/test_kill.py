"""`kill -9` loses no message that was accepted and answers none twice."""

import asyncio
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.migrate import migrate

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("standin_process.py")
PATIENCE_SECONDS = 30.0
"""After this a process that hangs is killed, and its test fails."""
CHATS, WORDS = ("7", "8"), ("satu", "dua", "tiga")
EVERYTHING = [[f"{chat}:{word}", chat, word] for word in WORDS for chat in CHATS]


class World:
    """A database and what was delivered, both of which outlive every process."""

    def __init__(self, url: str, delivered: Path) -> None:
        self.url = url
        self._delivered = delivered

    @contextmanager
    def process(self, halt_at: str) -> Iterator["subprocess.Popen[str]"]:
        command = [sys.executable, str(PROGRAM), self.url, str(self._delivered), halt_at]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        process = subprocess.Popen(command, cwd=ROOT, text=True, env={"PYTHONPATH": str(ROOT)}, **pipes)  # type: ignore[call-overload]
        patience = threading.Timer(PATIENCE_SECONDS, process.kill)
        patience.start()
        try:
            yield process
        finally:
            patience.cancel()
            process.kill()
            process.communicate()

    def delivered(self, chat: str) -> list[str]:
        lines = self._delivered.read_text().splitlines() if self._delivered.exists() else []
        return [text for chat_id, text in map(json.loads, lines) if chat_id == chat]


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> World:
    asyncio.run(migrate(database_url))
    return World(database_url, tmp_path / "delivered")


@pytest.mark.parametrize(
    ("database_url", "point"),
    [("sqlite", "turn"), ("postgresql", "turn"), ("sqlite", "sending")],
    indirect=["database_url"],
)
def test_what_was_accepted_is_answered_exactly_once_after_a_kill(world: World, point: str) -> None:
    with world.process(halt_at=point) as process:
        said = _say(process, EVERYTHING, until={"halted", *(f"accepted {key}" for key, _, _ in EVERYTHING)})
        assert len(said) > len(EVERYTHING)
    assert [world.delivered(chat) for chat in CHATS] == [[], []]
    with world.process(halt_at="never") as process:
        process.communicate()
        assert process.returncode == 0
    for chat in CHATS:
        assert world.delivered(chat) == [f"{number}: {word}" for number, word in enumerate(WORDS, start=1)]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_a_platform_gives_again_after_a_kill_is_answered_once(world: World) -> None:
    with world.process(halt_at="turn") as process:
        _say(process, EVERYTHING[:2], until={"halted", f"accepted {EVERYTHING[1][0]}"})
    with world.process(halt_at="never") as process:
        process.communicate(_lines(EVERYTHING))
        assert process.returncode == 0
    for chat in CHATS:
        assert world.delivered(chat) == [f"{number}: {word}" for number, word in enumerate(WORDS, start=1)]


def _say(process: "subprocess.Popen[str]", messages: list[list[str]], until: set[str]) -> list[str]:
    """Give messages to a process, and listen until it said all of `until`."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(_lines(messages))
    process.stdin.flush()
    said: list[str] = []
    while not until <= set(said):
        line = process.stdout.readline()
        assert line, f"the process ended after {said}"
        said.append(line.strip())
    return said


def _lines(messages: list[list[str]]) -> str:
    return "".join(json.dumps(message) + "\n" for message in messages)

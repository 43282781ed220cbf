"""Turns without a network: from the moment a channel hands a message over until its answers are committed and read."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from bench.statistics import Durations
from bench.workshop import BenchmarkFailed, Workshop
from bot import pictures
from bot.app import Assistant, settle_memory
from bot.conversation.gateway import Gateway
from bot.conversation.messages import IncomingMessage, Kind, Reply
from bot.privacy.keys import load_keyring, use_keyring
from bot.privacy.logging import configure_logging
from bot.register.demo_people import DEMO_PEOPLE

TURNS = 300
PICTURES = 30
LONG_CHAT = 500
ANSWER_SECONDS = 30.0
CHANNEL = "web"
"""A real channel: the answers of one that nobody knows would be looked up in the database once more."""
PERSON = DEMO_PEOPLE[0]

_keys = count(1)


@dataclass(frozen=True)
class Cost:
    """What a kind of turn costs, and that without storing the incoming message."""

    whole: Durations
    turn_alone: Durations


@dataclass(frozen=True)
class InProcess:
    """All that is measured without a network."""

    costs: dict[str, Cost]
    long_chat: Durations
    commit: Durations


async def measure(shop: Workshop) -> InProcess:
    """Measure every kind of turn on the workshop's database."""
    configure_logging(shop.settings.log_level)
    assert shop.settings.key_file
    use_keyring(load_keyring(shop.settings.key_file, create=False))
    assistant = Assistant(shop.settings)
    settle_memory()
    async with assistant.running():
        chat = _Chat(assistant.gateway)
        await chat.each("warming up", ["/menu", "apa itu jht"], 20)
        costs = {
            "button": await chat.each("button", ["/menu"], TURNS),
            "information": await chat.each("information", ["apa itu jht"], TURNS),
            "form step": await _form_steps(chat),
            "register": await _register(chat),
            "picture": await _pictures(chat),
        }
        long_chat = await chat.each("long", ["apa itu jht"], LONG_CHAT)
    return InProcess(costs, long_chat.whole, _commits(shop))


@dataclass
class _Timed:
    accepted: float
    answered: float
    drawn: float
    replies: list[Reply]


class _Chat:
    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    async def says(self, chat_id: str, text: str, draw: bool = False) -> _Timed:
        key = f"bench:{next(_keys)}"
        kind = Kind.BUTTON if text.startswith("/") else Kind.TEXT
        message = IncomingMessage(CHANNEL, chat_id, key, kind, text, message_id=key)
        started = time.perf_counter()
        await self._gateway.accept(message)
        accepted = time.perf_counter() - started
        replies = [stored.reply for stored in await self._gateway.answers(message, ANSWER_SECONDS)]
        answered = time.perf_counter() - started
        for reply in replies if draw else ():
            if reply.picture:
                await pictures.render(reply.picture)
        if not replies:
            raise BenchmarkFailed(f"{text!r} was not answered")
        return _Timed(accepted, answered, time.perf_counter() - started, replies)

    async def each(self, chat_id: str, texts: Sequence[str], times: int) -> Cost:
        return _cost([await self.says(chat_id, text) for _ in range(times) for text in texts])


async def _form_steps(chat: _Chat) -> Cost:
    steps = []
    for _ in range(TURNS // 2):
        await chat.says("form", "/simulate_jht")
        steps += [await chat.says("form", "5jt"), await chat.says("form", "5 tahun")]
        await chat.says("form", "/cancel")
    return _cost(steps)


async def _register(chat: _Chat) -> Cost:
    """The balance of a verified participant, asked for in words."""
    await chat.says("register", "cek saldo jht saya")
    await chat.says("register", PERSON.nik)
    code = (await chat.says("register", f"{PERSON.birth_date:%d-%m-%Y}")).replies
    shown = await chat.says("register", _code_in(code))
    if "Rp9.850.000" not in "".join(reply.text for reply in shown.replies):
        raise BenchmarkFailed("the demo participant could not be verified")
    return await chat.each("register", ["cek saldo jht saya"], TURNS)


def _code_in(replies: Sequence[Reply]) -> str:
    digits = [word.strip("*.,") for reply in replies for word in reply.text.split()]
    codes = [word for word in digits if word.isdigit() and len(word) == 6]
    if not codes:
        raise BenchmarkFailed("no code is shown for the demo participant")
    return codes[0]


async def _pictures(chat: _Chat) -> Cost:
    """The last step of a simulation, the chart drawn as well, each another one."""
    drawn = []
    for number in range(PICTURES + 1):
        await chat.says("picture", "/simulate_jht")
        await chat.says("picture", f"{3_000_000 + 100_000 * number}")
        await chat.says("picture", "5 tahun")
        drawn.append(await chat.says("picture", '/inform{"amount":"0"}', draw=True))
        if not any(reply.picture for reply in drawn[-1].replies):
            raise BenchmarkFailed("a simulation came without its chart")
    # The first one loads the drawing library.
    return _cost(drawn[1:])


def _cost(timed: Sequence[_Timed]) -> Cost:
    whole = tuple(turn.drawn for turn in timed)
    return Cost(Durations(whole), Durations(tuple(turn.drawn - turn.accepted for turn in timed)))


def _commits(shop: Workshop) -> Durations:
    """What a commit of one small row costs on this disk, of which a turn needs two."""
    seconds = []
    connection = sqlite3.connect(shop.folder / "commits.sqlite3", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (text TEXT)")
    for number in range(TURNS):
        started = time.perf_counter()
        connection.execute("INSERT INTO row VALUES (?)", (f"{number:0200}",))
        seconds.append(time.perf_counter() - started)
    connection.close()
    return Durations(tuple(seconds))

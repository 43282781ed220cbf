"""The officers' desk under load: `jmo serve` with conversations that wait, and officers in talks with participants."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import time as time_of_day

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from bench.desk_clients import OfficerPage, ParticipantPage, browser, new_words
from bench.rest import RestClient
from bench.statistics import Durations
from bench.workshop import Workshop, free_port
from bot import clock
from bot.conversation.messages import Button, IncomingMessage, Kind, Reply
from bot.conversation.models import Author, Conversation, InboxRow, InboxState
from bot.conversation.outbox import write
from bot.database import create_engine, create_sessions
from bot.desk.officers import add_officer
from bot.handoff.models import Closure, OpeningHours, Reason, Role, Topic
from bot.handoff.service import Handoffs
from bot.privacy.keys import load_keyring, use_keyring
from tests.postgres import running_server

OFFICERS = 10
WAITING = {"SQLite": 50, "PostgreSQL": 500}
ROUNDS = 10
"""In each, every participant and every officer writes once."""
PAUSE_SECONDS = 0.1
"""Between two messages: ten a second, more than ten officers and their participants write."""
QUEUE_PAGES = 100
QUEUE_PAUSE_SECONDS = 0.2
SAID_BEFORE = 6
PASSWORD = "a password for benchmarks"
SUPERVISOR = "lihat"


@dataclass(frozen=True)
class Desk:
    """What was measured with one database; all as officers and participants see it, over loopback."""

    waiting: int
    quiet_queue: Durations
    """The queue page with all streams open, nobody writing."""
    busy_queue: Durations
    """The queue page while the talks go on."""
    to_officer: Durations
    """From sending in the web chat until the words were in a fragment that the officer's page fetched."""
    to_participant: Durations
    """From an officer's sending until the words came out of the stream of the web chat."""


def measure(shop: Workshop) -> dict[str, Desk]:
    """The desk on each database; the model is trained already."""
    return {name: _measure_on(shop, name) for name in WAITING}


def _measure_on(shop: Workshop, database: str) -> Desk:
    port = free_port()
    with _database(shop, database) as url:
        shop.run("jmo", "seed", JMO_DATABASE_URL=url)
        assert shop.settings.key_file
        use_keyring(load_keyring(shop.settings.key_file, create=False))
        asyncio.run(_fill(url, WAITING[database]))
        with shop.running("jmo", "serve", JMO_PORT=str(port), JMO_DATABASE_URL=url), RestClient(port) as client:
            client.waits_until_answered()
            return asyncio.run(_drive(f"http://127.0.0.1:{port}", WAITING[database]))


@contextmanager
def _database(shop: Workshop, name: str) -> Iterator[str]:
    if name == "SQLite":
        yield f"sqlite+aiosqlite:///{shop.folder / 'desk.sqlite3'}"
        return
    with running_server(durable=True) as server, server.database() as url:
        yield url


async def _fill(url: str, waiting: int) -> None:
    """A desk that is open day and night, its officers, and chats that wait."""
    engine = create_engine(url)
    async with create_sessions(engine).begin() as session:
        await session.execute(delete(OpeningHours))
        await session.execute(delete(Closure))
        session.add_all(
            OpeningHours(weekday=day, opens=time_of_day(0), closes=time_of_day(23, 59, 59)) for day in range(7)
        )
        for number in range(OFFICERS):
            await add_officer(session, _username(number), f"Petugas {number}", Role.OFFICER, PASSWORD, clock.now())
        await add_officer(session, SUPERVISOR, "Pengawas", Role.SUPERVISOR, PASSWORD, clock.now())
    topics = [topic for topic in Topic if topic is not Topic.GENERAL]  # of which the talks are
    async with create_sessions(engine).begin() as session:
        for number in range(waiting):
            await _waits(session, number, topics[number % len(topics)])
    await engine.dispose()


async def _waits(session: AsyncSession, number: int, topic: Topic) -> None:
    now = clock.now()
    conversation = Conversation(channel="web", chat_id=f"bench {number}")
    session.add(conversation)
    await session.flush()
    for said in range(SAID_BEFORE):
        key = f"bench:{number}:{said}"
        message = IncomingMessage("web", conversation.chat_id, key, Kind.TEXT, "klaim saya kok belum cair")
        payload = json.dumps(message.to_json())
        row = InboxRow(
            channel="web", key=key, conversation_id=conversation.id, payload=payload, state=InboxState.DONE,
            received_at=now,
        )  # fmt: skip
        session.add(row)
        reply = Reply("Bagian mana yang macet?", (Button("Foto", "/send_photo"), Button("Rekening", "/menu")))
        await write(session, conversation, reply, now, Author.BOT)
    await Handoffs(session, now).ask(conversation, topic, Reason.MISUNDERSTOOD, {"misunderstood": 3})


async def _drive(url: str, waiting: int) -> Desk:
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        supervisor = OfficerPage(await stack.enter_async_context(browser()), url)
        await supervisor.sign_in(SUPERVISOR, PASSWORD)
        pairs = [await _talk(stack, url, number) for number in range(OFFICERS)]
        streams = []
        for page in (page for pair in pairs for page in pair):
            connected = asyncio.Event()
            streams.append(group.create_task(page.listens(connected)))
            await connected.wait()
        await asyncio.sleep(1)
        quiet = await _look_at_queue(supervisor, QUEUE_PAGES, 0)
        busy = group.create_task(_look_at_queue(supervisor, QUEUE_PAGES, QUEUE_PAUSE_SECONDS))
        to_officer, to_participant = [], []
        for participant, officer in pairs * ROUNDS:
            to_officer.append(await _takes(participant, officer))
            to_participant.append(await _takes(officer, participant))
        desk = Desk(waiting, quiet, await busy, Durations(tuple(to_officer)), Durations(tuple(to_participant)))
        for task in streams:
            task.cancel()
        return desk


async def _talk(stack: AsyncExitStack, url: str, number: int) -> tuple[ParticipantPage, OfficerPage]:
    participant = ParticipantPage(await stack.enter_async_context(browser()), url)
    officer = OfficerPage(await stack.enter_async_context(browser()), url)
    await participant.asks_for_a_person()
    await officer.sign_in(_username(number), PASSWORD)
    await officer.takes_newest()
    return participant, officer


async def _takes(sender: OfficerPage | ParticipantPage, other: OfficerPage | ParticipantPage) -> float:
    """Seconds until the other one sees what was sent."""
    words = new_words()
    other.expect(words)
    await asyncio.sleep(PAUSE_SECONDS)
    started = time.perf_counter()
    _, seen = await asyncio.gather(sender.says(words), other.sees(words))
    return seen - started


async def _look_at_queue(officer: OfficerPage, times: int, pause: float) -> Durations:
    seconds = []
    for _ in range(times):
        started = time.perf_counter()
        await officer.queue()
        seconds.append(time.perf_counter() - started)
        await asyncio.sleep(pause)
    return Durations(tuple(seconds))


def _username(number: int) -> str:
    return f"petugas{number}"

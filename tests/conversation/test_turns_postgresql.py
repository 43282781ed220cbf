"""Several processes on PostgreSQL: nobody takes what another works on, and hints go from one to the other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest
from sqlalchemy import Text, cast, func, select, text
from sqlalchemy.engine import make_url

from bot.conversation import turns, wakeups
from bot.conversation.models import Conversation, InboxRow, InboxState
from bot.conversation.turn_context import Turn
from bot.conversation.wakeups import NOTIFY_CHANNEL, Hint
from tests.conversation.conftest import PATIENCE_SECONDS, Held, Process, a_message

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

PROBE = "outbox:0"
GATE = 4711
WAITING = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")


async def test_a_chat_that_one_process_works_on_is_left_alone_by_another(
    process: Process, other_process: Process
) -> None:
    held = Held()
    process.agent.before_answering("satu", held)
    await process.hears("7", "satu")
    await held.begins()
    await other_process.hears("7", "dua")
    await other_process.works()
    assert process.agent.heard == [("7", "satu")]
    held.goes_on()
    await process.works()
    await other_process.works()
    assert process.agent.heard == [("7", "satu"), ("7", "dua")]
    assert await process.said("7") == ["Anda menulis: satu", "Anda menulis: dua"]


async def test_two_workers_answer_every_message_once_and_in_order(process: Process, other_process: Process) -> None:
    words = [str(number) for number in range(6)]
    for word in words:
        for number, chat in enumerate(("7", "8", "9")):
            door = (process, other_process)[(int(word) + number) % 2]
            await door.inbox.accept(a_message(chat, word))
    while await _open(process):
        await asyncio.gather(process.works(), other_process.works())
    for chat in ("7", "8", "9"):
        assert await process.said(chat) == [f"Anda menulis: {word}" for word in words]
    assert {conversation.version for conversation in await process.conversations()} == {len(words) + 1}


async def test_a_message_that_another_process_answers_right_after_a_failure_is_not_held_against_it(
    process: Process, other_process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_: Turn) -> None:
        raise ZeroDivisionError

    note_failure = process.turns._note_failure

    async def note_the_last_failure_too_late(inbox_id: int) -> bool:
        async with other_process.sessions.begin() as session:
            (await session.get_one(InboxRow, inbox_id)).attempts = 2
        await other_process.works()
        return await note_failure(inbox_id)

    monkeypatch.setattr(process.turns, "_note_failure", note_the_last_failure_too_late)
    process.agent.before_answering("halo", fail)
    await process.hears("7", "halo")
    await process.turns.settled()
    assert await process.said("7") == ["Anda menulis: halo"]
    [row] = await process.inbox_rows()
    assert row.state == InboxState.DONE


async def test_a_message_that_another_process_answers_while_it_is_looked_for_is_not_answered_again(
    process: Process, other_process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    await process.hears("7", "halo")
    await process.turns.settled()
    [row] = await process.inbox_rows()
    async with process.sessions.begin() as session:
        (await session.get_one(InboxRow, row.id)).state = InboxState.OPEN
    # The query waits for this lock after it has chosen what it sees, and before it locks what it found.
    gate = cast(func.pg_advisory_xact_lock_shared(GATE), Text) == ""
    monkeypatch.setattr(turns, "_NEXT", turns._NEXT.where(gate))
    async with other_process.sessions.begin() as session:
        await session.execute(select(func.pg_advisory_xact_lock(GATE)))
        looking = asyncio.create_task(process.works())
        while not await session.scalar(WAITING):
            await asyncio.sleep(0)
        chat, message = (await session.execute(select(Conversation, InboxRow).join(InboxRow))).one()
        chat.language, message.state = "en", InboxState.DONE
    await looking
    assert process.agent.heard == [("7", "halo")]


async def test_another_process_hears_what_came_in_and_what_was_answered(
    process: Process, other_process: Process
) -> None:
    news: asyncio.Queue[tuple[Hint, int]] = asyncio.Queue()
    async with relaying(other_process, news):
        await process.hears("7", "halo")
        [conversation] = await process.conversations()
        heard = {await _next(news) for _ in range(2)}
    assert heard == {(Hint.INBOX, conversation.id), (Hint.OUTBOX, conversation.id)}


async def test_nobody_hears_of_a_turn_that_was_not_committed(process: Process, other_process: Process) -> None:
    news: asyncio.Queue[tuple[Hint, int]] = asyncio.Queue()
    async with relaying(other_process, news):
        async with process.sessions() as session:
            await session.run_sync(wakeups.notify, Hint.INBOX, 1)
            await session.rollback()
        async with process.sessions.begin() as session:
            await session.run_sync(wakeups.notify, Hint.INBOX, 2)
        assert await _next(news) == (Hint.INBOX, 2)


async def test_an_answer_of_another_process_wakes_who_waits_for_it(
    process: Process, other_process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.conversation.gateway.LOOK_AGAIN_SECONDS", PATIENCE_SECONDS * 2)
    held = Held()
    process.agent.before_answering("halo", held)
    async with relaying(other_process, asyncio.Queue()):
        message = await process.hears("7", "halo")
        await held.begins()
        waiting = asyncio.create_task(other_process.gateway.answers(message, PATIENCE_SECONDS))
        while not other_process.gateway._news:
            await asyncio.sleep(0)
        held.goes_on()
        [answer] = await waiting
    assert answer.reply.text == "Anda menulis: halo"


async def test_a_listener_whose_connection_broke_connects_again(
    process: Process, other_process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wakeups, "RECONNECT_SECONDS", 0.01)
    news: asyncio.Queue[tuple[Hint, int]] = asyncio.Queue()
    async with relaying(other_process, news):
        await _execute(process, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        await _until_heard(process, news)


async def _open(process: Process) -> list[InboxRow]:
    return [row for row in await process.inbox_rows() if row.state == InboxState.OPEN]


@asynccontextmanager
async def relaying(process: Process, news: "asyncio.Queue[tuple[Hint, int]]") -> AsyncIterator[None]:
    """The process listens to others while inside; what it hears goes into `news`."""
    process.wakeups.listen(lambda hint, conversation_id: news.put_nowait((hint, conversation_id)))
    task = asyncio.create_task(process.wakeups.relay(process.url))
    try:
        await _until_heard(process, news)
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _until_heard(process: Process, news: "asyncio.Queue[tuple[Hint, int]]") -> None:
    """Say something until it is heard, and forget it."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while news.empty():
            await _execute(process, f"NOTIFY {NOTIFY_CHANNEL}, '{PROBE}'")
    while not news.empty():
        news.get_nowait()


async def _next(news: "asyncio.Queue[tuple[Hint, int]]") -> tuple[Hint, int]:
    """The next hint that isn't an echo of the first ones."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while (hint := await news.get()) == (Hint.OUTBOX, 0):
            continue
    return hint


async def _execute(process: Process, statement: str) -> None:
    dsn = make_url(process.url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(dsn)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()

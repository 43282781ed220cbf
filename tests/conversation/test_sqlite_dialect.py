"""The dialect of our own does what the stock one does, with fewer trips to SQLite's thread."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.conversation.models import Conversation
from bot.database import Base, commit_with, create_engine, create_sessions
from bot.sqlite_dialect import AT_ONCE


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the thread."""
    made: list[str] = []
    execute = aiosqlite.Connection._execute

    async def counted(self: aiosqlite.Connection, function: Callable[..., Any], *args: Any, **options: Any) -> Any:
        made.append(getattr(function, "__name__", "?"))
        return await execute(self, function, *args, **options)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return made


async def test_rows_row_counts_and_new_ids_come_back(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        inserted = await connection.execute(text("INSERT INTO words (word) VALUES (:word)"), {"word": "saldo"})
        assert (inserted.rowcount, inserted.lastrowid) == (1, 1)
        await connection.execute(text("INSERT INTO words (word) VALUES (:word)"), [{"word": "a"}, {"word": "b"}])
        returned = await connection.execute(text("INSERT INTO words (word) VALUES ('c') RETURNING id"))
        assert returned.scalar() == 4
        updated = await connection.execute(text("UPDATE words SET word = word || '!' WHERE id > 1"))
        assert updated.rowcount == 3
        words = await connection.execute(text("SELECT word FROM words ORDER BY id"))
        assert list(words.scalars()) == ["saldo", "a!", "b!", "c!"]


async def test_mistakes_are_told_as_by_the_stock_dialect(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        with pytest.raises(OperationalError, match="no such table"):
            await connection.execute(text("SELECT word FROM absent"))
        await connection.execute(text("INSERT INTO words (word) VALUES ('x')"))
        with pytest.raises(IntegrityError):
            await connection.execute(text("INSERT INTO words (word) VALUES ('x')"))


async def test_what_was_not_committed_is_rolled_back(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("INSERT INTO words (word) VALUES ('x')"))
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM words"))).scalar() == 0


async def test_a_statement_is_one_trip_and_reading_ends_with_none(engine: AsyncEngine, trips: list[str]) -> None:
    async with engine.connect() as connection:
        trips.clear()
        await connection.execute(text("SELECT word FROM words"))
    assert trips == ["_run"]


async def test_what_is_read_at_once_is_no_trip(engine: AsyncEngine, trips: list[str]) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO words (word) VALUES ('saldo')"))
    trips.clear()
    async with create_sessions(engine)() as session:
        found = await session.execute(text("SELECT word FROM words").execution_options(**{AT_ONCE: True}))
        assert list(found.scalars()) == ["saldo"]
    assert trips == []


async def test_what_is_read_at_once_waits_for_nobody_who_writes(engine: AsyncEngine) -> None:
    async with engine.connect() as writing, create_sessions(engine)() as reading:
        await writing.execute(text("INSERT INTO words (word) VALUES ('saldo')"))
        found = await reading.execute(text("SELECT count(*) FROM words").execution_options(**{AT_ONCE: True}))
        assert found.scalar() == 0


def _insert_two(connection: Connection, word: str) -> str:
    connection.execute(text("INSERT INTO words (word) VALUES (:word)"), {"word": word})
    connection.execute(text("INSERT INTO words (word) VALUES (:word)"), [{"word": "a"}, {"word": "b"}])
    return word


async def test_the_last_step_of_a_transaction_and_its_commit_are_one_trip(
    engine: AsyncEngine, trips: list[str]
) -> None:
    async with engine.begin() as connection:
        trips.clear()
        assert await commit_with(connection, _insert_two, "saldo") == "saldo"
    assert len(trips) == 1
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM words"))).scalar() == 3


async def test_what_a_session_has_to_write_goes_with_the_last_step(engine: AsyncEngine, trips: list[str]) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with create_sessions(engine).begin() as session:
        session.add(Conversation(channel="web", chat_id="7"))
        await session.execute(text("SELECT 1"))
        trips.clear()
        await commit_with(session, lambda own: own.execute(text("INSERT INTO words (word) VALUES ('x')")))
    assert len(trips) == 1
    async with create_sessions(engine)() as session:
        assert (await session.scalars(select(Conversation.chat_id))).all() == ["7"]


async def test_a_last_step_that_fails_leaves_nothing_behind(engine: AsyncEngine) -> None:
    with pytest.raises(IntegrityError):
        async with engine.begin() as connection:
            await commit_with(connection, _insert_two, "a")
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM words"))).scalar() == 0


async def test_who_is_cancelled_waits_until_the_thread_has_ended_the_step(engine: AsyncEngine) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slowly(connection: Connection) -> None:
        begun.set()
        may_end.wait()
        _insert_two(connection, "saldo")

    async def write() -> None:
        async with engine.begin() as connection:
            await commit_with(connection, slowly)

    writing = asyncio.create_task(write())
    await asyncio.to_thread(begun.wait)
    writing.cancel()
    for _ in range(100):
        await asyncio.sleep(0)
    assert not writing.done()
    may_end.set()
    with pytest.raises(asyncio.CancelledError):
        await writing
    async with engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM words"))).scalar() == 3


async def _given_up_while_it_works(file: Path, goes_on: threading.Event) -> threading.Thread:
    """The thread of a connection that is given up, as that of a cancelled turn is, while something runs in it."""
    engine = create_engine(f"sqlite+aiosqlite:///{file}")
    connection = await engine.raw_connection()
    driver: Any = connection.driver_connection
    driver._tx.put_nowait((None, goes_on.wait))
    dialect_connection: Any = connection.dbapi_connection
    dialect_connection._terminate_force_close()
    thread: threading.Thread = driver._thread
    return thread


def test_a_thread_that_stops_after_its_loop_was_closed_tells_nobody(tmp_path: Path) -> None:
    failures: list[threading.ExceptHookArgs] = []
    goes_on = threading.Event()
    before, threading.excepthook = threading.excepthook, failures.append
    try:
        thread = asyncio.run(_given_up_while_it_works(tmp_path / "dialect.sqlite3", goes_on))
        goes_on.set()
        thread.join()
    finally:
        threading.excepthook = before
    assert failures == []


async def test_who_is_given_up_while_connecting_waits_for_the_thread(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    connects, goes_on = threading.Event(), threading.Event()
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def slow(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connects.set()
        goes_on.wait()
        return connect(*arguments, **options)

    await engine.dispose()
    monkeypatch.setattr(sqlite3, "connect", slow)
    connecting = asyncio.create_task(engine.connect().start())
    await asyncio.to_thread(connects.wait)
    connecting.cancel()
    for _ in range(20):
        await asyncio.sleep(0)
    assert not connecting.done()
    goes_on.set()
    with pytest.raises(asyncio.CancelledError):
        await connecting

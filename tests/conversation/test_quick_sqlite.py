"""Writing to SQLite at once, where nobody is told before another commit follows."""

import os
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.database import create_engine
from bot.quick_sqlite import QuickWriter


def _insert(connection: Connection, word: str) -> str:
    connection.execute(text("INSERT INTO words (word) VALUES (:word)"), {"word": word})
    return word


async def _words(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return list((await connection.execute(text("SELECT word FROM words ORDER BY id"))).scalars())


async def test_what_is_written_at_once_is_committed(engine: AsyncEngine) -> None:
    assert QuickWriter(engine).write(_insert, "saldo") == "saldo"
    assert await _words(engine) == ["saldo"]


async def test_where_somebody_else_writes_nothing_is_done_and_nobody_waits(engine: AsyncEngine) -> None:
    writer = QuickWriter(engine)
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO words (word) VALUES ('klaim')"))
        assert writer.write(_insert, "saldo") is None
    assert await _words(engine) == ["klaim"]
    assert writer.write(_insert, "saldo") == "saldo"


async def test_a_mistake_is_told_and_leaves_nothing_behind(engine: AsyncEngine) -> None:
    writer = QuickWriter(engine)
    writer.write(_insert, "saldo")
    with pytest.raises(IntegrityError):
        writer.write(_insert, "saldo")
    async with engine.begin() as connection:  # the lock is free again
        await connection.execute(text("INSERT INTO words (word) VALUES ('klaim')"))
    assert await _words(engine) == ["saldo", "klaim"]


async def test_the_commit_that_follows_waits_for_the_disk_and_this_one_does_not(engine: AsyncEngine) -> None:
    def synchronous(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    async with engine.connect() as connection:
        full = await connection.run_sync(synchronous)
    assert (QuickWriter(engine).write(synchronous), full) == (1, 2)


@pytest.mark.parametrize("database", ["", "/:memory:", "/file:words?mode=memory&uri=true"])
async def test_a_database_that_is_no_plain_file_is_never_written_to(database: str) -> None:
    engine = create_engine(f"sqlite+aiosqlite://{database}")
    assert QuickWriter(engine).write(_insert, "saldo") is None
    await engine.dispose()


async def test_the_file_is_left_when_the_engine_is(engine: AsyncEngine, tmp_path: Path) -> None:
    QuickWriter(engine).write(_insert, "saldo")
    await engine.dispose()
    # SQLite takes its log away when the last connection is closed.
    assert os.listdir(tmp_path) == ["words.sqlite3"]

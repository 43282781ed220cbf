"""Writes to SQLite at once: without a trip to its thread, and without a wait for the disk.

For what nobody is told of before another commit follows. That commit waits for the disk, and with it everything lasts
that was written to the log before; a power cut until then loses only what nobody was told of. See
docs/decisions/0003-one-trip-to-sqlite.md.
"""

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

PRAGMAS = ("synchronous=NORMAL", "wal_autocheckpoint=0", "foreign_keys=ON")
"""A checkpoint would wait for the disk: that is left to the connections that have a thread."""

Result = TypeVar("Result")


class QuickWriter:
    """One connection to the engine's file, used in the loop's thread alone; with another database it never writes."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._file = _file_of(engine)
        self._connection: Connection | None = None
        event.listen(engine.sync_engine, "engine_disposed", self._close)

    def write(self, work: Callable[..., Result], *arguments: object) -> Result | None:
        """Do the work in a transaction of its own and commit it; None, and nothing done, where that had to wait."""
        if not self._file:
            return None
        self._connection = connection = self._connection or _connected(self._file)
        try:
            result = work(connection, *arguments)
            connection.commit()
        except OperationalError as error:
            connection.rollback()
            if _somebody_writes(error):
                return None
            raise
        except BaseException:
            connection.rollback()
            raise
        return result

    def _close(self, _: object) -> None:
        connection, self._connection = self._connection, None
        if connection:
            connection.close()
            connection.engine.dispose()


def _file_of(engine: AsyncEngine) -> str | None:
    """The plain file of a database; one in memory, or opened in a way of its own, can't be opened a second time."""
    plain = engine.dialect.name == "sqlite" and engine.url.database != ":memory:" and not engine.url.query
    return engine.url.database if plain else None


def _connected(file: str) -> Connection:
    url = URL.create("sqlite", database=file)
    engine = create_engine(url, connect_args={"timeout": 0, "check_same_thread": False}, hide_parameters=True)
    connection = engine.connect()
    for pragma in PRAGMAS:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    connection.commit()
    return connection


def _somebody_writes(error: OperationalError) -> bool:
    code: Any = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)

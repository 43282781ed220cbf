"""SQLAlchemy's aiosqlite dialect with one trip to the database's thread per statement, or for several at once.

The stock cursor makes four trips (open, execute, fetch, close), and the trips cost more than SQLite does: see
docs/decisions/0003-one-trip-to-sqlite.md.
"""

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from functools import partial
from threading import Thread, get_ident
from typing import Any, Self, TypeVar

import aiosqlite
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.engine import Connection

DRIVER = "sqlite+aiosqlite_one_trip"
AT_ONCE = "at_once"
"""Execution option of a session's statement that only reads a few rows by an index: it runs where it is asked, without
a trip. Reading waits for nobody, as SQLite's log shows the last commit while others write."""

Result = TypeVar("Result")


async def in_its_thread(connection: Connection, work: Callable[[], Result]) -> Result:
    """Do work on a connection in its thread: statements and a commit there need no trips."""
    driver: Any = connection.connection.driver_connection
    try:
        result: Result = await driver._execute(work)
    except asyncio.CancelledError:
        # The thread goes on with what it began: nobody may touch that before it is done.
        await driver._execute(bool)
        raise
    return result


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """Runs a statement and fetches all of its rows in one go; streaming still uses the stock cursor."""

    __slots__ = ()

    def execute(self, operation: Any, parameters: Any = None, at_once: bool = False) -> Any:
        self._run("execute", operation, parameters or (), at_once)

    def executemany(self, operation: Any, seq_of_parameters: Any) -> Any:
        self._run("executemany", operation, seq_of_parameters)

    def _run(self, method: str, operation: Any, parameters: Any, at_once: bool = False) -> None:
        connection: Any = self._connection
        try:
            if at_once or _is_here(connection):
                result = _run(connection._conn, method, operation, parameters)
            else:
                result = self.await_(connection._execute(_run, connection._conn, method, operation, parameters))
        except Exception as error:  # noqa: BLE001 the stock adapter sorts them
            self._adapt_connection._handle_exception(error)
        self.description, rows, self.lastrowid, self.rowcount = result
        self._rows = deque(rows)


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()

    def cursor(self, server_side: bool = False) -> AsyncAdapt_aiosqlite_cursor:
        return super().cursor(server_side=True) if server_side else OneTripCursor(self)

    def rollback(self) -> None:
        """Roll back, unless nothing was begun: reading begins nothing, and every return to the pool asks for this."""
        self._end(super().rollback, "rollback")

    def commit(self) -> None:
        self._end(super().commit, "commit")

    def _terminate_force_close(self) -> None:
        """Stop the thread without being told when it has stopped: the loop may be closed by then."""
        # aiosqlite tells the loop of the thread that asks, if it has one.
        stopping = Thread(target=self._connection.stop)
        stopping.start()
        stopping.join()

    def _end(self, by_a_trip: Callable[[], None], how: str) -> None:
        connection: Any = self._connection
        if _is_here(connection):
            getattr(connection._conn, how)()
        elif connection.in_transaction:
            by_a_trip()


class _Driver(aiosqlite.Connection):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        # Used by one at a time, as ever; but what is read at once is read in another thread.
        options["check_same_thread"] = False
        super().__init__(partial(sqlite3.connect, *arguments, **options), iter_chunk_size=64)
        self._thread.daemon = True

    async def _connect(self) -> Self:
        try:
            await super()._connect()
        except asyncio.CancelledError:
            # The thread still connects, and then tells the loop, which has to be there.
            await asyncio.to_thread(self._thread.join)
            raise
        return self


class _Dbapi(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *args: Any, **options: Any) -> AsyncAdapt_aiosqlite_connection:
        opened = super().connect(*args, **options, async_creator_fn=_Driver)
        return _Connection(self, opened._connection)


class OneTripDialect(SQLiteDialect_aiosqlite):
    """The dialect of `DRIVER`."""

    driver = "aiosqlite_one_trip"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> AsyncAdapt_aiosqlite_dbapi:
        return _Dbapi(__import__("aiosqlite"), sqlite3)

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        if context is not None and context.execution_options.get(AT_ONCE):
            cursor.execute(statement, parameters, at_once=True)
        else:
            cursor.execute(statement, parameters)


def _is_here(connection: Any) -> bool:
    """Whether this runs in the connection's thread already, by `in_its_thread`."""
    here: bool = connection._thread.ident == get_ident()
    return here


def _run(connection: sqlite3.Connection, method: str, operation: str, parameters: Any) -> tuple[Any, Any, Any, int]:
    cursor = getattr(connection, method)(operation, parameters)
    try:
        rows = cursor.fetchall() if cursor.description else ()
        return cursor.description, rows, cursor.lastrowid, cursor.rowcount
    finally:
        cursor.close()


registry.register(DRIVER.replace("+", "."), __name__, OneTripDialect.__name__)

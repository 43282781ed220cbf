"""SQLAlchemy's aiosqlite dialect with one trip to the database's thread per statement.

The stock cursor makes four trips (open, execute, fetch, close), and the trips cost more than SQLite does: see
docs/decisions/0003-one-trip-to-sqlite.md.
"""

import sqlite3
from collections import deque
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)

DRIVER = "sqlite+aiosqlite_one_trip"


class OneTripCursor(AsyncAdapt_aiosqlite_cursor):
    """Runs a statement and fetches all of its rows in one go; streaming still uses the stock cursor."""

    __slots__ = ()

    def execute(self, operation: Any, parameters: Any = None) -> Any:
        connection: Any = self._connection
        try:
            result = self.await_(connection._execute(_run, connection._conn, operation, parameters or ()))
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
        if self._connection.in_transaction:
            super().rollback()

    def commit(self) -> None:
        if self._connection.in_transaction:
            super().commit()


class _Dbapi(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *args: Any, **options: Any) -> AsyncAdapt_aiosqlite_connection:
        return _Connection(self, super().connect(*args, **options)._connection)


class OneTripDialect(SQLiteDialect_aiosqlite):
    """The dialect of `DRIVER`."""

    driver = "aiosqlite_one_trip"
    supports_statement_cache = True

    @classmethod
    def import_dbapi(cls) -> AsyncAdapt_aiosqlite_dbapi:
        return _Dbapi(__import__("aiosqlite"), sqlite3)


def _run(connection: sqlite3.Connection, operation: str, parameters: Any) -> tuple[Any, Any, int | None, int]:
    cursor = connection.execute(operation, parameters)
    try:
        rows = cursor.fetchall() if cursor.description else ()
        return cursor.description, rows, cursor.lastrowid, cursor.rowcount
    finally:
        cursor.close()


registry.register(DRIVER.replace("+", "."), __name__, OneTripDialect.__name__)

"""Engine, sessions and the base of all tables."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar, cast

from sqlalchemy import DateTime, Dialect, MetaData, TypeDecorator, event
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.util import await_only

from bot import sqlite_dialect
from bot.quick_sqlite import QuickWriter as QuickWriter
from bot.sqlite_dialect import AT_ONCE as AT_ONCE

SQLITE_PRAGMAS = ("busy_timeout=10000", "synchronous=FULL", "foreign_keys=ON")
WAL_ATTEMPTS = 500
WAL_PAUSE_SECONDS = 0.02

Result = TypeVar("Result")


class Base(DeclarativeBase):
    """Base of every table; names of constraints are fixed so that migrations can refer to them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class AwareDateTime(TypeDecorator[datetime]):
    """A moment in time: aware on the way in and, also on SQLite, on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a naive time can't be stored")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value and (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


def create_engine(url: str) -> AsyncEngine:
    """Make the engine for `sqlite+aiosqlite:///file` or `postgresql+asyncpg://…`."""
    if not url.startswith("sqlite"):
        return create_async_engine(url, pool_size=10, max_overflow=10, pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(make_url(url).set(drivername=sqlite_dialect.DRIVER), hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    return engine


def create_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Make the session factory.

    Nothing is flushed before commit: on SQLite a turn then holds the only write lock for its commit alone,
    so that chats run side by side.
    """
    return async_sessionmaker(engine, autoflush=False, expire_on_commit=False)


async def commit_with(
    transaction: AsyncSession | AsyncConnection, last: Callable[..., Result], *arguments: object
) -> Result:
    """Do the last step of a transaction that has begun to ask the database, as `run_sync` would, and commit it.

    On SQLite the step, all that the session has to write and the commit are one trip to SQLite's thread. What was done
    is committed when this returns: nothing is left but to leave.
    """
    session = transaction.sync_session if isinstance(transaction, AsyncSession) else None
    connection = session.connection() if session else cast(AsyncConnection, transaction).sync_connection
    assert connection
    if connection.dialect.name != "sqlite":
        done = await transaction.run_sync(last, *arguments)
        await transaction.commit()
        return done

    def finish() -> Result:
        result = last(session or connection, *arguments)
        if session:
            session.flush()
        connection.connection.commit()
        return result

    return await sqlite_dialect.in_its_thread(connection, finish)


def _set_pragmas(connection: Any, _: Any) -> None:
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    _turn_to_wal(cursor)
    cursor.close()


def _turn_to_wal(cursor: Any) -> None:
    """Where several processes open a new file at once, SQLite says "locked" here without waiting: try again."""
    for attempt in range(1, WAL_ATTEMPTS + 1):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if attempt == WAL_ATTEMPTS:
                raise
            await_only(asyncio.sleep(WAL_PAUSE_SECONDS))

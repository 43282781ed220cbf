"""Only one process sends at a time, so that the platforms' limits hold over all of them."""

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

LOCK_KEY = 0x4A4D4F
"""The name of the lock among the database's advisory locks: "JMO" in ASCII."""

log = structlog.get_logger(__name__)


class SendingLock:
    """A lock of one database session on PostgreSQL, freed by the server when its holder dies.

    SQLite serves one process, which always holds it.
    """

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions
        self._session: AsyncSession | None = None

    async def is_held(self) -> bool:
        """Whether this process may send now; takes the lock when nobody has it."""
        if self._session is not None:
            return await self._still_there(self._session)
        session = self._sessions()
        try:
            held = await _take(session)
        except BaseException:
            await session.close()
            raise
        if held:
            log.info("this process sends from now on")
            self._session = session
        else:
            await session.close()
        return held

    async def release(self) -> None:
        """Let another process send: the lock goes with its connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.invalidate()

    async def _still_there(self, session: AsyncSession) -> bool:
        if not _is_postgresql(session):
            return True
        try:
            await session.execute(text("SELECT 1"))
        except (SQLAlchemyError, OSError) as error:
            log.warning("the lock for sending is lost with its connection", error=type(error).__name__)
            self._session = None
            await session.invalidate()
            return False
        return True


async def _take(session: AsyncSession) -> bool:
    if not _is_postgresql(session):
        return True
    # No transaction stays open for as long as the lock is held: it would keep the server from cleaning up.
    await session.connection(execution_options={"isolation_level": "AUTOCOMMIT"})
    return bool(await session.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": LOCK_KEY}))


def _is_postgresql(session: AsyncSession) -> bool:
    return session.get_bind().dialect.name == "postgresql"

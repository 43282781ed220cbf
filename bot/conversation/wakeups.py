"""Hints between the parts and, on PostgreSQL, between processes: what has news, or who is typing.

The rows are the truth. A hint that is lost costs a second, until the next sweep.
"""

import asyncio
from collections.abc import Callable
from enum import StrEnum

import asyncpg
import structlog
from sqlalchemy import text
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

NOTIFY_CHANNEL = "jmo"
RECONNECT_SECONDS = 2.0
_NOTED = "hints"

log = structlog.get_logger(__name__)


class Hint(StrEnum):
    INBOX = "inbox"
    OUTBOX = "outbox"
    DESK = "desk"
    """Something that officers see changed."""
    PARTICIPANT_TYPES = "participant_types"
    OFFICER_TYPES = "officer_types"


Listener = Callable[[Hint, int], None]
"""Called with what has news and the conversation's id."""


class Wakeups:
    """Passes hints on to whoever listens."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> None:
        """Call `listener` for every hint from now on."""
        self._listeners.append(listener)

    def give(self, hint: Hint, conversation_id: int) -> None:
        """Tell this process; call it after the commit."""
        for listener in self._listeners:
            listener(hint, conversation_id)

    async def relay(self, database_url: str) -> None:
        """Pass on the hints of other processes until cancelled; does nothing on SQLite, which has no others."""
        url = make_url(database_url)
        if url.get_backend_name() != "postgresql":
            return
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        while True:
            try:
                await self._listen_until_lost(dsn)
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("hints of other processes are not heard", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen_until_lost(self, dsn: str) -> None:
        lost = asyncio.Event()
        connection = await asyncpg.connect(dsn)
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(NOTIFY_CHANNEL, self._heard)
            await lost.wait()
        finally:
            await connection.close()

    def _heard(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        hint, _, conversation_id = str(payload).partition(":")
        self.give(Hint(hint), int(conversation_id))


def notify(transaction: Session | Connection, hint: Hint, conversation_id: int) -> None:
    """Tell the other processes when this transaction commits; by `run_sync` or as a transaction's last step.

    This process hears of a session's hints by whoever gives `noted` after the commit.
    """
    if isinstance(transaction, Session):
        transaction.info.setdefault(_NOTED, {})[hint, conversation_id] = None
    bind = transaction.get_bind() if isinstance(transaction, Session) else transaction
    if bind.dialect.name == "postgresql":
        transaction.execute(
            text("SELECT pg_notify(:channel, :payload)"),
            {"channel": NOTIFY_CHANNEL, "payload": f"{hint}:{conversation_id}"},
        )


def noted(session: AsyncSession) -> list[tuple[Hint, int]]:
    """What this session's transaction told others, each once; given to this process after the commit."""
    return list(session.info.get(_NOTED, ()))

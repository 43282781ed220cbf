"""What all tests share: keys, a fresh database on each kind of server, the trained model, and no network."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from bot.conversation.agent import Agent
from bot.privacy.crypto import Keyring
from bot.privacy.keys import use_keyring
from bot.training import train_if_needed
from tests.postgres import postgres_server as running_postgres

ROOT = Path(__file__).parent.parent
os.environ["RASA_TELEMETRY_ENABLED"] = "false"


@pytest.fixture(autouse=True)
def keys() -> Keyring:
    """Fixed keys, so that what a test stores can be found again."""
    ring = Keyring({"k1": b"1" * 32}, current="k1", index_key=b"i" * 32)
    use_keyring(ring)
    return ring


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = address[0] if isinstance(address, tuple) else address
            assert str(host) in ("127.0.0.1", "::1", "localhost"), f"a test connects to {host}"
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server's URL; the tests fail, and are never skipped, when there is none."""
    with running_postgres() as url:
        yield url


@pytest_asyncio.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"
    server: str = request.getfixturevalue("postgres_server")
    name = f"test_{uuid4().hex}"
    connection = await asyncpg.connect(f"{server.replace('+asyncpg', '')}/postgres")
    await connection.execute(f'CREATE DATABASE "{name}"')
    await connection.close()
    return f"{server}/{name}"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite database, for what doesn't depend on the kind."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"


@pytest.fixture(scope="session")
def agent() -> Agent:
    """The real model, trained if its sources changed."""
    train_if_needed(ROOT, ROOT / "models")
    return Agent(ROOT / "models")

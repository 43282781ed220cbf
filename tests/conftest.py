"""What all tests share: keys, a fresh database on each kind of server, the trained model, and no network."""

import asyncio
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import clock
from bot.conversation.agent import Agent
from bot.database import create_engine, create_sessions
from bot.migrate import migrate
from bot.privacy.crypto import Keyring
from bot.privacy.keys import use_keyring
from bot.register.seed import seed
from bot.training import train_if_needed
from tests.postgres import Server, running_server

ROOT = Path(__file__).parent.parent
LOOPBACK = {"127.0.0.1", "::1", "localhost"}
os.environ["RASA_TELEMETRY_ENABLED"] = "false"


@pytest.fixture(autouse=True)
def keys() -> Keyring:
    """Fixed keys, so that what a test stores can be found again."""
    ring = Keyring({"k1": b"1" * 32}, current="k1", index_key=b"i" * 32)
    use_keyring(ring)
    return ring


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to look up or to reach anything outside this machine."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def connect_on_loopback(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _check_loopback(address[0])
        connect(self, address)

    def look_up_loopback(host: Any, *args: Any, **options: Any) -> Any:
        if host:
            _check_loopback(host)
        return look_up(host, *args, **options)

    monkeypatch.setattr(socket.socket, "connect", connect_on_loopback)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_loopback)


def _check_loopback(host: str | bytes) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in LOOPBACK:
        pytest.fail(f"a test wanted to reach {name}: tests stay on this machine")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server; the tests fail, and are never skipped, when there is none."""
    with running_server() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"
        return
    server: Server = request.getfixturevalue("postgres_server")
    with server.database() as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite database, for what doesn't depend on the kind."""
    return f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}"


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder of the real model, trained if its sources changed: tests are about these sources, better or worse."""
    train_if_needed(ROOT, ROOT / "models", accept_worse=True)
    return ROOT / "models"


@pytest.fixture(scope="session")
def agent(models: Path) -> Agent:
    """The assistant as it is trained."""
    return Agent(models)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the demo participants, made once."""
    use_keyring(Keyring({"k1": b"1" * 32}, current="k1", index_key=b"i" * 32))
    path = tmp_path_factory.mktemp("seeded") / "seeded.sqlite3"
    asyncio.run(_seed(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def seeded_url(seeded_file: Path, tmp_path: Path) -> str:
    """A SQLite database with the demo participants, for one test."""
    return f"sqlite+aiosqlite:///{shutil.copy(seeded_file, tmp_path / 'demo.sqlite3')}"


async def _seed(url: str) -> None:
    await migrate(url)
    engine = create_engine(url)
    async with create_sessions(engine).begin() as session:
        await seed(session, today=clock.today())
    await engine.dispose()

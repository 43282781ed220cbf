"""A folder with a model and a database of its own, and processes that end with it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.errors import JmoError
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(sys.executable).parent
COMMAND_SECONDS = 180.0
STOP_SECONDS = 10.0


class BenchmarkFailed(JmoError):
    """Something could not be measured."""


class Workshop:
    """Where the benchmark works: on the disk of the repository, never on the assistant's own data."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.models = folder / "models"
        self.settings = Settings(
            _env_file=None,
            data_folder=folder,
            model_folder=self.models,
            log_level="error",
            TELEGRAM_BOT_TOKEN="",
        )

    def run(self, program: str, *arguments: str, **variables: str) -> float:
        """Run one of the environment's programs to its end; gives seconds."""
        started = time.perf_counter()
        done = subprocess.run(
            [PROGRAMS / program, *arguments],
            cwd=self.folder,
            env=self.environment(variables),
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
        )
        if done.returncode:
            raise BenchmarkFailed(f"{program} {' '.join(arguments)} failed: {done.stderr[-2000:]}")
        return time.perf_counter() - started

    @contextmanager
    def running(self, program: str, *arguments: str, programs: Path = PROGRAMS, **variables: str) -> Iterator[int]:
        """A server as long as inside; gives its process group."""
        with (self.folder / f"{program}-{arguments[-1]}.log").open("w") as log:
            process = subprocess.Popen(
                [programs / program, *arguments],
                cwd=self.folder,
                env=self.environment(variables),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                yield process.pid
            finally:
                _stop(process)

    def environment(self, more: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment variables of a process: nobody's own settings, nothing sent anywhere."""
        own = ("JMO_", "TELEGRAM_", "RASA_", "PYTHONDONTWRITEBYTECODE")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        return kept | {
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
            "RASA_TELEMETRY_ENABLED": "false",
            "JMO_DATA_FOLDER": str(self.folder),
            "JMO_MODEL_FOLDER": str(self.models),
            "JMO_LOG_LEVEL": "error",
            **(more or {}),
        }


@contextmanager
def workshop() -> Iterator[Workshop]:
    """A workshop that leaves nothing behind."""
    (ROOT / "var").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=ROOT / "var"))
    try:
        yield Workshop(folder)
    finally:
        shutil.rmtree(folder)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def resident_mb(*groups: int) -> float:
    """The resident memory of all processes of these groups, in MB (1,000,000 bytes)."""
    table = _memory_by_proc() if Path("/proc/self/statm").exists() else _memory_by_ps()
    return sum(size for group, size in table if group in groups) / 1e6


def _memory_by_proc() -> Iterator[tuple[int, int]]:
    page = os.sysconf("SC_PAGE_SIZE")
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            yield os.getpgid(int(folder.name)), int((folder / "statm").read_text().split()[1]) * page
        except (ProcessLookupError, FileNotFoundError):
            continue  # it ended in this moment


def _memory_by_ps() -> Iterator[tuple[int, int]]:
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,rss="], capture_output=True, text=True, check=True)
    for line in listed.stdout.splitlines():
        group, kibibytes = line.split()
        yield int(group), int(kibibytes) * 1024


def _stop(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
            process.wait(STOP_SECONDS)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue

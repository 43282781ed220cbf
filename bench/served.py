"""`jmo serve` and a stock Rasa server with the same model, driven alike."""

import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.rest import SCRIPT, RestClient, long_chat, short_chats
from bench.statistics import Durations, percentile
from bench.workshop import PROGRAMS, BenchmarkFailed, Workshop, free_port, resident_mb

STARTS = 3
CHATS = 60
CHATS_FOR_MEMORY = 20
LONG_CHAT = 500
LONGEST_SECONDS = 75.0
STOCK_DATABASE = "stock.sqlite3"
IN_MEMORY = ""
SQL_STORE = f"tracker_store:\n  type: SQL\n  dialect: sqlite\n  db: {STOCK_DATABASE}\n"


@dataclass(frozen=True)
class Served:
    """What was measured of a server by REST."""

    starts: tuple[float, ...]
    """Seconds from the start of the processes to the first answer."""
    memory: float
    """MB after 100 turns."""
    memory_after_picture: float | None
    kinds: Mapping[str, Durations]
    long_chat: Durations

    @property
    def start(self) -> float:
        """Seconds, the median."""
        return percentile(self.starts, 50)


def measure_assistant(shop: Workshop) -> Served:
    """`jmo serve`, on its SQLite database."""
    starts = [_cold_start_of_assistant(shop) for _ in range(STARTS - 1)]
    started = time.perf_counter()
    with _assistant(shop) as (client, group):
        starts.append(time.perf_counter() - started)
        short_chats(client, "before", CHATS_FOR_MEMORY)
        memory = resident_mb(group)
        _has_a_chart_drawn(client)
        after_picture = resident_mb(group)
        kinds = short_chats(client, "short", CHATS)
        return Served(tuple(starts), memory, after_picture, kinds, long_chat(client, LONG_CHAT, LONGEST_SECONDS))


def measure_stock_in_memory(shop: Workshop) -> Served:
    """`rasa run` with the tracker store it has by default, and `rasa run actions`."""
    return _measure_stock(shop, PROGRAMS, IN_MEMORY)


def measure_stock_with_sql_store(shop: Workshop, programs: Path) -> Served:
    """`rasa run` of another environment with its own SQL tracker store on SQLite, and `rasa run actions`.

    Raises `BenchmarkFailed` if what was said isn't in the database: where saving fails, Rasa goes on in memory.
    """
    measured = _measure_stock(shop, programs, SQL_STORE)
    said = len(SCRIPT) * (CHATS_FOR_MEMORY + CHATS) + len(measured.long_chat.seconds)
    with closing(sqlite3.connect(shop.folder / STOCK_DATABASE)) as database:
        (stored,) = database.execute("SELECT count(*) FROM events WHERE type_name = 'user'").fetchone()
    if stored < said:
        raise BenchmarkFailed(f"stock Rasa stored {stored} of {said} messages")
    return measured


def _measure_stock(shop: Workshop, programs: Path, tracker_store: str) -> Served:
    started = time.perf_counter()
    with _stock(shop, programs, tracker_store) as (client, groups):
        start = time.perf_counter() - started
        short_chats(client, "before", CHATS_FOR_MEMORY)
        memory = resident_mb(*groups)
        kinds = short_chats(client, "short", CHATS)
        return Served((start,), memory, None, kinds, long_chat(client, LONG_CHAT, LONGEST_SECONDS))


def _cold_start_of_assistant(shop: Workshop) -> float:
    started = time.perf_counter()
    with _assistant(shop):
        return time.perf_counter() - started


@contextmanager
def _assistant(shop: Workshop) -> Iterator[tuple[RestClient, int]]:
    port = free_port()
    with shop.running("jmo", "serve", JMO_PORT=str(port)) as group, RestClient(port) as client:
        client.waits_until_answered()
        yield client, group


@contextmanager
def _stock(shop: Workshop, programs: Path, tracker_store: str) -> Iterator[tuple[RestClient, tuple[int, int]]]:
    """The action server runs in the assistant's environment, which its actions need."""
    port, actions_port = free_port(), free_port()
    action_endpoint = f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n"
    (shop.folder / "endpoints.yml").write_text(action_endpoint + tracker_store)
    (shop.folder / "credentials.yml").write_text("rest:\n")
    files = ("-m", "models", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
    with ExitStack() as stack:
        actions = stack.enter_context(
            shop.running("rasa", "run", "actions", "--actions", "bot.actions", "-p", str(actions_port))
        )
        core = stack.enter_context(
            shop.running("rasa", "run", "--enable-api", *files, "-i", "127.0.0.1", "-p", str(port), programs=programs)
        )
        client = stack.enter_context(RestClient(port))
        client.waits_until_answered()
        yield client, (core, actions)


def _has_a_chart_drawn(client: RestClient) -> None:
    for text in ("/simulate_jht", "5jt", "5 tahun"):
        client.says("picture", text)
    for answer in client.says("picture", '/inform{"amount":"0"}'):
        if "image" in answer:
            client.fetches_picture(answer["image"])

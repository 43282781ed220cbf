"""`jmo serve` and a stock Rasa server with the same model, driven alike."""

import asyncio
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from sqlalchemy.exc import SQLAlchemyError

from bench.rest import RestClient, long_chat, short_chats
from bench.statistics import Durations, percentile
from bench.workshop import Workshop, free_port, resident_mb

STARTS = 3
CHATS = 60
CHATS_FOR_MEMORY = 20
LONG_CHAT = 500
LONGEST_SECONDS = 75.0


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
        short_chats(client, CHATS_FOR_MEMORY)
        memory = resident_mb(group)
        _has_a_chart_drawn(client)
        after_picture = resident_mb(group)
        kinds = short_chats(client, CHATS)
        return Served(tuple(starts), memory, after_picture, kinds, long_chat(client, LONG_CHAT, LONGEST_SECONDS))


def measure_stock(shop: Workshop) -> Served:
    """`rasa run` with its stock, in-memory tracker store, and `rasa run actions`."""
    started = time.perf_counter()
    with _stock(shop) as (client, groups):
        start = time.perf_counter() - started
        short_chats(client, CHATS_FOR_MEMORY)
        memory = resident_mb(*groups)
        kinds = short_chats(client, CHATS)
        return Served((start,), memory, None, kinds, long_chat(client, LONG_CHAT, LONGEST_SECONDS))


def problem_of_stock_sql_store(shop: Workshop) -> str | None:
    """Why Rasa's own SQL tracker store doesn't work here; None if it does."""

    async def store_and_read() -> None:
        store = SQLTrackerStore(domain=Domain.empty(), dialect="sqlite", db=str(shop.folder / "stock.sqlite3"))
        tracker = store.init_tracker("probe")
        tracker.update(UserUttered("hi"))
        await store.save(tracker)
        await store.retrieve("probe")

    try:
        asyncio.run(store_and_read())
    except (AttributeError, TypeError, SQLAlchemyError) as error:
        return f"{type(error).__name__}: {error}"
    return None


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
def _stock(shop: Workshop) -> Iterator[tuple[RestClient, tuple[int, int]]]:
    port, actions_port = free_port(), free_port()
    (shop.folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions_port}/webhook\n")
    (shop.folder / "credentials.yml").write_text("rest:\n")
    files = ("-m", "models", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml")
    with ExitStack() as stack:
        actions = stack.enter_context(
            shop.running("rasa", "run", "actions", "--actions", "bot.actions", "-p", str(actions_port))
        )
        core = stack.enter_context(
            shop.running("rasa", "run", "--enable-api", *files, "-i", "127.0.0.1", "-p", str(port))
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

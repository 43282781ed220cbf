"""The figures as tables, on the terminal and in docs/benchmarks.md."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.table import Table

from bench.desk import OFFICERS, PAUSE_SECONDS, ROUNDS, Desk
from bench.footprint import LOCK, STOCK_LOCK, versions
from bench.in_process import InProcess
from bench.served import LONGEST_SECONDS, Served
from bench.statistics import Durations, growth
from bot.clock import WIB

EARLY, LATE, WINDOW = 5, 500, 25
GROWTH_WINDOW = 10
STOCK = ("Stock, in memory", "Stock, SQL store")
SHOWN_TURNS = (5, 50, 100, 150, 200, 300, 400, 500)
KINDS = {
    "button": "Button (`/menu`)",
    "information": "Information, asked in words (a custom action)",
    "form step": "Form step (*5jt*, *5 tahun*)",
    "register": "Balance of a verified participant, asked in words (a custom action that reads the register)",
    "picture": "Last step of a simulation, its chart drawn",
}
REST_KINDS = {
    "button": "Button (`/menu`)",
    "information": "Information, asked in words (a custom action)",
    "form begins": "A form begins",
    "form step": "Form step (*5jt*, *5 tahun*)",
}
DESK_KINDS: Mapping[str, Callable[[Desk], Durations]] = {
    "Queue page, nobody writing": lambda desk: desk.quiet_queue,
    "Queue page, while people write": lambda desk: desk.busy_queue,
    "A message to the officer": lambda desk: desk.to_officer,
    "A message to the participant": lambda desk: desk.to_participant,
}


@dataclass(frozen=True)
class Results:
    """Everything that one run measured."""

    at: datetime
    machine: dict[str, str]
    in_process: InProcess
    assistant: Served
    stock_in_memory: Served
    stock_with_sql_store: Served
    desk: Mapping[str, Desk]
    """By database."""
    training: float
    """Seconds."""
    model: float
    """MB."""
    environment: float
    """MB."""


@dataclass(frozen=True)
class Section:
    """A table with what has to be known about it."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


@dataclass(frozen=True)
class Target:
    """What is to be reached, and what was."""

    what: str
    wanted: str
    limit: float
    measured: float
    show: Callable[[float], str]

    @property
    def is_met(self) -> bool:
        return self.measured <= self.limit


def targets(results: Results) -> list[Target]:
    """Each target of the project with the figure of this run."""
    costs = results.in_process.costs
    of_in_memory = _share(results.assistant, results.stock_in_memory, "information")
    of_sql_store = _share(results.assistant, results.stock_with_sql_store, "information")
    part = "Information by REST, as a part of stock Rasa's p50"
    flat = growth(results.in_process.long_chat, EARLY, LATE, WINDOW)
    return [
        Target("Text turn with a custom action, p50: information", "≤ 6 ms", 6, costs["information"].whole.p50, _ms),
        Target("Text turn with a custom action, p50: balance", "≤ 6 ms", 6, costs["register"].whole.p50, _ms),
        Target(f"{part}: in memory", "≤ 1/5", 0.2, of_in_memory, _part),
        Target(f"{part}: SQL store", "≤ 1/5", 0.2, of_sql_store, _part),
        Target("Turn 500 of a chat, compared with turn 5", "≤ 1.2 times", 1.2, flat, _times),
        Target("Cold start to the first answer, median", "≤ 8 s", 8, results.assistant.start, _s),
        Target("Training", "≤ 60 s", 60, results.training, _s),
        Target("Resident memory after 100 turns", "≤ 300 MB", 300, results.assistant.memory, _mb),
        Target("Environment to run", "≤ 1 GB", 1000, results.environment, _mb),
        *desk_targets(results.desk),
    ]


def desk_targets(desks: Mapping[str, Desk]) -> list[Target]:
    """What officers and participants may expect of the desk."""
    return [
        target
        for database, desk in desks.items()
        for name in (f"{desk.waiting} waiting, {OFFICERS} officers, {database}",)
        for target in (
            Target(f"Queue page, p95: {name}", "< 100 ms", 100, desk.busy_queue.p95, _ms),
            Target(f"Message reaches the officer, p95: {name}", "< 300 ms", 300, desk.to_officer.p95, _ms),
            Target(f"Message reaches the participant, p95: {name}", "< 300 ms", 300, desk.to_participant.p95, _ms),
        )
    ]


def sections(results: Results) -> list[Section]:
    """All tables in their order."""
    return [
        _targets(targets(results)),
        _costs(results.in_process),
        _beside_stock(results),
        _long_chats(results),
        _desk(results.desk),
        _footprint(results),
    ]


def desk_sections(desks: Mapping[str, Desk]) -> list[Section]:
    """The tables of the desk alone."""
    return [_targets(desk_targets(desks)), _desk(desks)]


def print_tables(sections: Sequence[Section], console: Console) -> None:
    """Show tables on a terminal."""
    for section in sections:
        table = Table(title=section.title, title_justify="left")
        for number, name in enumerate(section.header):
            table.add_column(name, justify="right" if number else "left")
        for row in section.rows:
            table.add_row(*(cell.replace("*", "").replace("`", "") for cell in row))
        console.print(table)


def as_markdown(results: Results) -> str:
    """The whole document."""
    parts = [_introduction(results), *map(_section_as_markdown, sections(results)), _METHOD]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _share(ours: Served, stock: Served, kind: str) -> float:
    return ours.kinds[kind].p50 / stock.kinds[kind].p50


def _targets(goals: Sequence[Target]) -> Section:
    rows = [(goal.what, goal.wanted, goal.show(goal.measured), "yes" if goal.is_met else "**no**") for goal in goals]
    return Section("Targets", ("Target", "Wanted", "Measured", "Met"), rows)


def _costs(measured: InProcess) -> Section:
    rows = [
        (name, _ms(cost.whole.p50), _ms(cost.whole.p95), _ms(cost.turn_alone.p50), _ms(cost.turn_alone.p95))
        for name, cost in ((KINDS[kind], measured.costs[kind]) for kind in KINDS)
    ]
    header = ("Kind of turn", "Whole, p50", "Whole, p95", "Turn alone, p50", "Turn alone, p95")
    note = f"""
*Whole* is from handing a message of the web chat to the inbox until its answers are committed and handed to their
channel; *turn alone* leaves out storing the incoming message. SQLite with `synchronous=FULL`, as shipped. A message is
committed twice: when it comes in and with its turn; one commit of a small row costs {_ms(measured.commit.p50)} here
(p95 {_ms(measured.commit.p95)})."""
    return Section("What a turn costs", header, rows, note)


def _beside_stock(results: Results) -> Section:
    ours, in_memory, sql_store = results.assistant, results.stock_in_memory, results.stock_with_sql_store
    rows = [
        (
            name,
            *(cell for server in (ours, in_memory, sql_store) for cell in _p50_and_p95(server.kinds[kind])),
            *(_part(_share(ours, stock, kind)) for stock in (in_memory, sql_store)),
        )
        for kind, name in REST_KINDS.items()
    ]
    servers = [f"{server}, {percent}" for server in ("JMO", *STOCK) for percent in ("p50", "p95")]
    header = ("Kind of turn", *servers, "JMO / in memory", "JMO / SQL store")
    note = f"""
All by REST over loopback with the same client, in chats of five turns, where stock Rasa is at its quickest. Stock Rasa
is `rasa run` and `rasa run actions` with the same model and the same actions: once with the tracker store it has by
default, *in memory*, which writes nothing to a disk; once with its own *SQL store* in an SQLite file. The SQL store is
the comparison of like with like: as with the assistant, every turn is committed to the disk. The target names the stock
tracker store, which is by default the one in memory; the measurement it was set from was of the SQL store. So both are
held against the same 1/5.

The REST channel gives its answer only after the turn's commit; storing the message before that doesn't wait for the
disk (docs/decisions/0003-one-trip-to-sqlite.md), so that a REST turn waits for it once.

The SQL store fails on SQLAlchemy 2, which the assistant uses. `rasa run` has therefore an environment of its own there,
locked in `bench/stock`: {_stock_environment()}.
The action server runs in the assistant's environment both times. After the run, the benchmark makes sure that the store
holds every message, as Rasa goes on in memory where saving fails.

The model's own components and the light stand-in for TensorFlow serve stock Rasa as well: with its usual pipeline it
would be slower and larger."""
    return Section("Beside stock Rasa", header, rows, note)


def _p50_and_p95(durations: Durations) -> tuple[str, str]:
    return _ms(durations.p50), _ms(durations.p95)


def _stock_environment() -> str:
    """How the versions of stock Rasa's other environment compare with the assistant's."""
    ours, stock = versions(LOCK), versions(STOCK_LOCK)
    others = [name for name, version in stock.items() if version != ours.get(name)]
    named = ", ".join(f"{name} {stock[name]} instead of {ours.get(name)}" for name in others)
    return (
        f"{named}, all other {len(stock) - len(others)} packages in the same versions "
        f"(Rasa {stock['rasa']}, Sanic {stock['sanic']})"
    )


def _long_chats(results: Results) -> Section:
    in_memory, sql_store = results.stock_in_memory.long_chat, results.stock_with_sql_store.long_chat
    chats = (results.in_process.long_chat, results.assistant.long_chat, in_memory, sql_store)
    rows = [(f"Turn {turn}", *(_at(chat, turn) for chat in chats)) for turn in SHOWN_TURNS]
    header = ("The same information turn", "JMO, in process", "JMO by REST", *STOCK)
    note = f"""
Medians of {GROWTH_WINDOW} turns; the target compares medians of {WINDOW}.
At the end of its chat, stock Rasa takes {_end(in_memory)}
in memory, and {_end(sql_store)} with its SQL store.
A chat is given up after {LONGEST_SECONDS:g} s; a dash is a turn not reached."""
    return Section("One long chat", header, rows, note)


def _at(chat: Durations, turn: int) -> str:
    return _ms(chat.window(turn, GROWTH_WINDOW).p50) if turn <= len(chat.seconds) else "–"


def _end(chat: Durations) -> str:
    end = len(chat.seconds)
    return f"{growth(chat, EARLY, end, GROWTH_WINDOW):.1f} times as long as at its start (turn {end})"


def _desk(desks: Mapping[str, Desk]) -> Section:
    rows = [
        (name, *(cell for desk in desks.values() for cell in _p50_and_p95(measured(desk))))
        for name, measured in DESK_KINDS.items()
    ]
    of_each = [f"{desk.waiting} waiting, {database}" for database, desk in desks.items()]
    header = ("", *(f"{name}, {percent}" for name in of_each for percent in ("p50", "p95")))
    note = f"""
One `jmo serve` with {OFFICERS} officers in talks with {OFFICERS} participants, whose streams are all open, and the
other conversations waiting. One message after the other is written, {PAUSE_SECONDS:g} s apart,
{OFFICERS * ROUNDS} each way. Every officer's page does what the real one does: it fetches what the stream tells of,
its conversation and the list beside it. *To the officer* is from sending in the web chat until the words are in a
fragment that the page fetched; *to the participant* is from sending at the desk until they come out of the stream of
the web chat. All times are taken by the client over loopback, which shares the machine's cores with the server: the
server alone takes less. The target of the queue page is held against the time while people write."""
    return Section("The officers' desk", header, rows, note)


def _footprint(results: Results) -> Section:
    ours, stocks = results.assistant, (results.stock_in_memory, results.stock_with_sql_store)
    after_picture = "–" if ours.memory_after_picture is None else _mb(ours.memory_after_picture)
    starts = ", ".join(map(_s, ours.starts))
    rows = [
        ("Cold start to the first answer", f"{_s(ours.start)} (of {starts})", *(_s(stock.start) for stock in stocks)),
        ("Resident memory after 100 turns", _mb(ours.memory), *(_mb(stock.memory) for stock in stocks)),
        ("… and once a chart was drawn", after_picture, *["draws none"] * 2),
        ("Training, the program's start included", _s(results.training), *["the same"] * 2),
        ("Trained model", f"{results.model:.1f} MB", *["the same"] * 2),
    ]
    note = f"""
The environment to run the assistant takes {_mb(results.environment)}, byte code included. Stock Rasa's memory is
that of its two processes."""
    return Section("Start, memory, size", ("", "JMO", *STOCK), rows, note)


def _section_as_markdown(section: Section) -> str:
    lines = [_row(section.header), _row(["---"] + ["--:"] * (len(section.header) - 1)), *map(_row, section.rows)]
    return f"## {section.title}\n\n" + "\n".join(lines) + (f"\n\n{section.note.strip()}" if section.note else "")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _introduction(results: Results) -> str:
    return "\n".join(["# Benchmarks", "", *_introduction_lines(results)])


def _introduction_lines(results: Results) -> Iterator[str]:
    yield "All figures on this page come from one run of `make bench`, which writes the page anew."
    yield "They hold for the machine below and for what else it did at the time."
    yield ""
    yield _row(("Measured", f"{results.at.astimezone(WIB):%Y-%m-%d %H:%M} WIB"))
    yield _row(("---", "---"))
    for name, value in results.machine.items():
        yield _row((name, value))


_METHOD = """
## Method

- Everything runs in a folder of its own on the repository's disk: a model trained for the run, a migrated database with
  the demo participants. Nothing of the assistant's own data is touched, and every process ends with the run.
- *In process*: the assistant with its worker, as `jmo serve` wires it, without a web server; one message after the
  other. 20 rounds of warming up, then 300 turns of each kind and 30 charts, each of another wage; the first chart,
  which loads the drawing library, is left out.
- *By REST*: `jmo serve`, then stock Rasa in memory, then with its SQL store, each alone; 100 turns before the memory is
  read, then 60 other chats of five turns, then one chat of up to 500 turns.
- *The desk*: `jmo serve` on a fresh SQLite file, then on a PostgreSQL cluster made for the run, both waiting for the
  disk at every commit.
- *Cold start*: a fresh process until its first answer by REST, asked for every 20 ms, byte code compiled; the files are
  likely in the system's cache. Stock Rasa's two processes start side by side.
- *Memory* is the resident set of the server's processes. *Environment* adds up the files of the packages that `uv.lock`
  leads to without the development group. One MB is 1,000,000 bytes.
- p50 and p95 are the nearest rank. The test suite asserts no times.
"""


def _ms(value: float) -> str:
    return f"{value:.1f} ms" if value < 100 else f"{value:.0f} ms"


def _s(value: float) -> str:
    return f"{value:.1f} s"


def _mb(value: float) -> str:
    return f"{value:.0f} MB"


def _times(value: float) -> str:
    return f"{value:.2f} times"


def _part(value: float) -> str:
    return f"1/{1 / value:.1f}"

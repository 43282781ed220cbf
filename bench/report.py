"""The figures as tables, on the terminal and in docs/benchmarks.md."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console
from rich.table import Table

from bench.in_process import InProcess
from bench.served import LONGEST_SECONDS, Served
from bench.statistics import Durations, growth
from bot.clock import WIB

EARLY, LATE, WINDOW = 5, 500, 25
GROWTH_WINDOW = 10
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


@dataclass(frozen=True)
class Results:
    """Everything that one run measured."""

    at: datetime
    machine: dict[str, str]
    in_process: InProcess
    assistant: Served
    stock: Served
    stock_sql_problem: str | None
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
    ours, stock = results.assistant.kinds, results.stock.kinds
    costs = results.in_process.costs
    share = ours["information"].p50 / stock["information"].p50
    flat = growth(results.in_process.long_chat, EARLY, LATE, WINDOW)
    return [
        Target("Text turn with a custom action, p50: information", "≤ 6 ms", 6, costs["information"].whole.p50, _ms),
        Target("Text turn with a custom action, p50: balance", "≤ 6 ms", 6, costs["register"].whole.p50, _ms),
        Target("Information by REST, as a part of stock Rasa's p50", "≤ 1/5", 0.2, share, _part),
        Target("Turn 500 of a chat, compared with turn 5", "≤ 1.2 times", 1.2, flat, _times),
        Target("Cold start to the first answer, median", "≤ 8 s", 8, results.assistant.start, _s),
        Target("Training", "≤ 60 s", 60, results.training, _s),
        Target("Resident memory after 100 turns", "≤ 300 MB", 300, results.assistant.memory, _mb),
        Target("Environment to run", "≤ 1 GB", 1000, results.environment, _mb),
    ]


def sections(results: Results) -> list[Section]:
    """All tables in their order."""
    return [
        _targets(results),
        _costs(results.in_process),
        _beside_stock(results),
        _long_chats(results),
        _footprint(results),
    ]


def print_tables(results: Results, console: Console) -> None:
    """Show the tables on a terminal."""
    for section in sections(results):
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


def _targets(results: Results) -> Section:
    rows = [
        (goal.what, goal.wanted, goal.show(goal.measured), "yes" if goal.is_met else "**no**")
        for goal in targets(results)
    ]
    return Section("Targets", ("Target", "Wanted", "Measured", "Met"), rows)


def _costs(measured: InProcess) -> Section:
    rows = [
        (name, _ms(cost.whole.p50), _ms(cost.whole.p95), _ms(cost.turn_alone.p50), _ms(cost.turn_alone.p95))
        for name, cost in ((KINDS[kind], measured.costs[kind]) for kind in KINDS)
    ]
    header = ("Kind of turn", "Whole, p50", "Whole, p95", "Turn alone, p50", "Turn alone, p95")
    note = f"""
*Whole* is from handing a message to the inbox until its answers are committed and read; *turn alone* leaves out
storing the incoming message. SQLite with `synchronous=FULL`, as shipped. A message is committed twice: when it comes in
and with its turn; one commit of a small row costs {_ms(measured.commit.p50)} here
(p95 {_ms(measured.commit.p95)})."""
    return Section("What a turn costs", header, rows, note)


def _beside_stock(results: Results) -> Section:
    ours, stock = results.assistant.kinds, results.stock.kinds
    rows = [
        (
            name,
            _ms(ours[kind].p50),
            _ms(ours[kind].p95),
            _ms(stock[kind].p50),
            _ms(stock[kind].p95),
            _part(ours[kind].p50 / stock[kind].p50),
        )
        for kind, name in REST_KINDS.items()
    ]
    header = ("Kind of turn", "JMO, p50", "JMO, p95", "Stock, p50", "Stock, p95", "JMO / stock")
    note = f"""
Both by REST over loopback with the same client, in chats of five turns, where stock Rasa is at its quickest. Stock Rasa
is `rasa run` and `rasa run actions` with the same model and the same actions; it keeps conversations in memory and
writes nothing to a disk, while every turn of the assistant is committed to one. The model's own components and the
light stand-in for TensorFlow serve stock Rasa as well: with its usual pipeline it would be slower and larger.

{_stock_sql(results)}"""
    return Section("Beside stock Rasa", header, rows, note)


def _stock_sql(results: Results) -> str:
    if results.stock_sql_problem is None:
        return "Its SQL tracker store works here too; it is not measured."
    return f"Its own SQL tracker store can't be compared: on SQLAlchemy 2 it fails (`{results.stock_sql_problem}`)."


def _long_chats(results: Results) -> Section:
    ours, stock = results.assistant.long_chat, results.stock.long_chat
    inside = results.in_process.long_chat
    rows = [(f"Turn {turn}", _at(inside, turn), _at(ours, turn), _at(stock, turn)) for turn in SHOWN_TURNS]
    header = ("The same information turn", "JMO, in process", "JMO by REST", "Stock by REST")
    end = f"at turn {len(stock.seconds)}, stock Rasa takes {_whole_growth(stock):.1f} times as long as at its start"
    note = f"""
Medians of {GROWTH_WINDOW} turns; the target compares medians of {WINDOW}.
At its end, {end}.
A chat is given up after {LONGEST_SECONDS:g} s; a dash is a turn not reached."""
    return Section("One long chat", header, rows, note)


def _at(chat: Durations, turn: int) -> str:
    return _ms(chat.window(turn, GROWTH_WINDOW).p50) if turn <= len(chat.seconds) else "–"


def _whole_growth(chat: Durations) -> float:
    return growth(chat, EARLY, len(chat.seconds), GROWTH_WINDOW)


def _footprint(results: Results) -> Section:
    ours, stock = results.assistant, results.stock
    after_picture = "–" if ours.memory_after_picture is None else _mb(ours.memory_after_picture)
    starts = ", ".join(map(_s, ours.starts))
    rows = [
        ("Cold start to the first answer", f"{_s(ours.start)} (of {starts})", _s(stock.start)),
        ("Resident memory after 100 turns", _mb(ours.memory), f"{_mb(stock.memory)} (two processes)"),
        ("… and once a chart was drawn", after_picture, "draws none"),
        ("Training, the program's start included", _s(results.training), "the same"),
        ("Trained model", f"{results.model:.1f} MB", "the same"),
        ("Environment to run, byte code included", _mb(results.environment), "the same"),
    ]
    return Section("Start, memory, size", ("", "JMO", "Stock Rasa"), rows)


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
- *By REST*: `jmo serve`, then stock Rasa, each alone; 100 turns before the memory is read, then 60 chats of five turns,
  then one chat of up to 500 turns.
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

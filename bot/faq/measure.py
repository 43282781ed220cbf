"""How often the search finds the right entry: first, and among the first three."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import BadInput
from bot.faq.search import search

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the entries that answer it; any of them is right."""

    question: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose right entry wasn't first."""

    asked: Asked
    found: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What was measured; shares are between 0 and 1."""

    questions: int
    without_entry: int
    """Questions that no entry is meant to answer: not counted."""
    misses: tuple[Miss, ...]

    @property
    def first(self) -> float:
        return 1 - len(self.misses) / self.questions

    @property
    def in_three(self) -> float:
        return 1 - len([miss for miss in self.misses if not miss.asked.right & set(miss.found)]) / self.questions


def measure(asked: Iterable[Asked]) -> Result:
    """Search every question. Raises `BadInput` where none has a right entry."""
    asked = tuple(asked)
    answered = [one for one in asked if one.right]
    if not answered:
        raise BadInput("no question of the file has a right entry")
    return Result(len(answered), len(asked) - len(answered), tuple(_misses(answered)))


def _misses(asked: Iterable[Asked]) -> Iterator[Miss]:
    for one in asked:
        found = tuple(hit.entry.id for hit in search(one.question, SHOWN))
        if not found or found[0] not in one.right:
            yield Miss(one, found)


def read_questions(file: Path, answers: Path | None = None) -> list[Asked]:
    """Questions of a table with columns `question` and `entries` (ids joined by `|`).

    With a second table (columns `row`, `entries`) the first one is the official list, whose rows it names.
    Raises `BadInput` where a column is missing.
    """
    rows = _rows(file, {"question"} | ({"row"} if answers else {"entries"}))
    if answers is None:
        return [Asked(row["question"], _ids(row["entries"])) for row in rows]
    right = {row["row"]: _ids(row["entries"]) for row in _rows(answers, {"row", "entries"})}
    return [Asked(row["question"], right.get(row["row"], frozenset())) for row in rows]


def _rows(file: Path, columns: set[str]) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    if not rows or columns - set(rows[0]):
        raise BadInput(f"{file} needs the columns {', '.join(sorted(columns))}")
    return rows


def _ids(joined: str) -> frozenset[str]:
    return frozenset(filter(None, joined.split("|")))

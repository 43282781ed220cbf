"""Rules as data: tables whose rows say since when they hold and where they were read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from bot.benefits.errors import NoRuleYet, NotPublished

Value = TypeVar("Value")


@dataclass(frozen=True)
class DatedRow(Generic[Value]):
    """One rule and the first day it holds.

    `confirmed` is False where the value was derived and not read in a source;
    `start_confirmed` is False where only the first day is uncertain.
    """

    valid_from: date
    value: Value
    source: str
    confirmed: bool = True
    start_confirmed: bool = True


class DatedTable(Generic[Value]):
    """Rules that replace one another over time. A rule that ends is followed by a row that says so."""

    def __init__(self, name: str, *rows: DatedRow[Value]) -> None:
        starts = [row.valid_from for row in rows]
        if not rows or starts != sorted(set(starts)):
            raise ValueError(f"{name}: rows must be given in order of their first day, each day once")
        self.name = name
        self._rows = rows

    def on(self, day: date) -> DatedRow[Value]:
        """The rule of that day. Raises `NoRuleYet` before the first row."""
        for row in reversed(self._rows):
            if row.valid_from <= day:
                return row
        raise NoRuleYet(self.name, day, self.first.valid_from)

    def ends(self, day: date) -> date | None:
        """The last day of the rule of that day, None while no row replaces it."""
        return next((row.valid_from - timedelta(days=1) for row in self._rows if row.valid_from > day), None)

    @property
    def first(self) -> DatedRow[Value]:
        return self._rows[0]

    @property
    def latest(self) -> DatedRow[Value]:
        """The last row, which may start in the future."""
        return self._rows[-1]

    def __iter__(self) -> Iterator[DatedRow[Value]]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


@dataclass(frozen=True)
class YearlyFigure(Generic[Value]):
    """A figure published for one year."""

    year: int
    value: Value
    source: str
    confirmed: bool = True


class YearlyTable(Generic[Value]):
    """Figures of single years. A missing year is missing: its neighbours say nothing about it."""

    def __init__(self, name: str, *figures: YearlyFigure[Value]) -> None:
        self.name = name
        self._figures = {figure.year: figure for figure in figures}
        if len(self._figures) != len(figures):
            raise ValueError(f"{name}: a year is given twice")

    def of(self, year: int) -> YearlyFigure[Value]:
        """The figure of that year. Raises `NotPublished` when it is not known."""
        figure = self.get(year)
        if figure is None:
            raise NotPublished(self.name, year)
        return figure

    def get(self, year: int) -> YearlyFigure[Value] | None:
        return self._figures.get(year)

    @property
    def latest(self) -> YearlyFigure[Value]:
        return self._figures[max(self._figures)]

    def __iter__(self) -> Iterator[YearlyFigure[Value]]:
        return iter(sorted(self._figures.values(), key=lambda figure: figure.year))

    def __len__(self) -> int:
        return len(self._figures)

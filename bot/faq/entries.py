"""The entries, read from `entries/*.yml` and checked while reading: nothing half written is ever shown."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.benefits.tables import DatedTable
from bot.errors import JmoError
from bot.faq.figures import FIGURES, figures, places

FOLDER = Path(__file__).parent
MOST_LINES = 5
_QUICK_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""As safe as the other, and ten times as quick where libyaml is there."""
LONGEST_ID = 40
"""So that a button's payload with it fits into Telegram."""


class BrokenKnowledge(JmoError):
    """An entry or a source is not written as it must be."""


class Programme(StrEnum):
    """What an entry is about; each file has one."""

    CARD = "card"
    CONTRIBUTIONS = "contributions"
    JHT = "jht"
    JP = "jp"
    JKP = "jkp"
    JKK = "jkk"
    JKM = "jkm"
    BPU = "bpu"
    PMI = "pmi"
    JMO = "jmo"
    LAPAK_ASIK = "lapak_asik"
    BRANCH = "branch"
    CALL_175 = "call_175"
    FRAUD = "fraud"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_min_length=1)


class BothLanguages(_Strict):
    """A text in Indonesian and in English."""

    id: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.id


class Source(_Strict):
    """Where a fact was read; `official` is a law, a regulation or the agency itself."""

    name: BothLanguages
    official: bool


class Entry(_Strict):
    """One answer, and how people ask for it."""

    id: str = Field(pattern=r"^[a-z0-9_]+$", max_length=LONGEST_ID)
    programme: Programme
    title: BothLanguages
    """What a button to it says."""
    ask: tuple[str, ...] = Field(min_length=3, max_length=8)
    """Forms of the question, as people write."""
    answer: BothLanguages
    """At most five lines; `{places}` are filled with the figures of the day."""
    next: tuple[str, ...] = Field(min_length=1, max_length=3)
    """What follows: intents of the assistant, or ids of other entries."""
    source: tuple[str, ...] = Field(min_length=1)
    valid_from: date
    """Since when the words hold; figures follow their tables by themselves."""
    rule: str | None = None
    """A figure on which the words depend, not only the number: with a newer row of its table the entry is over."""
    unconfirmed: bool = False
    """Reported or derived, not said by the agency: worded with care."""

    @model_validator(mode="after")
    def _fills_the_same_places_in_both_languages(self) -> "Entry":
        if places(self.answer.id) != places(self.answer.en):
            raise ValueError("the answers fill different places")
        unknown = {*places(self.answer.id), *([self.rule] if self.rule else ())} - set(FIGURES)
        if unknown:
            raise ValueError(f"no figure is called {', '.join(sorted(unknown))}")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether what it says is true on that day: begun, and its rule not replaced since."""
        table = FIGURES[self.rule].table if self.rule else None
        replaced = isinstance(table, DatedTable) and table.on(day).valid_from > self.valid_from
        return self.valid_from <= day and not replaced

    def text(self, language: str, day: date) -> str:
        """The answer with the figures of the day."""
        return self.answer.in_language(language).format_map(figures(day, language))


@cache
def all_entries() -> tuple[Entry, ...]:
    """Every entry, in the order of the files. Raises `BrokenKnowledge` where one is not as it must be."""
    return tuple(entry for file in sorted((FOLDER / "entries").glob("*.yml")) for entry in read_entries(file))


@cache
def _by_id() -> dict[str, Entry]:
    return {entry.id: entry for entry in all_entries()}


def entry_of(entry_id: str | None) -> Entry | None:
    """The entry of that id; None where a button is older than the knowledge."""
    return _by_id().get(entry_id or "")


def read_entries(file: Path) -> Iterator[Entry]:
    """The entries of one file: a programme, and a list."""
    content = yaml.load(file.read_text(encoding="utf-8"), Loader=_QUICK_LOADER)
    for raw in content["entries"]:
        try:
            yield Entry(programme=content["programme"], **raw)
        except (ValidationError, TypeError) as error:
            raise BrokenKnowledge(f"{file.name}, {raw.get('id', 'an entry without id')}: {error}") from error


@cache
def sources() -> dict[str, Source]:
    """The sources that entries name."""
    content = yaml.safe_load((FOLDER / "sources.yml").read_text(encoding="utf-8"))
    return {
        key: Source(name=BothLanguages(id=raw["id"], en=raw["en"]), official=raw["official"])
        for key, raw in content.items()
    }

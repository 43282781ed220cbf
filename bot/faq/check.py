"""Whether the knowledge holds: what a maintainer must put right before it is shown to anybody."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from bot.faq.entries import MOST_LINES, Entry, sources
from bot.faq.wording import known_words
from bot.texts import LANGUAGES

LONGEST_LINE = 260
LONGEST_TITLE = 36
"""Longer titles are cut on a phone's button."""

_HARMLESS = re.compile(
    r"\{\w+\}"  # filled from a table
    r"|\b175\b|0813-8007-0175"
    r"|\bkode 040\b|\bcode 040\b"
    r"|\b1 x 24 (?:jam|hours)\b|\b24 (?:jam|hours)\b"
    r"|\b(?:11|16) (?:angka|digits)"  # KPJ and NIK
    r"|\b(?:PP|UU|Permenaker|Law) \d+/\d{4}\b"
)
_TYPED = re.compile(
    r"(?<![A-Za-z])\d[\d.,/]*"
    r"|\b(?:satu|dua|tiga|empat|lima|enam|sepuluh|one|two|three|four|five|six|ten)"
    r" (?:persen|hari|bulan|tahun|kali|juta|percent|days?|months?|years?|times|million)\b"
)
"""Digits, and numbers of a rule written as words."""
_CAREFUL = {
    "id": re.compile(
        r"biasanya|dilaporkan|menurut laporan|belum ada keterangan resmi|tidak seragam|pastikan|menurut media|perkiraan"
    ),
    "en": re.compile(r"usually|report|no official|disagree|confirm|estimate|press"),
}


def problems(entries: Iterable[Entry], day: date, steps: Collection[str]) -> list[str]:
    """What is wrong, one line each, beginning with the entry's id. `steps` are the intents that have a button."""
    entries = tuple(entries)
    found = [f"{entry.id}: {problem}" for entry in entries for problem in _of_entry(entry, day)]
    return [*found, *_twice(entries), *_dead_ends(entries, steps), *_unused_sources(entries)]


def _of_entry(entry: Entry, day: date) -> Iterator[str]:
    yield from _of_sources(entry)
    yield from _of_validity(entry, day)
    for language in LANGUAGES:
        yield from _of_text(entry, language, day)


def _of_sources(entry: Entry) -> Iterator[str]:
    unknown = set(entry.source) - set(sources())
    if unknown:
        yield f"unknown source {', '.join(sorted(unknown))}"
    elif not entry.unconfirmed and not any(sources()[name].official for name in entry.source):
        yield "no official source, so it must be marked unconfirmed"


def _of_validity(entry: Entry, day: date) -> Iterator[str]:
    if entry.valid_from > day:
        yield f"holds only from {entry.valid_from}"
    elif not entry.holds_on(day):
        yield f"states a past rule as current: {entry.rule} has a newer row"


def _of_text(entry: Entry, language: str, day: date) -> Iterator[str]:
    template = entry.answer.in_language(language)
    typed = _TYPED.findall(_HARMLESS.sub("", template))
    if typed:
        yield f"{language}: numbers are typed, not taken from a table: {' '.join(typed)}"
    if entry.unconfirmed and not _CAREFUL[language].search(template.lower()):
        yield f"{language}: unconfirmed, but said without care"
    if len(entry.title.in_language(language)) > LONGEST_TITLE:
        yield f"{language}: the title is longer than {LONGEST_TITLE} characters"
    lines = entry.text(language, day).splitlines() if entry.holds_on(day) else template.splitlines()
    if len(lines) > MOST_LINES:
        yield f"{language}: {len(lines)} lines, at most {MOST_LINES} are read"
    if any(len(line) > LONGEST_LINE for line in lines):
        yield f"{language}: a line is longer than {LONGEST_LINE} characters"


def _twice(entries: tuple[Entry, ...]) -> Iterator[str]:
    ids: set[str] = set()
    asked: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in entries:
        if entry.id in ids:
            yield f"{entry.id}: another entry has this id"
        ids.add(entry.id)
        for form in entry.ask:
            words = tuple(known_words(form))
            if entry.id in asked[words]:
                yield f"{entry.id}: {form!r} is asked twice"
            asked[words].add(entry.id)
    for words, names in asked.items():
        if len(names) > 1:
            yield f"{', '.join(sorted(names))}: all ask {' '.join(words)!r}"


def _dead_ends(entries: tuple[Entry, ...], steps: Collection[str]) -> Iterator[str]:
    known = {entry.id for entry in entries} | set(steps)
    for entry in entries:
        for step in entry.next:
            if step not in known:
                yield f"{entry.id}: the button {step!r} leads nowhere"
            if step == entry.id:
                yield f"{entry.id}: a button leads to the entry itself"


def _unused_sources(entries: tuple[Entry, ...]) -> Iterator[str]:
    for name in sorted(set(sources()) - {name for entry in entries for name in entry.source}):
        yield f"source {name}: no entry names it"

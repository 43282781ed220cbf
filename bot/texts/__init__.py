"""Everything a participant reads: one folder per language, one file per topic."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import yaml

DEFAULT_LANGUAGE = "id"
LANGUAGES = ("id", "en")
LIGHT = "__light"
"""How the key of a short text ends that stands in for a long one in light mode."""
_FOLDER = Path(__file__).parent
_light: ContextVar[bool] = ContextVar("light", default=False)


def say(key: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The text `topic.name` in a language, with its placeholders filled; the short one where there is one."""
    known = texts(language)
    short = known.get(f"{key}{LIGHT}") if is_light() else None
    return (short or known[key]).format(**values)


def is_light() -> bool:
    """Whether what is said now is to be short."""
    return _light.get()


@contextmanager
def short_texts(wanted: bool) -> Iterator[None]:
    """Within it short texts are said, where `wanted`."""
    before = _light.set(wanted)
    try:
        yield
    finally:
        _light.reset(before)


@cache
def texts(language: str) -> dict[str, str]:
    """All texts of a language by `topic.name`; Indonesian stands in where another language has none yet."""
    own = {
        f"{file.stem}.{name}": text
        for file in sorted((_FOLDER / language).glob("*.yml"))
        for name, text in yaml.safe_load(file.read_text(encoding="utf-8")).items()
    }
    return own if language == DEFAULT_LANGUAGE else {**texts(DEFAULT_LANGUAGE), **own}

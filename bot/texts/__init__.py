"""Everything a participant reads: one folder per language, one file per topic."""

from functools import cache
from pathlib import Path

import yaml

DEFAULT_LANGUAGE = "id"
LANGUAGES = ("id", "en")
_FOLDER = Path(__file__).parent


def say(key: str, language: str = DEFAULT_LANGUAGE, **values: object) -> str:
    """The text `topic.name` in a language, with its placeholders filled."""
    return texts(language)[key].format(**values)


@cache
def texts(language: str) -> dict[str, str]:
    """All texts of a language by `topic.name`; Indonesian stands in where another language has none yet."""
    own = {
        f"{file.stem}.{name}": text
        for file in sorted((_FOLDER / language).glob("*.yml"))
        for name, text in yaml.safe_load(file.read_text(encoding="utf-8")).items()
    }
    return own if language == DEFAULT_LANGUAGE else {**texts(DEFAULT_LANGUAGE), **own}

"""How a text is read by the search: usual spelling, one word for what has several names, no particles."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from nlu.components.features import features_of
from nlu.components.normaliser import words_of


@dataclass(frozen=True)
class Wording:
    """The words of `words.yml`."""

    same: tuple[tuple[str, str], ...]
    """What people say and what it is read as, the longest first, each between spaces."""
    particles: frozenset[str]
    fillers: frozenset[str]
    names: frozenset[str]


def known_words(text: str) -> list[str]:
    """The words of a text that tell something, each once where it stands twice in a row."""
    wording = _wording()
    spaced = f" {' '.join(words_of(text))} "
    for said, name in wording.same:
        spaced = spaced.replace(said, name)
    words = [word for word in spaced.split() if word not in wording.particles]
    return [word for word, before in zip(words, ["", *words], strict=False) if word != before]


def features(words: list[str]) -> list[str]:
    """Words, pairs, skeletons and pieces; of words that tell little only the word."""
    return features_of(words, whole=_wording().fillers)


def all_names() -> frozenset[str]:
    """The programmes and channels that can be named."""
    return _wording().names


def names_in(words: list[str]) -> frozenset[str]:
    """The programmes and channels that are named."""
    return _wording().names & set(words)


@cache
def _wording() -> Wording:
    raw = yaml.safe_load((Path(__file__).parent / "words.yml").read_text(encoding="utf-8"))
    same = {f" {' '.join(words_of(said))} ": f" {name} " for name, ways in raw["same"].items() for said in ways}
    longest_first = sorted(same.items(), key=lambda pair: (-len(pair[0]), pair))
    particles, fillers, names = (frozenset(raw[kind].split()) for kind in ("particles", "fillers", "names"))
    return Wording(tuple(longest_first), particles, fillers, names)

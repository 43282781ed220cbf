"""Finds the entries that answer a free question: words, pairs and pieces of words, weighed by how rare they are.

No training and no network: the index is built from the entries at first use. Words are brought to their usual
spelling by the normaliser of the language understanding (`nlu/components/normaliser.py`), which needs nothing of Rasa.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log, sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml

from bot import clock
from bot.faq.entries import Entry, all_entries
from nlu.components.features import features_of
from nlu.components.normaliser import words_of

Weights = dict[str, float]

SURE = 0.62
"""From this score on an entry is shown as the answer."""
LIKELY = 0.38
"""From this score on an entry's title is worth offering."""
_KIND_WEIGHTS = {"w": 1.0, "p": 0.7, "s": 0.4, "k": 0.5, "c": 0.35, "#": 0.3, "b": 0.15, "e": 0.15}
"""By the first character of a feature: word, pair, pair with a gap, skeleton, piece, number's shape, first, last."""
_OF_FORM, _OF_ENTRY = 0.65, 0.35
"""How much the likeness to one form of the question counts, and how much that to the whole entry."""
_ANSWER_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and how well it fits: 1 is a question that it names word by word, 0 has nothing in common."""

    entry: Entry
    score: float


def search(question: str, limit: int = 3, day: date | None = None) -> list[Found]:
    """The entries that fit a question best, best first; only what holds on that day, and nothing where nothing fits."""
    day = day or clock.today()
    index = _index()
    scores = index.scores(question)
    ranked = (int(place) for place in np.lexsort((np.arange(len(scores)), -scores)) if scores[place] > 0)
    found = (Found(index.entries[place], round(float(scores[place]), 4)) for place in ranked)
    return _first(limit, (hit for hit in found if hit.entry.holds_on(day)))


def _first(limit: int, hits: Iterable[Found]) -> list[Found]:
    return [hit for _, hit in zip(range(limit), hits, strict=False)]


class Index:
    """Every form of every question, and every entry as a whole, as weighed features."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        forms = [(place, form) for place, entry in enumerate(entries) for form in _forms(entry)]
        features = [features_of(known_words(form)) for _, form in forms]
        self._rarity = _rarity(entries, features, [place for place, _ in forms])
        self._unseen = max(self._rarity.values())
        # The forms of all entries, and after them the entries as wholes: both are asked the same.
        self._texts = _Postings([*map(self._weigh, features), *map(self._weigh_entry, entries)])
        self._starts = np.searchsorted([place for place, _ in forms], np.arange(len(entries)))

    def scores(self, question: str) -> npt.NDArray[np.float64]:
        """How well each entry fits, in the order of the entries."""
        weights = self._weigh(features_of(known_words(question)))
        length = sqrt(sum(weight * weight for weight in weights.values()))
        if not length:
            return np.zeros(len(self.entries))
        of_forms, by_entry = np.split(self._texts.likeness(weights), [-len(self.entries)])
        by_form = np.maximum.reduceat(of_forms, self._starts)
        scores: npt.NDArray[np.float64] = (_OF_FORM * by_form + _OF_ENTRY * by_entry) / length
        return scores

    def _weigh(self, features: Iterable[str]) -> Weights:
        return {
            feature: _KIND_WEIGHTS[feature[0]] * self._rarity.get(feature, self._unseen if feature[0] == "w" else 0.0)
            for feature in features
        }

    def _weigh_entry(self, entry: Entry) -> Weights:
        """All forms together, and the answer with less weight."""
        weights = self._weigh(feature for text in _answers(entry) for feature in features_of(known_words(text)))
        weights = {feature: weight * _ANSWER_WEIGHT for feature, weight in weights.items()}
        for form in _forms(entry):
            weights |= self._weigh(features_of(known_words(form)))
        return weights


class _Postings:
    """For each feature the texts that have it, with its weight there; every text has length 1."""

    def __init__(self, texts: Iterable[Weights]) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        values: dict[str, list[float]] = defaultdict(list)
        self._size = 0
        for place, weights in enumerate(texts):
            self._size += 1
            length = sqrt(sum(weight * weight for weight in weights.values()))
            for feature, weight in weights.items():
                places[feature].append(place)
                values[feature].append(weight / length)
        self._lists = {name: (np.array(places[name]), np.array(values[name])) for name in places}

    def likeness(self, weights: Weights) -> npt.NDArray[np.float64]:
        """The product of the question with every text."""
        met = [(*self._lists[feature], weight) for feature, weight in weights.items() if feature in self._lists]
        if not met:
            return np.zeros(self._size)
        places = np.concatenate([places for places, _, _ in met])
        values = np.concatenate([values for _, values, _ in met])
        values *= np.repeat([weight for _, _, weight in met], [len(places) for places, _, _ in met])
        return np.bincount(places, values, minlength=self._size).astype(np.float64, copy=False)


@cache
def _index() -> Index:
    return Index(all_entries())


def known_words(text: str) -> list[str]:
    """The words of a text in their usual spelling, with one name for what has several."""
    spaced = f" {' '.join(words_of(text))} "
    for said, name in _synonyms():
        spaced = spaced.replace(f" {said} ", f" {name} ")
    return spaced.split()


@cache
def _synonyms() -> tuple[tuple[str, str], ...]:
    """What people say and what it is searched as, the longest first."""
    raw = yaml.safe_load((Path(__file__).parent / "synonyms.yml").read_text(encoding="utf-8"))
    pairs = [(said, str(name)) for name, ways in raw.items() for said in ways]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


def _forms(entry: Entry) -> Iterator[str]:
    yield from entry.ask
    yield from (entry.title.id, entry.title.en)


def _answers(entry: Entry) -> tuple[str, str]:
    return entry.answer.id, entry.answer.en


def _rarity(entries: tuple[Entry, ...], features: list[list[str]], places: list[int]) -> dict[str, float]:
    """How telling each feature is: the fewer entries have it, the more."""
    having: Counter[str] = Counter()
    of_entry: dict[int, set[str]] = defaultdict(set)
    for place, found in zip(places, features, strict=True):
        of_entry[place].update(found)
    for found_in_entry in of_entry.values():
        having.update(found_in_entry)
    return {feature: log(1 + len(entries) / count) for feature, count in having.items()}

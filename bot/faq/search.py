"""Finds the entries that answer a free question: words, pairs and pieces of words, weighed by how rare they are.

No training and no network: the index is built from the entries at first use. The spelling is brought to the usual one
by the normaliser of the language understanding (`nlu/components/normaliser.py`), which needs nothing of Rasa.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from bot import clock
from bot.faq.entries import Entry, all_entries
from bot.faq.wording import features, known_words, names_in

Weights = dict[str, float]
Scores = npt.NDArray[np.float64]

SURE = 0.4
"""From this score on an entry may be shown as the answer …"""
AHEAD = 0.08
"""… if it is so much ahead of the next: of questions held apart, 99 % of those answered so are answered rightly."""
LIKELY = 0.3
"""From this score on an entry's title is worth offering."""
_KIND_WEIGHTS = {"w": 1.0, "p": 0.7, "s": 0.4, "k": 0.5, "c": 0.25, "#": 0.3, "b": 0.15, "e": 0.15}
"""By the first character of a feature: word, pair, pair with a gap, skeleton, piece, number's shape, first, last.

These and the numbers below were chosen by leaving out one form of a question at a time and searching for its entry.
"""
_OF_FORM = 0.2
"""How much the likeness to the nearest form counts beside the likeness to the whole entry."""
_RARITY = 0.5
"""How much rare features count more than common ones: 0 not at all, 1 as their logarithm does."""
_OF_ANSWER = 0.4
"""How much a feature of the answer counts beside one of a question."""
_UNNAMED = 0.5
"""How much less an entry fits that names nothing of what the question names."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entry and how well it fits, from 0 (nothing in common) towards 1."""

    entry: Entry
    score: float


def search(question: str, limit: int = 3, day: date | None = None) -> list[Found]:
    """The entries that fit a question best, best first: only what holds on that day, and nothing where nothing fits."""
    day = day or clock.today()
    index = _index()
    scores = index.scores(question)
    ranked = (int(place) for place in np.argsort(-scores, kind="stable") if scores[place] > 0)
    found = (Found(index.entries[place], round(float(scores[place]), 4)) for place in ranked)
    holding = (hit for hit in found if hit.entry.holds_on(day))
    return [hit for _, hit in zip(range(limit), holding, strict=False)]


def sure_answer(question: str, day: date) -> Entry | None:
    """The entry that surely answers a question, None where none does or two may."""
    found = search(question, 2, day)
    if not found or found[0].score < SURE:
        return None
    next_best = found[1].score if len(found) > 1 else 0.0
    return found[0].entry if found[0].score - next_best >= AHEAD else None


class Index:
    """Every form of every question, and every entry as a whole, as weighed features."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        asked = [[features(known_words(form)) for form in _forms(entry)] for entry in entries]
        self._rarity = _rarity_of(asked)
        self._rarest = max(self._rarity.values())
        wholes = map(self._whole, entries, asked)
        self._postings = _Postings(chain(wholes, (self._weigh(form) for forms in asked for form in forms)))
        self._starts = np.cumsum([0, *(len(forms) for forms in asked[:-1])])
        self._names = [names_in(known_words(" ".join(_texts(entry)))) for entry in entries]

    def scores(self, question: str) -> Scores:
        """How well each entry fits, in the order of the entries."""
        words = known_words(question)
        weights = self._weigh(features(words))
        length = _length(weights)
        if not length:
            return np.zeros(len(self.entries))
        by_text = self._postings.likeness(weights)
        by_whole, by_form = by_text[: len(self.entries)], by_text[len(self.entries) :]
        by_form = np.maximum.reduceat(by_form, self._starts)
        likeness: Scores = (_OF_FORM * by_form + (1 - _OF_FORM) * by_whole) / length
        return likeness * self._by_names(names_in(words))

    def _by_names(self, named: frozenset[str]) -> Scores:
        if not named:
            return np.ones(len(self.entries))
        missing = np.array([len(named - names) for names in self._names]) / len(named)
        return 1 - _UNNAMED * missing

    def _weigh(self, found: Iterable[str]) -> Weights:
        """An unknown word counts as the rarest: a question full of them fits nothing."""
        rarity, rarest = self._rarity, self._rarest
        return {
            feature: _KIND_WEIGHTS[feature[0]] * rarity.get(feature, rarest if feature[0] == "w" else 0.0)
            for feature in found
        }

    def _whole(self, entry: Entry, asked: list[list[str]]) -> Weights:
        """All forms of its question together, the commoner among them the more, and its answer."""
        answer = self._weigh(features(known_words(f"{entry.answer.id} {entry.answer.en}")))
        whole = {feature: _OF_ANSWER * weight for feature, weight in answer.items()}
        counts = Counter(feature for form in asked for feature in form)
        weights = self._weigh(counts)
        return whole | {feature: weights[feature] * (1 + log(count)) for feature, count in counts.items()}


class _Postings:
    """For each feature the texts that have it, with its weight there; every text has length 1."""

    def __init__(self, texts: Iterable[Weights]) -> None:
        self._ids: dict[str, int] = {}
        # Text after text into numbers: all of them as dictionaries at once would take tens of megabytes for good.
        ids, values, sizes = array("i"), array("d"), array("i")
        for weights in texts:
            length = _length(weights)
            ids.extend(self._ids.setdefault(feature, len(self._ids)) for feature in weights)
            values.extend(weight / length for weight in weights.values())
            sizes.append(len(weights))
        self._size = len(sizes)
        features = np.frombuffer(ids, np.intc)
        order = np.argsort(features, kind="stable")
        self._places = np.repeat(np.arange(self._size, dtype=np.int32), sizes)[order]
        self._values = np.frombuffer(values)[order]
        self._starts = np.searchsorted(features[order], np.arange(len(self._ids) + 1)).tolist()

    def likeness(self, weights: Weights) -> Scores:
        """The product of a question with every text."""
        met = [(self._ids[feature], weight) for feature, weight in weights.items() if feature in self._ids]
        if not met:
            return np.zeros(self._size)
        lists = [slice(self._starts[feature], self._starts[feature + 1]) for feature, _ in met]
        places = np.concatenate([self._places[one] for one in lists])
        values = np.concatenate([self._values[one] for one in lists])
        values *= np.repeat([weight for _, weight in met], [one.stop - one.start for one in lists])
        return np.bincount(places, values, minlength=self._size).astype(np.float64, copy=False)


@cache
def _index() -> Index:
    return Index(all_entries())


def _forms(entry: Entry) -> Iterator[str]:
    yield from entry.ask
    yield from (entry.title.id, entry.title.en)


def _texts(entry: Entry) -> Iterator[str]:
    yield from _forms(entry)
    yield from (entry.answer.id, entry.answer.en, entry.programme)


def _length(weights: Weights) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def _rarity_of(asked: list[list[list[str]]]) -> dict[str, float]:
    """How telling each feature is: the fewer entries ask with it, the more."""
    having = Counter(feature for forms in asked for feature in {feature for form in forms for feature in form})
    return {feature: log(1 + len(asked) / count) ** _RARITY for feature, count in having.items()}

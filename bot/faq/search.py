"""Finds the entries that answer a free question: words, pairs and pieces of words, weighed by how rare they are.

No training and no network: the index is built from the entries at first use. The spelling is brought to the usual one
by the normaliser of the language understanding (`nlu/components/normaliser.py`), which needs nothing of Rasa.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from math import log, sqrt

import numpy as np
import numpy.typing as npt

from bot import clock
from bot.faq.entries import Entry, all_entries
from bot.faq.wording import all_names, features, known_words, names_in

Numbers = Sequence[int]
Weights = dict[int, float]
"""By the numbers of features."""
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
        # All texts as numbers at once: as words they would take tens of megabytes, of which some stay for good.
        self._features = _Features()
        asked = [[self._features.learn(_features_of(form)) for form in _forms(entry)] for entry in entries]
        answered = [self._features.learn_words(_features_of(entry.answer.id, entry.answer.en)) for entry in entries]
        self._features.weigh_by(asked)
        wholes = map(self._whole, asked, answered)
        self._postings = _Postings(chain(wholes, (self._features.weigh(form) for forms in asked for form in forms)))
        self._starts = np.cumsum([0, *(len(forms) for forms in asked[:-1])])
        named = [names_in(known_words(" ".join(_texts(entry)))) for entry in entries]
        self._lacking = {name: np.array([name not in names for names in named]) for name in all_names()}

    def scores(self, question: str) -> Scores:
        """How well each entry fits, in the order of the entries."""
        words = known_words(question)
        found = features(words)
        weights = self._features.weigh(self._features.known(found))
        if not weights:
            return np.zeros(len(self.entries))
        by_text = self._postings.likeness(weights)
        by_whole, by_form = by_text[: len(self.entries)], by_text[len(self.entries) :]
        by_form = np.maximum.reduceat(by_form, self._starts)
        length = sqrt(_squares(weights) + self._features.squares_of_unknown_words(found))
        likeness: Scores = (_OF_FORM * by_form + (1 - _OF_FORM) * by_whole) / length
        return likeness * self._by_names(names_in(words))

    def _by_names(self, named: frozenset[str]) -> Scores:
        lacking = sum((self._lacking[name] for name in named), np.zeros(len(self.entries)))
        return 1 - _UNNAMED * lacking / max(len(named), 1)

    def _whole(self, asked: list[Numbers], answered: Numbers) -> Weights:
        """All forms of a question together, the commoner a feature among them the more, and the answer."""
        whole = {feature: _OF_ANSWER * weight for feature, weight in self._features.weigh(answered).items()}
        counts = Counter(chain.from_iterable(asked))
        return whole | {
            feature: weight * (1 + log(counts[feature])) for feature, weight in self._features.weigh(counts).items()
        }


class _Features:
    """The features of the questions and the words of the answers as numbers, and how telling each is."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._weights = array("d")
        self._of_unknown_word = 0.0

    def learn(self, found: Iterable[str]) -> Numbers:
        """Give each feature its number."""
        return array("i", [self._ids.setdefault(feature, len(self._ids)) for feature in found])

    def learn_words(self, found: Iterable[str]) -> Numbers:
        """The same for an answer, of which only whole words count where no question has them."""
        return self.learn(feature for feature in found if feature[0] == "w" or feature in self._ids)

    def weigh_by(self, asked: list[list[Numbers]]) -> None:
        """Find out how telling each feature is: the fewer entries ask with it, the more.

        An unknown word counts as the rarest: a question full of them fits nothing.
        """
        having = Counter(feature for forms in asked for feature in set(chain.from_iterable(forms)))
        rarity = {feature: log(1 + len(asked) / count) ** _RARITY for feature, count in having.items()}
        rarest = max(rarity.values())
        self._of_unknown_word = _KIND_WEIGHTS["w"] * rarest
        self._weights.extend(
            _KIND_WEIGHTS[feature[0]] * rarity.get(number, rarest) for feature, number in self._ids.items()
        )

    def known(self, found: Iterable[str]) -> list[int]:
        """The numbers of what has one."""
        return [self._ids[feature] for feature in found if feature in self._ids]

    def weigh(self, numbers: Iterable[int]) -> Weights:
        return {number: self._weights[number] for number in numbers}

    def squares_of_unknown_words(self, found: Iterable[str]) -> float:
        unknown = sum(feature[0] == "w" and feature not in self._ids for feature in found)
        return unknown * self._of_unknown_word**2


class _Postings:
    """For each feature the texts that have it, with its weight there; every text has length 1."""

    def __init__(self, texts: Iterable[Weights]) -> None:
        ids, values, sizes = array("i"), array("f"), array("i")
        for weights in texts:
            length = sqrt(_squares(weights))
            ids.extend(weights)
            values.extend(weight / length for weight in weights.values())
            sizes.append(len(weights))
        self._size = len(sizes)
        features = np.frombuffer(ids, np.intc)
        order = np.argsort(features, kind="stable")
        self._places = np.repeat(np.arange(self._size, dtype=np.int32), sizes)[order]
        self._values = np.frombuffer(values, np.float32)[order]
        self._starts = np.searchsorted(features[order], np.arange(features.max() + 2)).tolist()

    def likeness(self, weights: Weights) -> Scores:
        """The product of a question with every text."""
        lists = [slice(self._starts[feature], self._starts[feature + 1]) for feature in weights]
        places = np.concatenate([self._places[one] for one in lists])
        values = np.concatenate([self._values[one] for one in lists])
        values *= np.repeat(list(weights.values()), [one.stop - one.start for one in lists])
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


def _features_of(*texts: str) -> list[str]:
    return features(known_words(" ".join(texts)))


def _squares(weights: Weights) -> float:
    return sum(weight * weight for weight in weights.values())

"""Reads a word with one slip as the known word it comes from: a missing, extra, wrong or swapped letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

SHORTEST = 4
"""Shorter words are too near to each other."""
OFTEN = 2
"""A word must have been met this often to be what somebody meant."""


class Spelling:
    """The words of the training data, and what their misspellings look like."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.counts = dict(counts)
        self._meant: dict[str, str] = {}
        for word in sorted(self.counts, key=lambda word: (-self.counts[word], word)):
            if self.counts[word] >= OFTEN and _can_be_misspelt(word):
                for trace in _traces(word):
                    self._meant.setdefault(trace, word)

    @classmethod
    def of(cls, messages: Iterable[list[str]]) -> Spelling:
        return cls(Counter(word for words in messages for word in words))

    def corrected(self, words: list[str]) -> list[str]:
        return [word if word in self.counts else self._correct(word) for word in words]

    def _correct(self, word: str) -> str:
        if not _can_be_misspelt(word):
            return word
        found = (self._meant[trace] for trace in _traces(word) if trace in self._meant)
        near = (meant for meant in found if abs(len(meant) - len(word)) <= 1)
        return max(near, key=lambda meant: (self.counts[meant], meant), default=word)


def _can_be_misspelt(word: str) -> bool:
    return len(word) >= SHORTEST and word.isalpha()


def _traces(word: str) -> Iterator[str]:
    """The word, and the word without each of its letters: two words one slip apart share one of these."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]

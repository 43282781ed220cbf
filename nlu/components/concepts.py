"""What a word is about, for words that mean much the same: "menarik", "ambil" and "pencairan" are about taking out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import yaml

from nlu.components.normaliser import squeeze

CONCEPTS = Path(__file__).parent.parent / "concepts.yml"

NEAR = 6
"""Two concepts so many words apart still belong together: "tidak … diambil", "hp … hilang"."""

Words = dict[str, tuple[str, ...]]


def concept_features(words: list[str]) -> list[str]:
    """Features of a message: each concept in it, and each two near each other in whatever order."""
    return list(dict.fromkeys(_concepts_and_pairs(words)))


def _concepts_and_pairs(words: list[str]) -> Iterator[str]:
    places = [(place, concept) for place, word in enumerate(words) for concept in concepts_of(word)]
    for number, (place, concept) in enumerate(places):
        yield f"@{concept}"
        for later, other in places[number + 1 :]:
            if later - place > NEAR:
                break
            if other != concept:
                yield f"&{min(concept, other)}+{max(concept, other)}"


@lru_cache(maxsize=8192)
def concepts_of(word: str) -> tuple[str, ...]:
    """The concepts of a normalised word; most words have none, some several."""
    whole, beginnings = read_concepts()
    begun = [concept for start, concepts in beginnings.items() if word.startswith(start) for concept in concepts]
    return (*whole.get(word, ()), *begun)


@cache
def read_concepts() -> tuple[Words, Words]:
    """The concepts of whole words, and of beginnings of words."""
    whole: Words = {}
    beginnings: Words = {}
    for concept, words in yaml.safe_load(CONCEPTS.read_text(encoding="utf-8")).items():
        for word in words.split():
            table = beginnings if word.endswith("*") else whole
            key = squeeze(word.removesuffix("*"))
            table[key] = (*table.get(key, ()), concept)
    return whole, beginnings

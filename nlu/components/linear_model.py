"""A linear model over sparse features, small enough to keep in memory and quick enough for every message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlu.components.concepts import concept_features
from nlu.components.features import features_of, stand_ins
from nlu.components.normaliser import words_of
from nlu.components.spelling import Spelling

Floats = npt.NDArray[np.float32]

_WEIGHTS = "weights.npz"
_NAMES = "names.json"
_STEPS = 127
"""Weights are stored in one byte each: this many steps up and down for each feature."""


@dataclass(frozen=True)
class LinearModel:
    """Labels, features with their rarity, and what each feature says for each label."""

    labels: list[str]
    spelling: Spelling
    places: dict[str, int]
    rarity: Floats
    weights: Floats
    bias: Floats
    temperature: float = 1.0

    def confidences(self, text: str) -> Floats:
        """The probability of each label; the fewer words are known the more equal, all equal when none is."""
        return softmax(self.margins(text) * np.float32(self.temperature))

    def margins(self, text: str) -> Floats:
        """How much the message speaks for each label, nothing for any when no word is known."""
        words = self.spelling.corrected(words_of(text))
        found = [self.places[feature] for feature in seen_in(words) if feature in self.places]
        if not found:
            return np.zeros(len(self.labels), dtype=np.float32)
        rarity = self.rarity[found]
        margins = rarity @ self.weights[found] / np.sqrt(rarity @ rarity) + self.bias
        known: Floats = margins * np.float32(sum(map(self._is_known, words)) / len(words))
        return known

    def _is_known(self, word: str) -> bool:
        return word in self.spelling.counts or any(feature in self.places for feature in stand_ins(word))

    def save(self, folder: Path) -> None:
        """Write numbers as numbers and names as JSON: loading runs no code."""
        steps = np.abs(self.weights).max(axis=1, keepdims=True) / _STEPS + np.float32(1e-12)
        np.savez_compressed(
            folder / _WEIGHTS,
            weights=np.round(self.weights / steps).astype(np.int8),
            steps=steps.astype(np.float32),
            rarity=self.rarity.astype(np.float32),
            bias=self.bias.astype(np.float32),
        )
        names = {
            "labels": self.labels,
            "words": self.spelling.counts,
            "features": list(self.places),
            "temperature": self.temperature,
        }
        (folder / _NAMES).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> LinearModel:
        names = json.loads((folder / _NAMES).read_text(encoding="utf-8"))
        with np.load(folder / _WEIGHTS, allow_pickle=False) as stored:
            return cls(
                labels=names["labels"],
                spelling=Spelling(names["words"]),
                places={feature: place for place, feature in enumerate(names["features"])},
                rarity=stored["rarity"],
                weights=stored["weights"].astype(np.float32) * stored["steps"],
                bias=stored["bias"],
                temperature=float(names["temperature"]),
            )


def seen_in(words: list[str]) -> list[str]:
    """The features of a message's words."""
    return [*features_of(words), *concept_features(words)]


def softmax(margins: Floats) -> Floats:
    raised = np.exp(margins - margins.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares

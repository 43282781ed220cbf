"""A linear model over sparse features, small enough to keep in memory and quick enough for every message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from nlu.components.features import features_of, tells_a_word
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
        """The probability of each label; equal for all when no word of the message is known."""
        found = self._known(text)
        if not found:
            return np.full(len(self.labels), 1 / len(self.labels), dtype=np.float32)
        return softmax(self.margins(found) * self.temperature)

    def margins(self, found: list[int]) -> Floats:
        rarity = self.rarity[found]
        margins: Floats = rarity @ self.weights[found] / np.sqrt(rarity @ rarity) + self.bias
        return margins

    def _known(self, text: str) -> list[int]:
        """Places of the known features; none when all that is known are chance meetings of letters."""
        features = features_of(self.spelling.corrected(words_of(text)))
        known = [feature for feature in features if feature in self.places]
        return [self.places[feature] for feature in known] if any(map(tells_a_word, known)) else []

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


def softmax(margins: Floats) -> Floats:
    raised = np.exp(margins - margins.max(axis=-1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shares

"""Learns a `LinearModel` from examples: noised copies, a linear support vector machine, calibrated confidences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from nlu.components.augmentation import noised_copies, with_asides
from nlu.components.linear_model import Floats, LinearModel, seen_in, softmax
from nlu.components.normaliser import words_of
from nlu.components.recipe import Recipe
from nlu.components.spelling import Spelling


def learn(texts: Sequence[str], labels: Sequence[str], recipe: Recipe) -> LinearModel:
    """Learn from examples; the same examples and recipe always give the same model."""
    model = _fit(texts, labels, recipe)
    return replace(model, temperature=_temperature(texts, labels, recipe))


def _fit(texts: Sequence[str], labels: Sequence[str], recipe: Recipe) -> LinearModel:
    spelling = Spelling.of(map(words_of, texts))
    clean = _features(texts, spelling)
    counts = _counts(clean, recipe.rarest)
    rarity = _rarity(counts, len(clean), recipe.rarity_power)
    places = {feature: place for place, feature in enumerate(counts)}

    def machine(number: int) -> LinearSVC:
        seed = recipe.seed + number
        more, their_labels = _augmented(texts, labels, recipe, Random(seed))
        learner = LinearSVC(
            C=recipe.strength, tol=0.05, random_state=seed, class_weight="balanced" if recipe.balanced else None
        )
        return learner.fit(_matrix(clean + _features(more, spelling), places, rarity), [*labels, *their_labels])

    machines = [machine(number) for number in range(recipe.machines)]
    return LinearModel(
        labels=[str(label) for label in machines[0].classes_],
        spelling=spelling,
        places=places,
        rarity=rarity,
        weights=np.ascontiguousarray(np.mean([_for_each_label(one.coef_) for one in machines], axis=0).T),
        bias=np.mean([_for_each_label(one.intercept_) for one in machines], axis=0),
    )


def _for_each_label(learnt: npt.NDArray[np.float64]) -> Floats:
    """For two labels the machine learns what speaks for the second, which is what speaks against the first."""
    return (np.concatenate([-learnt, learnt]) if len(learnt) == 1 else learnt).astype(np.float32)


def _augmented(
    texts: Sequence[str], labels: Sequence[str], recipe: Recipe, random: Random
) -> tuple[list[str], list[str]]:
    noisy, noisy_labels = noised_copies(texts, labels, recipe.copies, recipe.noise_rate, random)
    longer, longer_labels = with_asides(texts, labels, recipe.asides, recipe.aside_copies, random)
    return noisy + longer, noisy_labels + longer_labels


def _features(texts: Sequence[str], spelling: Spelling) -> list[list[str]]:
    return [seen_in(spelling.corrected(words_of(text))) for text in texts]


def _counts(examples: list[list[str]], rarest: int) -> dict[str, int]:
    counts = Counter(feature for features in examples for feature in features)
    return {feature: count for feature, count in counts.items() if count >= rarest}


def _rarity(counts: dict[str, int], examples: int, power: float) -> Floats:
    shares = np.array(list(counts.values()), dtype=np.float32) / examples
    rarity: Floats = ((1 - np.log(shares)) ** power).astype(np.float32)
    return rarity


def _matrix(examples: list[list[str]], places: dict[str, int], rarity: Floats) -> csr_matrix:
    """One row for each example, of length one, as `LinearModel.margins` divides by the length."""
    found = [[places[feature] for feature in features if feature in places] for features in examples]
    ends = np.cumsum([0, *map(len, found)])
    columns = np.fromiter((place for row in found for place in row), dtype=np.int32, count=int(ends[-1]))
    lengths = np.array([max(float(np.linalg.norm(rarity[row])), 1e-6) for row in found])
    values = rarity[columns] / np.repeat(lengths, np.diff(ends))
    return csr_matrix((values, columns, ends), shape=(len(examples), len(places)))


def _temperature(texts: Sequence[str], labels: Sequence[str], recipe: Recipe) -> float:
    """What the margins of examples that weren't learnt must be multiplied by for honest probabilities."""
    order = list(range(len(texts)))
    Random(recipe.seed).shuffle(order)
    margins: list[Floats] = []
    truths: list[int] = []
    for fold in range(recipe.calibration_folds):
        held_out = order[fold::5]
        learnt = sorted(set(order) - set(held_out))
        model = _fit([texts[i] for i in learnt], [labels[i] for i in learnt], replace(recipe, machines=1))
        numbers = {label: number for number, label in enumerate(model.labels)}
        judged = [i for i in held_out if labels[i] in numbers]
        margins += [model.margins(texts[i]) for i in judged]
        truths += [numbers[labels[i]] for i in judged]
    return _best_temperature(np.stack(margins), np.array(truths))


def _best_temperature(margins: Floats, truths: npt.NDArray[np.int_]) -> float:
    def surprise(logarithm: float) -> float:
        shares = softmax(margins * np.float32(np.exp(logarithm)))[np.arange(len(truths)), truths]
        return float(-np.log(shares + 1e-9).mean())

    return float(np.exp(minimize_scalar(surprise, bounds=(-2, 4), method="bounded").x))

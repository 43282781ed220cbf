"""The intent of a message, in Rasa's pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.clauses import ALSO, Guess, clauses_of, needs_of, other_need
from nlu.components.linear_model import LinearModel
from nlu.components.recipe import Recipe

Ranking = list[dict[str, Any]]
RANKED = 10
"""So many intents are named in a message's ranking."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class NgramIntentClassifier(GraphComponent, IntentClassifier):
    """Words, pairs of words, pieces of words and skeletons in a calibrated linear model."""

    def __init__(
        self, recipe: Recipe, model_storage: ModelStorage, resource: Resource, model: LinearModel | None = None
    ) -> None:
        self._recipe = recipe
        self._model_storage = model_storage
        self._resource = resource
        self._model = model

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {field.name: field.default for field in fields(Recipe)}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NgramIntentClassifier:
        return cls(_recipe_of(config), model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> NgramIntentClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(_recipe_of(config), model_storage, resource, LinearModel.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        # Only here, as who answers needs neither scikit-learn nor its memory.
        from nlu.components.training import learn

        examples = [(example.get(TEXT), example.get(INTENT)) for example in training_data.intent_examples]
        texts, intents = zip(*(example for example in examples if example[0]), strict=True)
        self._model = learn(texts, intents, self._recipe)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if text := message.get(TEXT):
                self._classify(message, text)
        return messages

    def _classify(self, message: Message, text: str) -> None:
        assert self._model, "Rasa loads or trains before it asks"
        ranking, also = ranked_needs(self._model, text)
        message.set("intent", ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        if also:
            message.set(ALSO, also, add_to_output=True)


def _recipe_of(config: dict[str, Any]) -> Recipe:
    return Recipe(**{field.name: config[field.name] for field in fields(Recipe)})


def ranked_needs(model: LinearModel, text: str) -> tuple[Ranking, str | None]:
    """The intents of a message, the likeliest first, and the intent of its second need."""
    ranking = list(ranked_intents(model, text))

    def guess(clause: str) -> Guess:
        first, second, *_ = ranked_intents(model, clause)
        return first["name"], first["confidence"], second["confidence"]

    return ranking, other_need(needs_of(clauses_of(text), guess), ranking[0]["name"])


def ranked_intents(model: LinearModel, text: str) -> Iterator[dict[str, Any]]:
    """The likeliest intents of a message with their confidences, as Rasa wants them."""
    confidences = model.confidences(text)
    for place in np.argsort(-confidences, kind="stable")[:RANKED]:
        yield {"name": model.labels[place], "confidence": float(confidences[place])}

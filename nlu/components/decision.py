"""Whether a message is understood well enough to be answered, or its needs are asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.training_data.message import Message

Ranking = Sequence[tuple[str, float]]
"""Intents and their confidences, the likeliest first."""

OFFERED = 3
"""So many needs are offered to whoever wasn't understood."""
WORTH_OFFERING = 0.03


@dataclass(frozen=True)
class Decision:
    """Intents that get much the same answer are one family: between them there is nothing to ask.

    Small talk is a family too. It is answered at a lower confidence than a need, for its answers do no harm.
    """

    threshold: float = 0.4
    small_talk_threshold: float = 0.2
    lead: float = 1.6
    """So many times likelier than the second family the first must be."""
    small_talk: Sequence[str] = ()
    alike: Sequence[Sequence[str]] = ()

    def answered(self, ranking: Ranking) -> str | None:
        """The intent to answer; None to ask back."""
        families = self._families(ranking)
        if not families:
            return None
        (family, first), second = families[0], families[1][1] if len(families) > 1 else 0.0
        enough = self.small_talk_threshold if family in self.small_talk else self.threshold
        sure = first >= enough and first >= self.lead * second
        return next(intent for intent, _ in ranking if self._family_of(intent) == family) if sure else None

    def offered(self, ranking: Ranking) -> list[str]:
        """The needs that may be meant, the likeliest first: of each family its first intent."""
        likely = [family for family, confidence in self._families(ranking) if confidence >= WORTH_OFFERING]
        return [family for family in likely if family not in self.small_talk][:OFFERED]

    def _families(self, ranking: Ranking) -> list[tuple[str, float]]:
        sums: dict[str, float] = {}
        for intent, confidence in ranking:
            family = self._family_of(intent)
            sums[family] = sums.get(family, 0.0) + confidence
        return sorted(sums.items(), key=lambda family: -family[1])

    def _family_of(self, intent: str) -> str:
        """The first intent of its family."""
        return next((family[0] for family in (self.small_talk, *self.alike) if intent in family), intent)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=False)
class AskBack(GraphComponent, IntentClassifier):
    """Turns the intent of a message into `nlu_fallback` where it isn't sure enough; the ranking stays."""

    def __init__(self, decision: Decision) -> None:
        self._decision = decision

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return dict(vars(Decision()))

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> AskBack:
        return cls(decision_of(config))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            if ranking := message.get("intent_ranking"):
                self._decide(message, ranking)
        return messages

    def _decide(self, message: Message, ranking: list[dict[str, Any]]) -> None:
        confidences = {guess["name"]: guess["confidence"] for guess in ranking}
        answered = self._decision.answered(list(confidences.items()))
        # Nobody reads the confidence of a fallback; Rasa wants one.
        chosen = {
            "name": answered or DEFAULT_NLU_FALLBACK_INTENT_NAME,
            "confidence": confidences.get(answered or "", 1.0),
        }
        message.set("intent", chosen, add_to_output=True)
        if not answered:
            message.set("offered", self._decision.offered(list(confidences.items())), add_to_output=True)


def decision_of(config: dict[str, Any]) -> Decision:
    return Decision(**{name: config[name] for name in vars(Decision()) if name in config})

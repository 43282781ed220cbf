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
MAY_BE_MEANT = "offered"
"""The key under which a parsed message names the needs that may be meant: where it isn't understood, or beside the
answer where that isn't sure."""
DOUBTFUL = "doubtful"
"""The key under which a parsed message says that its intent is a guess: too little to leave a form for it."""


@dataclass(frozen=True)
class Decision:
    """Three ways to meet a message: with an answer, with an answer and what else may be meant, with a question.

    Intents that get much the same answer are one family: between them there is nothing to ask. Small talk is a family
    too. It is answered at a lower confidence than a need, for its answers do no harm.
    """

    threshold: float = 0.4
    lead: float = 1.6
    """So many times likelier than the second family the first must be."""
    small_talk_threshold: float = 0.2
    doubtful_threshold: float = 0.25
    doubtful_lead: float = 1.2
    """From here on a need is answered, unless its answer does something at once."""
    sure_threshold: float = 0.7
    sure_lead: float = 5.0
    """From here on nothing else is offered beside the answer."""
    small_talk: Sequence[str] = ()
    alike: Sequence[Sequence[str]] = ()
    commands: Sequence[str] = ()
    """What is said to a form, or does something at once: never answered on a doubt, and nothing to offer."""
    acts: Sequence[str] = ()
    """Never answered on a doubt either, but worth offering."""

    def answered(self, ranking: Ranking) -> str | None:
        """The intent to answer; None to ask back."""
        if certain := self._likeliest(ranking, self.threshold, self.lead):
            return certain
        doubtful = self._likeliest(ranking, self.doubtful_threshold, self.doubtful_lead)
        return None if doubtful in {*self.commands, *self.acts} else doubtful

    def is_doubtful(self, ranking: Ranking) -> bool:
        """Whether the answered intent is hardly likelier than others."""
        return self._likeliest(ranking, self.threshold, self.lead) is None

    def offered(self, ranking: Ranking) -> list[str]:
        """The needs that may be meant, the likeliest first: of each family its first intent."""
        return self._needs(ranking)[:OFFERED]

    def beside(self, ranking: Ranking, answered: str) -> list[str]:
        """The needs that may be meant instead of the answered intent; none where it is sure."""
        if self._likeliest(ranking, self.sure_threshold, self.sure_lead):
            return []
        family = self._family_of(answered)
        return [need for need in self._needs(ranking) if need != family][:OFFERED]

    def _likeliest(self, ranking: Ranking, threshold: float, lead: float) -> str | None:
        families = self._families(ranking)
        if not families:
            return None
        (family, first), second = families[0], families[1][1] if len(families) > 1 else 0.0
        enough = self.small_talk_threshold if family in self.small_talk else threshold
        if first < enough or first < lead * second:
            return None
        return next(intent for intent, _ in ranking if self._family_of(intent) == family)

    def _needs(self, ranking: Ranking) -> list[str]:
        likely = [family for family, confidence in self._families(ranking) if confidence >= WORTH_OFFERING]
        return [family for family in likely if family not in self.small_talk and family not in self.commands]

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
        ranked = [(guess["name"], guess["confidence"]) for guess in ranking]
        answered = self._decision.answered(ranked)
        # Nobody reads the confidence of a fallback; Rasa wants one.
        confidence = dict(ranked).get(answered or "", 1.0)
        chosen = {"name": answered or DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": confidence}
        message.set("intent", chosen, add_to_output=True)
        needs = self._decision.beside(ranked, answered) if answered else self._decision.offered(ranked)
        message.set(MAY_BE_MEANT, needs, add_to_output=True)
        message.set(DOUBTFUL, bool(answered) and self._decision.is_doubtful(ranked), add_to_output=True)


def decision_of(config: dict[str, Any]) -> Decision:
    return Decision(**{name: config[name] for name in vars(Decision()) if name in config})

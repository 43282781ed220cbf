"""Rasa's `RulePolicy` without its detours: same rules, same training, same predictions.

For each prediction Rasa compares every rule with every state, and does so a second time for rules on raw texts, of
which a project with intents has none. Here the rules are grouped by the last thing that they look at, so that
only a handful is compared.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Key = tuple[str | None, str | None]
"""The intent and the previous action of a state."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IndexedRulePolicy(RulePolicy):
    """A `RulePolicy` that looks rules up by their last state."""

    def _find_action_from_rules(
        self, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
    ) -> Any:
        if use_text_for_last_user_input:
            return None, None, False
        return super()._find_action_from_rules(tracker, domain, use_text_for_last_user_input)

    def _get_possible_keys(self, lookup: dict[str, str], states: list[State]) -> set[str]:
        if not states:
            return set(lookup)
        intent, action = _looks_at(states[-1])
        index = self._index_of(lookup)
        # A rule that names no intent or no action holds for all.
        near = {rule for key in product({intent, None}, {action, None}) for rule in index.get(key, ())}
        possible: set[str] = super()._get_possible_keys(dict.fromkeys(near, ""), states)
        return possible

    def _index_of(self, lookup: dict[str, str]) -> dict[Key, list[str]]:
        """The rules by their last state, worked out once for each table of a trained policy."""
        indexes: dict[int, tuple[int, dict[Key, list[str]]]] = self.__dict__.setdefault("_indexes", {})
        size, index = indexes.get(id(lookup), (-1, {}))
        if size != len(lookup):
            index = defaultdict(list)
            for rule in lookup:
                index[_looks_at(self._rule_key_to_state(rule)[-1])].append(rule)
            indexes[id(lookup)] = (len(lookup), index)
        return index


def _looks_at(state: State) -> Key:
    return state.get(USER, {}).get(INTENT), state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME)

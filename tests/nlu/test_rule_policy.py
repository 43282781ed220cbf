"""The indexed policy finds the same rules as Rasa's own, for every state that a rule speaks of."""

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy

from bot.conversation.agent import Agent
from nlu.components.rule_policy import IndexedRulePolicy


def policy_of(agent: Agent) -> IndexedRulePolicy:
    nodes = agent._processor.graph_runner._nodes.values()
    return next(node._component for node in nodes if isinstance(node._component, IndexedRulePolicy))


def test_it_finds_what_rasas_own_policy_finds(agent: Agent) -> None:
    policy = policy_of(agent)
    compared = 0
    for table in (RULES, RULES_FOR_LOOP_UNHAPPY_PATH):
        lookup = policy.lookup[table]
        for rule in policy.lookup[RULES]:
            states = policy._rule_key_to_state(rule)
            for part in (states, states[-1:], states[:-1]):
                assert policy._get_possible_keys(lookup, part) == RulePolicy._get_possible_keys(policy, lookup, part)
                compared += 1
    assert compared > 200

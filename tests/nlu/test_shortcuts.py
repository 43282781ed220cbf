"""What the agent spares Rasa is what Rasa would do for nothing here."""

import copy

from rasa.shared.core.constants import ACTION_VALIDATE_SLOT_MAPPINGS, DEFAULT_SLOT_NAMES
from rasa.shared.core.slots import AnySlot

from bot.conversation.agent import Agent


def test_no_slot_is_filled_by_anything_but_an_action(agent: Agent) -> None:
    domain = agent._processor.domain
    own = [slot for slot in domain.slots if slot.name not in DEFAULT_SLOT_NAMES]
    assert own
    assert all(slot.mappings == [{"type": "custom"}] for slot in own)
    assert ACTION_VALIDATE_SLOT_MAPPINGS not in domain.user_actions


def test_a_copied_slot_is_the_same_and_lives_by_itself() -> None:
    slot = AnySlot("wage", mappings=[{"type": "custom"}], influence_conversation=False)
    slot.value = {"amount": 5}
    copied = copy.copy(slot)
    assert (type(copied), vars(copied)) == (AnySlot, vars(slot))
    copied.value = None
    assert slot.value == {"amount": 5}

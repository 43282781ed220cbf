"""What is kept of a dialogue between two turns: enough to go on, and no more."""

import json

from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered

from bot.conversation.tracker_store import active_form, restore, take_snapshot

ASKED = UserUttered("apa itu jht", intent={"name": "ask_jht"})
ANSWERED: list[Event] = [ActionExecuted("action_answer_topic"), ActionExecuted("action_listen")]
FORM_BEGINS: list[Event] = [
    UserUttered("simulasi", intent={"name": "simulate_jht"}),
    ActionExecuted("simulate_jht_form"),
    ActiveLoop("simulate_jht_form"),
    SlotSet("requested_slot", "wage"),
    ActionExecuted("action_listen"),
]


def slots_of(events: list[Event]) -> dict[str, object]:
    return {event.key: event.value for event in events if isinstance(event, SlotSet)}


def test_outside_of_a_form_only_slots_and_what_was_asked_for_are_kept() -> None:
    snapshot = take_snapshot([ASKED, SlotSet("rate", "5"), SlotSet("wage", None), *ANSWERED])
    assert json.loads(snapshot) == {"slots": {"rate": "5"}, "loop": None, "intents": ["ask_jht"], "turn": []}
    assert active_form(snapshot) is None


def test_a_form_that_begins_is_taken_up_with_the_turn_that_it_looks_at() -> None:
    snapshot = take_snapshot([SlotSet("rate", "5"), *FORM_BEGINS])
    assert active_form(snapshot) == "simulate_jht_form"
    events = restore(snapshot)
    assert slots_of(events) == {"rate": "5", "requested_slot": "wage"}
    assert [event.action_name for event in events if isinstance(event, ActionExecuted)] == [
        "action_listen",
        "simulate_jht_form",
        "action_listen",
    ]
    assert "simulasi" not in snapshot


def test_a_form_goes_on_over_several_turns_until_it_ends() -> None:
    asked_meanwhile = take_snapshot([*restore(take_snapshot(FORM_BEGINS)), ASKED, *ANSWERED])
    assert active_form(asked_meanwhile) == "simulate_jht_form"
    ended = take_snapshot([*restore(asked_meanwhile), ASKED, ActiveLoop(None), SlotSet("requested_slot", None)])
    assert active_form(ended) is None
    assert slots_of(restore(ended)) == {}

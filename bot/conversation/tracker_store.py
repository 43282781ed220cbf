"""The dialogue's memory: a bounded snapshot in the conversation's row.

Rasa copies and replays all events of a tracker several times a turn, so what is kept decides what a turn
costs. A snapshot holds the slots; and while a form asks, the slots and the form as they were before the last
turn, and that turn's events without any text, which the form looks at. Turn 500 costs what turn 5 costs.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from bot.conversation.context import Understood
from bot.conversation.turn_context import current_turn
from nlu.components.clauses import ALSO
from nlu.components.decision import MAY_BE_MEANT

INTENTS_KEPT = 5
GUESSES_KEPT = 3
FALLBACK = "nlu_fallback"


class TurnTrackerStore(TrackerStore):
    """Reads and writes the tracker of the turn under way; the turn's transaction saves it."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker:
        snapshot = current_turn().conversation.tracker
        tracker = self.init_tracker(sender_id)
        tracker.update_with_events(restore(snapshot) if snapshot else [ActionExecuted(ACTION_LISTEN_NAME)], self.domain)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        turn = current_turn()
        turn.intent, turn.guesses = _ranked(tracker)
        turn.understood = _understood(tracker)
        turn.conversation.tracker = take_snapshot(tracker.events, recent_intents(turn.conversation.tracker))


def _understood(tracker: DialogueStateTracker) -> Understood | None:
    if not (latest := tracker.latest_message) or not latest.intent.get("name"):
        return None
    entities = {found["entity"]: str(found["value"]) for found in latest.entities}
    intent, also = latest.intent["name"], latest.parse_data.get(ALSO)
    or_else = () if intent == FALLBACK else tuple(latest.parse_data.get(MAY_BE_MEANT) or ())
    return Understood(intent, entities, also, or_else)


def _ranked(tracker: DialogueStateTracker) -> tuple[str | None, tuple[tuple[str, float], ...]]:
    """The intent of the last message, and what it may be."""
    if not (latest := tracker.latest_message):
        return None, ()
    ranking = latest.parse_data.get("intent_ranking") or ()
    likely = [(guess["name"], round(guess["confidence"], 3)) for guess in ranking if guess["name"] != FALLBACK]
    return latest.intent.get("name"), tuple(likely[:GUESSES_KEPT])


def recent_intents(snapshot: str | None) -> list[str]:
    """What was asked for last, oldest first."""
    return list(json.loads(snapshot).get("intents", ())) if snapshot else []


def take_snapshot(events: Iterable[Event], intents: Sequence[str] = ()) -> str:
    """Write down what the dialogue needs to go on after these events; `intents` came before."""
    past, turn = _split_before_last_user_turn(list(events))
    intents = [*intents, *_intents_of(turn)][-INTENTS_KEPT:]
    if _form_after([*past, *turn]) is None:  # then nothing asks any more how the last turn went
        past, turn = [*past, *turn], []
    slots = {event.key: event.value for event in past if isinstance(event, SlotSet)}
    return json.dumps(
        {
            "slots": {name: value for name, value in slots.items() if value is not None},
            "loop": _form_after(past),
            "intents": intents,
            "turn": [_without_text(event) for event in turn if not isinstance(event, BotUttered)],
        },
        separators=(",", ":"),
    )


def restore(snapshot: str) -> list[Event]:
    """The events that bring a new tracker into the state of a snapshot."""
    data = json.loads(snapshot)
    past: list[Event] = [ActionExecuted(ACTION_LISTEN_NAME)]
    if data["loop"]:
        past.append(ActiveLoop(data["loop"]))
    past += [SlotSet(name, value) for name, value in data["slots"].items()]
    return past + [event for event in map(Event.from_parameters, data["turn"]) if event]


def active_form(snapshot: str | None) -> str | None:
    """The form that waits for an answer."""
    if snapshot is None:
        return None
    data = json.loads(snapshot)
    form: str | None = data["loop"]
    for event in data["turn"]:
        if event["event"] == ActiveLoop.type_name:
            form = event["name"]
    return form


def _form_after(events: Iterable[Event]) -> str | None:
    form: str | None = None
    for event in events:
        if isinstance(event, ActiveLoop):
            form = event.name
    return form


def _split_before_last_user_turn(events: list[Event]) -> tuple[list[Event], list[Event]]:
    for index in range(len(events) - 1, -1, -1):
        if isinstance(events[index], UserUttered):
            return events[:index], events[index:]
    return events, []


def _intents_of(turn: Iterable[Event]) -> list[str]:
    return [event.intent["name"] for event in turn if isinstance(event, UserUttered) and event.intent.get("name")]


def _without_text(event: Event) -> dict[str, Any]:
    data: dict[str, Any] = event.as_dict()
    if isinstance(event, UserUttered):
        data.update(text="", parse_data={"intent": event.intent, "entities": event.entities, "text": ""})
    return data

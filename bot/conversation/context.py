"""What a chat keeps of what it showed last, so that short words are understood: bounded, and nothing personal."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.conversation.follow_ups import subject_of
from bot.conversation.messages import Button, Reply

MOST_OFFERED = 10
TOPIC_TURNS = 4
"""So many turns after it a topic is still what "yang itu" means."""
ALSO_TURNS = 8
"""So long a second need waits until a form is over, with all its questions."""
_TOLD_APART_BY = ("id", "reason", "programme")
"""Entities that belong to a topic; others are values."""

_ASKED_IN_BETWEEN = ("/ask_", "/faq", "/claim_how")
"""In a form only these are topics: the words of an answer may sound like others."""
_FORGETS = frozenset({"delete_my_data", "logout"})
"""After these nothing of what came before is known."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What the last message asked for."""

    intent: str
    entities: Mapping[str, str]
    also: str | None = None
    """The intent of a second need in the same message."""
    or_else: tuple[str, ...] = ()
    """The needs that may be meant instead, where the answer isn't sure."""


@dataclass(frozen=True, slots=True)
class Context:
    """The buttons shown last, the topic shown last as a payload, and the second need that waits; turns since then."""

    offered: tuple[Button, ...] = ()
    topic: str | None = None
    topic_age: int = 0
    also: str | None = None
    also_age: int = 0

    @classmethod
    def read(cls, stored: str | None) -> "Context":
        if not stored:
            return cls()
        values = json.loads(stored)
        offered = tuple(Button(title, payload) for title, payload in values.pop("offered", ()))
        return cls(offered, **values)

    def written(self) -> str:
        values = {"topic": self.topic, "topic_age": self.topic_age, "also": self.also, "also_age": self.also_age}
        kept = {name: value for name, value in values.items() if value}
        offered = [(button.title, button.payload) for button in self.offered[:MOST_OFFERED]]
        return json.dumps({"offered": offered, **kept}, separators=(",", ":"))

    def showing(self, replies: Sequence[Reply], written: tuple[Button, ...] = ()) -> "Context":
        """After these replies, and after what was written to the chat before them; without buttons none are offered."""
        of_replies = next((reply.buttons for reply in reversed(replies) if reply.buttons), ())
        if offered := of_replies or written:
            return replace(self, offered=offered)
        return replace(self, offered=()) if replies else self

    def after(self, understood: Understood | None, shown: str | None, in_form: bool) -> "Context":
        """After a turn: its topic, or the last one a turn older. An answer to a form's question has no second need."""
        aged = self._aged()
        if understood is None:
            return aged
        if understood.intent in _FORGETS:
            return replace(Context(), offered=self.offered)
        topic = shown or _topic(understood)
        if subject_of(topic) and not (in_form and not topic.startswith(_ASKED_IN_BETWEEN)):
            aged = replace(aged, topic=topic, topic_age=0)
        if understood.also and not in_form:
            aged = replace(aged, also=understood.also, also_age=0)
        return replace(aged, also=None) if understood.intent == aged.also else aged

    def _aged(self) -> "Context":
        topic = self.topic if self.topic_age < TOPIC_TURNS else None
        also = self.also if self.also_age < ALSO_TURNS else None
        return replace(self, topic=topic, topic_age=self.topic_age + 1, also=also, also_age=self.also_age + 1)


def _topic(understood: Understood) -> str:
    given = {name: understood.entities[name] for name in _TOLD_APART_BY if name in understood.entities}
    values = json.dumps(given, separators=(",", ":")) if given else ""
    return f"/{understood.intent}{values}"

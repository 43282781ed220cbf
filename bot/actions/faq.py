"""Entries of the knowledge in a chat: as the answer to a free question, or behind a button."""

from datetime import date

from rasa_sdk import Tracker

from bot.actions.base import Events, JmoAction, button, entity
from bot.actions.topics import PAYLOADS, topic
from bot.clock import WIB
from bot.conversation.messages import Button, Reply
from bot.conversation.turn_context import Turn
from bot.faq.entries import Entry, Programme, entry_of, sources
from bot.faq.search import LIKELY, search, sure_answer
from bot.formatting import long_date
from bot.texts import say

OFFERED_TITLES = 2
"""How many titles stand beside the guesses."""
BUTTON_OF_INTENT = {payload[1:]: name for name, payload in PAYLOADS.items() if "{" not in payload}
"""The button that leads to an intent: what an entry may name as its next step."""

_OVERVIEWS = frozenset(f"{programme}_what" for programme in Programme)
"""What a programme is, a topic tells in full."""


class ShowEntry(JmoAction):
    """The entry behind a button; a button older than the knowledge leads to the menu."""

    action_name = "action_faq"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        entry, day = entry_of(entity(tracker, "id")), _day(turn)
        found = entry is not None and entry.holds_on(day)
        turn.replies.append(shown(entry, turn.language, day) if entry and found else topic("menu", turn))
        return []


def answer_to(turn: Turn) -> Reply | None:
    """The entry that surely answers what was typed; None where none does, or only one that says what a programme is."""
    entry = sure_answer(turn.message.text, _day(turn))
    if entry is None or entry.id in _OVERVIEWS:
        return None
    turn.shown = _payload(entry)
    return shown(entry, turn.language, _day(turn))


def titles_for(turn: Turn) -> tuple[Button, ...]:
    """Buttons to the entries that may answer what was typed."""
    likely = [found.entry for found in search(turn.message.text, OFFERED_TITLES, _day(turn)) if found.score >= LIKELY]
    return tuple(_to_entry(entry, turn.language) for entry in likely)


def shown(entry: Entry, language: str, day: date) -> Reply:
    """The answer, where it comes from, and the next steps."""
    names = "; ".join(sources()[name].name.in_language(language) for name in entry.source)
    source = say("faq.source", language, sources=names, day=long_date(day, language))
    return Reply(f"{entry.text(language, day)}\n{source}", tuple(_step(step, language) for step in entry.next))


def _step(name: str, language: str) -> Button:
    entry = entry_of(name)
    return _to_entry(entry, language) if entry else button(BUTTON_OF_INTENT[name], f"/{name}", language)


def _to_entry(entry: Entry, language: str) -> Button:
    return Button(entry.title.in_language(language), _payload(entry))


def _payload(entry: Entry) -> str:
    return f'/faq{{"id":"{entry.id}"}}'


def _day(turn: Turn) -> date:
    return turn.now.astimezone(WIB).date()

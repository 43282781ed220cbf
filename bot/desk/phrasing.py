"""How the desk shows texts with markup, and notes in the history of cases."""

import re

from markupsafe import Markup, escape

from bot.desk.wording import LANGUAGE
from bot.handoff.models import EndReason, Topic
from bot.texts import say

_MARKUP = re.compile(r"(https?://[^\s<>\"'*]*[^\s<>\"'*.,;:!?)\]])|(?<![\w*])\*(?=\S)([^*\n]*[^\s*])\*(?![\w*])")


def rich(text: str) -> Markup:
    """A text of the chat as HTML: `*bold*` and links; everything else is escaped."""
    parts, position = [], 0
    for found in _MARKUP.finditer(text):
        parts += [escape(text[position : found.start()]), _link(found[1]) if found[1] else _bold(found[2])]
        position = found.end()
    return Markup("").join([*parts, escape(text[position:])])


def case_note(note: str) -> str:
    """A note of a case; those that the desk itself writes are said in words."""
    if note in set(EndReason):
        return say(f"desk_talk.end_{note}", LANGUAGE)
    if note.startswith("transfer: "):
        to = note.removeprefix("transfer: ")
        where = say(f"desk.topic_{to}", LANGUAGE) if to in set(Topic) else say("desk_talk.another_officer", LANGUAGE)
        return say("desk_talk.transferred_to", LANGUAGE, where=where)
    return note


def _link(address: str) -> Markup:
    return Markup('<a href="{0}" target="_blank" rel="noopener noreferrer">{0}</a>').format(address)


def _bold(text: str) -> Markup:
    return Markup("<strong>{}</strong>").format(text)

"""Reads an answer to a question of a tree."""

import re

from bot.troubleshooting.options import AFFIRMED, DENIED
from bot.troubleshooting.record import Record
from bot.troubleshooting.trees import Question, Tree, reached
from bot.troubleshooting.words import fit

_ASKS = re.compile(r"\?|^\s*(?:apa(?:kah)?|gimana|gmn|bagaimana|kenapa|knp|berapa|brp|kapan|what|how|why)\b", re.I)
_PLACE = re.compile(r"\s*(?:no(?:mor)?\.?\s*|pilih(?:an)?\s*)?([1-9])\s*\.?\s*$", re.I)
SHORT = 8
"""Words; a longer message is read by its intent first."""


def answer_in(question: Question, text: str, intent: str, free: bool) -> str | None:
    """The key of the option that a text chooses: by its place, by its words, or by "ya" and "tidak".

    `free` says that the message isn't plainly about something else; only then its words count.
    """
    shown = [option for option in question.options if option.shown]
    if (place := _PLACE.match(text)) and int(place[1]) <= len(shown):
        return shown[int(place[1]) - 1].key
    in_words = free or (len(text.split()) <= SHORT and not _ASKS.search(text))
    if in_words and (fitting := _by_words(question, text)):
        return fitting
    plain = {"affirm": AFFIRMED, "deny": DENIED}.get(intent, frozenset())
    return next((option.key for option in question.options if option.key in plain), None)


def opening_answers(tree: Tree, record: Record | None, answers: dict[str, str], text: str) -> dict[str, str]:
    """The answers that a first message holds already: "lupa sandi" says more than that the login fails."""
    place = reached(tree, record, answers)
    # Only a first question for what it is: what was tried a first message tells too vaguely.
    if not text or place.path or not isinstance(place.node, Question) or _is_yes_or_no(place.node):
        return answers
    key = _by_words(place.node, text)
    return {**answers, place.name: key} if key else answers


def _is_yes_or_no(question: Question) -> bool:
    return any(option.key in AFFIRMED for option in question.options)


def _by_words(question: Question, text: str) -> str | None:
    """The option with the longest phrase in the text: "tidak berhasil" says more than "berhasil"."""
    best = max(question.options, key=lambda option: fit(text, option.words))
    return best.key if fit(text, best.words) else None

"""Buttons as typed text: a number, "yang pertama", the title, also nearly, or "ya" do what a tap does."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from bot.conversation.messages import Button
from bot.parsing.places import is_bare_number, place_in

SHORTEST_MISSPELT = 5
"""Letters; in shorter words a slip makes another word."""
CHOICES_OF_A_LIST = 2
"""So many answers under a form's question make it a list, of which a bare number is a place."""

_YES = frozenset("ya iya yes iyaa yaa boleh mau oke ok okay yup sure baik yoi y".split())
_NO = frozenset("tidak enggak nggak ngga gak ga tdk no nope jangan nanti engga gk t".split())
_AFFIRMING = ("ya", "yes", "sekalian", "also")
_DENYING = ("tidak", "no")
_SMALL = frozenset("min kak ya dong deh sih aja saja pak bu please".split())
_WORD = re.compile(r"[a-z0-9%]+")


def chosen(text: str, offered: Sequence[Button], in_form: bool) -> Button | None:
    """The button that a typed text means.

    In a form a bare number is the form's to read, unless its question is a list of answers; and "ya" and "tidak"
    are answers to its question.
    """
    if not offered or not text or text.startswith("/"):
        return None
    if (place := place_in(text)) and not (in_form and is_bare_number(text) and not _is_list(offered)):
        return _at(place, offered)
    return titled(text, offered) or (None if in_form else _by_yes_or_no(text, offered))


def titled(text: str, offered: Sequence[Button]) -> Button | None:
    """The only button whose title the text is, or what follows a colon in it, each word right but for one slip."""
    said = _words(text)
    for same in (_are_equal, _are_near):
        found = [button for button in offered if any(same(said, title) for title in _titles(button))]
        if len({button.payload for button in found}) == 1:
            return found[0]
    return None


def _at(place: int, offered: Sequence[Button]) -> Button | None:
    if place < 0:
        return offered[place]
    return offered[place - 1] if place <= len(offered) else None


def _is_list(offered: Iterable[Button]) -> bool:
    answers = [button for button in offered if button.payload.startswith('/inform{"choice"')]
    known = [button for button in answers if not button.payload.endswith('.unknown"}')]
    return len(known) >= CHOICES_OF_A_LIST


def _by_yes_or_no(text: str, offered: Sequence[Button]) -> Button | None:
    """The only button that begins with a yes, or with a no."""
    words = {word for word in _words(text) if word not in _SMALL} or set(_words(text)) & _YES
    for said, beginnings in ((_YES, _AFFIRMING), (_NO, _DENYING)):
        if words and words <= said:
            found = [button for button in offered if _words(button.title)[:1] and _words(button.title)[0] in beginnings]
            return found[0] if len(found) == 1 else None
    return None


def _titles(button: Button) -> list[list[str]]:
    _, _, named = button.title.rpartition(": ")
    return [_words(button.title), _words(named)]


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


def _are_equal(said: list[str], title: list[str]) -> bool:
    return bool(title) and said == title


def _are_near(said: list[str], title: list[str]) -> bool:
    return len(said) == len(title) > 0 and all(map(_is_near, said, title))


def _is_near(said: str, word: str) -> bool:
    """The same word, or one letter wrong, missing, too much, or swapped with its neighbour."""
    if said == word:
        return True
    if len(word) < SHORTEST_MISSPELT or not word.isalpha() or abs(len(said) - len(word)) > 1:
        return False
    at = next((at for at, pair in enumerate(zip(said, word, strict=False)) if pair[0] != pair[1]), None)
    if at is None:
        return True
    mine, theirs = said[at:], word[at:]
    swapped = mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine == theirs[1:] or mine[1:] == theirs

"""Slips of the finger for measuring: none of them is among the noise that the model is trained with."""

from __future__ import annotations

from random import Random

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST_NOISED = 3


def with_slips(text: str, rate: float, random: Random) -> str:
    """The text with one slip in about `rate` of its words of three letters and more."""
    words = text.split()
    return " ".join(_slipped(word, random) if _takes_slip(word, rate, random) else word for word in words)


def _takes_slip(word: str, rate: float, random: Random) -> bool:
    return len(word) >= _SHORTEST_NOISED and word.isalpha() and random.random() < rate


def _slipped(word: str, random: Random) -> str:
    place = random.randrange(len(word) - 1)
    here, following = word[place], word[place + 1]
    swapped = following + here
    missed = following
    doubled = here + here + following
    beside = random.choice(_neighbours(here)) + following
    return word[:place] + random.choice((swapped, missed, doubled, beside)) + word[place + 2 :]


def _neighbours(letter: str) -> str:
    """The keys beside, above and below a letter's key; the letter itself if it has no key."""
    for number, row in enumerate(_ROWS):
        place = row.find(letter.lower())
        if place >= 0:
            near = row[max(place - 1, 0) : place] + row[place + 1 : place + 2]
            return near + "".join(other[place : place + 1] for other in _ROWS[max(number - 1, 0) : number + 2 : 2])
    return letter

"""Typing noise for training copies. `nlu.benchmark` measures with other kinds of noise, so that what is learnt is
to read on, and not these very slips."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from string import ascii_lowercase

_VOWEL = re.compile(r"[aeiou]")
_SHORTEST_NOISED = 3


def noised(text: str, rate: float, random: Random) -> str:
    """The text with about `rate` of its longer words damaged in one way each."""
    words = text.split()
    return " ".join(_damaged(word, random) if _takes_noise(word, rate, random) else word for word in words)


def _takes_noise(word: str, rate: float, random: Random) -> bool:
    return len(word) >= _SHORTEST_NOISED and word.isalpha() and random.random() < rate


def _damaged(word: str, random: Random) -> str:
    return random.choice(_DAMAGES)(word, random)


def _without_vowels(word: str, random: Random) -> str:
    return word[0] + _VOWEL.sub("", word[1:])


def _without_some_vowels(word: str, random: Random) -> str:
    return word[0] + _VOWEL.sub(lambda vowel: vowel.group() if random.random() < 0.5 else "", word[1:])


def _cut_short(word: str, random: Random) -> str:
    return word[: max(2, len(word) - random.randint(1, 2))]


def _with_another_letter(word: str, random: Random) -> str:
    place = random.randrange(len(word))
    return word[:place] + random.choice(ascii_lowercase) + word[place + 1 :]


def _with_an_extra_letter(word: str, random: Random) -> str:
    place = random.randrange(len(word) + 1)
    return word[:place] + random.choice(ascii_lowercase) + word[place:]


_DAMAGES: tuple[Callable[[str, Random], str], ...] = (
    _without_vowels,
    _without_some_vowels,
    _cut_short,
    _with_another_letter,
    _with_an_extra_letter,
)

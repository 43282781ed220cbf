"""How a participant is found by name although names are encrypted: by the blind indexes of its words."""

import re

from bot.privacy.keys import keyring

SHORTEST_WORD = 2
_NOT_A_LETTER = re.compile(r"[^a-z]+")


def name_words(name: str) -> frozenset[str]:
    """The words of a name in their one normal form; initials and titles of one letter are left out."""
    return frozenset(word for word in _NOT_A_LETTER.split(name.lower()) if len(word) >= SHORTEST_WORD)


def name_word_indexes(name: str) -> frozenset[str]:
    """The blind index of each word of a name."""
    return frozenset(keyring().blind_index(word, "name word") for word in name_words(name))

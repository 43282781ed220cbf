"""What the classifier sees of a message: words, pairs of words, pieces of words and words without vowels."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from itertools import pairwise

from nlu.components.normaliser import shape

SHORTEST_PIECE = 2
LONGEST_PIECE = 5

_VOWEL = re.compile(r"[aeiou]")


def features_of(words: list[str], whole: Container[str] = ()) -> list[str]:
    """The distinct features of a message's words; the first character of each tells its kind.

    Words that are among `whole` have no pieces and no skeleton.
    """
    found = dict.fromkeys(_of_word_order(words))
    for word in words:
        found.update(dict.fromkeys((f"w{word}",) if word in whole else _of_word(word)))
    return list(found)


def stand_ins(word: str) -> tuple[str, str]:
    """Features that show that a word is known though its spelling isn't: its skeleton, its shape."""
    return f"k{_skeleton(word)}", f"#{shape(word)}"


def _of_word_order(words: list[str]) -> list[str]:
    if not words:
        return []
    pairs = [f"p{first} {second}" for first, second in pairwise(words)]
    skips = [f"s{first} {third}" for first, third in zip(words, words[2:], strict=False)]
    return [f"b{words[0]}", f"e{words[-1]}", *pairs, *skips]


@lru_cache(maxsize=1024)
def _of_word(word: str) -> tuple[str, ...]:
    if word[0].isdigit():
        found = [f"w{word}", f"#{shape(word)}"]
    elif word[0] == "<":
        found = [f"w{word}"]
    else:
        found = [f"w{word}", f"k{_skeleton(word)}", *_pieces(word)]
    return tuple(dict.fromkeys(found))


def _skeleton(word: str) -> str:
    """The word as people shorten it: "bagaimana" and "bgmn" share "bgmn"."""
    return word[0] + _VOWEL.sub("", word[1:])


def _pieces(word: str) -> list[str]:
    padded = f" {word} "
    return [
        f"c{padded[start : start + size]}"
        for size in range(SHORTEST_PIECE, min(LONGEST_PIECE, len(padded)) + 1)
        for start in range(len(padded) - size + 1)
    ]

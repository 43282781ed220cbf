"""Brings the many ways of typing a word to one: case, repeated letters, abbreviations, numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import yaml

LEXICON = Path(__file__).parent.parent / "lexicon.yml"

# A placeholder of a personal number, a word, or a number with its separators.
_TOKEN = re.compile(r"<\w+>|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*%?")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_DIGIT = re.compile(r"\d")
_REDUPLICATED = re.compile(r"([^\W\d_]{2,})2\b")
_LETTER_FOR_ZERO = re.compile(r"\bo(?=\d)")


def words_of(text: str) -> list[str]:
    """The words of a message in their usual spelling, repeated letters squeezed ("hallooo" as "halo")."""
    lexicon = read_lexicon()
    words: list[str] = []
    for token in _tokens(text):
        words += lexicon.get(token) or lexicon.get(squeeze(token)) or (squeeze(token),)
    return words


def squeeze(word: str) -> str:
    """Write repeated letters once; digits stay, they mean something."""
    return _REPEATED.sub(r"\1", word)


def shape(word: str) -> str:
    """What a number looks like, whatever its value: "5.000.000" as "0.000.000"."""
    return _DIGIT.sub("0", word)


@cache
def read_lexicon() -> dict[str, tuple[str, ...]]:
    """Each variant and the words it stands for; raises `ValueError` where a variant has two meanings."""
    lexicon: dict[str, tuple[str, ...]] = {}
    for meaning, variants in yaml.safe_load(LEXICON.read_text(encoding="utf-8")).items():
        words = tuple(squeeze(word) for word in meaning.split())
        for variant in variants.split():
            if lexicon.setdefault(variant, words) != words:
                raise ValueError(f"The lexicon gives {variant!r} two meanings")
    squeezed = {squeeze(variant): words for variant, words in lexicon.items()}
    return squeezed | lexicon


def _tokens(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).lower()
    return _TOKEN.findall(_LETTER_FOR_ZERO.sub("0", _REDUPLICATED.sub(r"\1", plain)))

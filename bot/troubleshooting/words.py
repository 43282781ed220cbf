"""Finds phrases in what people type, with slips of the finger."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

LONG_WORD = 6
"""Shorter words must be right: one letter makes another word of them."""

_REPEATED = re.compile(r"([^\W\d_])\1+")
_USUAL = {
    variant: usual
    for usual, variants in {
        "tidak": "tak tdk gk ga gak ngga nggak enggak kaga nda not",
        "sudah": "sdh udh udah uda dah already",
        "belum": "blm blom belom",
        "login": "longin lgin masuk",
        "sandi": "password pasword pswd pass pin",
        "email": "e-mail imel surel gmail",
        "hp": "hape handphone ponsel phone gawai smartphone",
        "lupa": "lpa forgot forget",
        "aplikasi": "apk app aplokasi aplikasinya jmo",
        "eror": "error erorr",
        "bisa": "bs bsa bisaa",
        "kode": "kodr kod code",
    }.items()
    for variant in variants.split()
}


def words_in(text: str) -> list[str]:
    """The words of a text in lower case, repeated letters once, in their usual spelling."""
    plain = unicodedata.normalize("NFKC", text).lower()
    found = (_USUAL.get(word, _REPEATED.sub(r"\1", word)) for word in re.findall(r"[\w-]+", plain))
    return [_USUAL.get(bare, bare) for bare in map(_without_its, found)]


@cache
def _words_of_phrase(phrase: str) -> tuple[str, ...]:
    """Phrases are ours and few; what people type isn't kept."""
    return tuple(words_in(phrase))


def _without_its(word: str) -> str:
    """ "emailnya" is "email"; in short words "nya" may be part of them."""
    return word.removesuffix("nya") if len(word) > LONG_WORD else word


def says(text: str, phrases: Iterable[str]) -> bool:
    """Whether each word of one of the phrases is in the text, in whatever order."""
    return fit(text, phrases) > 0


def fit(text: str, phrases: Iterable[str]) -> int:
    """How many words the longest phrase has of which each word is in the text; 0 where none is."""
    words = words_in(text)
    wanted = map(_words_of_phrase, phrases)
    return max((len(phrase) for phrase in wanted if all(_is_among(word, words) for word in phrase)), default=0)


def _is_among(wanted: str, words: Iterable[str]) -> bool:
    return any(word == wanted or (len(wanted) >= LONG_WORD and _one_slip_apart(word, wanted)) for word in words)


def _one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too much, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    mine, theirs = one[start:], other[start:]
    swapped = mine[:2] == theirs[1::-1] and mine[2:] == theirs[2:]
    return swapped or mine[1:] == theirs[1:] or mine == theirs[1:] or mine[1:] == theirs

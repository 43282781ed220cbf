"""Whether two messages ask the same in other words, told without keeping the words."""

from collections.abc import Iterable
from zlib import crc32

from nlu.components.features import stand_ins
from nlu.components.normaliser import words_of

Signature = frozenset[int]
"""A message without its words: each stands for one of 4096 numbers, so that no word can be read back."""

_NUMBERS = 4096
_SHORTEST_WORD = 2
_SHARED = 2
CHATTER = frozenset(
    word
    for phrase in (
        "min admin kak kakak pak bu bapak ibu mas mbak bang gan bro sis dok saja dong sih deh nih loh kok kan lah yah",
        "iya ya oh eh nah si hi tolong mohon minta bantu bantuan tanya",
    )
    for word in words_of(phrase)
)
"""Words that people are addressed with, and that mean nothing."""
_SAYS_LITTLE = CHATTER.union(
    word
    for phrase in (
        "saya aku kami kita anda kamu yang dan atau tapi juga di ke ga terus karena padahal malah lagi",
        "apa apakah berapa kenapa mengapa bagaimana gimana kapan mana siapa cara mau ingin bisa dapat tidak bukan",
        "belum sudah masih untuk dengan dari pada kalau jika ada itu ini",
        "the and for you can how what when why please want not that this with have does did has",
        "is it to in on my me do of at be no we he an or if so am as by us",
    )
    for word in words_of(phrase)
)


def signature(text: str) -> Signature:
    """The words of a text that carry its meaning, and its numbers."""
    return frozenset(_numbered(words_of(text)))


def mark(text: str) -> int:
    """A number that only the very same words have, from which none can be read back."""
    return crc32(" ".join(words_of(text)).encode())


def same_need(first: Signature, second: Signature) -> bool:
    """Whether more than half of the words are shared, at least two; other numbers make another question."""
    shared = first & second
    return _figures(first) == _figures(second) and len(shared) >= _SHARED and 2 * len(shared) > len(first | second)


def _numbered(words: Iterable[str]) -> Iterable[int]:
    for word in words:
        if word[0].isdigit():
            yield _NUMBERS + crc32(word.encode()) % _NUMBERS
        elif len(word) >= _SHORTEST_WORD and word not in _SAYS_LITTLE:
            yield crc32(stand_ins(word)[0].encode()) % _NUMBERS


def _figures(signed: Signature) -> Signature:
    return frozenset(number for number in signed if number >= _NUMBERS)

"""The place in a list that somebody names: `2`, `no 2`, `yang pertama`, `pilihan kedua`, `the last one`."""

import re

from bot.parsing.plain import LONGEST_READ, plain

LAST = -1
"""The place that "yang terakhir" names, whatever the list's length."""

_ORDINALS = {
    "pertama": 1,
    "kesatu": 1,
    "awal": 1,
    "first": 1,
    "1st": 1,
    "kedua": 2,
    "second": 2,
    "2nd": 2,
    "ketiga": 3,
    "third": 3,
    "3rd": 3,
    "keempat": 4,
    "fourth": 4,
    "4th": 4,
    "kelima": 5,
    "fifth": 5,
    "5th": 5,
    "terakhir": LAST,
    "akhir": LAST,
    "last": LAST,
}
_CARDINALS = {
    name: number
    for number, names in enumerate(
        ("satu one", "dua two", "tiga three", "empat four", "lima five", "enam six", "tujuh seven"), start=1
    )
    for name in names.split()
}
_SAYS_CHOICE = frozenset("no nomor nomer nmr pilih pilihan opsi option number choose choice ke".split())
_AROUND = frozenset(
    "yang yg aja saja deh dong ya yah min kak mau saya the one please i want that itu ini coba tolong".split()
)
_WORDS = re.compile(r"[a-z0-9]+")
_JOINED = re.compile(r"\b(?:no|ke) ?(\d)\b")


def place_in(text: str) -> int | None:
    """The place, from 1; `LAST` for the last one; None where the text says anything else."""
    named = _read(text)
    return named[0] if named else None


def is_bare_number(text: str) -> bool:
    """Whether the place is a number alone, which may be an answer of another kind: 2 years, Rp2."""
    named = _read(text)
    return named is not None and not named[1]


def _read(text: str) -> tuple[int, bool] | None:
    """The place, and whether the words say that it is one."""
    if len(text) > LONGEST_READ:
        return None
    words = [word for word in _WORDS.findall(_JOINED.sub(r"ke \1", plain(text))) if word not in _AROUND]
    said = [word for word in words if word not in _SAYS_CHOICE]
    if len(said) != 1 or len(words) > 3:
        return None
    if said[0] in _ORDINALS:
        return _ORDINALS[said[0]], True
    number = _CARDINALS.get(said[0]) or (int(said[0]) if re.fullmatch(r"[1-9]", said[0]) else None)
    return (number, len(words) > 1) if number else None

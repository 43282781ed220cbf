"""Text reduced to plain characters, one for one, so that positions stay those of the original."""

import unicodedata

LONGEST_READ = 500
"""Characters beyond which a text is no answer to a question for a number or a date."""

_DASHES = "‐‑‒–—―−﹣－"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad"


def plain(text: str) -> str:
    """Lower-case the text and make every kind of digit, space and dash the usual one."""
    return "".join(map(_plain_character, text))


def _plain_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character in _DASHES:
        return "-"
    if character.isspace() or character in _INVISIBLE:
        return " "
    lowered = character.lower()
    return lowered if len(lowered) == 1 else character

"""Messages with more than one need: "mau cek saldo sama kartu saya ga muncul" are two."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import yaml

ALSO = "also"
"""The key under which a parsed message names the intent of its second need."""
SURE = 0.75
"""Confidence from which a clause alone is a need."""
AHEAD = 0.5
"""So far its intent must be ahead of the next."""
SHORTEST, MOST = 2, 4
"""Words of a clause, and clauses that are looked at."""

_BREAK = re.compile(
    r"[.?!;,\n]+|\b(?:sama|sm|dan|dn|terus|trus|trs|lalu|sekalian|sekaligus|plus|serta|kemudian|satu lagi|1 lagi|btw"
    r"|and|also|then|as well as)\b|&|\+",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"\W*(?:padahal|pdhl|karena|karna|krn|soalnya|sebab|supaya|biar|agar|tapi|tp|tetapi|sudah|sdh|udah|udh|dah|belum"
    r"|blm|katanya|kata|malah|jadi|alhasil|sedangkan|masih|kalau|kalo|klo|because|since|but|already|so that|if)\b",
    re.IGNORECASE,
)
"""A clause that begins so tells more about the need before it."""
_NO_NEED = frozenset({"lain", "keluhan_umum"})
"""Topics of small talk and of anger."""

Guess = tuple[str, float, float]
"""An intent, its confidence, and that of the next one."""


def clauses_of(text: str) -> list[str]:
    """The clauses that may be needs; fewer than two where the message is one."""
    if not _BREAK.search(text):
        return []
    parts = [part.strip() for part in _BREAK.split(text)]
    needs = [part for part in parts if len(part.split()) >= SHORTEST and not _EXPLAINS.match(part)]
    return needs[:MOST] if len(needs) > 1 else []


def needs_of(clauses: Sequence[str], guess: Callable[[str], Guess]) -> list[str]:
    """The intents that the clauses surely ask for, of each topic the first, in their order."""
    found: dict[str, str] = {}
    for clause in clauses:
        intent, first, second = guess(clause)
        topic = _topics().get(intent)
        if topic and topic not in _NO_NEED and first >= SURE and first - second >= AHEAD:
            found.setdefault(topic, intent)
    return list(found.values())


def other_need(needs: Sequence[str], main: str) -> str | None:
    """The first need of another topic than the one that is answered; None where that one isn't among them."""
    topics = [_topics()[need] for need in needs]
    if _topics().get(main) not in topics:
        return None
    return next((need for need in needs if _topics()[need] != _topics()[main]), None)


@cache
def _topics() -> dict[str, str]:
    """The first topic of each intent."""
    table = yaml.safe_load((Path(__file__).parent.parent / "topics.yml").read_text(encoding="utf-8"))
    return {intent: topics[0] for intent, topics in table.items()}

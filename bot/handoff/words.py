"""The few words by which a participant leaves a person or the queue."""

import re

_END = frozenset({"selesai", "sudah selesai", "akhiri", "akhiri chat", "end chat", "done"})
_LEAVE = frozenset(
    {
        "batal",
        "batalkan",
        "tidak jadi",
        "gak jadi",
        "ga jadi",
        "nggak jadi",
        "tetap di bot",
        "kembali ke bot",
        "sama bot aja",
        "bot saja",
        "cancel",
        "back to the bot",
        "stay with the bot",
    }
)
_NOT_A_WORD = re.compile(r"[^a-z ]+")


def ends_talk(text: str) -> bool:
    """Whether these words, alone, end a talk with an officer."""
    return _plain(text) in _END


def leaves_queue(text: str) -> bool:
    """Whether these words, alone, leave the queue."""
    return _plain(text) in _LEAVE


def _plain(text: str) -> str:
    return " ".join(_NOT_A_WORD.sub(" ", text.lower()).split())

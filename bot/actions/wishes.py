"""What people wish in few words: to claim, for a reason that they only name, to leave it for later, to go on."""

import re

from bot.actions.simulation import asks_something
from bot.parsing.claim_reasons import FEW_WORDS, claim_reason_in, says_work_is_over
from bot.parsing.plain import LONGEST_READ, plain

_SMALL = r"(?: (?:aja|saja|sj|dulu|dl|deh|dong|ya|yah|min|kak|lagi|yg tadi|yang tadi))*"
_LATER = re.compile(
    rf"(?:(?:ya|oke?|udah|sudah|biar|kapan) )*(?:nanti|nnti|ntar|entar|besok|lusa|lain kali|kapan kapan|later){_SMALL}"
)
_GO_ON = re.compile(
    rf"(?:(?:ya|oke?|ayo|yuk|mau) )*(?:di ?)?(?:lanjut|lanjutkan|lanjutin|terus|teruskan|terusin|next|go on){_SMALL}"
)
_CLAIM = (
    r"(?:(?:di|me|meng|mau)?(?:klaim|claim|klem|klim)(?:kan|in)?"
    r"|(?:men)?cair(?:kan|in)|(?:meng|ng|di)?ambil(?:kan|in)?)"
)
_WISH = re.compile(
    rf"(?:mau|ingin|pengen|pingin|pgn|pengin|hendak|minta|tolong|bantu|want to|wanna)\b(?: \w+){{0,3}} {_CLAIM}\b"
    rf"|^(?:(?:saya|sy|aku|ayo|halo|min|kak|pak|bu) )*{_CLAIM}(?: (?:jht|saldo|dana|uang|bpjs|saya|sy))*{_SMALL}$"
)
_SAVINGS = re.compile(r"\b(?:jht|saldo|bpjs|klaim|claim|cair\w*)")
_ASKS_HOW = re.compile(
    r"\?|\b(?:cara\w*|syarat\w*|dokumen\w*|berkas\w*|lewat|dimana|di mana|status|pajak|tidak bisa|gagal)\b"
)
MANY_WORDS = 8
"""A longer message that speaks of the end of work tells a story, and asks for something else."""
_REASONS = frozenset({"resign", "phk", "pkwt", "partial10", "partial30", "age56"})
"""Reasons whose words, alone, say nothing else. A layoff may be about JKP, which its own intent tells."""


def later(text: str) -> bool:
    """Whether somebody leaves what is under way for another time: "nanti aja"."""
    return bool(_LATER.fullmatch(_words(text)))


def goes_on(text: str) -> bool:
    """Whether somebody only wants to go on: "lanjut"."""
    return bool(_GO_ON.fullmatch(_words(text)))


def wants_to_claim(text: str) -> bool:
    """Whether a message is the wish to claim itself and no question about claiming: "mau cairkan jht"."""
    said = _words(text)
    if asks_something(text) or _ASKS_HOW.search(text.lower()):
        return False
    return bool(_WISH.search(said) and _SAVINGS.search(said)) or _names_only_a_reason(text)


def tells_of_leaving(text: str) -> bool:
    """Whether a message says no more than that somebody left work: "saya keluar dari pabrik bulan lalu"."""
    is_short = len(text.split()) <= MANY_WORDS
    return is_short and not _ASKS_HOW.search(text.lower()) and says_work_is_over(text)


def _names_only_a_reason(text: str) -> bool:
    return 0 < len(text.split()) <= FEW_WORDS and claim_reason_in(text) in _REASONS


def _words(text: str) -> str:
    return " ".join(re.findall(r"[\w%]+", plain(text[:LONGEST_READ])))

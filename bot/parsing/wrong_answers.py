"""Recognising that somebody says: this wasn't what I asked."""

import re

from bot.parsing.plain import LONGEST_READ, plain

_NOT = r"(?:bukan|bkn|bukn|buka)"
_WRONG = r"(?:salah|slh|keliru|ngaco|ngawur|melenceng|ga(?:k)? ?nyambung|nggak nyambung|tidak nyambung|tdk nyambung)"
_ANSWER = r"(?:jawab\w*|jwb\w*|respon\w*|balas\w*|penjelasan\w*)"
_SAYS_SO = re.compile(
    rf"^(?:\w+ )?{_NOT} (?:yang |yg )?(?:itu|gitu|begitu|ini|tu)\b"
    rf"|\b(?:maksud|mksd|maksut)\w* (?:\w+ )?{_NOT} (?:itu|begitu|gitu)\b"
    rf"|\b{_NOT} (?:\w+ )?(?:maksud|mksd|maksut|mksud)\w*|\b{_NOT} (?:itu|yang|yg) (?:\w+ )?(?:tanya|tanyakan|nanya)\w*"
    rf"|\b{_ANSWER} (?:\w+ )?{_WRONG}\b|\b{_WRONG} {_ANSWER}|^(?:kok |malah )?(?:ga(?:k)?|nggak|tidak|tdk) nyambung\b"
    rf"|\b{_ANSWER} (?:\w+ )?(?:tidak|tdk|ga|gak|gk|nggak|bukan) (?:sesuai|cocok|itu|nyambung|membantu)\b"
    r"|\bnot (?:that|what i (?:meant|asked|want|wanted))\b|\b(?:wrong|incorrect) answer\b|\bthat'?s (?:wrong|not it)\b"
)


def says_wrong_answer(text: str) -> bool:
    """Whether the text says that the last answer missed the question."""
    return len(text) <= LONGEST_READ and bool(_SAYS_SO.search(" ".join(plain(text).split())))

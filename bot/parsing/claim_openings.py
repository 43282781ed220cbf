"""What somebody says of their claim besides the reason: "di phk 3 bulan lalu, saldo 9jt" needs no more questions."""

import re
from collections.abc import Callable
from datetime import date

from bot.parsing.amounts import Amount, parse_amount
from bot.parsing.plain import LONGEST_READ, plain
from bot.parsing.spoken_days import parse_spoken_day

Told = str | int
_LEAVING = frozenset({"resign", "phk", "pkwt", "retired", "bpu"})
_SELF = r"(?:saya|sy|aku|ku|gue|kami|kita|nya)?"
_DIED = r"(?:\w+ )?(?:m[ei]?ni?ng+al|w[ao]fat|tutup usia|berpulang|tiada)"
_NEAREST = r"(?:suami|istri|isteri|bapak|bapa|bpk|ayah|papa|ibu|mama|mamak|emak|orang ?tua|ortu)"
_KIN = r"(?:anak|kakak|adik|abang|kakek|nenek|paman|bibi|saudara|mertua|ipar|keponakan)"
_MUST = re.compile(
    r"\b(?:harus|hrs|wajib|minimal|syarat\w*|sampai|sampe|tunggu|nunggu|menunggu|belum|blm|dulu|kalau|klo)\b"
)
_WAITS = re.compile(r"\b(?:harus|hrs|sampai|sampe|tunggu|nunggu|menunggu)\b")
_WHEN_LEFT = re.compile(r"[,.;?!]|\b(?:apa(?:kah)?|bisa|bs|boleh|kapan|mau|udah bisa|sudah bisa)\b")
_WENT = re.compile(
    r"phk|peca[td]|henti|renti|resign|risign|resa?in|risa?in|undur|keluar|kluar|habis|abis|selesai|pensiun|berakhir"
)
_BALANCE = re.compile(r"\b(?:saldo|tabungan)\w*\b(?P<rest>.{1,40})")
_YEARS = re.compile(
    r"\b(?:ker?ja|bekerja|peserta|kepesertaan|ikut|gabung)\w* (?:\w+ ){0,2}(?P<years>\d{1,2}) ?(?:tahun|thn|th)\b"
)
_AGE = re.compile(r"\b(?:usia|umur|umr)\w*(?: (?:saya|sy|aku|bapak|ibu|sudah|udah|udh|sdh|sekarang))* (?P<age>\d{2})\b")
_AGE_ALONE = re.compile(r"\b(?:sudah|udah|udh|sdh) (?P<age>\d{2}) ?(?:tahun|thn|th)\b")


def told_besides(reason: str, text: str, today: date) -> dict[str, Told]:
    """What a message with this reason answers already, by the names of the questions."""
    if len(text) > LONGEST_READ:
        return {}
    said = " ".join(plain(text).split())
    answers = [(name, read(said, today)) for name, reasons, read in _READ if reason in reasons]
    return {name: answer for name, answer in answers if answer is not None}


def _left_on(said: str, today: date) -> str | None:
    """The day in the clause that tells of leaving: in "resign kemarin, bulan depan bisa klaim?" yesterday."""
    clause = next((part for part in _WHEN_LEFT.split(said) if part and _WENT.search(part)), "")
    if _WAITS.search(clause):
        return None
    day = parse_spoken_day(clause, today)
    return day.isoformat() if day else None


def _working(said: str, today: date) -> str | None:
    if re.search(r"\b(?:masih|msh|masi) (?:\w+ )?(?:be)?ker?ja\b|\bstill working\b", said):
        return "yes"
    left = r"resign|berhenti|keluar|(?:di ?|kena )?phk|(?:tidak|ga|gak) (?:be)?ker?ja"
    stopped = rf"\b(?:sudah|sdh|udah|udh|dah|habis) (?:{left})\b"
    return "no" if re.search(stopped, said) else None


def _works_again(said: str, today: date) -> str | None:
    again = r"\b(?:pindah ker?ja|(?:be)?ker?ja lagi|(?:pt|perusahaan|pabrik|tempat|kerjaan) (?:yang |yg )?baru)\b"
    not_yet = re.search(r"\b(?:belum|blm|tidak|ga|gak|kalau|klo)\b", said)
    return "yes" if re.search(again, said) and not not_yet else None


def _years(said: str, today: date) -> int | None:
    found = None if _MUST.search(said) else _YEARS.search(said)
    return int(found["years"]) if found else None


def _age(said: str, today: date) -> int | None:
    found = None if _MUST.search(said) else _AGE.search(said) or _AGE_ALONE.search(said)
    return int(found["age"]) if found else None


def _home(said: str, today: date) -> str | None:
    if re.search(r"\brenov\w*|\bperbaik\w*|\bbangun\b", said):
        return "no"
    return "yes" if re.search(r"\b(?:beli|membeli|dp|kpr|cicil\w*) (?:\w+ )?rumah\b|\bkpr\b", said) else None


def _heir(said: str, today: date) -> str | None:
    """Who speaks of the husband, wife or a parent is of the nearest; who speaks of others is family."""
    for kin, rank in ((_NEAREST, "nearest"), (_KIN, "family")):
        if re.search(rf"\b{kin}{_SELF} {_SELF} ?{_DIED}|\balm\w* {kin}\b|\b{kin}{_SELF} alm", said):
            return rank
    return None


def _balance(said: str, today: date) -> int | None:
    found = None if re.search(r"\b(?:batas|limit|maks\w*|di ?atas|di ?bawah)\b", said) else _BALANCE.search(said)
    amount = parse_amount(found["rest"]) if found else None
    return amount.rupiah if isinstance(amount, Amount) and amount.rupiah >= 1000 else None


_PARTIAL = frozenset({"partial", "partial10", "partial30"})
_READ: tuple[tuple[str, frozenset[str], Callable[[str, date], Told | None]], ...] = (
    ("left_on", _LEAVING, _left_on),
    ("working", _LEAVING, _works_again),
    ("working", _PARTIAL, _working),
    ("years", _PARTIAL, _years),
    ("age", frozenset({"age56"}), _age),
    ("home", frozenset({"partial30"}), _home),
    ("heir", frozenset({"death"}), _heir),
    ("balance", _LEAVING | _PARTIAL | {"age56", "abroad", "disability", "death"}, _balance),
)
"""What is read, for which reasons."""

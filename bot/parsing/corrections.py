"""Recognising an outdated rule or an error of the press when somebody repeats it.

A pattern wants the claim itself and not only its number: "saldo saya di bawah 10 juta" is a fact about a person,
"batas JMO 10 juta" is the old rule. A question about it counts too, since the correction answers it.
"""

import re
from enum import StrEnum

from bot.parsing.plain import LONGEST_READ, plain


class Correction(StrEnum):
    """What is wrong, in the order in which it is looked for."""

    PARTIAL_IN_JMO = "partial_in_jmo"
    """The partial claim of 10 or 30 percent is not listed for JMO."""
    WAIT_UNTIL_56_PERMENAKER_2_2022 = "wait_until_56_permenaker_2_2022"
    """Permenaker 2/2022 was replaced by 4/2022: after leaving work nobody waits until 56."""
    WAIT_UNTIL_59 = "wait_until_59"
    """59 is the age of the pension programme (JP)."""
    PAKLARING_REQUIRED = "paklaring_required"
    LIMIT_10_MILLION = "limit_10_million"
    """The limit of JMO is higher since May 2025."""
    CENTRE_175_TAKES_CLAIMS = "175_takes_claims"


_JMO = r"\b(?:jmo|jimo|jmp|apl?k|app|aplikasi\w*|aplokasi|jamsostek mobile)\b"
_CLAIM = r"(?:kl[aei]+[mn]\w*|claim\w*|cair\w*|mencair\w*|pencair\w*|ambil\w*|pengambilan|tarik|nyairin)"
_CAN = r"(?:bisa|bs|boleh|bole|dapat|dpt)"
_NOT = r"(?:tidak|tdk|gak?|gk|g|ng?gak?|engga|belum|blm)"
_MUST = r"(?:wajib|harus|hrs|kudu|mesti|perlu|butuh|syarat\w*|minta|diminta|dimintai|pakai|pake|pk|tanpa)"
_WAIT = rf"(?:tunggu|nunggu|menunggu|tnggu|sampai|sampe|smpe|smp|hingga|{_MUST}|minimal|baru(?: {_CAN})?)"
_AGE = r"(?:usia|umur|umr|pensiun)"
_PAKLARING = r"\b(?:pa[rc]?k+l[ae]r[ie]ng|ver?klar?ing|surat (?:pengalaman|keterangan) kerja)\b"


def _waits_until(age: int) -> re.Pattern[str]:
    """The age as what one has to reach, not as what somebody is."""
    number = rf"{age}(?! ?(?:%|persen|jt|juta|rb|ribu|hari|bulan|bln))"
    return re.compile(
        rf"\b{_WAIT}(?: \w+)? (?:{_AGE} (?:pensiun )?)?(?:di |ke )?{number}\b"
        rf"|\b{_WAIT} (?:\w+ ){{0,3}}{_AGE} (?:pensiun )?(?:\w+ )?{number}\b"
        rf"|\busia pensiun (?:jht )?(?:\w+ )?{number}\b"
        rf"|\b{_AGE} {number}\b(?: \w+){{0,2}} (?:dulu|baru {_CAN}|baru {_CLAIM})\b"
        rf"|\b{number} (?:tahun|thn|th)(?: dulu)? (?:dulu|baru {_CAN}|baru {_CLAIM})\b"
    )


_PARTIAL = re.compile(r"\b(?:10|30|sepuluh|tiga ?puluh) ?(?:%|persen\b|prsn\b|persn\b|percent\b)")
_IN_JMO = re.compile(_JMO)
_ELSEWHERE = re.compile(r"\b(?:lapak ?asi[kh]|lasik|cabang|kantor)\b")
_PERMENAKER_2 = re.compile(
    r"\b(?:permenaker|permnaker|permen(?:naker)?|peraturan menteri)\b(?: (?:nomor|nomer|no\.?))? ?0?2\b(?!\d)"
)
_WAITS_UNTIL_56 = _waits_until(56)
_WAITS_UNTIL_59 = _waits_until(59)
_PENSION = re.compile(r"\b(?:jp|jaminan pensiun|(?:uang|dana|manfaat) pensiun|pensiun(?:an)? bulanan)\b")
_SAVINGS = re.compile(r"\b(?:jht|tht|hari tua)\b")
_ABOUT_PAKLARING = re.compile(_PAKLARING)
_NEEDED = re.compile(
    rf"\b(?:{_MUST}|(?:tidak|tdk|gak?|gk|g|nggak|ngga|belum|blm) (?:ada|punya|pny|dikasih))\b|\bkarena\b"
)
_TEN_MILLION = re.compile(r"(?<![\d.,])(?:(?:10|sepuluh) ?(?:jt|juta|jta|jutaan)|10[.,]?000[.,]?000)\b")
_LIMIT = re.compile(
    r"\b(?:batas\w*|limit\w*|maks\w*|max\w*|cuma|cm|hanya|hny|khusus|wajib|harus|hrs|mentok|paling (?:banyak|besar))\b"
    rf"|(?:di ?atas|lebih(?: dari)?|lewat) (?:10|sepuluh)\D{{1,12}}{_NOT} ?{_CAN}"
    r"|\b(?:gabisa|gbs|gaboleh)\b"
)
_CENTRE = r"(?:call ?cent(?:er|re)(?: 175)?|175)"
_CLAIM_AT_CENTRE = re.compile(
    rf"\b{_CLAIM}(?: \w+){{0,4}} (?:lewat|lwt|lewt|via|melalui|pakai|pake|by|di|ke)"
    rf" (?:(?:telp|telpon|telepon|tlp|nomor|nomer|no) )?{_CENTRE}\b"
    rf"|\b{_CENTRE} (?:juga )?(?:{_CAN}|melayani|layani|terima|menerima)(?: \w+)? {_CLAIM}\b"
    rf"|\b(?:telp|telpon|telepon|tlp|hubungi) {_CENTRE} (?:untuk|utk|buat|bwt) {_CLAIM}\b"
)
_ONLY_ASKS = re.compile(
    r"\b(?:status|cek|ngecek|lacak|tracking|tanya|nanya|info|informasi|lapor|komplain|pengaduan|sudah|sdh|udah|udh|belum|blm)\b"
)


def correction_in(text: str) -> Correction | None:
    """The outdated rule or press error that a message repeats or asks about; the first one when there are several."""
    if len(text) > LONGEST_READ:
        return None
    said = " ".join(plain(text).split())
    return next((correction for correction, repeats in _CHECKS.items() if repeats(said)), None)


def _puts_partial_claims_in_jmo(said: str) -> bool:
    return bool(_PARTIAL.search(said) and _IN_JMO.search(said)) and not _ELSEWHERE.search(said)


def _waits_until_56(said: str) -> bool:
    return bool(_PERMENAKER_2.search(said) or _WAITS_UNTIL_56.search(said))


def _puts_old_age_savings_at_59(said: str) -> bool:
    about_pension_only = _PENSION.search(said) and not _SAVINGS.search(said)
    return bool(_WAITS_UNTIL_59.search(said)) and not about_pension_only


def _requires_paklaring(said: str) -> bool:
    return bool(_ABOUT_PAKLARING.search(said) and _NEEDED.search(said))


def _keeps_the_old_limit(said: str) -> bool:
    return bool(_TEN_MILLION.search(said) and _IN_JMO.search(said) and _LIMIT.search(said))


def _claims_at_the_centre(said: str) -> bool:
    return bool(_CLAIM_AT_CENTRE.search(said)) and not _ONLY_ASKS.search(said)


_CHECKS = {
    Correction.PARTIAL_IN_JMO: _puts_partial_claims_in_jmo,
    Correction.WAIT_UNTIL_56_PERMENAKER_2_2022: _waits_until_56,
    Correction.WAIT_UNTIL_59: _puts_old_age_savings_at_59,
    Correction.PAKLARING_REQUIRED: _requires_paklaring,
    Correction.LIMIT_10_MILLION: _keeps_the_old_limit,
    Correction.CENTRE_175_TAKES_CLAIMS: _claims_at_the_centre,
}

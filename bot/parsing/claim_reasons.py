"""Why somebody claims JHT, as people type it: the name of a reason, or of the page of reasons that it narrows to."""

import re

from bot.parsing.plain import LONGEST_READ, plain

_NO = r"(?:tidak|tdk|tak|ga|gak|gk|g|enggak|engga|nggak|ngga|kaga|bukan|bkn|not)"
_NOT_YET = r"(?:belum|blm|blom|blum|not yet)"
_STOPPED = r"(?:br?e?renti\w*|ber?hen?ti\w*|brhnti|stop|keluar|kluar|klr|out|cabut|quit|left|leave)"
_FIRM = r"(?:perusahaan|perushaan|prusahaan|pabrik|kantor|pt|cv|toko|hotel|tempat ker?ja)\w*"
_ALREADY = r"(?:sudah|sdh|udah|udh|dah)"
_CLOSED = r"(?:tutup|bangkrut|bangkrt|pailit|gulung tikar|bubar)"
_WORKS = r"(?:ber?ker?ja|ke?rja|aktif|karyawan|employed|working)"

_DENIED = re.compile(rf"\b{_NO} (?:karena |krn |kena |di ?|lagi )?(?:phk|resign|kontrak|pensiun|pecat|{_STOPPED})\b")
"""What it was not: "bukan resign, tapi phk"."""
_STATUS = re.compile(r"\b(?:status|kartu|kepesertaan|bpjs)\w* (?:\w+ )?(?:masih|msh|masi) aktif\b")
"""Who stopped working may still be recorded as active."""
_STILL_EMPLOYED = re.compile(
    rf"\b{_NOT_YET} (?:mau |sempat |lagi )?(?:resign|{_STOPPED}|di ?phk|kena phk)\b"
    rf"|\b(?:masih|msh|masi|still|sambil|sedang|lagi) (?:\w+ )?{_WORKS}\b|\bwhile working\b"
)

_REASONS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"\b(?:{pattern})(?:\b|(?<=%))"))
    for name, pattern in (
        (
            "death",
            r"m[ei]?ni?ng+al(?!k)\w*|w[ao]fat|tutup usia|berpulang|sudah tiada|ahli ?war[ie]s\w*|waris(?:an)?"
            r"|alm(?:arhum(?:ah)?)?|heirs?|died|dead|passed away|(?:suami|istri|bapak|ayah|ibu) (?:\w+ )?tiada",
        ),
        (
            "disability",
            r"caca[td]\w*|disab\w*|difabel|lumpuh|stroke|invalid"
            rf"|{_NO} (?:bisa|bs|sanggup|mampu) (?:be)?ker?ja(?: lagi)?|can.?t work(?: any ?more)?",
        ),
        ("partial30", r"(?:30|tiga ?puluh) ?(?:%|pers[ea]n\w*|prsn|percent)|kpr|(?:beli|dp|cicil\w*|bangun) rumah"),
        ("partial10", r"(?:10|sepuluh) ?(?:%|pers[ea]n\w*|prsn|percent)|(?:persiapan|siap ?siap) pensi[ou]n"),
        (
            "retired",
            rf"pensi[ou]n\w*(?: \w+){{0,2}} (?:{_FIRM}|dini)|{_FIRM} (?:\w+ )?(?:sudah |udah )?pensi[ou]n\w*"
            r"|di ?pensi[ou]nkan|purna ?(?:tugas|bakti|karya)|mpp|masa persiapan pensiun"
            r"|company retirement(?: age)?"
            r"|retired from (?:my |the )?company|batas usia (?:kerja|pensiun) (?:di )?pt",
        ),
        (
            "age56",
            r"(?:5[6-9]|[67]\d) ?(?:tahun|thn|th|taun|years?)|(?:usia|umur|umr|aged?) (?:\w+ ){0,2}(?:5[6-9]|[67]\d)",
        ),
        (
            "bpu",
            r"bpu|bukan penerima upah|(?:peserta|iuran|bayar|daftar) mandiri|mandiri (?:sudah )?(?:stop|berhenti)"
            rf"|{_STOPPED} (?:\w+ )?(?:mandiri|ojol|ojek|jualan|dagang|usaha|narik)"
            rf"|(?:usaha|warung|jualan|dagang\w*) (?:saya |sy |ku )?(?:{_ALREADY} )?(?:{_CLOSED}|stop|berhenti)"
            r"|self.?employed|freelancer?",
        ),
        (
            "phk",
            r"(?:di ?|ter ?|kena ?)?phk|p h k|pehaka|(?:di ?)?peca[td]\w*|di ?rumah ?kan"
            r"|di ?keluar(?:kan|in)|di ?pulangkan|di ?(?:ber)?hentikan"
            r"|di ?(?:ber)?hentiin|di ?brenti?in|(?:di ?)?putus (?:hubungan )?(?:ker?ja|kontrak)"
            r"|pemutusan (?:hubungan )?(?:ker?ja|kontrak)|pengurangan (?:karyawan|pegawai|pekerja)|efis[ie]ensi"
            rf"|{_FIRM} (?:\w+ )?(?:(?:{_ALREADY}|mau|lagi) )?{_CLOSED}|lay ?off|laid ?off|fired|retrenched|dismissed",
        ),
        (
            "pkwt",
            rf"kontr[ae]?k\w*|pkwt|contracts?(?: ended)?|{_NO} (?:di ?)?perpanjang\w*"
            rf"|(?:proye[kg]|magang|outsourcing|os|masa ker?ja) (?:{_ALREADY} )?(?:selesai|habis|abis)",
        ),
        (
            "abroad",
            r"(?:ke ?)?luar n[ea]?ge?ri|ke ln|wna|(?:warga|orang) (?:negara )?asing|bule|ekspatriat|expat\w*|foreigner"
            r"|(?:meninggalkan|ninggalin|keluar (?:dari )?) ?indonesia|(?:pindah|pulang ke) (?:ke)?(?:warga)?negara\w*"
            r"|leav(?:e|ing) indonesia|abroad",
        ),
        (
            "resign",
            rf"re?[sz][aei]?i?[gj]n\w*|r[ei]sa?in\w*|(?:meng)?undur(?:kan)? diri|ngundurin diri|mundur|{_STOPPED}"
            r"|pindah (?:ker?ja|pt|perusahaan)",
        ),
        ("older", r"pensi[ou]n\w*|retired?|retirement|sudah tua|lansia"),
        ("partial", r"sebag[ia]+n|separ[uo]h?|setengah(?:nya)?|cicil|partial(?:ly)?"),
        ("other", rf"^(?:yang |yg )?lain(?:nya| lain)?$|^others?$|{_NO} ada (?:di )?(?:pilihan|daftar|sini)"),
    )
)
"""Looked for in this order, the more telling first: "berhenti karena cacat" is about the disability."""


_NEEDS_A_QUESTION = frozenset({"older", "other", "pkwt", "resign"})
"""Reasons whose words say something else too, unless somebody was asked for the reason."""


def claim_reason_in(text: str) -> str | None:
    """The reason that an answer gives; `partial`, `older` and `other` are pages on which it is asked more closely."""
    if len(text) > LONGEST_READ:
        return None
    said = _STATUS.sub(" ", _words(text))
    reasons = _DENIED.sub(" ", _STILL_EMPLOYED.sub(" ", said))
    found = next((name for name, pattern in _REASONS if pattern.search(reasons)), None)
    return found or ("partial" if _STILL_EMPLOYED.search(said) else None)


_WORK_IS_OVER = re.compile(
    rf"\b(?<!surat ){_STOPPED} (?:(?:dari|di|dr|from|my|sebagai) )*"
    rf"(?:{_WORKS}|krj|{_FIRM}|pekerjaan|job|work|company)\b(?! cabang)"
    rf"|\b{_NO} (?:lagi )?(?:be?r?)?ke?rja(?: lagi|$)|\bre[sz]i?gn\w*|\b(?:meng|ng)?undur(?:kan|in)? diri"
)


def says_work_is_over(text: str) -> bool:
    """Whether somebody has left, or is about to leave, their work: "keluar" alone may mean the chat, or a code."""
    return bool(_WORK_IS_OVER.search(_STILL_EMPLOYED.sub(" ", _words(text[:LONGEST_READ]))))


_TAKES_SAVINGS = re.compile(
    r"(?=.*\b(?:jht|tht|hari tua|saldo)(?:nya)?\b).*\b(?:kl[aei]+[mn]\w*|claim\w*|\w*cair\w*|\w*ambil\w*|tarik|narik)"
)
_OF_THE_PENSION = re.compile(
    r"\b(?:jp|jaminan pensiun|bulanan|(?:per|tiap) ?bulan|sebulan|janda|iuran\w*|berkala|konfirmasi|lapor)\b"
)
FEW_WORDS = 3
"""A message as short as this only names the reason."""
_RARE = frozenset({"death", "retired", "disability", "abroad", "bpu", "partial10", "partial30"})


def asks_to_claim_for(text: str) -> str | None:
    """The rarer reason of a message that plainly is about taking JHT, whatever else its words may mean: a pension or
    a death says something to other programmes too."""
    found = claim_reason_mentioned(text)
    if found not in _RARE:
        return None
    said = plain(text)
    leaves = found == "retired" and not _OF_THE_PENSION.search(said)
    heir = "ahli waris" in said and len(said.split()) <= FEW_WORDS
    return found if leaves or heir or _TAKES_SAVINGS.search(said) else None


def claim_reason_mentioned(text: str) -> str | None:
    """The reason that a message gives by itself, without having been asked for it."""
    found = claim_reason_in(text)
    return None if found in _NEEDS_A_QUESTION else found


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w%]+", " ", plain(text)).split())

"""The few words that people's side of a chat understands: leaving, asking how long, anger, reports of fraud."""

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
_ASKS_WHERE = re.compile(
    r"\b(?:(?:berapa|brp|brapa) (?:lama|lm|menit|jam|orang)|(?:masih|msh) lama|lama (?:banget|bgt|amat|sekali|bener)"
    r"|antri\w*|antre\w*|nomor urut|giliran"
    r"|(?:petugas|admin|cs|operator|orang|agen)(?: ?ny?a)? (?:mana|kemana|ke mana|belum|blm|kapan|ada)"
    r"|(?:mana|kapan) (?:\w+ )?(?:petugas|admin|cs|operator|orang|agen)(?:nya)?"
    r"|kapan (?:dibalas|dijawab|dilayani|disambung\w*)"
    r"|(?:belum|blm|ga|gak|nggak|tidak) (?:dibalas|dijawab|disambung\w*)"
    r"|how long|where is|queue|my turn|still waiting)\b"
)
_ANGRY = re.compile(
    r"\b(?:anjing\w*|anjg|anjir|bangsat|bajingan|brengsek|bgst|gobl[ou][kg]\w*|tolol|bego|kampret|asu|jancok\w*|sialan"
    r"|monyet|keparat|bacot|maling|rampok|muak|bohong(?:in)? (?:terus|mulu)|pembohong"
    r"|kecewa (?:berat|banget|sekali|bgt)"
    r"|(?:sangat|sgt|amat) kecewa|marah (?:banget|sekali|bgt)"
    r"|ombudsman|lapor\w* (?:polisi|presiden|menteri|kpk|dpr|ojk)"
    r"|viralkan|(?:saya|aku|gue|gua|gw) viralin|tuntut\w*|gugat\w*|fuck\w*|bullshit|idiots?|stupid|liars?|furious)\b"
)
_REPORTS_FRAUD = re.compile(
    r"\b(?:lapor\w*|(?:ke|ter|di)tipu|kena tipu|terlanjur|dibajak|dihack|di hack|diretas"
    r"|(?:diambil|dicairkan|dipakai|diubah|diganti|dicuri) orang"
    r"|raib|hilang|bocor|berubah sendiri|tanpa (?:seizin|izin)"
    r"|sudah (?:transfer|kasih|kirim|klik|isi)|udah (?:transfer|kasih|kirim|klik|isi)"
    r"|scammed|hacked|stolen|report|somebody withdrew|someone withdrew)\b"
)
_SHOUTED_LETTERS = 12
_SHOUTED_SHARE = 0.8
_NOT_A_WORD = re.compile(r"[^a-z ]+")


def ends_talk(text: str) -> bool:
    """Whether these words, alone, end a talk with an officer."""
    return _plain(text) in _END


def leaves_queue(text: str) -> bool:
    """Whether these words, alone, leave the queue."""
    return _plain(text) in _LEAVE


def asks_where(text: str) -> bool:
    """Whether somebody in the queue asks where people are, or how long it takes."""
    return _ASKS_WHERE.search(_plain(text)) is not None


def is_angry(text: str) -> bool:
    """Whether somebody insults, threatens to go elsewhere, or shouts."""
    return _ANGRY.search(_plain(text)) is not None or _shouts(text)


def reports_fraud(text: str) -> bool:
    """Whether something happened already; else it is a question about frauds."""
    return _REPORTS_FRAUD.search(_plain(text)) is not None


def _shouts(text: str) -> bool:
    """Capitals alone are how many write; with a row of exclamation marks they are loud."""
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return "!!" in text and len(letters) >= _SHOUTED_LETTERS and capitals >= _SHOUTED_SHARE * len(letters)


def _plain(text: str) -> str:
    return " ".join(_NOT_A_WORD.sub(" ", text.lower()).split())

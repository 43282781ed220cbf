"""Short questions that refer to what was just shown: "terus gimana?", "syaratnya apa?", "yang tadi"."""

import re
from enum import StrEnum

from bot.parsing.plain import LONGEST_READ, plain
from bot.parsing.wrong_answers import says_wrong_answer

ASK_WHICH = "/follow_up"
HELP = "/help"
NOT_THAT = '/follow_up{"topic":"not_that"}'


class Asked(StrEnum):
    """What is asked about a topic that isn't named."""

    HOW = "how"
    CONDITIONS = "conditions"
    DURATION = "duration"
    WHERE = "where"
    AMOUNT = "amount"
    AGAIN = "again"


def _entry(entry_id: str) -> str:
    return f'/faq{{"id":"{entry_id}"}}'


_CLAIM = {
    Asked.HOW: "/claim_how",
    Asked.CONDITIONS: "/claim_conditions",
    Asked.DURATION: _entry("claim_duration"),
    Asked.WHERE: _entry("claim_channels"),
    Asked.AMOUNT: _entry("jht_amount"),
}
_CARD = {
    Asked.HOW: _entry("card_digital_where"),
    Asked.DURATION: _entry("card_when"),
    Asked.WHERE: _entry("card_digital_where"),
}
_BALANCE = {Asked.HOW: _entry("jht_balance_check"), Asked.WHERE: _entry("jht_balance_check")} | {
    Asked.AMOUNT: "/check_balance"
}
_BRANCH = {
    Asked.HOW: "/plan_visit",
    Asked.CONDITIONS: _entry("branch_bring"),
    Asked.DURATION: _entry("branch_hours"),
    Asked.WHERE: "/contact_branch",
}
_FACE = {Asked.DURATION: _entry("jmo_reset_wait"), Asked.WHERE: "/contact_branch"}
_DATA = {Asked.HOW: _entry("jmo_update_data"), Asked.WHERE: _entry("jmo_update_data")}
_TABLE: dict[str, dict[Asked, str]] = {
    "ask_jht": _CLAIM,
    "jht": _CLAIM,
    "claim": _CLAIM,
    "paklaring": _CLAIM,
    "heirs": _CLAIM,
    "tax": _CLAIM | {Asked.AMOUNT: "/ask_tax"},
    "lapak_asik": _CLAIM | {Asked.HOW: _entry("lapak_asik_what"), Asked.CONDITIONS: _entry("lapak_asik_data")},
    "kode": _CLAIM,
    "claim_how": _CLAIM,
    "claim_conditions": _CLAIM,
    "claim_status": _CLAIM | {Asked.HOW: "/claim_status", Asked.WHERE: _entry("claim_tracking")},
    "claim_failed": _CLAIM,
    "file_claim": _CLAIM,
    "ask_tax": _CLAIM | {Asked.AMOUNT: _entry("tax_full")},
    "ask_account": _CLAIM,
    "ask_jp": {
        Asked.HOW: _entry("jp_docs"),
        Asked.CONDITIONS: _entry("jp_docs"),
        Asked.DURATION: _entry("jp_time"),
        Asked.WHERE: "/contact_branch",
        Asked.AMOUNT: "/simulate_jp",
    },
    "ask_jkp": {
        Asked.HOW: _entry("jkp_how"),
        Asked.CONDITIONS: _entry("jkp_who"),
        Asked.DURATION: _entry("jkp_deadline"),
        Asked.WHERE: _entry("jkp_how"),
        Asked.AMOUNT: _entry("jkp_cash"),
    },
    "ask_jkk": {
        Asked.HOW: _entry("jkk_report"),
        Asked.CONDITIONS: _entry("jkk_report"),
        Asked.WHERE: _entry("jkk_hospital"),
        Asked.AMOUNT: _entry("jkk_rate"),
    },
    "ask_jkm": {
        Asked.HOW: _entry("jkm_docs"),
        Asked.CONDITIONS: _entry("jkm_docs"),
        Asked.DURATION: _entry("jkm_time"),
        Asked.WHERE: "/contact_branch",
        Asked.AMOUNT: _entry("jkm_amount"),
    },
    "ask_bpu": {
        Asked.HOW: _entry("bpu_where"),
        Asked.CONDITIONS: _entry("bpu_register"),
        Asked.WHERE: _entry("bpu_where"),
        Asked.AMOUNT: _entry("bpu_min"),
    },
    "ask_pmi": {
        Asked.HOW: _entry("pmi_register"),
        Asked.CONDITIONS: _entry("pmi_register"),
        Asked.DURATION: _entry("pmi_periods"),
        Asked.WHERE: _entry("pmi_where"),
        Asked.AMOUNT: _entry("pmi_fees"),
    },
    "ask_rates": {Asked.AMOUNT: "/ask_rates", Asked.HOW: _entry("contributions_check")},
    "check_balance": _BALANCE,
    "contributions": _BALANCE | {Asked.AMOUNT: "/contributions"},
    "statement": _BALANCE,
    "simulate_jht": {Asked.AMOUNT: "/simulate_jht"},
    "simulate_jp": {Asked.AMOUNT: "/simulate_jp"},
    "show_card": _CARD,
    "card": _CARD,
    "digital_card": _CARD,
    "link_card": _CARD | {Asked.HOW: _entry("card_add"), Asked.WHERE: _entry("card_add")},
    "contact_branch": _BRANCH,
    "branch": _BRANCH,
    "plan_visit": _BRANCH,
    "biometric_failed": _FACE,
    "data_update": _DATA,
    "login_failed": {Asked.HOW: _entry("jmo_login"), Asked.DURATION: _entry("jmo_locked")},
    "registration_otp": {Asked.HOW: _entry("jmo_register"), Asked.DURATION: _entry("jmo_otp")},
    "old_device": {Asked.WHERE: "/contact_branch"},
    "app_error": {},
    "compatibility": {Asked.CONDITIONS: _entry("jmo_requirements")},
    "no_smartphone": _BRANCH,
    "fraud": {Asked.HOW: _entry("fraud_report"), Asked.WHERE: _entry("fraud_report")},
}
"""What each question is about after each topic: by intent, or by the beginning of an entry of the knowledge."""
for _programme in ("jp", "jkp", "jkk", "jkm", "bpu", "pmi"):
    _TABLE[_programme] = _TABLE[f"ask_{_programme}"]

_SMALL = frozenset(
    "min mimin admin kak kakak gan bang mas mbak pak bu dong deh sih ya yah nih tuh kok oh ok oke eh emang memang"
    " maaf permisi so well please and but kira jadi".split()
)
_NAMELESS = frozenset(
    "apa ap apaan aja saja yang yg itu ini tadi nya saya sy aku harus hrs kalau kalo gitu begitu soal tentang maksudnya"
    " perlu di ke dari mana lewat dapat dapet dpt bisa bs prosesnya proses dapatnya daftarnya urusnya"
    " coba lagi terus trus trs lalu gimana gmn gmna bagaimana bgmn dapetnya dptnya"
    " what is it that this the one do does i we should can will to are go get take about now of my".split()
)
"""Words that name no topic; each question adds those that ask it."""
_ASKING = {
    Asked.CONDITIONS: "syarat syaratnya persyaratan persyaratannya dokumen dokumennya berkas berkasnya bawa siapkan"
    " requirements conditions documents need bring",
    Asked.DURATION: "lama lamanya hari harinya kapan selesai selesainya berapa brp long when days many how",
    Asked.WHERE: "dimana dmn dmana kemana kmn mana tempatnya kantornya where",
    Asked.AMOUNT: "berapa brp besarnya jumlahnya nominalnya totalnya much how",
    Asked.HOW: "gimana gmn gmna bagaimana bgmn cara caranya selanjutnya habis abis setelah ngapain"
    " terus trus trs lalu how next then should work",
    Asked.AGAIN: "itu tadi barusan ulang ulangi lagi that this it one again same last once more say",
}
_DECIDING = {
    Asked.DURATION: "lama lamanya hari harinya kapan selesainya long when days",
    Asked.AMOUNT: "berapa brp besarnya jumlahnya nominalnya totalnya much",
    Asked.CONDITIONS: "syarat syaratnya persyaratan persyaratannya dokumen dokumennya berkas berkasnya bawa siapkan"
    " requirements conditions documents need bring",
    Asked.AGAIN: "itu tadi barusan ulang ulangi that it same last again one more",
}
"""The words of which one must be there, where they aren't all that ask."""
_WORDS_OF = {asked: _NAMELESS | frozenset(words.split()) for asked, words in _ASKING.items()}
_KEYS_OF = {asked: frozenset(_DECIDING.get(asked, words).split()) for asked, words in _ASKING.items()}
_NOT = frozenset("bukan bkn salah keliru nyambung sesuai not wrong".split())
_NOT_THAT_WORDS = (
    _NAMELESS | _NOT | frozenset("ga gak gk nggak tidak tdk kurang maksud answer s meant mean asked no".split())
)

_TURNS = r"(?:(?:eh|oh|aduh|duh|maaf|sori|sorry|oops|ups|wait|hmm)\W+|no\W+(?=wait|i mean|not|wrong))"
_WRONG = r"(?:bukan|bkn|salah|keliru|not that|wrong)(?:\s+(?:itu|deng|ding|tadi))?"
_MEANS = r"(?:maksud(?:nya|ku)?(?:\s+(?:saya|sy|aku|gue))?|mksd(?:nya)?|ralat|koreksi|i mean(?:t)?(?:\s+to say)?)"
_CORRECTION = re.compile(
    rf"\W*(?:{_TURNS}*(?:{_WRONG}\W+)?{_MEANS}(?:\s+(?:itu|tadi))?|{_TURNS}+{_WRONG}|(?:{_WRONG}|no(?=\W+\d))\s*[,.:;!])\W+(?=\S)",
    re.I,
)
"""Being wrong alone is no correction: "salah nama di kartu" says what is wrong."""
_WHAT_IF = re.compile(
    r"\W*(?:(?:terus|trus|nah|eh|and|ok|oke|lalu)\W+)?(?:(?:gimana|bagaimana|gmn)\s+)?"
    r"(?:kalau|kalo|klo|kl|klu|jika|misal(?:nya|kan)?|andai|seandainya|what if|what about|how about|if)\b",
    re.I,
)
_VALUE = re.compile(
    r"(?:rp\.? ?)?\d[\d.,]* ?(?:jt|juta|rb|ribu|k|million|tahun|thn|th|years?|bulan|bln|months?|%|persen|percent)?"
    r"(?: (?:ya|kak|min|aja|saja|deh))?"
)
FEW = 4
"""Words beside which nothing else is asked."""
LONGEST = 8
"""Words; who writes more names the topic."""


def asked_about(text: str) -> Asked | None:
    """What a message asks that names no topic; None for any other message."""
    words = set(_words(text))
    if not words or len(words) > LONGEST:
        return None
    return next((asked for asked in _ASKING if words <= _WORDS_OF[asked] and words & _KEYS_OF[asked]), None)


def says_not_that(text: str) -> bool:
    """Whether a message only says that the answer was the wrong one."""
    words = set(_words(text))
    if words & _NOT and words <= _NOT_THAT_WORDS:
        return True
    return len(words) <= FEW and says_wrong_answer(text) and without_correction(text) == text


def follow_up(text: str, topic: str | None, in_form: bool) -> str | None:
    """What a message asks for as the payload of a button, by the topic shown last; None where it says it itself.

    In a form only what is known is answered: the same words may be an answer to its question.
    """
    if len(text) > LONGEST_READ or text.startswith("/"):
        return None
    if not in_form and says_not_that(text):
        return NOT_THAT
    asked = asked_about(text)
    if asked is None:
        return None
    if topic is None:
        return None if in_form else ASK_WHICH
    if asked is Asked.AGAIN:
        return None if in_form else topic
    if asked is Asked.HOW and in_form:  # how it goes on, the question that waits for an answer tells
        return HELP
    return _TABLE[subject_of(topic) or ""].get(asked)


def subject_of(payload: str) -> str | None:
    """The row of the table for what was shown: an intent, or what an entry of the knowledge is about."""
    found = re.match(r'/(\w+)(?:\{"id":"(\w+)"\})?', payload)
    if not found:
        return None
    name = found[2] or found[1]
    parts = name.split("_")
    beginnings = ("_".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((beginning for beginning in beginnings if beginning in _TABLE), None)


def without_correction(text: str) -> str:
    """What somebody says instead: "eh bukan, maksudnya kartu" is "kartu"."""
    if len(text) > LONGEST_READ:
        return text
    found = _CORRECTION.match(text)
    return text[found.end() :] if found else text


def is_only_a_value(text: str) -> bool:
    """Whether a text is an amount, a time or a percentage, and nothing that says of what."""
    return _VALUE.fullmatch(plain(text).strip(" ?!.")) is not None


def asks_what_if(text: str) -> bool:
    """Whether a message varies what was said before: "kalau 10 tahun?"."""
    return _WHAT_IF.match(text) is not None


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z0-9]+", plain(text)[:LONGEST_READ]) if word not in _SMALL]

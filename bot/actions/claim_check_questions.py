"""What the claim check asks, and how the answers are read: tapped, typed, or as a number of the list."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk import Tracker

from bot.actions.base import button, entity
from bot.actions.simulation import asks_something, read_input
from bot.benefits.claim_facts import ClaimReason
from bot.benefits.claim_questions import UNKNOWN, ClaimQuestion
from bot.benefits.service_hours import day_of
from bot.conversation.messages import Button, Kind, Reply
from bot.conversation.turn_context import Turn
from bot.parsing.claim_openings import told_besides
from bot.parsing.claim_reasons import claim_reason_in, claim_reason_mentioned
from bot.parsing.spoken_days import parse_spoken_day
from bot.texts import say
from bot.troubleshooting.answers import answer_in
from bot.troubleshooting.trees import Option, Question

REASONS = {
    "resign": ClaimReason.RESIGNED,
    "phk": ClaimReason.LAID_OFF,
    "pkwt": ClaimReason.CONTRACT_ENDED,
    "age56": ClaimReason.AGE_56,
    "retired": ClaimReason.COMPANY_RETIREMENT,
    "bpu": ClaimReason.BPU_STOPPED,
    "abroad": ClaimReason.LEAVING_INDONESIA,
    "disability": ClaimReason.TOTAL_DISABILITY,
    "death": ClaimReason.DEATH,
    "partial10": ClaimReason.PARTIAL_10,
    "partial30": ClaimReason.PARTIAL_30,
}
"""What the understanding and the buttons call each reason."""
FIRST_PAGE = "first"
PAGES = {
    FIRST_PAGE: ("resign", "phk", "pkwt", "other"),
    "other": ("partial", "older", "rare"),
    "partial": ("partial10", "partial30"),
    "older": ("age56", "retired"),
    "rare": ("bpu", "disability", "abroad", "death"),
}
"""The reasons a few at a time; who types one needs no page."""
_LEFT_ANYHOW = re.compile(
    r"\b(?:sudah|sdh|udah|udh|dah)? ?(?:tidak|tdk|ga|gak|gk|nggak|ngga) (?:be)?ker?ja\b|\bng?anggur\w*|\bnon ?aktif\b",
    re.IGNORECASE,
)
SAYS_RESIGNED = re.compile(r"\bre?[sz][aei]?i?[gj]n|\br[ei]sa?in|undur|\bmundur|\bquit\b", re.IGNORECASE)
"""Says that it was their own wish; "sudah berhenti" fits every reason."""
YEARS_ALONE = re.compile(
    r"(?:(?:sudah|sdh|udah|udh|baru|sekitar|kurang lebih|ada) )*(?P<years>\d{1,2}) ?(?:tahun|thn|th|taun)(?:an)?"
)
_ASKED_FOR = r"(?:saldo|jumlah|total|tanggal|usia|umur|kapan|berapa|persis|pasti)(?:nya)?"
DOES_NOT_KNOW = re.compile(
    rf"(?:(?:saya|sy|aku|maaf|{_ASKED_FOR}) )*"
    r"(?:(?:tidak|tdk|ga+k?|gk|g|nda|ng+a+k?|eng+ak?|kurang|belum|blm)"
    r" ?(?:tahu|tau|ingat|inget|yakin|pasti|ngerti|mengerti|paham)"
    r"|lupa|entah(?:lah)?|lewati|lewatkan|skip|bingung|i don'?t know|not sure)"
    rf"(?: (?:deh|ya|saja|aja|sih|kak|min|lagi|dulu|{_ASKED_FOR}))*[.!]*"
)
"""The whole of a message, so that "lupa kata sandi" stays the trouble that it is."""
_PLACE = re.compile(r"\s*(?:no(?:mor)?\.?\s*|pilih(?:an)?\s*|yang\s*|yg\s*)?(\d{1,2})\s*[.%]?\s*", re.IGNORECASE)
_ANSWERING = frozenset({"affirm", "deny", "inform", "nlu_fallback", "out_of_scope", "claim_conditions", "claim_how"})
"""Intents of messages that may be an answer in words of its own."""
_NUMBERS = {
    ClaimQuestion.BALANCE: "starting_balance",
    ClaimQuestion.AGE: "claim_age",
    ClaimQuestion.YEARS: "jp_years",
}

_WORDS: dict[ClaimQuestion, dict[str, str]] = {
    ClaimQuestion.WORKING: {
        "yes": "masih|kerja|bekerja|aktif|still",
        "no": "berhenti|sudah berhenti|resign|keluar|phk|nganggur|tidak kerja|tidak bekerja|tidak aktif|sudah tidak"
        "|stopped",
    },
    ClaimQuestion.PARTIAL: {
        "no": "belum|belum pernah|tidak pernah|belum sama sekali|never",
        "yes": "sudah|pernah|sudah pernah",
    },
    ClaimQuestion.HOME: {
        "yes": "beli|membeli|dp|kpr|cicilan|bukan renovasi|tidak renovasi|buy",
        "no": "renovasi|bangun|perbaiki|memperbaiki|ngontrak|sewa|usaha|modal|renovate",
    },
    ClaimQuestion.FOREIGNER: {"yes": "wna|asing|foreigner", "no": "wni|indonesia|orang indonesia"},
    ClaimQuestion.STOPPED: {
        "yes": "sudah|berhenti|tidak kerja|stopped",
        "no": "belum|belum berhenti|masih|masih kerja|still",
    },
    ClaimQuestion.DOCTOR: {
        "yes": "sudah|ada|sudah ada|punya|have",
        "no": "belum|belum ada|tidak ada|belum punya|tidak punya",
    },
    ClaimQuestion.HEIR: {
        "nearest": "suami|istri|isteri|anak|anaknya|suaminya|istrinya|janda|duda|anak kandung"
        "|wife|husband|son|daughter",
        "family": "keluarga|bapak|bapaknya|ayah|ayahnya|ibu|ibunya|orang tua|ortu|kakak|kakaknya|adik|adiknya|abang"
        "|saudara|cucu|kakek|nenek|mertua|menantu|ipar|paman|keponakan|wasiat|parent|brother|sister",
        "stranger": "teman|tetangga|pacar|rekan|bukan keluarga|friend",
    },
    ClaimQuestion.NEARER: {
        "no": "tidak ada|sudah tidak|sudah meninggal|saya saja|cuma saya|hanya saya|none",
        "yes": "ada|masih|masih ada",
    },
}
"""Questions with a few answers, the commonest first, and what people type for each."""
CHOICES: Mapping[ClaimQuestion, Question] = {
    question: Question(
        tuple(Option(key, "", tuple(words.split("|")), key != "stranger") for key, words in options.items())
    )
    for question, options in _WORDS.items()
}


def question(asked: ClaimQuestion, reason: ClaimReason, language: str) -> Reply:
    """One short question; who doesn't know says so."""
    unknown = Button(say("claim_check.button_unknown", language), _choice(asked, UNKNOWN))
    if asked not in CHOICES:
        of_deceased = reason is ClaimReason.DEATH and asked is ClaimQuestion.BALANCE
        text = say("claim_check.ask_balance_of_deceased" if of_deceased else f"claim_check.ask_{asked}", language)
        return Reply(text, (unknown, button("cancel", "/cancel", language)))
    shown = [option.key for option in CHOICES[asked].options if option.shown]
    options = tuple(Button(say(f"claim_check.option_{asked}_{key}", language), _choice(asked, key)) for key in shown)
    return Reply(say(f"claim_check.ask_{asked}", language), (*options, unknown))


def reason_question(page: str, language: str, short: bool = False) -> Reply:
    """A few reasons to tap; the text numbers them for who types, and is `short` below another text."""
    buttons = reason_buttons(PAGES[page], language)
    if short and page == FIRST_PAGE:
        return Reply(say("claim_check.ask_reason_short", language), buttons)
    return Reply(say(f"claim_check.ask_reason_{page}", language), buttons)


def reason_buttons(names: tuple[str, ...], language: str) -> tuple[Button, ...]:
    return tuple(
        Button(say(f"claim_check.button_{name}", language), f'/claim_conditions{{"reason":"{name}"}}') for name in names
    )


def reason_named(turn: Turn, tracker: Tracker) -> str | None:
    """The reason or page that a message names without having been asked."""
    named = entity(tracker, "reason")
    if turn.message.kind is not Kind.TEXT or turn.message.text.startswith("/"):
        return named
    return claim_reason_mentioned(turn.message.text) or named


def reason_answered(page: str, turn: Turn, tracker: Tracker) -> str | None:
    """The reason or page that answers the question for it; a question back is no answer."""
    text = turn.message.text
    if turn.message.kind is not Kind.TEXT or text.startswith("/"):
        return entity(tracker, "reason")
    if place := _PLACE.fullmatch(text):
        return _at(PAGES[page], int(place[1]))
    if asks_something(text):
        return None
    if DOES_NOT_KNOW.fullmatch(text.lower().strip()):
        return "unknown"
    return claim_reason_in(text) or ("left" if _LEFT_ANYHOW.search(text) else None)


def does_not_know(asked: ClaimQuestion, turn: Turn, tracker: Tracker) -> bool:
    tapped = entity(tracker, "choice") == f"{asked}.{UNKNOWN}"
    return tapped or bool(DOES_NOT_KNOW.fullmatch(turn.message.text.lower().strip()))


def read_answer(asked: ClaimQuestion, turn: Turn, tracker: Tracker) -> tuple[Any, str | None]:
    """The answer as it is kept, or the sentence that says why it can't be taken; nothing of both when it is none."""
    text, today = turn.message.text, day_of(turn.now)
    if asked in _NUMBERS:
        return read_input(_NUMBERS[asked], entity(tracker, "amount") or text, turn.language)
    if asked in CHOICES:
        return _read_choice(asked, text, turn, tracker, today), None
    asks = text.startswith("/") or asks_something(text)
    day = None if asks else parse_spoken_day(text, today)
    return (day.isoformat() if day else None), None


def _read_choice(asked: ClaimQuestion, text: str, turn: Turn, tracker: Tracker, today: date) -> str | None:
    choice = (entity(tracker, "choice") or "").rpartition(".")
    if choice[0]:
        return choice[2] if choice[0] == asked and CHOICES[asked].option(choice[2]) else None
    if turn.message.kind is not Kind.TEXT or text.startswith("/"):
        return None
    if asked is ClaimQuestion.HEIR and (told := told_besides("death", text, today).get(asked)):
        return str(told)
    intent = (tracker.latest_message.get("intent") or {}).get("name") or ""
    return answer_in(CHOICES[asked], text, intent, free=intent in _ANSWERING and not asks_something(text))


def _at(names: tuple[str, ...], place: int) -> str | None:
    """By its place in the list, or by its percentage."""
    by_percent = next((name for name in names if name.endswith(str(place)) and place >= len(names)), None)
    return names[place - 1] if 1 <= place <= len(names) else by_percent


def _choice(asked: ClaimQuestion, key: str) -> str:
    return f'/inform{{"choice":"{asked}.{key}"}}'

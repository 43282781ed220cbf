"""What participants read while they verify."""

import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

import bot.texts
from bot.conversation.messages import BUTTON_PAYLOAD_LIMIT, Reply
from bot.identity.levels import Level
from bot.identity.outcomes import (
    CodeExpired,
    CodeNotSent,
    CodeSent,
    CodeWrong,
    Locked,
    NextStep,
    NoRegisteredNumber,
    NothingUnderWay,
    NotMatching,
    NotOwnContact,
    Outcome,
    PrivateChatOnly,
    Step,
    TooManyCodes,
    Verified,
)
from bot.identity.phrasing import phrase, question, why
from bot.texts import LANGUAGES, LIGHT, texts

TEN_PAST_SEVEN_WIB = datetime(2026, 3, 2, 0, 10, tzinfo=UTC)
OUTCOMES: list[Outcome] = [
    *(NextStep(step) for step in Step),
    CodeSent("01"),
    CodeSent("01", "demo"),
    Verified("Siti", Level.VERIFIED),
    Verified("Siti", Level.CONFIRMED),
    NotMatching(2),
    Locked(TEN_PAST_SEVEN_WIB),
    CodeWrong(2),
    CodeWrong(0),
    CodeExpired(),
    TooManyCodes(TEN_PAST_SEVEN_WIB),
    CodeNotSent(),
    NoRegisteredNumber(),
    NotOwnContact(),
    PrivateChatOnly(),
    NothingUnderWay(),
]


def payloads(reply: Reply) -> list[str]:
    return [button.payload for button in reply.buttons]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", OUTCOMES, ids=repr)
def test_every_outcome_can_be_said(outcome: Outcome, language: str) -> None:
    reply = phrase(outcome, language, "telegram")
    assert reply.text
    assert "{" not in reply.text
    assert all(len(payload.encode()) <= BUTTON_PAYLOAD_LIMIT for payload in payloads(reply))


def test_the_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    found = {language: _placeholders(language) for language in LANGUAGES}
    assert len(found["id"]) > 20
    assert found["id"] == found["en"]


def test_every_text_is_used() -> None:
    folder = Path(bot.texts.__file__).parents[1] / "identity"
    code = "".join(file.read_text() for file in folder.glob("*.py"))
    whole = [key for key in _placeholders("id") if not key.endswith(LIGHT)]
    names = [key.removeprefix("verification.").removeprefix("button_") for key in whole]
    assert [name for name in names if f'{name}"' not in code] == []


def test_the_contact_is_asked_for_with_the_platforms_button_and_may_be_skipped() -> None:
    reply = question(Step.CONTACT, "id", "telegram")
    assert reply.ask_contact
    assert payloads(reply) == ["/skip_contact", "/cancel"]
    assert phrase(NotOwnContact(), "id").ask_contact


def test_the_number_is_asked_for_with_what_is_never_asked() -> None:
    reply = question(Step.NUMBER, "id", "web")
    assert "kata sandi, PIN, atau nama ibu kandung" in reply.text
    assert "hapus" not in reply.text


def test_on_telegram_the_participant_hears_that_the_number_is_deleted() -> None:
    assert "kami hapus dari chat" in question(Step.NUMBER, "id", "telegram").text
    assert "kami hapus dari chat" in phrase(NextStep(Step.NUMBER), "id", "telegram").text


@pytest.mark.parametrize(
    "outcome", [NextStep(Step.CODE), CodeSent("01"), CodeWrong(0), CodeExpired(), CodeNotSent()], ids=repr
)
def test_whoever_waits_for_a_code_can_have_another(outcome: Outcome) -> None:
    assert payloads(phrase(outcome, "id")) == ["/resend_code", "/cancel"]


def test_a_demo_code_stands_below_the_notice_that_it_was_sent() -> None:
    text = phrase(CodeSent("01", "DEMO 123456"), "id").text
    assert "berakhiran 01" in text
    assert text.endswith("\n\nDEMO 123456")


def test_a_lock_says_until_when_in_western_indonesian_time() -> None:
    assert "pukul 07:10 WIB" in phrase(Locked(TEN_PAST_SEVEN_WIB), "id").text


def test_the_time_said_is_never_too_early() -> None:
    assert "pukul 07:11 WIB" in phrase(Locked(TEN_PAST_SEVEN_WIB.replace(microsecond=1)), "id").text


def test_why_a_level_is_needed_and_that_the_request_goes_on() -> None:
    for level in (Level.VERIFIED, Level.CONFIRMED):
        assert why(level, "id").startswith("Untuk menjaga")
        assert "kami lanjutkan" in why(level, "id")
    assert why(Level.VERIFIED, "id") != why(Level.CONFIRMED, "id")


def _placeholders(language: str) -> dict[str, set[str | None]]:
    return {
        key: {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for key, text in texts(language).items()
        if key.startswith("verification.")
    }

"""Light mode is short: whatever a light chat can be told fits, or is listed with the reason why it may not."""

from datetime import date
from string import Formatter

import pytest

from bot.faq.entries import all_entries
from bot.texts import LANGUAGES, LIGHT, say, short_texts, texts

LONGEST = 240
MOST_LINES = 4
ELSEWHERE = ("card_check.", "desk", "pictures.", "web.")
"""Files whose texts stand on pages and pictures, not in a chat."""
LONG_ALL_THE_SAME = {
    "general.my_data": "what is kept of a person is told whole",
    "troubleshooting.hr_message": "a letter, to be forwarded as it is",
    "claim_check.ask_reason_first": "a list of answers, each with its number",
    "claim_check.ask_reason_rare": "a list of answers, each with its number",
}


def short_keys() -> list[str]:
    return [key for key in texts("id") if key.endswith(LIGHT)]


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def fits(text: str) -> bool:
    return len(text) <= LONGEST and text.count("\n") < MOST_LINES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_short_text_is_a_shorter_one_with_nothing_new_to_fill_in(language: str) -> None:
    known, keys = texts(language), short_keys()
    assert len(keys) > 20
    wrong = [
        key
        for key in keys
        if (long := known.get(key.removesuffix(LIGHT))) is None
        or len(known[key]) >= len(long)
        or not placeholders(known[key]) <= placeholders(long)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_long_in_a_light_chat(language: str) -> None:
    known = texts(language)
    said = {key: known.get(f"{key}{LIGHT}", text) for key, text in known.items() if not key.startswith(ELSEWHERE)}
    assert len(said) > 500
    assert {key for key, text in said.items() if not fits(text)} <= set(LONG_ALL_THE_SAME)
    assert [key for key in LONG_ALL_THE_SAME if all(fits(texts(other)[key]) for other in LANGUAGES)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_of_the_knowledge_is_long_in_a_light_chat(language: str) -> None:
    entries = all_entries()
    assert len(entries) > 100
    assert [entry.id for entry in entries if not fits(entry.text(language, date(2026, 11, 24)))] == []


def test_the_short_text_is_said_only_within_a_light_chat() -> None:
    with short_texts(True):
        short = say("topics.greet")
        with short_texts(False):
            assert say("topics.greet") == texts("id")["topics.greet"]
        assert say("topics.greet") == short == texts("id")[f"topics.greet{LIGHT}"]
        assert say("topics.thanks") == texts("id")["topics.thanks"]
    assert say("topics.greet") != short

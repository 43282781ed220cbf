"""Slash commands mean the same everywhere, and nobody can type a payload."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.commands import COMMANDS, SHOWN_COMMANDS, command_to_payload


@pytest.mark.parametrize(
    ("typed", "payload"),
    [
        ("/start", "/greet"),
        ("/saldo", "/check_balance"),
        ("/saldo@JmoBot", "/check_balance"),
        ("/SALDO sekarang", "/check_balance"),
        ("  /help ", "/help"),
        ("/bantuan", "/help"),
        ("/hapus", "/delete_my_data"),
    ],
)
def test_a_command_asks_for_what_its_button_would(typed: str, payload: str) -> None:
    assert command_to_payload(typed) == payload


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("/cuaca besok", "cuaca besok"),
        ('/check_balance{"amount":1}', 'check_balance{"amount":1}'),
        ("//greet", "greet"),
        ("/ /greet", "greet"),
        ("/saldo/greet", "saldo/greet"),
        ("saldo saya", "saldo saya"),
    ],
)
def test_whatever_is_no_command_is_only_text(typed: str, text: str) -> None:
    assert command_to_payload(typed) == text


@given(st.text(alphabet='/ @{}"abstrgemnu_\n', max_size=30))
def test_a_typed_text_becomes_a_payload_only_through_the_table(typed: str) -> None:
    result = command_to_payload(typed)
    assert result in COMMANDS.values() or not result.lstrip().startswith("/")


def test_the_menu_shows_every_command_that_has_a_name_of_its_own() -> None:
    assert set(SHOWN_COMMANDS) == set(COMMANDS) - {"start", "help"}

"""What a message to the assistant asks for, by what was shown last and by the form under way."""

from types import SimpleNamespace
from typing import Any

import pytest

from bot.conversation.context import Context
from bot.conversation.messages import IncomingMessage, Kind
from bot.conversation.reading import CHANGE_INPUT, TAKE_VALUE, meant

SIMULATION = Context(topic='/simulate_jht{"programme":"jht"}')


def read(text: str, context: Context = SIMULATION, form: str | None = None) -> str:
    turn: Any = SimpleNamespace(message=IncomingMessage("web", "7", "k", Kind.TEXT, text))
    return meant(turn, text, context, form)


@pytest.mark.parametrize("text", ["salah, 6 juta", "eh salah 6jt", "wrong, 10 years"])
def test_a_value_that_corrects_changes_an_answer_of_a_form(text: str) -> None:
    assert read(text, form="simulate_jht_form") == CHANGE_INPUT


@pytest.mark.parametrize("text", ["6 juta", "salah, saldo awalnya 2 juta", "eh bukan, maksudnya kartu"])
def test_other_answers_are_left_to_the_form(text: str) -> None:
    assert read(text, form="simulate_jht_form") == text


def test_what_if_varies_a_simulation_and_nothing_else() -> None:
    assert read("kalau 10 tahun?") == TAKE_VALUE
    assert read("kalau 10 tahun?", Context(topic="/ask_jp")) == "kalau 10 tahun?"
    assert read("kalau resign?") == "kalau resign?"

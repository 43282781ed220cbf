"""A language is only told where it is clear."""

import pytest

from bot.parsing.languages import language_of


@pytest.mark.parametrize(
    "text",
    [
        "check my balance",
        "how do I claim JHT?",
        "what is jkp",
        "I forgot my password",
        "can't log in",
        "my card doesn't show up",
        "where is the nearest branch",
        "what about 10 years?",
        "no wait, I meant the card",
        "I want to talk to a human",
        "the app crashes",
        "my number is <kpj>, what is my balance",
    ],
)
def test_english_is_told(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text", ["berapa saldo saya", "sy mau klaim jht", "gmn cara cek saldo", "tolong bantu saya min"]
)
def test_indonesian_is_told(text: str) -> None:
    assert language_of(text) == "id"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "saldo",
        "login error",
        "reset password jmo",
        "error on login screen",
        "hello",
        "thanks",
        "cancel",
        "claim",
        "5jt",
        "halo",
        "<kpj>",
        "how to claim min, saya resign",
    ],
)
def test_a_word_or_a_mixture_tells_nothing(text: str) -> None:
    assert language_of(text) is None

"""Saying that the last answer missed the question."""

import pytest

from bot.parsing.wrong_answers import says_wrong_answer


@pytest.mark.parametrize(
    "text",
    [
        "bukan itu",
        "eh bukan itu maksud saya",
        "maksud saya bukan itu",
        "bkn yg itu kak",
        "jawabannya ga nyambung",
        "salah jawabannya",
        "ga nyambung min",
        "jawaban anda tidak sesuai",
        "that's not what I meant",
        "wrong answer",
    ],
)
def test_it_is_recognised(text: str) -> None:
    assert says_wrong_answer(text)


@pytest.mark.parametrize(
    "text", ["bukan karyawan lagi", "saldo saya salah", "nama di kartu salah", "tidak", "belum dapat jawaban", "bukan"]
)
def test_what_is_about_something_else_is_not(text: str) -> None:
    assert not says_wrong_answer(text)

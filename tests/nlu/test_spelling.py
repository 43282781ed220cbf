"""One slip is read as the word that was meant."""

import pytest

from nlu.components.spelling import Spelling

SPELLING = Spelling({"simulasi": 5, "kartu": 3, "saldo": 9, "unik": 1, "kas": 4})


@pytest.mark.parametrize("slip", ["simulsi", "simulasii", "simulsai", "simukasi"])
def test_a_missing_extra_swapped_or_wrong_letter_is_corrected(slip: str) -> None:
    assert SPELLING.corrected([slip]) == ["simulasi"]


@pytest.mark.parametrize("word", ["saldo", "unik", "helikopter", "ksa", "12345"])
def test_known_far_short_and_numeric_words_stay(word: str) -> None:
    assert SPELLING.corrected([word]) == [word]


def test_a_word_met_once_is_not_what_somebody_meant() -> None:
    assert SPELLING.corrected(["uniku"]) == ["uniku"]


def test_the_commoner_of_two_near_words_is_meant() -> None:
    assert Spelling({"batas": 2, "batal": 7}).corrected(["batak"]) == ["batal"]

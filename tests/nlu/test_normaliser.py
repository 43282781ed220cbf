"""Many spellings, one word."""

import pytest

from nlu.components.normaliser import read_lexicon, words_of


@pytest.mark.parametrize("spelling", ["gk", "ga", "gak", "ngga", "nggak", "tdk", "kagak", "ENGGA"])
def test_every_way_of_saying_no_is_one_word(spelling: str) -> None:
    assert words_of(spelling) == ["tidak"]


def test_a_message_full_of_abbreviations_is_written_out() -> None:
    assert words_of("knp sy gk bs login?") == ["kenapa", "saya", "tidak", "bisa", "login"]


@pytest.mark.parametrize("spelling", ["klem", "klime", "kliem", "claim", "klaimmm"])
def test_claim_is_known_in_the_spellings_of_the_street(spelling: str) -> None:
    assert words_of(spelling) == ["klaim"]


def test_letters_typed_again_and_again_count_once() -> None:
    assert words_of("hallooooo") == words_of("halo")


def test_two_words_grown_together_are_taken_apart() -> None:
    assert words_of("gabisa") == ["tidak", "bisa"]


def test_a_two_for_a_repeated_word_is_no_number() -> None:
    assert words_of("bolak2") == ["bolak"]


def test_the_letter_o_before_digits_is_a_zero() -> None:
    assert words_of("kode O40") == ["kode", "040"]


def test_digits_are_never_squeezed() -> None:
    assert words_of("5.000.000") == ["5.000.000"]


def test_a_placeholder_stays_whole() -> None:
    assert words_of("nik saya <nik>") == ["nik", "saya", "<nik>"]


def test_emoji_and_punctuation_are_no_words() -> None:
    assert words_of("🙏🙏 ... !!!") == []


def test_no_spelling_has_two_meanings_and_the_lexicon_is_not_empty() -> None:
    assert len(read_lexicon()) > 300

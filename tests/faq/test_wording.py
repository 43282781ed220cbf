"""How the search reads a question."""

import pytest

from bot.faq.wording import features, known_words, names_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("halo min tolong tanya dong jaminan hari tua itu apa ya", "jht itu apa"),
        ("Jaminan Hari Tua (JHT)", "jht"),
        ("pas cair", "pas klaim"),
        ("bpjs ketenagakerjaan", "bpjstk"),
        ("layanan masyarakat (contact center) 175", "175"),
    ],
)
def test_one_word_stands_for_what_has_several_names(text: str, words: str) -> None:
    assert known_words(text) == words.split()


def test_words_that_tell_little_have_no_pieces() -> None:
    pieces = [feature for feature in features(["program", "pensiun"]) if feature[0] == "c"]
    assert any("pens" in piece for piece in pieces)
    assert not any("prog" in piece for piece in pieces)


def test_what_a_question_names_is_seen() -> None:
    assert names_in(known_words("jht sama jaminan pensiun lewat lapak asik")) == {"jht", "jp", "lapak"}

"""Places of a list as people type them."""

import pytest

from bot.parsing.places import LAST, is_bare_number, place_in


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1", 1),
        ("2.", 2),
        ("no 2", 2),
        ("no2", 2),
        ("nomor 3", 3),
        ("yang pertama", 1),
        ("yg kedua aja kak", 2),
        ("yang ke 2", 2),
        ("ke-3", 3),
        ("pilihan 1 dong", 1),
        ("opsi tiga", 3),
        ("dua", 2),
        ("yang terakhir", LAST),
        ("the second one", 2),
        ("number 4 please", 4),
        ("last one", LAST),
    ],
)
def test_a_place_is_read(text: str, place: int) -> None:
    assert place_in(text) == place


@pytest.mark.parametrize(
    "text",
    ["", "0", "10", "2 tahun", "5jt", "1 2", "040", "kartu 2", "kode 2", "pilih", "pertama kali klaim", "1" * 600],
)
def test_anything_else_is_no_place(text: str) -> None:
    assert place_in(text) is None


@pytest.mark.parametrize(("text", "bare"), [("2", True), ("dua", True), ("2 ya", True), ("no 2", False)])
def test_a_number_alone_may_be_an_answer(text: str, bare: bool) -> None:
    assert is_bare_number(text) is bare


def test_an_ordinal_is_no_bare_number() -> None:
    assert not is_bare_number("yang kedua")

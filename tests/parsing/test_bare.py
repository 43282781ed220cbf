"""A number that is the whole answer to a question for years, an age or a rate."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.bare import parse_bare_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("10", 10),
        ("0", 0),
        ("sepuluh", 10),
        ("dua puluh lima", 25),
        ("10 ya", 10),
        ("sekitar 10 aja kak", 10),
        ("5%", 5),
        ("-3", -3),
    ],
)
def test_a_number_alone_is_read(text: str, number: int) -> None:
    assert parse_bare_number(text) == number


@pytest.mark.parametrize("text", ["", "ya", "10 kartu", "10 atau 12", "5,5", "99999", "kode 040", "10 tahun", "1.500"])
def test_what_is_more_than_a_number_is_left_to_others(text: str) -> None:
    assert parse_bare_number(text) is None


@given(st.text(max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    number = parse_bare_number(text)
    assert number is None or abs(number) < 10_000

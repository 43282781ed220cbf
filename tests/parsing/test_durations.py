"""Years as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.durations import parse_years
from bot.parsing.plain import LONGEST_READ


@pytest.mark.parametrize(
    "text",
    [
        "10 tahun",
        "10tahun",
        "10 th",
        "10thn",
        "sepuluh tahun",
        "selama 10 tahun ya",
        "120 bulan",
        "gaji 5000000 10 tahun",
    ],
)
def test_ten_years(text: str) -> None:
    assert parse_years(text) == 10


@pytest.mark.parametrize(
    ("text", "years"),
    [("setahun", 1), ("dua belas tahun", 12), ("0 tahun", 0), ("-5 tahun", -5), ("1000 tahun", 1000)],
)
def test_other_years(text: str, years: int) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize("text", ["5 atau 10 tahun", "5-10 tahun", "5 s/d 10 tahun", "5 tahun 10 tahun"])
def test_several_lengths_are_not_chosen_from(text: str) -> None:
    assert parse_years(text) is None


@pytest.mark.parametrize("text", ["18 bulan", "5,5 tahun", "1 tahun 6 bulan", "5.000 tahun", "setengah tahun"])
def test_what_is_no_whole_number_of_years_is_none(text: str) -> None:
    assert parse_years(text) is None


@pytest.mark.parametrize("text", ["", "tahun", "10", "5jt", "10 kali", "batal"])
def test_without_a_unit_it_is_no_length_of_time(text: str) -> None:
    assert parse_years(text) is None


def test_an_essay_is_no_answer() -> None:
    assert parse_years("10 tahun" + " " * LONGEST_READ) is None


@given(st.text() | st.text("0123456789.,- tahunblse²٥/", max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    parse_years(text)


@given(st.integers(-500, 500))
def test_years_and_their_months_are_read_back(years: int) -> None:
    assert parse_years(f"{years} tahun") == parse_years(f"{12 * years} bulan") == years

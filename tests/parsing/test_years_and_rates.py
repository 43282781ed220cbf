"""Years and rates as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.durations import parse_years
from bot.parsing.percent import parse_percent


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("10 tahun", 10),
        ("10 th", 10),
        ("10thn", 10),
        ("selama 10 tahun ya", 10),
        ("sepuluh tahun", 10),
        ("ten years", 10),
        ("twelve years", 12),
        ("twenty five years", 25),
        ("dua puluh lima tahun", 25),
        ("24 bulan", 2),
        ("setahun", 1),
        ("gaji 5jt 10 tahun bunga 6%", 10),
        ("-5 tahun", -5),
        ("0 tahun", 0),
        ("umur 35 tahun", 35),
        ("bunga 5% setahun, 10 tahun", 10),
    ],
)
def test_years_are_read_in_digits_and_words(text: str, years: int) -> None:
    assert parse_years(text) == years


@pytest.mark.parametrize(
    "text",
    [
        "",
        "10",
        "halo",
        "seumur hidup",
        "5,5 tahun",
        "18 bulan",
        "5-10 tahun",
        "5 sampai 10 tahun",
        "lima atau enam tahun",
        "5 tahun 10 tahun",
        "5% setahun",
        "sampai tahun 2030",
        "gaji 5jt sebulan",
    ],
)
def test_no_years_several_or_part_of_a_year_are_none(text: str) -> None:
    assert parse_years(text) is None


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("5%", "5"),
        ("5 %", "5"),
        ("5,5 %", "5.5"),
        ("5.51%", "5.51"),
        ("6 persen", "6"),
        ("enam persen", "6"),
        ("lima koma lima persen", "5.5"),
        ("lima setengah persen", "5.5"),
        ("-1%", "-1"),
        ("0%", "0"),
        ("bunganya 6% selama 10 tahun", "6"),
    ],
)
def test_rates_are_read_in_digits_and_words(text: str, percent: str) -> None:
    assert parse_percent(text) == Decimal(percent)


@pytest.mark.parametrize("text", ["", "5", "halo", "5% atau 6%", "5-6%", "persen", "5 tahun"])
def test_no_rate_or_several_are_none(text: str) -> None:
    assert parse_percent(text) is None


@given(st.integers(0, 100), st.integers(0, 99))
def test_rates_are_read_back(whole: int, hundredths: int) -> None:
    assert parse_percent(f"{whole},{hundredths:02}%") == Decimal(f"{whole}.{hundredths:02}")


@given(st.integers(1, 99))
def test_years_are_read_back(years: int) -> None:
    assert parse_years(f"{years} tahun") == parse_years(f"{years}thn") == parse_years(f"{12 * years} bulan") == years


@given(st.one_of(st.text(max_size=60), st.text("0123456789,.- %tahunbl", max_size=30)))
def test_no_text_makes_it_raise(text: str) -> None:
    parse_years(text)
    parse_percent(text)

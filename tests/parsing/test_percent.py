"""Rates as people type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.percent import parse_percent
from bot.parsing.plain import LONGEST_READ


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("5%", "5"),
        ("5 persen", "5"),
        ("5,5 %", "5.5"),
        ("5.75%", "5.75"),
        ("enam persen", "6"),
        ("lima koma lima persen", "5.5"),
        ("bunganya 6% saja", "6"),
        ("0%", "0"),
        ("-1%", "-1"),
        ("1000%", "1000"),
    ],
)
def test_a_rate(text: str, rate: str) -> None:
    assert parse_percent(text) == Decimal(rate)


@pytest.mark.parametrize("text", ["", "5", "persen", "5jt", "5% 6%", "5-6%", "5 atau 6 persen", "5.500%"])
def test_no_rate_or_several_are_none(text: str) -> None:
    assert parse_percent(text) is None


def test_an_essay_is_no_answer() -> None:
    assert parse_percent("5%" + " " * LONGEST_READ) is None


@given(st.text() | st.text("0123456789.,- %persn²٥", max_size=40))
def test_no_text_makes_it_raise(text: str) -> None:
    parse_percent(text)


@given(st.decimals(-100, 100, places=2))
def test_a_rate_is_read_back_with_comma_or_point(rate: Decimal) -> None:
    assert parse_percent(f"{rate}%") == parse_percent(f"{rate} persen".replace(".", ",")) == rate

"""Dates as Indonesians write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.dates import find_date, parse_date

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text",
    [
        "17-08-1985",
        "17/8/85",
        "17.08.1985",
        "17 08 1985",
        "17081985",
        "1985-08-17",
        "17 agustus 1985",
        "17 Agt 85",
        "17-Agu-1985",
        "lahir tgl 17 agustus 1985 ya",
    ],
)
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert parse_date(text, TODAY) == date(1985, 8, 17)


def test_the_day_always_comes_first() -> None:
    assert parse_date("03/04/1990", TODAY) == date(1990, 4, 3)
    assert parse_date("08/17/1985", TODAY) is None


@pytest.mark.parametrize(
    "text", ["31-02-1985", "00-08-1985", "17-13-1985", "32 agustus 1985", "1985-02-30", "31021985"]
)
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert parse_date(text, TODAY) is None


@pytest.mark.parametrize("text", ["", "halo", "17 agustus", "1985", "175", "123456", "3201011708850001", "5.000.000"])
def test_anything_else_is_no_date(text: str) -> None:
    assert parse_date(text, TODAY) is None


def test_a_year_of_two_digits_lies_in_the_past() -> None:
    assert parse_date("17-08-05", TODAY) == date(2005, 8, 17)
    assert parse_date("24-11-26", TODAY) == TODAY
    assert parse_date("25-11-26", TODAY) == date(1926, 11, 25)
    assert parse_date("29-02-96", TODAY) == date(1996, 2, 29)


def test_a_date_can_be_taken_out_of_its_text() -> None:
    text = "lahir 17 agustus 1985 ya"
    found = find_date(text, TODAY)
    assert found is not None
    assert text[found[1] : found[2]] == "17 agustus 1985"


MONTHS = ["januari", "februari", "maret", "april", "mei", "juni", "juli"]
MONTHS += ["agustus", "september", "oktober", "november", "desember"]


@given(st.dates(date(1930, 1, 1), TODAY))
def test_dates_are_read_back(day: date) -> None:
    for text in (f"{day:%d-%m-%Y}", f"{day:%d%m%Y}", f"{day.day}/{day.month}/{day.year}", day.isoformat()):
        assert parse_date(text, TODAY) == day
    assert parse_date(f"{day.day} {MONTHS[day.month - 1]} {day.year}", TODAY) == day


@given(st.one_of(st.text(max_size=60), st.text("0123456789 -/.agtmei", max_size=30)))
def test_no_text_makes_it_raise(text: str) -> None:
    parse_date(text, TODAY)

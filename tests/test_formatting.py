"""Amounts, rates and dates look as Indonesians write them."""

from datetime import date
from decimal import Decimal

import pytest

from bot.formatting import long_date, month_name, percent, rupiah, short_date, short_rupiah


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        (0, "Rp0"),
        (950, "Rp950"),
        (19_409_470, "Rp19.409.470"),
        (1_000_000_000_000, "Rp1.000.000.000.000"),
        (-5_000, "-Rp5.000"),
    ],
)
def test_rupiah_in_full(amount: int, written: str) -> None:
    assert rupiah(amount) == written


@pytest.mark.parametrize(
    ("amount", "written"),
    [(0, "Rp0"), (700_000, "Rp700 rb"), (19_409_470, "Rp19,4 jt"), (5_000_000, "Rp5 jt"), (1_250_000_000, "Rp1,2 M")],
)
def test_rupiah_in_short(amount: int, written: str) -> None:
    assert short_rupiah(amount).replace("\N{NO-BREAK SPACE}", " ") == written


@pytest.mark.parametrize(("rate", "written"), [("5.70", "5,7%"), ("5", "5%"), ("0.24", "0,24%")])
def test_rates(rate: str, written: str) -> None:
    assert percent(Decimal(rate)) == written


def test_dates_carry_the_name_of_the_month() -> None:
    day = date(2026, 5, 4)
    assert (long_date(day, "id"), long_date(day, "en")) == ("4 Mei 2026", "4 May 2026")
    assert (short_date(day, "id"), short_date(day, "en")) == ("Mei 2026", "May 2026")
    assert (month_name(8, "id"), month_name(8, "en")) == ("Agustus", "August")

"""Days as people tell them from today."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.spoken_days import parse_spoken_day

TODAY = date(2026, 11, 24)  # a Tuesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12-08-2026", date(2026, 8, 12)),
        ("3 bulan lalu", date(2026, 8, 24)),
        ("3bln yg lalu", date(2026, 8, 24)),
        ("dua bulan yang lalu", date(2026, 9, 24)),
        ("sebulan yang lalu", date(2026, 10, 24)),
        ("setahun lalu", date(2025, 11, 24)),
        ("setengah tahun lalu", date(2026, 5, 24)),
        ("1 tahun 2 bulan lalu", date(2025, 9, 24)),
        ("2 minggu lalu", date(2026, 11, 10)),
        ("4 months ago", date(2026, 7, 24)),
        ("kemarin", date(2026, 11, 23)),
        ("hari ini", TODAY),
        ("tgl 5 bulan ini", date(2026, 11, 5)),
        ("bulan ini tgl 2", date(2026, 11, 2)),
        ("tanggal 5 bulan lalu", date(2026, 10, 5)),
        ("12 agustus", date(2026, 8, 12)),
        ("12 desember", date(2025, 12, 12)),
    ],
)
def test_a_day_told_from_today(text: str, day: date) -> None:
    assert parse_spoken_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("bulan lalu", date(2026, 10, 31)),
        ("last month", date(2026, 10, 31)),
        ("bulan kemarin", date(2026, 10, 31)),
        ("awal bulan ini", TODAY),
        ("minggu lalu", date(2026, 11, 22)),
        ("tahun lalu", date(2025, 12, 31)),
        ("agustus 2026", date(2026, 8, 31)),
        ("agustus", date(2026, 8, 31)),
        ("desember", date(2025, 12, 31)),
        ("2-3 bulan lalu", date(2026, 9, 24)),
        ("2,5 bulan lalu", date(2026, 9, 24)),
    ],
)
def test_of_several_days_the_last_is_meant(text: str, last: date) -> None:
    assert parse_spoken_day(text, TODAY) == last


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("bulan depan", date(2026, 12, 31)),
        ("2 bulan lagi", date(2027, 1, 24)),
        ("minggu depan", date(2026, 12, 6)),
        ("besok", date(2026, 11, 25)),
    ],
)
def test_a_day_ahead_is_never_taken_for_one_behind(text: str, day: date) -> None:
    assert parse_spoken_day(text, TODAY) == day


@pytest.mark.parametrize("text", ["", "9,85 juta", "bulan", "tidak tahu", "tgl 32 bulan ini", "9999999 tahun lalu"])
def test_no_day(text: str) -> None:
    assert parse_spoken_day(text, TODAY) is None


@given(st.text(alphabet="0123456789 abtuhnlidepsrj.,-", max_size=40), st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_nothing_breaks_it(text: str, today: date) -> None:
    parse_spoken_day(text, today)

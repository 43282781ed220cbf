"""Whether two messages ask the same."""

import pytest

from bot.learning.likeness import same_need, signature


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("cek saldo jht", "saldo jht saya berapa"),
        ("sldo jht ilang", "saldo jht hilang min"),
        ("kode 040 apa", "kode 040 artinya apa min"),
        ("pajak jht berapa persen", "persen pajak jht itu berapa ya"),
    ],
)
def test_the_same_need(first: str, second: str) -> None:
    assert same_need(signature(first), signature(second))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("syarat klaim jht", "syarat klaim jkk"),
        ("simulasi jht gaji 5 juta", "simulasi jht gaji 6 juta"),
        ("halo", "halo min"),
        ("apa itu jht", "apa itu jp"),
        ("mau tanya min bisa ya", "mau tanya lagi min bisa"),
    ],
)
def test_another_need(first: str, second: str) -> None:
    assert not same_need(signature(first), signature(second))

"""Sums of rupiah as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.amounts import Amount, UnclearAmount, parse_amount
from bot.parsing.plain import LONGEST_READ


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("5jt", 5_000_000),
        ("5 jt", 5_000_000),
        ("5JT", 5_000_000),
        ("5 juta", 5_000_000),
        ("5.5jt", 5_500_000),
        ("5,5 juta", 5_500_000),
        ("2,8jt", 2_800_000),
        ("2jt8", 2_800_000),
        ("2juta800", 2_800_000),
        ("2 juta 800", 2_800_000),
        ("2jt800rb", 2_800_000),
        ("2 juta 800 ribu", 2_800_000),
        ("2 juta 800.000", 2_800_000),
        ("10 jt 500rb", 10_500_000),
        ("700k", 700_000),
        ("700rb", 700_000),
        ("700 ribu", 700_000),
        ("0,5 jt", 500_000),
        ("5 miliar", 5_000_000_000),
        ("Rp5.000.000", 5_000_000),
        ("Rp 5.000.000,00", 5_000_000),
        ("Rp.5.000.000,-", 5_000_000),
        ("IDR 5000000", 5_000_000),
        ("5.000.000 rupiah", 5_000_000),
        ("Rp4.500", 4_500),
        ("4.500 rupiah", 4_500),
        ("Rp 5jt", 5_000_000),
        ("5000000", 5_000_000),
        ("5.000.000", 5_000_000),
        ("5,000,000", 5_000_000),
        ("5 000 000", 5_000_000),
        ("15.000", 15_000),
        ("Rp1.000,75", 1_000),
        ("５jt", 5_000_000),
        ("Rp\u00a05.000.000", 5_000_000),
    ],
)
def test_sums_in_digits(text: str, rupiah: int) -> None:
    assert parse_amount(text) == Amount(rupiah)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("sejuta", 1_000_000),
        ("lima juta", 5_000_000),
        ("sepuluh jt", 10_000_000),
        ("dua belas juta", 12_000_000),
        ("dua puluh lima juta", 25_000_000),
        ("setengah juta", 500_000),
        ("dua setengah juta", 2_500_000),
        ("sejuta setengah", 1_500_000),
        ("satu koma lima juta", 1_500_000),
        ("tujuh ratus ribu", 700_000),
        ("tiga ratus lima puluh ribu", 350_000),
        ("dua juta lima ratus ribu", 2_500_000),
        ("dua ribu lima ratus", 2_500),
        ("seratus ribu", 100_000),
        ("5 ratus ribu", 500_000),
        ("nol", 0),
    ],
)
def test_sums_in_words(text: str, rupiah: int) -> None:
    assert parse_amount(text) == Amount(rupiah)


@pytest.mark.parametrize(
    "text",
    [
        "gaji saya 5jt sebulan",
        "upah sy 5 juta per bulan ya kak",
        "5jt selama 10 tahun",
        "5jt 10 tahun",
        "5 juta, bunga 5%",
        "umur 35 gaji 5jt",
        "tahun 2020 gaji 5jt",
        "2 kartu, gaji 5jt",
        "5jt, eh maksudnya 5 juta",
        "gaji 5000000 mulai 17-08-2020",
        "5000000/bulan",
    ],
)
def test_words_and_other_numbers_around_a_sum_do_not_matter(text: str) -> None:
    assert parse_amount(text) == Amount(5_000_000)


@pytest.mark.parametrize("text", ["sekitar 5 jt", "kira-kira 5jt", "5 juta lebih", "5 jutaan", "5jt-an", "±5 jt"])
def test_a_sum_given_about_is_marked_as_such(text: str) -> None:
    assert parse_amount(text) == Amount(5_000_000, approximate=True)


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("-5jt", -5000000),
        ("minus 5 juta", -5000000),
        ("Rp -5.000", -5000),
        ("Rp-5.000.000", -5000000),
        ("0", 0),
        ("Rp0", 0),
        ("0jt", 0),
        ("999999 triliun", 999999 * 10**12),
        ("99999999999999", 10**14 - 1),
    ],
)
def test_negative_zero_and_absurd_sums_are_read_for_the_caller_to_judge(text: str, rupiah: int) -> None:
    assert parse_amount(text) == Amount(rupiah)


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("5m", (5_000_000, 5_000_000_000)),
        ("4.500", (4_500, 4_500_000)),
        ("4,500", (4_500, 4_500_000)),
        ("5", (5, 5_000, 5_000_000)),
        ("700", (700, 700_000, 700_000_000)),
        ("gaji saya 5", (5, 5_000, 5_000_000)),
        ("5,5", (5_500_000,)),
        ("lima", (5, 5_000, 5_000_000)),
        ("2jt80", (2_800_000, 2_080_000)),
        ("1.500 ribu", (1_500_000, 1_500)),
        ("dua juta delapan ratus", (2_800_000, 2_000_800)),
        ("5jt 6jt", (5_000_000, 6_000_000)),
        ("1jt atau 2jt", (1_000_000, 2_000_000)),
        ("1jt-2jt", (1_000_000, 2_000_000)),
        ("4-5 juta", (4_000_000, 5_000_000)),
        ("antara 4 dan 5 juta", (4_000_000, 5_000_000)),
        ("4 sampai 5jt", (4_000_000, 5_000_000)),
        ("dua tiga juta", (2_000_000, 3_000_000)),
        ("gaji 5jt saldo 7000000", (5_000_000, 7_000_000)),
        ("50.00.000", ()),
    ],
)
def test_what_can_be_read_in_two_ways_is_unclear(text: str, candidates: tuple[int, ...]) -> None:
    assert parse_amount(text) == UnclearAmount(candidates)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "halo",
        "gaji umr",
        "Rp",
        "jt",
        "juta juta",
        "seumur hidup",
        "saya punya 2 kartu",
        "5 tahun",
        "umur 35",
        "5%",
        "lima persen",
        "3x gagal",
        "kode 040",
        "081234567890",
        "17-08-1985",
        "<nik>",
        "1e9",
        "√",
    ],
)
def test_a_text_without_a_sum_has_none(text: str) -> None:
    assert parse_amount(text) is None


def test_a_very_long_text_is_no_sum() -> None:
    assert parse_amount("5jt " + "x" * LONGEST_READ) is None


@given(st.integers(1_000, 10**12))
def test_a_sum_written_with_dots_is_read_back(rupiah: int) -> None:
    assert parse_amount("Rp" + f"{rupiah:,}".replace(",", ".")) == Amount(rupiah)
    assert parse_amount(f"gaji saya {rupiah} rupiah") == Amount(rupiah)


@given(st.integers(1, 999), st.integers(0, 99))
def test_millions_with_a_fraction_are_read_back(millions: int, hundredths: int) -> None:
    expected = Amount(millions * 1_000_000 + hundredths * 10_000)
    assert parse_amount(f"{millions},{hundredths:02} juta") == expected
    assert parse_amount(f"{millions}.{hundredths:02}jt") == expected


@given(st.integers(1, 99), st.integers(100, 999))
def test_millions_and_thousands_are_read_back(millions: int, thousands: int) -> None:
    expected = Amount(millions * 1_000_000 + thousands * 1_000)
    for text in (
        f"{millions}juta{thousands}",
        f"{millions}jt{thousands}rb",
        f"{millions} juta {thousands} ribu",
    ):
        assert parse_amount(text) == expected


SPELT = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()


def spell(number: int) -> str:
    """Spell a number below a thousand in Indonesian."""
    if number >= 200:
        return f"{SPELT[number // 100]} ratus {spell(number % 100) if number % 100 else ''}".strip()
    if number >= 100:
        return f"seratus {spell(number - 100) if number > 100 else ''}".strip()
    if number >= 20:
        return f"{SPELT[number // 10]} puluh {SPELT[number % 10] if number % 10 else ''}".strip()
    special = {10: "sepuluh", 11: "sebelas"}
    return special.get(number) or (f"{SPELT[number - 10]} belas" if number > 11 else SPELT[number])


@given(st.integers(1, 999), st.integers(1, 999))
def test_spelt_sums_are_read_back(millions: int, thousands: int) -> None:
    assert parse_amount(f"{spell(millions)} juta") == Amount(millions * 1_000_000)
    text = f"{spell(millions)} juta {spell(thousands)} ribu"
    assert parse_amount(text) == Amount(millions * 1_000_000 + thousands * 1_000)


pieces = st.sampled_from(
    [
        "5",
        "12",
        "800",
        "1.500",
        "4,5",
        "5.000.000",
        "0",
        "-",
        " ",
        " ",
        "jt",
        "juta",
        "rb",
        "k",
        "m",
        "rp",
        "tahun",
        "lima",
        "setengah",
        "koma",
        "puluh",
        "belas",
        "ratus",
        "sejuta",
        "seratus",
        "sampai",
        "%",
        ".",
        ",",
        "²",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=14).map("".join)))
def test_no_text_makes_it_raise(text: str) -> None:
    found = parse_amount(text)
    assert found is None or isinstance(found, Amount | UnclearAmount)

"""Personal numbers are taken out of a text, sums of money are left in it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.nik import is_valid_nik, read_nik
from bot.parsing.numbers import (
    Kind,
    find_personal,
    mask,
    normal_phone,
    parse_code,
    parse_kpj,
    parse_nik,
    parse_phone,
    redact,
    redact_code,
)

NIK = "3201011708850001"
KPJ = "12345678901"
PHONE = "081234567890"

births = st.dates(date(1930, 1, 1), date(2010, 12, 31))


@st.composite
def niks(draw: st.DrawFn) -> str:
    born, woman = draw(births), draw(st.booleans())
    area, serial = draw(st.integers(110101, 949999)), draw(st.integers(1, 9999))
    return f"{area}{born.day + 40 * woman:02}{born:%m%y}{serial:04}"


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (f"nik saya {NIK}", "nik saya <nik>"),
        ("3201-0117-0885-0001", "<nik>"),
        ("3201 0117 0885 0001", "<nik>"),
        ("3201.0117.0885.0001", "<nik>"),
        ("3201\u200b0117\u200b08850001", "<nik>"),
        (f"kpj {KPJ}", "kpj <kpj>"),
        ("kpj 08123456789", "kpj <kpj>"),
        ("hp 08123456789", "hp <phone>"),
        ("0812-3456-7890", "<phone>"),
        ("+62 812-3456-7890", "<phone>"),
        ("6281234567890", "<phone>"),
        ("email Budi.S@mail.co.id ya", "email <email> ya"),
        ("no rek 1234567890123", "no rek <number>"),
        (f"{NIK} {KPJ}", "<nik> <kpj>"),
        (f"{KPJ}/{NIK}", "<kpj>/<nik>"),
        ("0812 3456 7890 0813 1111 2222", "<phone> <phone>"),
        (f"gaji Rp5.000.000 hp {PHONE}", "gaji Rp5.000.000 hp <phone>"),
    ],
)
def test_personal_numbers_are_taken_out(text: str, redacted: str) -> None:
    assert redact(text)[0] == redacted


@pytest.mark.parametrize(
    "text",
    [
        "gaji 5.000.000 saldo 15000000 10 tahun",
        "Rp 12.000.000.000",
        "12.345.678.901",
        "Rp12000000000",
        "5000000000 rupiah",
        "1234567890 ribu",
        "5000000-6000000",
        "lahir 17-08-1985",
        "kode 123456",
        "4-5 juta 3-10 tahun",
    ],
)
def test_money_dates_and_short_numbers_stay(text: str) -> None:
    assert redact(text) == (text, [])


def test_values_have_one_normal_form() -> None:
    found = find_personal("A.B@Mail.id 3201 0117 0885 0001 kpj 123-4567-8901 hp 0812-3456-7890")
    assert [(number.kind, number.value) for number in found] == [
        (Kind.EMAIL, "a.b@mail.id"),
        (Kind.NIK, NIK),
        (Kind.KPJ, KPJ),
        (Kind.PHONE, "+6281234567890"),
    ]


def test_a_number_never_shows_in_a_representation() -> None:
    [number] = find_personal(NIK)
    assert NIK not in repr(number)


@pytest.mark.parametrize("digits", [NIK, "3201015708850001", "3201012902000001"])
def test_a_well_formed_nik(digits: str) -> None:
    assert is_valid_nik(digits)


@pytest.mark.parametrize(
    "digits",
    [
        "",
        NIK[:-1],
        NIK + "1",
        "3201013208850001",  # day 32
        "3201017208850001",  # a woman's day 32
        "3201010008850001",
        "3201011713850001",  # month 13
        "3201013002850001",  # 30 February
        "3201011708850000",  # serial number 0
        "0001011708850001",  # no province
        "320101170885000x",
        "٣٢٠١٠١١٧٠٨٨٥٠٠٠١",
    ],
)
def test_a_malformed_nik(digits: str) -> None:
    assert not is_valid_nik(digits)


@given(niks(), births)
def test_a_nik_agrees_with_its_holders_birth_date_only(digits: str, other: date) -> None:
    nik = read_nik(digits)
    assert nik is not None
    coded = (nik.birth_day, nik.birth_month, nik.two_digit_year)
    assert nik.agrees_with(other) == (coded == (other.day, other.month, other.year % 100))


def test_a_womans_day_of_birth_is_raised_by_forty() -> None:
    woman, man = read_nik("3201015708850001"), read_nik(NIK)
    assert woman is not None
    assert man is not None
    assert (woman.birth_day, woman.female) == (17, True)
    assert (man.birth_day, man.female) == (17, False)
    assert woman.agrees_with(date(1985, 8, 17))


@pytest.mark.parametrize(
    ("digits", "phone"),
    [
        (PHONE, "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("0812345678", "+62812345678"),
        ("0812345678901", "+62812345678901"),
        ("081234567", None),
        ("08123456789012", None),
        ("0211234567", None),
        (KPJ, None),
    ],
)
def test_a_phone_has_one_normal_form(digits: str, phone: str | None) -> None:
    assert normal_phone(digits) == phone


def test_the_one_number_of_an_answer() -> None:
    assert parse_nik(f"ini {NIK} ya") == NIK
    assert parse_kpj("kpj saya 1234 5678 901") == KPJ
    assert parse_kpj("08123456789") == "08123456789"
    assert parse_phone("hp: +62 812 3456 7890") == "+6281234567890"


def test_of_two_numbers_none_is_chosen() -> None:
    assert parse_nik(f"{NIK} 3201015708850001") is None
    assert parse_kpj(f"{KPJ} 12345678902") is None
    assert parse_nik(f"{NIK} {NIK}") == NIK


@pytest.mark.parametrize("text", ["123456", "123 456", "kodenya 123-456", "kode: 123456."])
def test_a_code(text: str) -> None:
    assert parse_code(text) == "123456"


@pytest.mark.parametrize("text", ["", "12345", "1234567", "123456 654321", "1123 456", NIK])
def test_no_code(text: str) -> None:
    assert parse_code(text) is None


def test_codes_are_taken_out_even_when_none_can_be_chosen() -> None:
    assert redact_code("kode 123456 atau 654 321") == "kode <code> atau <code>"


@pytest.mark.parametrize(
    ("value", "masked"), [(KPJ, "•••••••8901"), ("12345678", "••••5678"), ("1234567", "•••••••"), ("", "")]
)
def test_a_mask_shows_the_last_four_of_a_long_value_only(value: str, masked: str) -> None:
    assert mask(value) == masked


@given(st.text() | st.text("0123456789.-+ @()rpkjnik²٥", max_size=80))
def test_no_text_makes_it_raise_and_what_remains_is_the_text(text: str) -> None:
    redacted, found = redact(text)
    parse_code(text)
    position = 0
    rebuilt = ""
    for number in found:
        start, end = number.span
        assert position <= start < end <= len(text)
        rebuilt += text[position:start] + f"<{number.kind}>"
        position = end
    assert rebuilt + text[position:] == redacted


@given(niks(), st.sampled_from(["", " ", "-", "."]), st.sampled_from([(4, 4, 4, 4), (6, 6, 4), (16,), (8, 8)]))
def test_a_nik_is_found_in_any_grouping(digits: str, separator: str, groups: tuple[int, ...]) -> None:
    parts, rest = [], digits
    for length in groups:
        parts.append(rest[:length])
        rest = rest[length:]
    assert redact(f"nik: {separator.join(parts)} ya")[0] == "nik: <nik> ya"
    assert parse_nik(separator.join(parts)) == digits


@given(st.from_regex(r"08[1-9][0-9]{7,10}", fullmatch=True))
def test_a_phone_is_found_however_it_starts(local: str) -> None:
    forms = (local, f"62{local[1:]}", f"+62{local[1:]}", f"+62 {local[1:4]}-{local[4:8]}-{local[8:]}")
    assert {parse_phone(form) for form in forms} == {f"+62{local[1:]}"}


@given(st.integers(10**9, 10**13 - 1))
def test_no_long_number_without_a_currency_stays(number: int) -> None:
    assert str(number) not in redact(f"nomornya {number}")[0]

"""Personal numbers are found in a text before it is stored."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.parsing.nik import Nik, is_valid_nik, read_nik
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
KPJ = "15012345678"

births = st.dates(date(1940, 1, 1), date(2015, 12, 31))


@st.composite
def niks(draw: st.DrawFn) -> tuple[str, date, bool]:
    birth, female = draw(births), draw(st.booleans())
    area = draw(st.integers(110000, 969999))
    serial = draw(st.integers(1, 9999))
    day = birth.day + (40 if female else 0)
    return f"{area}{day:02}{birth:%m%y}{serial:04}", birth, female


@given(niks())
def test_a_nik_tells_birth_date_and_sex(made: tuple[str, date, bool]) -> None:
    digits, birth, female = made
    nik = read_nik(digits)
    assert isinstance(nik, Nik)
    assert nik.female is female
    assert nik.agrees_with(birth)
    assert not nik.agrees_with(birth.replace(year=birth.year + 1, day=1))


@pytest.mark.parametrize(
    "digits",
    [
        "3201010008850001",  # day 0
        "3201013208850001",  # day 32
        "3201014008850001",  # day 40 is neither a man's nor a woman's
        "3201017208850001",  # day 72
        "3201011700850001",  # month 0
        "3201011713850001",  # month 13
        "3201013004850000",  # serial 0
        "3201013104850001",  # 31 April
        "3201012902850001",  # 29 February of a year that has none
        "0001011708850001",  # no province
        NIK[:-1],
        NIK + "1",
        NIK[:-1] + "x",
        "",
    ],
)
def test_sixteen_digits_alone_are_no_nik(digits: str) -> None:
    assert not is_valid_nik(digits)


def test_29_february_needs_a_leap_year_in_either_century() -> None:
    assert is_valid_nik("3201012902000001")
    assert is_valid_nik("3201016902840001")


@given(niks(), st.sampled_from(["", " ", "-", ".", "\u200b"]))
def test_a_nik_is_found_in_any_grouping(made: tuple[str, date, bool], separator: str) -> None:
    digits = made[0]
    grouped = separator.join(digits[i : i + 4] for i in range(0, 16, 4))
    assert redact(f"nik saya {grouped} ya")[0] == "nik saya <nik> ya"
    assert parse_nik(f"nik saya {grouped} ya") == digits


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"kpj {KPJ}", "kpj <kpj>"),
        (f"{KPJ} {NIK}", "<kpj> <nik>"),
        (f"{NIK}/{KPJ}", "<nik>/<kpj>"),
        (f"nik{NIK}kpj{KPJ}", "nik<nik>kpj<kpj>"),
        (f"{NIK} lahir 17-08-1985", "<nik> lahir 17-08-1985"),
        (f"{NIK} 17-08-1985", "<nik> 17-08-1985"),
        ("1501 2345 678", "<kpj>"),
        ("hp 0812-3456-7890", "hp <phone>"),
        ("0812 3456 7890 0813 1111 2222", "<phone> <phone>"),
        ("wa +62 812-3456-7890", "wa <phone>"),
        ("+6281234567890", "<phone>"),
        ("email budi.s+1@contoh.co.id ya", "email <email> ya"),
        ("rek 1234567890", "rek <number>"),
        ("npwp 72.345.678.9-012.000", "npwp <number>"),
        ("3201011713850001", "<number>"),
        ("３２０１０１１７０８８５０００１", "<nik>"),
        (f"Rp{NIK}", "Rp<nik>"),
        ("081234567890 rupiah", "<phone> rupiah"),
    ],
)
def test_personal_numbers_are_replaced_by_their_kind(text: str, shown: str) -> None:
    assert redact(text)[0] == shown


@pytest.mark.parametrize(
    "text",
    [
        "gaji 5.000.000 saldo 15000000 10 tahun",
        "Rp 12.345.678.901",
        "Rp12345678901",
        "12345678901 rupiah",
        "5000000-6000000",
        "15000000 100 5",
        "17-08-1985",
        "17081985",
        "kode 123456",
        "hubungi 175",
        "",
    ],
)
def test_sums_dates_and_short_numbers_stay(text: str) -> None:
    assert redact(text) == (text, [])


def test_eleven_digits_starting_with_08_are_what_the_text_calls_them() -> None:
    assert [n.kind for n in find_personal("hp 08123456789 kpj 08123456780")] == [Kind.PHONE, Kind.KPJ]
    assert [n.kind for n in find_personal("08123456789")] == [Kind.PHONE]


def test_a_phone_is_given_in_its_normal_form_and_as_typed() -> None:
    (found,) = find_personal("0812-3456-7890")
    assert (found.value, found.digits) == ("+6281234567890", "081234567890")


def test_no_personal_value_shows_when_a_number_is_printed() -> None:
    (found,) = find_personal(NIK)
    assert NIK not in repr(found)
    assert NIK not in repr(read_nik(NIK))


@pytest.mark.parametrize("text", ["081234567890", "6281234567890", "+62 812 3456 7890", "hp saya 0812-3456-7890 ya"])
def test_phones_have_one_normal_form(text: str) -> None:
    assert parse_phone(text) == "+6281234567890"


@pytest.mark.parametrize("digits", ["081234567", "08123456789012", "0212345678", "", "12345"])
def test_what_is_too_short_too_long_or_no_mobile_is_no_phone(digits: str) -> None:
    assert normal_phone(digits) is None


def test_the_answer_to_a_question_for_the_kpj_may_look_like_a_phone() -> None:
    assert parse_kpj("08123456789") == "08123456789"
    assert parse_kpj(f"nomornya {KPJ}") == KPJ
    assert parse_kpj("081234567890") is None


def test_two_different_niks_are_not_one() -> None:
    assert parse_nik(f"{NIK} atau 3201011708850002") is None
    assert parse_nik(f"{NIK}, ulangi: {NIK}") == NIK


@pytest.mark.parametrize("text", ["123456", "123 456", "123-456", "kodenya 123456 kak", "123456."])
def test_a_code_has_six_digits(text: str) -> None:
    assert parse_code(text) == "123456"


@pytest.mark.parametrize("text", ["12345", "1234567", "123456 654321", "12.345", "1.123456", "halo"])
def test_anything_else_is_no_code(text: str) -> None:
    assert parse_code(text) is None


def test_a_code_is_taken_out_of_the_text() -> None:
    assert redact_code("kode 123 456 ya") == "kode <code> ya"


def test_only_the_last_four_characters_of_a_masked_value_show() -> None:
    assert mask("15012341234") == "•••••••1234"
    assert mask("123456") == "••••••"
    assert mask("") == ""


texts = st.one_of(
    st.text(max_size=200),
    st.text("0123456789 .-+()/ab@,rp", max_size=200),
)


@given(texts)
def test_no_text_makes_it_raise_and_what_is_left_is_the_text(text: str) -> None:
    shown, found = redact(text)
    rebuilt, position = "", 0
    for number in found:
        start, end = number.span
        assert position <= start < end <= len(text)
        rebuilt += text[position:start] + f"<{number.kind}>"
        position = end
    assert shown == rebuilt + text[position:]
    for parse in (parse_nik, parse_kpj, parse_phone, parse_code):
        parse(text)
    redact_code(text)


@given(texts, niks())
def test_a_nik_on_a_line_with_anything_never_stays(text: str, made: tuple[str, date, bool]) -> None:
    assert made[0] not in redact(f"{text} nik {made[0]}")[0]


@given(st.from_regex(r"08[1-9][0-9]{7,10}", fullmatch=True))
def test_a_phone_is_found_however_it_starts(local: str) -> None:
    forms = (local, f"62{local[1:]}", f"+62{local[1:]}", f"+62 {local[1:4]}-{local[4:8]}-{local[8:]}")
    assert {parse_phone(form) for form in forms} == {f"+62{local[1:]}"}


@given(st.integers(10**9, 10**13 - 1))
def test_no_long_number_stays_unless_it_is_called_money(number: int) -> None:
    assert str(number) not in redact(f"nomornya {number}")[0]
    assert redact(f"gajinya Rp{number}")[0] == f"gajinya Rp{number}"


@given(st.text(max_size=40))
def test_masking_keeps_the_length_and_shows_four_at_most(value: str) -> None:
    masked = mask(value)
    assert len(masked) == len(value)
    assert masked[:-4] == "•" * max(len(value) - 4, 0)

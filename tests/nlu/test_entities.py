"""Entities are found by rule, and nothing is seen where nothing is."""

import pytest

from nlu.components.rule_entities import find_entities


def found(text: str) -> dict[str, str]:
    return {entity["entity"]: entity["value"] for entity in find_entities(text)}


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("ganti upahnya", "wage"),
        ("eh gajinya salah", "wage"),
        ("ubah lama kerjanya", "years"),
        ("ubah saldo awalnya jadi 5 juta", "starting_balance"),
        ("ganti bunganya", "rate"),
        ("umur saya salah ketik", "age"),
        ("tanggal lahirnya salah", "birth_date"),
        ("change my salary", "wage"),
    ],
)
def test_what_is_to_be_changed_is_named(text: str, field: str) -> None:
    assert found(text)["field"] == field


def test_an_answer_is_no_change() -> None:
    assert "field" not in found("gaji saya 5jt")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("saya resign bulan lalu", "resign"),
        ("baru keluar kerja", "resign"),
        ("kena phk kemarin", "phk"),
        ("habis kontrak", "pkwt"),
        ("kontrak saya habis", "pkwt"),
        ("umur 56", "age56"),
        ("ambil 10% dulu", "partial10"),
        ("30 persen buat rumah", "partial30"),
        ("suami saya meninggal", "death"),
        ("cacat total tetap", "disability"),
        ("pindah ke luar negeri", "abroad"),
    ],
)
def test_the_reason_of_a_claim_is_found(text: str, reason: str) -> None:
    assert found(text)["reason"] == reason


@pytest.mark.parametrize(
    ("text", "programme"),
    [("iuran jp", "jp"), ("jaminan hari tua", "jht"), ("uang pensiun", "jp"), ("klaim jkp", "jkp"), ("jkm", "jkm")],
)
def test_a_programme_is_found_by_short_and_long_name(text: str, programme: str) -> None:
    assert found(text)["programme"] == programme


@pytest.mark.parametrize("text", ["kode 040", "muncul 040, 05", "kode O40"])
def test_an_error_code_is_found(text: str) -> None:
    assert found(text)["code"] == "040"


@pytest.mark.parametrize("text", ["Rp1.000.000", "5.040", "0813040", "2000040"])
def test_a_part_of_an_amount_is_no_code(text: str) -> None:
    assert "code" not in found(text)


@pytest.mark.parametrize(("text", "year"), [("iuran 1990", "1990"), ("rsjht 2035", "2035")])
def test_a_year_of_membership_is_found(text: str, year: str) -> None:
    assert found(text)["year"] == year


@pytest.mark.parametrize("text", ["1989", "2036", "Rp2.024", "20245", "gaji 2000000"])
def test_other_numbers_are_no_years(text: str) -> None:
    assert "year" not in found(text)


@pytest.mark.parametrize(("text", "language"), [("pakai english", "en"), ("bahasa Indonesia aja", "id")])
def test_a_language_is_found(text: str, language: str) -> None:
    assert found(text)["language"] == language


def test_the_place_of_an_entity_is_its_words() -> None:
    (programme,) = find_entities("saldo JHT saya")
    assert "saldo JHT saya"[programme["start"] : programme["end"]] == "JHT"

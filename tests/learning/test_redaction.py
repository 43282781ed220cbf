"""What is kept to learn from holds nothing that could be anybody's."""

from datetime import date

import pytest

from bot.learning.redaction import redacted

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("hp saya 0812 3456 7890 kok ga bisa", "hp saya <phone> kok ga bisa"),
        ("kode 123456 ga bisa", "kode <number> ga bisa"),
        ("kode 12-34-56 ga bisa", "kode <number> ga bisa"),
        ("gaji 5.000.000 dapat berapa", "gaji <number> dapat berapa"),
        ("email budi.s@mail.com ga bisa dipakai", "email <email> ga bisa dipakai"),
        ("lahir 17-08-1990 atau 17 agustus 1990", "lahir <date> atau <date>"),
        ("nama saya Budi Santoso mau cek saldo", "nama saya <name> mau cek saldo"),
        ("NAMA SAYA RINA WATI TIDAK TERDAFTAR", "NAMA SAYA <name> TIDAK TERDAFTAR"),
        ("nama: Joko, kartu hilang", "nama: <name>, kartu hilang"),
        ("nama ibu kandung Siti Aminah, tidak cocok", "nama ibu kandung <name>, tidak cocok"),
        ("my name is John Smith and I can't log in", "my name is <name> and I can't log in"),
        ("nama sy Ayu sama nama ibu Sri", "nama sy <name> sama nama ibu <name>"),
    ],
)
def test_personal_values_are_taken_out(text: str, kept: str) -> None:
    assert redacted(text, TODAY) == kept


@pytest.mark.parametrize(
    "text",
    [
        "nama saya salah di ktp",
        "atas nama siapa rekeningnya",
        "kode 040 maksudnya apa min",
        "mau cairin 2013 bs gk",
        "nik <nik> ga cocok",
    ],
)
def test_what_teaches_something_stays(text: str) -> None:
    assert redacted(text, TODAY) == text


def test_a_long_message_is_cut() -> None:
    assert len(redacted("saldo " * 500, TODAY)) <= 500

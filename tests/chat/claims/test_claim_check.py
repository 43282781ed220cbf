"""May I claim, how much, by which way: with and without identity."""

import re
from datetime import timedelta

import pytest

from bot import clock
from bot.benefits.months import add_months
from bot.formatting import long_date
from bot.register.demo_people import DEMO_PEOPLE
from tests.chat.conftest import Chat

pytestmark = pytest.mark.asyncio


async def test_resigned_months_ago_with_a_small_balance(chat: Chat) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    chat.replied("Kapan Anda berhenti")
    await chat.says("4 bulan lalu")
    chat.replied("total saldo")
    await chat.says("9,85 juta")
    chat.replied(["Ya, Anda boleh klaim", "Rp9.850.000", "pajak Rp0", "5 hari kerja"], buttons=["Ajukan di chat ini"])


async def test_resigned_last_week_is_told_from_when(chat: Chat) -> None:
    left = clock.today() - timedelta(days=7)
    await chat.says("syarat klaim jht kalau resign")
    await chat.says(f"{left:%d-%m-%Y}")
    await chat.taps("Tidak tahu")
    chat.replied(["Belum bisa", f"mulai {long_date(add_months(left, 1), 'id')}"])


async def test_above_the_limit_goes_to_lapak_asik(chat: Chat) -> None:
    await chat.says("syarat klaim jht kalau kena phk")
    await chat.says("2 bulan yang lalu")
    await chat.says("42 juta")
    chat.replied(["Ya, Anda boleh", "Lapak Asik", "KTP", "bukti PHK"], without="di chat ini")


async def test_a_tenth_while_working(chat: Chat) -> None:
    await chat.says("syarat klaim jht 10 persen")
    await chat.says("12 tahun")
    await chat.says("38jt")
    chat.replied(["Rp3.800.000", "Lapak Asik", "Sudah 10 tahun"])
    await chat.says("syarat klaim jht 10 persen")
    await chat.says("6 tahun")
    await chat.says("tidak tahu deh")
    await chat.taps("Tidak tahu") if "saldo" in chat.text else None
    chat.replied("Belum bisa")


async def test_a_question_in_between_and_cancel(chat: Chat) -> None:
    await chat.says("syarat klaim jht kalau resign")
    await chat.says("apa itu jkp")
    chat.replied(["SIAPKERJA", "Kapan Anda berhenti"])
    await chat.says("batal")
    chat.replied("batalkan")
    await chat.says("terima kasih")
    chat.replied(without="Kapan Anda berhenti")


async def test_without_a_reason_it_is_asked(chat: Chat) -> None:
    await chat.says("syarat klaim jht apa saja")
    chat.replied(["usia 56", "Apa sebabnya"], buttons=["Resign", "PHK", "Kontrak habis"])
    await chat.taps("Kontrak habis")
    chat.replied("total saldo")
    await chat.says("5jt")
    chat.replied("Ya, Anda boleh")


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        (1, ["Ya, Anda boleh", "Rp9.850.000", "di chat ini"]),
        (2, ["sebagian 10 %", "Lapak Asik"]),
        (3, ["Ya, Anda boleh", "Rp42.000.000", "Lapak Asik"]),
        (8, ["usia 56 tahun", "Ya, Anda boleh"]),
        (11, ["Belum bisa", "mulai"]),
    ],
)
async def test_the_register_answers_for_who_is_verified(chat: Chat, number: int, parts: list[str]) -> None:
    person = DEMO_PEOPLE[number - 1]
    await chat.says("verifikasi")
    await chat.verifies(person.nik, f"{person.birth_date:%d-%m-%Y}")
    await chat.says("apakah saya sudah bisa klaim jht")
    chat.replied(parts)
    assert not re.search(r"\d{16}", chat.text)


async def test_old_rules_are_corrected(chat: Chat) -> None:
    for said in ("syarat klaim jht 10% lewat jmo kan bisa", "klaim 10% lewat jmo bisa kan"):
        await chat.says(said)
        chat.replied(["meluruskan", "Lapak Asik"])
        await chat.says("batal")
    await chat.says("cara klaim jht harus bawa paklaring ya")
    chat.replied("tidak wajib lagi")

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
    chat.replied(["Belum bisa", f"mulai {long_date(add_months(left, 1), 'id')}"], without="total saldo")


async def test_above_the_limit_goes_to_lapak_asik(chat: Chat) -> None:
    await chat.says("syarat klaim jht kalau kena phk")
    await chat.says("2 bulan yang lalu")
    await chat.says("42 juta")
    chat.replied(["Ya, Anda boleh", "Tidak bisa di chat ini", "Lapak Asik", "KTP", "bukti PHK"])
    assert [button.title for button in chat.replies[-1].buttons] == ["Cabang terdekat", "Menu"]


async def test_a_tenth_while_working(chat: Chat) -> None:
    await chat.says("syarat klaim jht 10 persen")
    chat.replied("masih bekerja", buttons=["Masih bekerja", "Sudah berhenti", "Tidak tahu"])
    await chat.taps("Masih bekerja")
    chat.replied("pernah mengambil sebagian", buttons=["Belum pernah", "Sudah pernah", "Tidak tahu"])
    await chat.says("blm pernah kak")
    await chat.says("12 tahun")
    await chat.says("38jt")
    chat.replied(["Ya, Anda boleh", "✅ Belum pernah klaim sebagian", "Rp3.800.000", "Lapak Asik", "✅ Sudah 10 tahun"])
    await chat.says("baru kerja 6 tahun, klaim jht 10 persen bisa?")
    chat.replied(["Belum bisa", "Sudah 10 tahun menjadi peserta. Terpenuhi mulai"])


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
    chat.replied(["usia 56", "Apa sebabnya"])
    assert [button.title for button in chat.replies[-1].buttons] == ["Resign", "PHK", "Kontrak habis", "Lainnya"]
    await chat.taps("Kontrak habis")
    chat.replied("total saldo")
    await chat.says("5jt")
    chat.replied("Ya, Anda boleh")


async def test_the_rarer_reasons_are_a_few_at_a_time(chat: Chat) -> None:
    await chat.says("syarat klaim jht apa saja")
    await chat.taps("Lainnya")
    chat.replied("Mana yang cocok", buttons=["Masih bekerja", "Usia 56 / pensiun", "Keadaan lain"])
    await chat.taps("Usia 56 / pensiun")
    await chat.taps("Pensiun perusahaan")
    await chat.says("20 juta")
    chat.replied(["Ya, Anda boleh klaim JHT* (usia pensiun perusahaan)", "Tidak bisa di chat ini", "Lapak Asik"])


async def test_what_is_not_known_is_left_open(chat: Chat) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    await chat.says("lupa")
    chat.replied("total saldo")
    await chat.says("lewati")
    chat.replied(["mungkin bisa", "❔ Sudah lewat 1 bulan"], without="Perkiraan")


async def test_a_month_counts_from_its_last_day(chat: Chat) -> None:
    last_day = clock.today().replace(day=1) - timedelta(days=1)
    await chat.says("saya resign apa bisa klaim jht")
    await chat.says("bulan lalu")
    chat.replied(["Saya hitung Anda berhenti pada", long_date(last_day, "id")])


async def test_who_still_is_to_leave_may_not_claim(chat: Chat) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    await chat.says("2 bulan lagi")
    leaves = add_months(clock.today(), 2)
    chat.replied(["Belum bisa", f"mulai {long_date(add_months(leaves, 1), 'id')}", "❌ Sudah berhenti bekerja"])


async def test_a_question_is_no_answer(chat: Chat) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    await chat.says("kenapa harus tunggu 1 bulan")
    chat.replied("Kapan Anda berhenti", without="Saya hitung")


async def test_the_last_answer_is_changed(chat: Chat) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    await chat.says("dua bulan lalu")
    await chat.says("ganti")
    chat.replied("Kapan Anda berhenti")
    await chat.says("3 bulan lalu")
    chat.replied(long_date(add_months(clock.today(), -3), "id"))
    await chat.says("9 juta")
    chat.replied("Rp9.000.000")
    await chat.says("ganti")
    chat.replied("total saldo")
    await chat.says("8 juta")
    chat.replied(["Ya, Anda boleh", "Rp8.000.000"])


async def test_an_answer_is_changed_in_one_message(chat: Chat) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    await chat.says("dua bulan lalu")
    await chat.says("ganti jadi 3 bulan lalu")
    chat.replied([long_date(add_months(clock.today(), -3), "id"), "total saldo"])


async def test_who_is_old_enough_is_told_so(chat: Chat) -> None:
    person = DEMO_PEOPLE[7]
    await chat.says("verifikasi")
    await chat.verifies(person.nik, f"{person.birth_date:%d-%m-%Y}")
    await chat.says("syarat klaim jht kalau resign")
    chat.replied(["Belum bisa", "minta HRD melaporkan nonaktif", "sudah boleh* klaim sekarang: usia 56 tahun"])


@pytest.mark.parametrize(
    ("number", "parts"),
    [
        (1, ["Ya, Anda boleh", "Rp9.850.000", "di chat ini"]),
        (2, ["sebagian 10 %", "Lapak Asik"]),
        (3, ["Ya, Anda boleh", "Rp42.000.000", "Lapak Asik"]),
        (4, ["Ya, Anda boleh", "pengkinian data belum selesai", "saya pandu"]),
        (8, ["usia 56 tahun", "Ya, Anda boleh", "di bawah batas JMO"]),
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

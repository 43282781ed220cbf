"""Every condition is asked where the reason needs it, and the reason however it is told."""

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.register.demo_people import DEMO_PEOPLE
from bot.register.models import CardRow
from tests.chat.conftest import Chat
from tests.parsing.test_corrections import REPEATED

pytestmark = pytest.mark.asyncio
RAHMAT = DEMO_PEOPLE[0]


async def asks_the_reason(chat: Chat) -> None:
    await chat.says("syarat klaim jht apa aja")
    chat.replied("Apa sebabnya")


async def test_a_second_partial_claim_is_refused(chat: Chat) -> None:
    await chat.says("masih kerja mau ambil jht 10% syaratnya apa")
    await chat.taps("Sudah pernah")
    chat.replied(["Belum bisa", "❌ Belum pernah klaim sebagian", "saat klaim penuh"], without="total saldo")


async def test_who_stopped_working_is_led_from_the_partial_to_the_full_claim(chat: Chat) -> None:
    await chat.says("syarat klaim jht 10 persen")
    await chat.says("udah resign")
    chat.replied(["Belum bisa", "❌ Masih bekerja"], buttons=["Resign", "PHK", "Kontrak habis"])
    await chat.taps("Resign")
    chat.replied("Kapan Anda berhenti")


async def test_thirty_percent_is_for_buying_a_home(chat: Chat) -> None:
    await chat.says("syarat klaim jht 30 persen")
    await chat.says("masih")
    chat.replied("membeli rumah", buttons=["Membeli rumah", "Bukan", "Tidak tahu"])
    await chat.says("buat renovasi")
    chat.replied(["Belum bisa", "❌ Untuk membeli rumah", "klaim 10 %"])
    await chat.taps("Sebagian 10 %")
    chat.replied("pernah mengambil sebagian", without="masih bekerja?")


async def test_what_is_not_known_of_a_home_purchase_is_named(chat: Chat) -> None:
    await chat.says("syarat klaim jht 30 persen")
    for _ in range(4):
        await chat.taps("Tidak tahu")
    await chat.taps("Tidak tahu")
    chat.replied(["mungkin bisa", "❔ Masih bekerja", "❔ Sudah 10 tahun", "❔ Belum pernah", "❔ Untuk membeli rumah"])


@pytest.mark.parametrize(
    ("answers", "parts"),
    [
        (["Ya, WNA", "Sudah", "20jt"], ["Ya, Anda boleh", "✅ Warga negara asing", "cabang", "paspor"]),
        (["Saya WNI"], ["Belum bisa", "❌ Warga negara asing", "WNI yang sudah berhenti"]),
        (["Ya, WNA", "Belum"], ["Belum bisa", "❌ Sudah berhenti bekerja"]),
        (["Tidak tahu", "Sudah", "lupa"], ["mungkin bisa", "❔ Warga negara asing"]),
    ],
)
async def test_leaving_indonesia(chat: Chat, answers: list[str], parts: list[str]) -> None:
    await chat.says("pindah ke luar negeri bisa ambil jht?")
    for answer in answers:
        await (chat.says(answer) if answer[0].islower() or answer[0].isdigit() else chat.taps(answer))
    chat.replied(parts)


@pytest.mark.parametrize(
    ("answer", "parts"),
    [
        ("ada suratnya", ["Ya, Anda boleh", "✅ Dinyatakan cacat total", "surat dokter"]),
        ("blm ada", ["Belum bisa", "❌ Dinyatakan cacat total", "Minta dulu surat dokter"]),
        ("ga tau", ["mungkin bisa", "❔ Dinyatakan cacat total"]),
    ],
)
async def test_total_disability(chat: Chat, answer: str, parts: list[str]) -> None:
    await chat.says("cacat total tetap apa bisa klaim jht")
    chat.replied("surat dokter", buttons=["Sudah ada", "Belum ada", "Tidak tahu"])
    await chat.says(answer)
    if "Belum bisa" not in parts:
        await chat.says("7 juta")
    chat.replied(parts)


@pytest.mark.parametrize(
    ("answers", "parts"),
    [
        (["istri", "8jt"], ["Ya, Anda boleh", "✅ Yang mengajukan adalah ahli waris", "surat kematian", "cabang"]),
        (["adik kandung", "gak ada", "8jt"], ["Ya, Anda boleh", "✅ Yang mengajukan"]),
        (["adiknya", "masih ada istrinya"], ["Belum bisa", "❌ Yang mengajukan", "suami/istri dan anak"]),
        (["tetangga"], ["Belum bisa", "❌ Yang mengajukan"]),
        (["ga tau", "8jt"], ["mungkin bisa", "❔ Yang mengajukan"]),
    ],
)
async def test_an_heir(chat: Chat, answers: list[str], parts: list[str]) -> None:
    await chat.says("ahli waris mau klaim jht syaratnya apa")
    chat.replied("hubungan Anda", buttons=["Suami/istri/anak", "Keluarga lain", "Tidak tahu"])
    for answer in answers:
        await chat.says(answer)
    chat.replied(parts)


async def test_an_heir_asks_about_another_persons_savings(chat: Chat) -> None:
    await chat.says("verifikasi")
    await chat.verifies(RAHMAT.nik, f"{RAHMAT.birth_date:%d-%m-%Y}")
    await chat.says("bapak saya meninggal mau cairkan jht")
    chat.replied("saldo JHT almarhum")
    await chat.says("3jt")
    chat.replied("Rp3.000.000", without="Rp9.850.000")


async def test_who_is_verified_is_asked_only_what_the_register_does_not_show(chat: Chat) -> None:
    dewi = DEMO_PEOPLE[1]
    await chat.says("verifikasi")
    await chat.verifies(dewi.nik, f"{dewi.birth_date:%d-%m-%Y}")
    await chat.says("syarat klaim jht 30 persen")
    chat.replied("membeli rumah")
    await chat.says("iya beli")
    chat.replied(["Ya, Anda boleh", "✅ Untuk membeli rumah"])


async def test_a_register_without_the_reason_asks_for_it(
    chat: Chat, sessions: async_sessionmaker[AsyncSession]
) -> None:
    async with sessions.begin() as session:
        await session.execute(update(CardRow).values(leave_reason=None))
    await chat.says("verifikasi")
    await chat.verifies(RAHMAT.nik, f"{RAHMAT.birth_date:%d-%m-%Y}")
    await chat.says("apakah saya sudah bisa klaim jht")
    chat.replied("Apa sebabnya", buttons=["Resign", "PHK", "Kontrak habis"])
    await chat.says("di phk")
    chat.replied(["Ya, Anda boleh", "PHK", "Rp9.850.000"])


@pytest.mark.parametrize(
    ("typed", "follows"),
    [
        ("sy resain", "Kapan Anda berhenti"),
        ("dipecat bos", "Kapan Anda berhenti"),
        ("kontrak ga diperpanjang", "total saldo"),
        ("pensiun dari perusahaan", "total saldo"),
        ("umur saya 57", "total saldo"),
        ("ga lanjut bpu", "total saldo"),
        ("mau pindah ke luar negri", "warga negara asing"),
        ("lumpuh ga bisa kerja lagi", "surat dokter"),
        ("ahli waris meninggal", "hubungan Anda"),
        ("bapak saya meninggal mau cairkan jht", "saldo JHT almarhum"),
        ("yg 10 persen", "masih bekerja"),
        ("30% buat beli rumah", "masih bekerja"),
        ("masih kerja", "Yang mana"),
        ("pensiun", "usia 56"),
        ("sudah ga kerja", "itu *resign*"),
        ("ga tau", "itu *resign*"),
        ("umur 40", "itu *resign*"),
        ("4", "Mana yang cocok"),
    ],
)
async def test_the_reason_is_typed(chat: Chat, typed: str, follows: str) -> None:
    await asks_the_reason(chat)
    await chat.says(typed)
    chat.replied(follows.replace("usia 56", "berusia 56") if typed == "pensiun" else follows)


@pytest.mark.parametrize(
    ("said", "follows"),
    [
        ("pensiun dari perusahaan", "total saldo"),
        ("pensiun dari perusahaan mau klaim jht", "total saldo"),
        ("ahli waris meninggal", "hubungan Anda"),
        ("bapak saya meninggal mau cairkan jht", "saldo JHT almarhum"),
        ("ibu saya wafat mau ambil jht nya gimana", "saldo JHT almarhum"),
        ("saya mau klaim jht punya almarhum bapak caranya", "saldo JHT almarhum"),
        ("saya pensiun dari pabrik, cairkan jht", "total saldo"),
        ("ojol mau berhenti jd peserta bpu jht nya bs diambil ga", "total saldo"),
        ("lumpuh ga bisa kerja lagi mau ambil jht", "surat dokter"),
        ("masih kerja bisa ambil jht ga", "10 %"),
        ("jaminan pensiun itu apa", "*Jaminan Pensiun (JP)*"),
        ("beda jht dan pensiun", "JHT"),
        ("suami saya meninggal dapat santunan apa", "*JKM*"),
    ],
)
async def test_a_first_message_reaches_the_check_or_the_other_programme(chat: Chat, said: str, follows: str) -> None:
    await chat.says(said)
    chat.replied(follows)


async def test_all_is_said_in_one_message(chat: Chat) -> None:
    await chat.says("saya kena phk 3 bulan lalu saldo 9jt udah bisa klaim blm")
    chat.replied(["Saya hitung Anda berhenti", "Ya, Anda boleh klaim JHT* (PHK)", "Rp9.000.000"])


async def test_the_reason_is_changed(chat: Chat) -> None:
    await chat.says("syarat klaim jht kalau resign")
    await chat.says("2 bulan lalu")
    await chat.says("eh bukan resign tapi phk")
    chat.replied("total saldo")
    await chat.says("9jt")
    chat.replied("Ya, Anda boleh klaim JHT* (PHK)")
    await chat.says("ganti alasannya")
    chat.replied("Apa sebabnya")
    await chat.says("kontrak abis")
    chat.replied("total saldo")


async def test_another_question_ends_the_asking_for_a_reason(chat: Chat) -> None:
    await asks_the_reason(chat)
    await chat.says("apa itu jkp")
    chat.replied("SIAPKERJA", without="Apa sebabnya")
    await chat.says("terima kasih")
    chat.replied(without="Apa sebabnya")


@pytest.mark.parametrize("said", [texts[0] for texts in REPEATED.values()])
async def test_an_old_rule_is_put_right_at_each_question(chat: Chat, said: str) -> None:
    await asks_the_reason(chat)
    await chat.says("ga tau")
    await chat.says("resign")
    await chat.says(said)
    chat.replied(["meluruskan", "Kapan Anda berhenti"])
    await chat.says("3 bulan lalu")
    await chat.says(said)
    chat.replied(["meluruskan", "total saldo"], without="Perkiraan")
    await chat.says("7jt")
    chat.replied(["Ya, Anda boleh", "Rp7.000.000"])


@pytest.mark.parametrize(
    "said", ["tunggu usia 59", "wajib paklaring", "10 % lewat JMO bisa kan", "batas jmo 10 juta kan"]
)
async def test_an_old_rule_is_put_right_where_the_reason_is_asked_and_outside(chat: Chat, said: str) -> None:
    await chat.says(said)
    chat.replied("meluruskan")
    await chat.says("batal")
    await asks_the_reason(chat)
    await chat.says(said)
    chat.replied("meluruskan")


async def test_in_english(chat: Chat) -> None:
    await chat.says("english please")
    await chat.says("what are the requirements to claim")
    await chat.says("still working")
    await chat.taps("30 % (home)" if "30 % (home)" in chat.text else chat.replies[-1].buttons[1].title)
    chat.replied("buying a home")

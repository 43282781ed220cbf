"""Checking a claim with people who write little, change their mind, leave and come back."""

import pytest

from tests.chat.conftest import Chat
from tests.chat.troubleshooting.conftest import PEOPLE

LEFT = "Kapan Anda berhenti"
BALANCE = "total saldo"


@pytest.mark.parametrize("wish", ["mau klaim jht", "klaim", "pengen cairin saldo jht", "klaim jht dong min"])
async def test_the_wish_to_claim_is_checked_and_not_explained(chat: Chat, wish: str) -> None:
    await chat.says(wish)
    chat.replied("Apa sebabnya", without="Lapak Asik", buttons=["Resign", "PHK", "Kontrak habis", "Lainnya"])


@pytest.mark.parametrize("question", ["cara klaim jht", "klaim jht gimana", "klaim lewat mana"])
async def test_a_question_about_claiming_is_answered(chat: Chat, question: str) -> None:
    await chat.says(question)
    chat.replied("Lapak Asik", without="Apa sebabnya")


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("resign", LEFT),
        ("kontrak sy abis mau cairin jht", BALANCE),
        ("umur sy 57 mau ambil jht", BALANCE),
        ("bapak saya cacat total mau klaim jht", "surat dokter"),
        ("10% aja deh", "masih bekerja"),
    ],
)
async def test_a_reason_begins_the_check(chat: Chat, said: str, asked: str) -> None:
    await chat.says(said)
    chat.replied(asked)


async def test_left_for_later_it_is_not_asked_again_and_goes_on_at_the_same_question(chat: Chat) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    await chat.says("3 bulan lalu")
    await chat.says("nanti aja")
    chat.replied("saya batalkan", without="saldo JHT semua kartu")
    await chat.says("lanjut")
    chat.replied(BALANCE, without="JKP")
    await chat.says("9,8jt")
    chat.replied("Ya, Anda boleh klaim JHT")


async def test_who_wants_to_go_on_is_asked_again(chat: Chat) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    for said in ("lanjut", "ok lanjut min"):
        await chat.says(said)
        assert chat.text.startswith(LEFT)


async def test_having_stopped_does_not_change_the_reason(chat: Chat) -> None:
    await chat.says("sy ojol bpu mau berhenti klaim jht bisa?")
    await chat.says("iya udah berhenti")
    chat.replied(BALANCE)
    await chat.says("5jt")
    chat.replied("berhenti sebagai peserta mandiri")


async def test_years_are_no_yes(chat: Chat) -> None:
    await chat.says("masih kerja mau ambil 10%")
    chat.replied("Sudah pernah mengambil sebagian")
    await chat.says("sudah 12 tahun")
    chat.replied("Sudah pernah mengambil sebagian", without="Belum bisa")
    await chat.says("belum pernah")
    await chat.says("30jt")
    chat.replied(["Ya, Anda boleh klaim JHT", "Rp3.000.000"])


@pytest.mark.parametrize("answer", ["belum tau saldonya", "saldonya ga tau", "kurang tau berapa"])
async def test_a_balance_that_is_not_known_needs_no_verification(chat: Chat, answer: str) -> None:
    await chat.says("saya pensiun dari perusahaan mau klaim jht")
    await chat.says(answer)
    chat.replied("usia pensiun perusahaan", without="NIK")


@pytest.mark.parametrize(
    ("answer", "met"),
    [
        ("hmm", "Jawab pertanyaan ini dulu"),
        ("ya", "belum menangkap jawabannya"),
        ("3 blan lalu", "belum menangkap jawabannya"),
    ],
)
async def test_what_is_no_answer_is_met_without_another_topic(chat: Chat, answer: str, met: str) -> None:
    await chat.says("saya resign apa bisa klaim jht")
    await chat.says(answer)
    chat.replied([met, LEFT], without=["BPJS Kesehatan", "untuk apa ya", "ingin Anda lakukan"])


async def test_who_is_old_enough_may_work(chat: Chat) -> None:
    await chat.says("umur sy 57 mau ambil jht")
    await chat.says("masih kerja boleh?")
    chat.replied(["walau masih bekerja", BALANCE], without="sebagian")


async def test_a_page_of_reasons_stays_until_it_is_answered(chat: Chat) -> None:
    await chat.says("mau klaim jht")
    await chat.says("lainnya")
    await chat.says("20jt")
    chat.replied("Mana yang cocok", without="resign")


async def test_the_verdict_has_few_lines(chat: Chat) -> None:
    await chat.says("verifikasi")
    await chat.verifies(*PEOPLE["Agus"])
    await chat.says("mau klaim jht")
    chat.replied(["Lapak Asik", "surat keterangan berhenti", "*Rp42.000.000*"])
    assert len(chat.text.splitlines()) <= 7

"""What no flow asks about is answered from the knowledge, with its source and a way on."""

from datetime import datetime

import pytest
import time_machine

from bot.clock import WIB
from nlu.components.decision import Decision
from tests.chat.conftest import Chat


async def test_a_question_that_no_flow_knows_is_answered_with_its_source(chat: Chat) -> None:
    await chat.presses('/faq{"id":"claim_cash"}')
    chat.replied(
        ["Tidak dibayar tunai", "Sumber: tanya jawab resmi BPJS Ketenagakerjaan, 2025"],
        buttons=["Rekening untuk klaim", "Klaim JHT"],
    )


async def test_a_message_that_is_not_understood_is_looked_up(chat: Chat) -> None:
    await chat.says("bp2mi itu apa")
    chat.replied(["badan pelindung pekerja migran", "Sumber:"], without="belum menangkap", buttons=["Hubungi 175"])


async def test_within_a_topic_the_very_question_is_answered(chat: Chat) -> None:
    await chat.says("jkp itu pengganti pesangon ga")
    chat.replied("pesangon tetap kewajiban perusahaan", without="SIAPKERJA", buttons=["Apa itu JKP", "Besar uang JKP"])


async def test_what_a_programme_is_stays_with_its_topic(chat: Chat) -> None:
    await chat.says("apa itu jkp")
    chat.replied(["SIAPKERJA", "Rp5.000.000"], without="Sumber:")


async def test_a_button_under_an_entry_leads_to_the_next_entry(chat: Chat) -> None:
    await chat.says("surat kuasa ambil pensiun")
    await chat.taps("Syarat klaim JP")
    chat.replied("kartu peserta, KTP, dan KK")


async def test_a_button_under_an_entry_leads_into_a_flow(chat: Chat) -> None:
    await chat.presses('/faq{"id":"jht_amount"}')
    await chat.taps("Simulasi JHT")
    chat.replied("Berapa upah Anda sebulan?")


async def test_what_may_be_meant_is_offered_beside_the_guesses(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Decision, "answered", lambda *_: None)
    await chat.says("kalau klaim lewat waktu")
    chat.replied("belum menangkap", without="Sumber:", buttons=["Klaim lewat waktu", "Menu"])
    assert len(chat.replies[-1].buttons) <= 4
    await chat.taps("Klaim lewat waktu")
    chat.replied("Lacak dulu klaimnya")


async def test_what_may_be_meant_is_offered_beside_a_guess(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Decision, "beside", lambda *_: ["check_balance"])
    await chat.says("klaim jht lewat waktu gimana caranya")
    chat.replied("Klaim JHT lewat", buttons=["Klaim lewat waktu", "Maksud saya: saldo JHT"])


async def test_an_answer_from_the_knowledge_is_no_misunderstanding(chat: Chat) -> None:
    for text in ("asdkjh qwe zxcv", "asdkjh qwe zxcv", "surat kuasa ambil pensiun", "asdkjh qwe zxcv"):
        await chat.says(text)
    chat.replied("belum menangkap", without="masih belum paham")


async def test_a_question_in_a_form_is_answered_and_the_form_goes_on(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("surat kuasa ambil pensiun")
    chat.replied(["harus diajukan sendiri", "Berapa upah Anda sebulan?"])


async def test_nothing_is_looked_up_for_random_letters(chat: Chat) -> None:
    await chat.says("asdkjh qwe zxcv")
    chat.replied("belum menangkap", without="Sumber:")


async def test_an_entry_speaks_english(chat: Chat) -> None:
    await chat.says("/bahasa")
    await chat.taps("English")
    await chat.presses('/faq{"id":"jp_proxy"}')
    chat.replied(["No: JP must be claimed", "Source: official questions"], buttons=["Papers for JP"])


async def test_code_040_is_told_with_care(chat: Chat) -> None:
    await chat.presses('/faq{"id":"kode_040"}')
    chat.replied(["belum ada keterangan resmi", "Lapak Asik", "laporan pengguna JMO"])


@pytest.mark.parametrize("gone", ["no_such_entry", "bpu_discount"])
async def test_a_button_older_than_the_knowledge_leads_to_the_menu(chat: Chat, gone: str) -> None:
    with time_machine.travel(datetime(2027, 2, 1, 10, tzinfo=WIB), tick=True):
        await chat.presses(f'/faq{{"id":"{gone}"}}')
    chat.replied("Silakan pilih", without="potong", buttons=["Saldo JHT"])

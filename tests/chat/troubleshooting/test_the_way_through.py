"""Whatever happens in the middle of a tree, nobody is lost and nothing is asked twice."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.agent import Agent
from bot.conversation.gateway import Gateway
from bot.conversation.inbox import Inbox
from bot.conversation.messages import IncomingMessage, Kind
from bot.conversation.turns import Turns
from bot.conversation.wakeups import Wakeups
from bot.services import Services
from tests.chat.conftest import Chat
from tests.chat.troubleshooting.conftest import PEOPLE


async def test_a_question_in_between_is_answered_and_the_tree_asks_again(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    await chat.says("apakah klaim kena pajak?")
    chat.replied(contains=["Pajak klaim JHT", "Apa yang terjadi?"], buttons=["Lupa kata sandi"])
    await chat.taps("Lupa kata sandi")
    chat.replied(contains="e-mail terdaftar")


async def test_another_trouble_switches_the_tree(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    await chat.says("kartu digital saya juga tidak muncul")
    chat.replied(contains="Apa yang Anda lihat", without="Lupa Kata Sandi")


async def test_the_same_trouble_again_goes_on_where_it_was(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    await chat.taps("Tombol login diam")
    await chat.says("saya tidak bisa login ke jmo")
    chat.replied(contains="Sudah dicoba?")


async def test_cancelling_leaves_the_tree(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    await chat.says("batal")
    chat.replied(contains="saya batalkan", without="Apa yang terjadi")
    await chat.says("makasih")
    chat.replied(contains="Sama-sama", without="Apa yang terjadi")


async def test_a_tap_on_an_earlier_question_corrects_it(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    earlier = chat.replies
    await chat.taps("Tombol login diam")
    chat.replies = earlier
    await chat.taps("3 kali atau terkunci")
    chat.replied(contains="2 jam")


async def test_going_back_asks_the_last_question_again(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    await chat.taps("Tombol login diam")
    await chat.says("eh salah, ganti jawaban saya")
    chat.replied(contains="Apa yang terjadi?", buttons=["Lupa e-mail"])


async def test_a_double_tap_answers_once(chat: Chat) -> None:
    await chat.says("pengkinian data gagal terus")
    await chat.taps("Gagal ke server")
    first = chat.replies
    chat.replies = first
    await chat.says("belum")
    end = chat.text
    chat.replies = first
    await chat.taps("Belum")
    assert chat.text == end


async def test_a_double_tap_in_the_middle_asks_the_next_question_again(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    earlier = chat.replies
    await chat.taps("Lupa kata sandi")
    asked = chat.text
    chat.replies = earlier
    await chat.taps("Lupa kata sandi")
    assert chat.text == asked


async def test_what_is_not_understood_is_offered_again_and_then_an_officer(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    await chat.says("zxqw vbnm")
    chat.replied(contains=["belum menangkap", "Apa yang terjadi?"], buttons=["Lupa e-mail"])
    await chat.says("qqq rrr")
    chat.replied(contains="masih belum paham", buttons=["Lupa e-mail", "Bicara dengan petugas"])
    await chat.says("lupa email")
    chat.replied(contains="nomor HP itu", without="belum paham")


async def test_a_verification_in_between_looks_at_the_record(chat: Chat) -> None:
    await chat.says("kartu digital saya ga muncul")
    await chat.says("cek saldo jht saya")
    await chat.verifies(*PEOPLE["Hendra"])
    chat.replied(contains=["Saldo JHT Anda", "Penyebabnya", "PT Contoh Bangun Persada"])


async def test_after_a_restart_the_tree_goes_on(
    chat: Chat, sessions: async_sessionmaker[AsyncSession], agent: Agent, services: Services
) -> None:
    await chat.says("tidak bisa login jmo")
    await chat.taps("Lupa kata sandi")
    wakeups = Wakeups()
    turns = Turns(sessions, agent, services, wakeups)
    chat.gateway = Gateway(sessions, Inbox(sessions, wakeups), turns, wakeups)
    await chat.says("masih bisa")
    chat.replied(contains="Lupa Kata Sandi")
    await turns.settled()


async def test_the_caption_of_a_photo_is_read(gateway: Gateway, chat: Chat) -> None:
    photo = IncomingMessage("web", "participant", "photo:1", Kind.PHOTO, "muncul kode 040", message_id="1")
    assert await gateway.accept(photo)
    chat.replies = [answer.reply for answer in await gateway.answers(photo, 20)]
    chat.replied(contains=["Kode 040", "Lapak Asik"])


@pytest.mark.parametrize("text", ["JHTA004", "kok JHTA006 ya"])
async def test_a_bare_code_is_enough(chat: Chat, text: str) -> None:
    await chat.says(text)
    chat.replied(without="belum menangkap")


async def test_in_english(chat: Chat) -> None:
    await chat.says("english please")
    await chat.says("i forgot my password")
    chat.replied(contains="registered e-mail", buttons=["I still have it"])

"""What every form must bear: a question in between, a change of mind, leaving, a restart, a double tap."""

from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.agent import Agent
from bot.conversation.gateway import Gateway
from bot.conversation.inbox import Inbox
from bot.conversation.turns import Turns
from bot.conversation.wakeups import Wakeups
from bot.register.demo_people import DEMO_PEOPLE
from bot.services import Services
from tests.chat.conftest import Chat

pytestmark = pytest.mark.asyncio

RAHMAT = DEMO_PEOPLE[0]


@dataclass(frozen=True)
class Script:
    """How a form is begun, what it asks after that, an answer, what it asks then, and a wish to change."""

    begin: tuple[str, ...]
    asks: str
    answer: str
    asks_then: str
    change: str
    asks_again: str


FORMS = {
    "simulate_jht_form": Script(("simulasi jht",), "upah", "5jt", "Berapa tahun", "ganti upahnya", "upah"),
    "simulate_jp_form": Script(("simulasi jp",), "usia", "30 tahun", "upah", "ganti usianya", "usia"),
    "verification_form": Script(
        ("cek saldo jht saya",), "NIK", RAHMAT.nik, "tanggal lahir", RAHMAT.kpj(0), "tanggal lahir"
    ),
    "claim_check_form": Script(
        ("syarat klaim jht kalau resign",), "Kapan Anda berhenti", "4 bulan lalu", "total saldo", "ganti", "Kapan"
    ),
    "claim_form": Script(
        ("saya mau ajukan klaim di chat ini", RAHMAT.nik, f"{RAHMAT.birth_date:%d-%m-%Y}", "<code>", "ya benar"),
        "bank mana",
        "bca",
        "nomor rekening BCA",
        "ganti banknya",
        "bank mana",
    ),
    "visit_form": Script(
        ("mau buat janji ke cabang",), "Sebut nama kota", "meulaboh", "Hari apa", "ganti", "Kantor mana"
    ),
    "trouble_form": Script(
        ("tidak bisa login jmo",), "Apa yang terjadi", "tombol login diam", "Sudah dicoba", "ganti", "Apa yang terjadi"
    ),
}
ALL = pytest.mark.parametrize("script", FORMS.values(), ids=FORMS)


async def begin(chat: Chat, script: Script) -> None:
    for said in script.begin:
        await chat.says(chat.code if said == "<code>" else said)
    chat.replied(script.asks)


async def test_no_form_is_forgotten_here() -> None:
    domain = yaml.safe_load((Path(__file__).parents[3] / "domain.yml").read_text(encoding="utf-8"))
    assert set(FORMS) == set(domain["forms"])


@ALL
async def test_a_question_in_between_is_answered_and_the_form_goes_on(chat: Chat, script: Script) -> None:
    await begin(chat, script)
    await chat.says("apa itu jkk")
    chat.replied(["kecelakaan kerja", script.asks])
    await chat.says(script.answer)
    chat.replied(script.asks_then)


@ALL
async def test_an_answer_can_be_corrected(chat: Chat, script: Script) -> None:
    await begin(chat, script)
    await chat.says(script.answer)
    await chat.says(script.change)
    chat.replied(script.asks_again, without="belum menangkap")


@ALL
async def test_it_can_be_left(chat: Chat, script: Script) -> None:
    await begin(chat, script)
    await chat.says("batal")
    await chat.says("terima kasih")
    chat.replied("Sama-sama", without=script.asks)


@ALL
async def test_it_goes_on_after_a_restart(
    chat: Chat, script: Script, sessions: async_sessionmaker[AsyncSession], agent: Agent, services: Services
) -> None:
    await begin(chat, script)
    wakeups = Wakeups()
    turns = Turns(sessions, agent, services, wakeups)
    chat.gateway = Gateway(sessions, Inbox(sessions, wakeups), turns, wakeups)
    await chat.says(script.answer)
    chat.replied(script.asks_then)
    await turns.settled()


@ALL
async def test_a_button_tapped_twice_answers_one_question(chat: Chat, script: Script) -> None:
    await begin(chat, script)
    question = chat.replies
    for title in [button.title for button in question[-1].buttons][:1]:
        await chat.taps(title)
        after_one = chat.text
        chat.replies = question
        await chat.taps(title)
        twice = chat.text
        assert twice in (after_one, "Tidak ada yang sedang berjalan. Apa yang bisa saya bantu?"), twice

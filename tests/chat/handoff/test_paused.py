"""The supervisor's switch as a participant sees it: the assistant is silent, people and one's own data are there."""

from datetime import datetime

import pytest
import pytest_asyncio
import time_machine
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.clock import WIB
from bot.conversation.pauses import end_pause, start_pause
from bot.handoff.models import EndReason, Handoff, Reason
from tests.chat.conftest import Chat
from tests.chat.handoff.conftest import Desk

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)
STOPPED = "Asisten sedang kami hentikan sementara"


class Switch:
    """The switch on the desk."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def stops(self) -> None:
        async with self._sessions.begin() as session:
            await start_pause(session, "jawaban salah", "Budi", clock.now())

    async def lets_go_on(self) -> None:
        async with self._sessions.begin() as session:
            await end_pause(session, "Budi", clock.now())


@pytest_asyncio.fixture
async def switch(sessions: Sessions) -> Switch:
    return Switch(sessions)


async def test_it_takes_effect_on_the_next_message(chat: Chat, switch: Switch) -> None:
    await chat.says("apa itu jht")
    chat.replied("JHT", without=STOPPED)
    await switch.stops()
    await chat.says("apa itu jht")
    chat.replied(STOPPED, without="Hari Tua", buttons=["Bicara dengan petugas"])
    await chat.says("/saldo")
    chat.replied(STOPPED)
    await switch.lets_go_on()
    await chat.says("apa itu jht")
    chat.replied("JHT", without=STOPPED)


async def test_people_are_still_there(chat: Chat, switch: Switch, desk: Desk, sessions: Sessions) -> None:
    with time_machine.travel(TUESDAY_MORNING):
        await switch.stops()
        await chat.says("halo")
        await chat.taps("Bicara dengan petugas")
        chat.replied(["JMO-", "Antrean ke-1"], without=STOPPED)
        await desk.takes()
        await chat.says("kartu saya hilang")
        assert chat.replies == []
        await desk.says("Baik, saya bantu.")
        await desk.ends(EndReason.SOLVED)
        await desk.settled(chat)
        assert STOPPED not in (await desk.told(chat)).split("saya bantu")[1]
        await chat.presses('/rate_handoff{"rating":"good"}')
        chat.replied("penilaian Anda kami catat")
    async with sessions() as session:
        assert (await session.scalars(select(Handoff))).one().reason == Reason.PAUSED


async def test_words_in_the_queue_are_kept_and_taps_answered_by_nobody(chat: Chat, switch: Switch) -> None:
    with time_machine.travel(TUESDAY_MORNING):
        await chat.says("/petugas")
        await switch.stops()
        await chat.presses("/check_balance")
        chat.replied(STOPPED)
        await chat.says("saldo saya berapa")
        chat.replied("tersimpan untuk petugas")
        await chat.presses("/handoff_call_back")
        chat.replied("Petugas menyapa Anda di chat ini")


async def test_whoever_leaves_the_queue_is_not_asked_on_by_the_assistant(chat: Chat, switch: Switch) -> None:
    with time_machine.travel(TUESDAY_MORNING):
        await chat.says("simulasi jht")
        await chat.says("5jt")
        await chat.says("/petugas")
        await switch.stops()
        await chat.says("tidak jadi")
        chat.replied(without="tahun")
        await switch.lets_go_on()
        await chat.says("5 tahun")
        chat.replied("saldo")


async def test_a_form_is_not_gone_on_with(chat: Chat, switch: Switch) -> None:
    await chat.says("simulasi jht")
    chat.replied("upah")
    await switch.stops()
    await chat.says("5jt")
    chat.replied(STOPPED)


async def test_ones_own_data_is_still_at_hand(chat: Chat, switch: Switch) -> None:
    await chat.says("halo")
    await switch.stops()
    await chat.says("/datasaya")
    chat.replied(without=STOPPED, buttons=["Ya, hapus"])
    await chat.taps("Ya, hapus")
    chat.replied(without=STOPPED)
    await chat.taps("Ya, hapus")
    chat.replied("sudah saya hapus", without=STOPPED)
    await chat.says("/keluar")
    chat.replied(without=STOPPED)

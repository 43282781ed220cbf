"""From asking for a person to the rating, in one chat."""

from datetime import datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.clock import WIB
from bot.conversation.models import Conversation, Floor
from bot.handoff.models import EndReason, Handoff, HandoffState
from tests.chat.conftest import Chat
from tests.chat.handoff.conftest import Desk

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
TUESDAY_MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)


async def test_from_the_question_to_the_rating(chat: Chat, desk: Desk) -> None:
    with time_machine.travel(TUESDAY_MORNING):
        await chat.says("mau ngomong sama orang")
        chat.replied(["JMO-", "Antrean ke-1"], buttons=["Hubungi saya kembali", "Tulis pesan", "Tetap di asisten"])
        await chat.says("saldo saya berapa ya")
        chat.replied("tersimpan untuk petugas")
        await desk.takes()
        await chat.says("halo bu, saldo saya berapa")
        assert chat.replies == []
        await desk.says("Selamat pagi, saya bantu ya.")
        assert "Rina" in await desk.told(chat) and "saya bantu" in await desk.told(chat)
        await chat.says("selesai")
        assert "teratasi" in await desk.told(chat)
        await chat.presses('/rate_handoff{"rating":"good"}')
        chat.replied("penilaian Anda kami catat")
        await chat.says("apa itu jht")
        chat.replied("JHT")


async def test_the_form_that_was_interrupted_goes_on(chat: Chat, desk: Desk) -> None:
    with time_machine.travel(TUESDAY_MORNING):
        await chat.says("simulasi jht")
        await chat.says("5jt")
        chat.replied("tahun")
        await chat.says("minta petugas dong")
        await desk.takes()
        await desk.says("Silakan dilanjutkan dengan asisten.")
        await desk.ends(EndReason.HANDED_BACK)
        await desk.settled(chat)
        assert "tahun" in (await desk.told(chat)).splitlines()[-1]
        await chat.says("5 tahun")
        chat.replied("saldo")


async def test_outside_the_hours_a_call_back_is_promised_and_the_chat_stays_usable(
    chat: Chat, sessions: Sessions
) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 22, 0, tzinfo=WIB)):
        await chat.says("/petugas")
        chat.replied(
            ["JMO-000001-8", "25 November 2026 pukul 08.00–10.00 WIB", "175"],
            buttons=["Tulis pesan", "Tetap di asisten"],
        )
        await chat.says("apa itu jht")
        chat.replied("JHT", without="tersimpan")
        await chat.says("/petugas")
        chat.replied(["JMO-000001-8", "25 November 2026 pukul 08.00–10.00 WIB"])
    async with sessions() as session:
        handoff = (await session.scalars(select(Handoff))).one()
        conversation = (await session.scalars(select(Conversation))).one()
    assert (handoff.state, conversation.floor) == (HandoffState.CALL_BACK, Floor.BOT)

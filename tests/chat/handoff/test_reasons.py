"""Why a chat goes to people: misunderstandings are in ../misunderstandings; here anger, fraud, and what flows need."""

from datetime import datetime

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.models import Case
from bot.clock import WIB
from bot.conversation.models import Conversation, Floor
from bot.handoff.models import Handoff, Reason, Topic
from bot.handoff.words import asks_where, is_angry, reports_fraud
from tests.chat.conftest import Chat
from tests.chat.handoff.conftest import Desk

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)
YUSUF, NUR, RAHMAT = (
    ("1199013001910005", "30-01-1991"),
    ("1199014908960004", "09-08-1996"),
    ("1199011705940001", "17-05-1994"),
)
WAYS_OUT = ["Hubungi saya kembali", "Tulis pesan", "Tetap di asisten"]


async def handoff_of(sessions: Sessions) -> Handoff:
    async with sessions() as session:
        return (await session.scalars(select(Handoff))).one()


@pytest.mark.parametrize("text", ["dasar bangsat kalian", "saya lapor ombudsman", "KECEWA SAYA SAMA BPJS INI!!"])
async def test_who_is_angry_gets_a_person_and_may_stay(chat: Chat, sessions: Sessions, text: str) -> None:
    with time_machine.travel(MORNING):
        await chat.says(text)
        chat.replied(["Maaf, saya mengerti Anda kesal", "JMO-000001-8", "Antrean ke-1"], buttons=WAYS_OUT)
        await chat.taps("Tetap di asisten")
        await chat.says("apa itu jht")
        chat.replied("JHT", without="tersimpan")
    handoff = await handoff_of(sessions)
    assert (handoff.topic, handoff.reason) == (Topic.COMPLAINT, Reason.ANGER)


async def test_anger_at_night_is_met_once_with_one_sorry(chat: Chat) -> None:
    with time_machine.travel(MORNING.replace(hour=23)):
        await chat.says("dasar bangsat kalian")
    chat.replied(["Maaf, saya mengerti Anda kesal", "JMO-000001-8"], buttons=["Tulis pesan", "Tetap di asisten"])
    (reply,) = chat.replies
    assert reply.text.count("Maaf, saya mengerti") == 1
    assert [button.title for button in reply.buttons] == ["Tulis pesan", "Tetap di asisten"]


async def test_an_angry_question_is_answered_and_a_person_offered(chat: Chat) -> None:
    with time_machine.travel(MORNING):
        await chat.says("goblok, berapa sih pajak jht")
        chat.replied(["Maaf, saya mengerti", "%"], without="JMO-", buttons=["Bicara dengan petugas"])
        await chat.taps("Bicara dengan petugas")
        chat.replied("JMO-000001-8", buttons=WAYS_OUT)


async def test_a_disappointed_one_is_asked_what_happened(chat: Chat) -> None:
    await chat.says("saya kecewa")
    chat.replied("Maaf atas pengalaman Anda", without="JMO-", buttons=["Bicara dengan petugas"])


async def test_a_fraud_is_answered_with_advice_and_goes_before_all_others(chat: Chat, sessions: Sessions) -> None:
    with time_machine.travel(MORNING):
        await Chat(chat.gateway, chat_id="earlier").says("/petugas")
        await chat.says("saya ditipu orang ngaku petugas bpjs")
        chat.replied(["Jangan berikan PIN", "JMO-000002-6", "Antrean ke-1"], buttons=WAYS_OUT)


async def test_a_question_about_frauds_is_only_answered(chat: Chat) -> None:
    with time_machine.travel(MORNING):
        await chat.says("lapakasik.org itu resmi ga")
        chat.replied("Situs resmi", without="JMO-", buttons=["Lapor ke petugas"])
        await chat.taps("Lapor ke petugas")
        chat.replied("JMO-000001-8", buttons=WAYS_OUT)


async def test_a_locked_face_is_talked_over_under_the_case_s_own_number(
    chat: Chat, desk: Desk, sessions: Sessions
) -> None:
    with time_machine.travel(MORNING):
        await chat.says("verifikasi")
        await chat.verifies(*YUSUF)
        await chat.says("foto wajah gagal terus di jmo")
        chat.replied(["mewawancarai", "JMO-000001-8", "Antrean ke-1"], without="JMO-000002", buttons=WAYS_OUT)
        await chat.says("petugas mana")
        chat.replied(["masih di antrean", "JMO-000001-8", "Antrean ke-1"])
        await desk.takes()
    async with sessions() as session:
        [case] = (await session.scalars(select(Case))).all()
    handoff = await handoff_of(sessions)
    assert (case.kind, handoff.case_id) == ("biometric_reset", case.id)
    assert (handoff.topic, handoff.reason) == (Topic.BIOMETRIC, Reason.FLOW)


async def test_who_stays_leaves_the_case_to_the_officers(chat: Chat, sessions: Sessions) -> None:
    with time_machine.travel(MORNING):
        await chat.says("verifikasi")
        await chat.verifies(*NUR)
        await chat.says("pengkinian data gagal terus")
        chat.replied(["JMO-000001-8", "Antrean ke-1"], buttons=WAYS_OUT)
        await chat.taps("Tetap di asisten")
    async with sessions() as session:
        [case] = (await session.scalars(select(Case))).all()
    assert (case.kind, case.closed_at) == ("data_correction", None)


async def test_the_officer_learns_what_was_asked_and_which_form_stopped(chat: Chat, sessions: Sessions) -> None:
    with time_machine.travel(MORNING):
        await chat.says("apa itu jht")
        await chat.says("simulasi jht")
        await chat.says("minta petugas")
    handoff = await handoff_of(sessions)
    assert handoff.tried == {"form": "simulate_jht_form", "intents": ["ask_jht", "simulate_jht"], "misunderstood": 0}


async def test_in_a_group_nobody_is_put_into_the_queue(chat: Chat, sessions: Sessions) -> None:
    group = Chat(chat.gateway, channel="telegram", chat_id="-7", private=False)
    await group.says("minta petugas")
    group.replied("chat pribadi")
    async with sessions() as session:
        assert (await session.scalars(select(Handoff))).all() == []
        assert [chat.floor for chat in await session.scalars(select(Conversation))] == [Floor.BOT]


@pytest.mark.parametrize(
    ("text", "angry", "asks", "reports"),
    [
        ("petugas mana?", False, True, False),
        ("masih lama ga min", False, True, False),
        ("brp lama lagi", False, True, False),
        ("csnya kemana", False, True, False),
        ("saldo saya berapa", False, False, False),
        ("anjing lah", True, False, False),
        ("KLAIM JHT SAYA", False, False, False),
        ("KLAIM SAYA MANA!!!", True, False, False),
        ("data saya sudah terlanjur saya kasih", False, False, True),
        ("apakah calo itu resmi", False, False, False),
    ],
)
async def test_the_words(text: str, angry: bool, asks: bool, reports: bool) -> None:
    assert (is_angry(text), asks_where(text), reports_fraud(text)) == (angry, asks, reports)


async def test_a_photo_that_can_t_be_read_three_times_is_for_an_officer(chat: Chat, sessions: Sessions) -> None:
    with time_machine.travel(MORNING):
        await chat.says("saya mau ajukan klaim di chat ini")
        await chat.verifies(*RAHMAT)
        await chat.taps("Sudah benar")
        await chat.taps("Pakai yang terdaftar")
        for _ in range(3):
            await chat.sends_photo(b"no photo at all")
        chat.replied(buttons=["Bicara dengan petugas"])
        await chat.taps("Bicara dengan petugas")
        chat.replied("JMO-000001-8", buttons=WAYS_OUT)
    handoff = await handoff_of(sessions)
    assert (handoff.topic, handoff.tried["form"]) == (Topic.PHOTO, "claim_form")

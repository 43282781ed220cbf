"""Who answers while people have the floor, and what is private about it."""

import io
import json
from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio
import time_machine
from PIL import Image
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.cases.notices import tell
from bot.clock import WIB
from bot.conversation.messages import Attachment, Kind, Reply
from bot.conversation.models import Author, Conversation, Floor, InboxRow, OutboxKind, OutboxRow
from bot.handoff.models import EndReason, Handoff, HandoffState, Reason, Topic
from bot.handoff.service import Handoffs
from tests.chat.conftest import Chat
from tests.chat.handoff.conftest import Desk

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)
NIK = "1199011705940001"
RAHMAT = (NIK, "17-05-1994")


@pytest_asyncio.fixture(autouse=True)
async def morning() -> AsyncIterator[None]:
    """The desk is open."""
    with time_machine.travel(MORNING):
        yield


async def handoffs_of(sessions: Sessions) -> list[Handoff]:
    async with sessions() as session:
        return list(await session.scalars(select(Handoff).order_by(Handoff.id)))


async def last_message(sessions: Sessions) -> dict[str, object]:
    async with sessions() as session:
        row = (await session.scalars(select(InboxRow).order_by(InboxRow.id.desc()).limit(1))).one()
    kept: dict[str, object] = json.loads(row.payload)
    return kept


def a_photo() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 40)).save(data, "JPEG")
    return data.getvalue()


async def test_photo_document_and_place_reach_the_officer_and_the_assistant_is_silent(
    chat: Chat, desk: Desk, sessions: Sessions
) -> None:
    await chat.says("/petugas")
    await desk.takes()
    await chat.sends_photo(a_photo(), "ktp saya")
    message = await last_message(sessions)
    assert chat.replies == [] and message["text"] == "ktp saya" and message["attachment"]
    await chat._send(Kind.DOCUMENT, "surat", attachment=Attachment("ref", "application/pdf", "surat.pdf", 10))
    assert chat.replies == [] and (await last_message(sessions))["attachment"]["name"] == "surat.pdf"  # type: ignore[index]
    await chat.sends_location(-6.2, 106.8)
    assert chat.replies == [] and (await last_message(sessions))["location"] == [-6.2, 106.8]
    await chat._send(Kind.OTHER, "")
    chat.replied("tidak bisa diteruskan", buttons=["Selesai"])
    [handoff] = await handoffs_of(sessions)
    assert handoff.officer_owes


async def test_a_place_for_the_assistant_is_not_kept(chat: Chat, sessions: Sessions) -> None:
    await chat.sends_location(-6.2, 106.8)
    assert (await last_message(sessions))["location"] is None


async def test_taps_commands_and_identities_while_an_officer_is_there(
    chat: Chat, desk: Desk, sessions: Sessions
) -> None:
    await chat.says("/petugas")
    await desk.takes()
    await chat.presses("/check_balance")
    chat.replied("sedang berbicara dengan petugas", buttons=["Selesai"])
    await chat.says("/menu")
    chat.replied("sedang berbicara dengan petugas")
    await chat.says(f"nik saya {NIK}")
    chat.replied("tidak saya teruskan")
    assert NIK not in str(await last_message(sessions))
    async with sessions() as session:
        kinds = list(await session.scalars(select(OutboxRow.kind).where(OutboxRow.kind == OutboxKind.DELETE)))
        authors = set(await session.scalars(select(OutboxRow.author).where(OutboxRow.id > 2)))
    assert kinds == [OutboxKind.DELETE] and authors == {Author.SYSTEM}


async def test_impatience_in_the_queue(chat: Chat, sessions: Sessions) -> None:
    await chat.says("mau ngomong sama orang")
    await chat.says("kartu saya hilang")
    chat.replied(["tersimpan untuk petugas", "JMO-000001-8"])
    await chat.says("tolong cepat")
    assert chat.replies == []
    for question in ("petugas mana", "berapa lama lagi", "/petugas"):
        await chat.says(question)
        chat.replied(["JMO-000001-8", "Antrean ke-1"], buttons=["Tulis pesan", "Tetap di asisten"])
    await chat.says("batal")
    chat.replied("tetap bersama saya")
    [handoff] = await handoffs_of(sessions)
    assert handoff.end_reason == EndReason.STAYED_WITH_BOT


async def test_what_a_tap_in_the_queue_begins_is_answered_by_the_assistant(chat: Chat) -> None:
    await chat.says("/petugas")
    await chat.presses("/simulate_jht")
    chat.replied("upah")
    await chat.says("5jt")
    chat.replied("tahun", without="tersimpan")
    await chat.presses("/cancel")
    await chat.says("pertanyaan untuk petugas")
    chat.replied("tersimpan untuk petugas")


async def test_a_message_left_is_kept_whole_and_the_assistant_goes_on(chat: Chat, sessions: Sessions) -> None:
    await chat.says("/petugas")
    await chat.taps("Tulis pesan")
    chat.replied("tulis pesan Anda sekarang", buttons=["Tetap di asisten"])
    await chat.says("kartu saya hilang, apa yang harus saya lakukan")
    chat.replied(["Pesan tersimpan", "25 November 2026 pukul 10.30 WIB"])
    await chat.says("apa itu jht")
    chat.replied("JHT", without="tersimpan")
    await chat.says("/petugas")
    chat.replied("Antrean ke-1")
    [handoff] = await handoffs_of(sessions)
    assert handoff.state == HandoffState.WAITING


async def test_the_order_at_the_end_is_goodbye_rating_and_then_the_form(
    chat: Chat, desk: Desk, sessions: Sessions
) -> None:
    await chat.says("simulasi jht")
    await chat.says("minta petugas")
    chat.replied("Antrean ke-1", without="upah", buttons=["Hubungi saya kembali", "Tulis pesan", "Tetap di asisten"])
    await desk.takes()
    await desk.says("Ya?")
    await chat.says("selesai")
    async with sessions() as session:
        payloads = list(await session.scalars(select(OutboxRow.payload).order_by(OutboxRow.id)))
    assert "teratasi" in payloads[-2] and "upah" in payloads[-1]


async def test_rated_once_and_opened_again_under_the_same_number(chat: Chat, desk: Desk, sessions: Sessions) -> None:
    await chat.says("/petugas")
    await desk.takes()
    await desk.says("Ya?")
    await chat.says("selesai")
    await chat.presses('/rate_handoff{"rating":"unsolved"}')
    chat.replied("JMO-000001-8", buttons=["Buka lagi"])
    await chat.taps("Buka lagi")
    chat.replied(["JMO-000001-8", "Antrean ke-1"])
    await desk.takes()
    await desk.says("Kita lanjutkan.")
    await chat.says("selesai")
    assert (await desk.told(chat)).count("teratasi") == 1
    assert [handoff.case_id for handoff in await handoffs_of(sessions)] == [1, 1]


@pytest.mark.parametrize("taken", [False, True])
async def test_who_leaves_the_chat_leaves_nothing_to_the_next(
    chat: Chat, desk: Desk, sessions: Sessions, taken: bool
) -> None:
    await chat.says("verifikasi")
    await chat.verifies(*RAHMAT)
    await chat.says("/petugas")
    if taken:
        await desk.takes()
        await desk.says("Selamat pagi Pak Rahmat")
    await chat.says("/keluar")
    [handoff] = await handoffs_of(sessions)
    assert (handoff.end_reason, handoff.state) == (EndReason.LEFT, HandoffState.ENDED)
    await chat.says("apa itu jht")
    chat.replied("JHT")
    await chat.presses("/handoff_reopen")
    chat.replied(without="JMO-000001")
    await chat.presses('/rate_handoff{"rating":"good"}')
    [handoff] = await handoffs_of(sessions)
    assert handoff.rating is None


async def test_who_has_the_chat_deleted_while_waiting(chat: Chat, sessions: Sessions) -> None:
    await chat.says("apa itu jht")
    await chat.says("/petugas")
    await chat.says("/hapus")
    await chat.taps("Ya, hapus")
    chat.replied("sudah saya hapus")
    [handoff] = await handoffs_of(sessions)
    assert (handoff.end_reason, handoff.tried) == (EndReason.LEFT, {})
    async with sessions() as session:
        assert [found.floor for found in await session.scalars(select(Conversation))] == [Floor.BOT]


async def test_news_of_the_office_is_told_beside_the_officer(chat: Chat, desk: Desk, sessions: Sessions) -> None:
    await chat.says("/petugas")
    await desk.takes()
    async with sessions.begin() as session:
        conversation = (await session.scalars(select(Conversation))).one()
        await tell(session, conversation, Reply("Klaim dibayar"), clock.now())
    async with sessions() as session:
        last = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc()).limit(1))).one()
    assert last.author == Author.SYSTEM


async def test_an_ended_session_of_a_participant_stays_ended_through_the_talk(
    chat: Chat, desk: Desk, sessions: Sessions
) -> None:
    await chat.says("verifikasi")
    await chat.verifies(*RAHMAT)
    await chat.says("/petugas")
    await desk.takes()
    await desk.says("Sebentar ya")
    with time_machine.travel(datetime(2026, 11, 24, 10, 29, tzinfo=WIB)):
        await desk.ends(EndReason.HANDED_BACK)
        await desk.settled(chat)
    with time_machine.travel(datetime(2026, 11, 24, 10, 31, tzinfo=WIB)):
        await chat.says("saldo saya berapa")
        chat.replied(without="Rp")


async def test_taken_again_before_the_assistant_could_go_on_nothing_is_said(
    chat: Chat, desk: Desk, sessions: Sessions
) -> None:
    await chat.says("mau bicara dengan petugas")
    await desk.takes()
    async with sessions.begin() as session:
        handoff = (await session.scalars(select(Handoff))).one()
        conversation = await session.get_one(Conversation, handoff.conversation_id)
        handoffs = Handoffs(session, clock.now())
        await handoffs.end(handoff, EndReason.SOLVED, desk.name)
        again, _, _ = await handoffs.ask(conversation, Topic.GENERAL, Reason.FLOW)
        await handoffs.take(again, desk.officer_id, desk.name)
    await chat.says("halo lagi")
    await desk.settled(chat)
    assert "Anda sedang berbicara" not in await desk.told(chat)

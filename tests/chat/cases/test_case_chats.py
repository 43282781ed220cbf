"""Cases as participants meet them: their state, the question after a reset, incidents."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.cases.incidents import Incidents
from bot.cases.models import Case
from bot.cases.service import Cases
from bot.cases.stages import CaseKind, CaseState
from bot.conversation.models import Conversation, OutboxRow
from bot.operations import advance
from bot.register.demo_people import DEMO_PEOPLE
from tests.chat.conftest import Chat

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
unasked = select(func.count()).select_from(OutboxRow).where(OutboxRow.inbox_id.is_(None))


async def verified(chat: Chat, number: int = 1) -> None:
    person = DEMO_PEOPLE[number - 1]
    await chat.says("verifikasi")
    await chat.verifies(person.nik, f"{person.birth_date:%d-%m-%Y}")


async def open_case(sessions: Sessions, kind: CaseKind) -> str:
    async with sessions.begin() as session:
        conversation = (await session.scalars(select(Conversation))).one()
        case, _ = await Cases(session, clock.now()).open(kind, conversation)
        return case.number


async def move_on(sessions: Sessions, number: str) -> None:
    async with sessions.begin() as session:
        await advance(session, clock.now(), number, None)


async def test_who_has_no_case_is_told_where_claims_are_tracked(chat: Chat) -> None:
    await chat.says("klaim saya sudah sampai mana ya")
    chat.replied("Agenda Klaim", buttons=["Pengajuan saya di sini"])
    await chat.taps("Pengajuan saya di sini")
    chat.replied("NIK")
    await chat.verifies(DEMO_PEOPLE[0].nik, "17-05-1994")
    chat.replied("Belum ada pengajuan")


async def test_the_status_shows_stage_and_next_stage(chat: Chat, sessions: Sessions) -> None:
    await verified(chat)
    number = await open_case(sessions, CaseKind.CLAIM)
    await move_on(sessions, number)
    await chat.says("/status")
    chat.replied([number, "Penetapan", "Berikutnya: Persetujuan"])
    await chat.says("status klaim JMO-999999-9")
    chat.replied(without="Rp")


async def test_a_claim_is_withdrawn_after_a_fresh_code_and_a_question(chat: Chat, sessions: Sessions) -> None:
    await verified(chat)
    await open_case(sessions, CaseKind.CLAIM)
    await chat.says("tarik kembali klaim saya")
    chat.replied("kode")
    await chat.says(chat.code)
    chat.replied("Tarik kembali klaim", buttons=["Ya, tarik kembali", "Tidak jadi"])
    await chat.taps("Ya, tarik kembali")
    chat.replied("sudah ditarik kembali")
    await chat.says("tarik kembali klaim saya")
    chat.replied("Tidak ada klaim")


async def test_an_approved_claim_stays(chat: Chat, sessions: Sessions) -> None:
    await verified(chat)
    number = await open_case(sessions, CaseKind.CLAIM)
    for _ in range(2):
        await move_on(sessions, number)
    await chat.says("tarik kembali klaim saya")
    await chat.says(chat.code)
    chat.replied(["Persetujuan", "tidak bisa ditarik"])


@pytest.mark.parametrize(("works", "state"), [("reset_works", CaseState.DONE), ("reset_fails", CaseState.OPEN)])
async def test_the_answer_after_a_reset_closes_the_case_or_brings_it_back(
    chat: Chat, sessions: Sessions, works: str, state: CaseState
) -> None:
    await verified(chat, 5)
    number = await open_case(sessions, CaseKind.BIOMETRIC_RESET)
    await move_on(sessions, number)
    await chat.presses(f"/{works}")
    chat.replied(number)
    async with sessions() as session:
        assert (await session.scalars(select(Case.state))).one() == state
    await chat.presses(f"/{works}")
    chat.replied(without=number)


async def test_an_incident_is_shown_first_and_its_end_is_wanted(chat: Chat, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await Incidents(session, clock.now()).start("Login JMO terganggu sejak pagi", "login_failed")
    await chat.says("tombol login ga bisa dipencet")
    assert "Login JMO terganggu sejak pagi" in chat.replies[0].text
    await chat.taps("Kabari bila selesai")
    chat.replied("kabari")
    async with sessions.begin() as session:
        assert await Incidents(session, clock.now()).end(1) == 1
    await chat.says("tombol login ga bisa dipencet")
    chat.replied(without="terganggu")


async def test_who_leaves_the_chat_at_night_gets_no_notice_there_in_the_morning(chat: Chat, sessions: Sessions) -> None:
    chat.channel = "telegram"
    await chat.says("verifikasi")
    await chat.says("lewati")
    await chat.verifies(DEMO_PEOPLE[0].nik, "17-05-1994")
    number = await open_case(sessions, CaseKind.CLAIM)
    await move_on(sessions, number)
    async with sessions() as session:
        assert await session.scalar(unasked) == 1
    await chat.says("/keluar")
    async with sessions() as session:
        assert await session.scalar(unasked) == 0


async def test_my_data_names_drafts_and_cases(chat: Chat, sessions: Sessions) -> None:
    await verified(chat)
    await open_case(sessions, CaseKind.CLAIM)
    await chat.says("/datasaya")
    chat.replied("Draf klaim: 0; klaim dan kasus yang dibuka di chat ini: 1")

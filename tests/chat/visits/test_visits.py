"""An appointment with a branch: planned, changed, reminded of, over."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.deadlines import remind_of_visits
from bot.cases.models import Case
from bot.cases.stages import CaseKind
from bot.conversation.gateway import Gateway
from bot.conversation.models import Conversation, Floor
from bot.register.demo_people import DEMO_PEOPLE
from bot.register.sql import SqlCoreSystem
from tests.chat.conftest import Chat

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
WIB = ZoneInfo("Asia/Jakarta")
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)


@pytest.fixture(autouse=True)
def on_a_tuesday() -> object:
    with time_machine.travel(TUESDAY, tick=False) as time:
        yield time


async def plans(chat: Chat, day: str) -> None:
    await chat.says("mau buat janji ke cabang meulaboh")
    chat.replied(["Kantor Cabang Meulaboh", "Hari apa"], buttons=["Rab, 25 Nov"])
    await chat.says(day)


async def told(gateway: Gateway, chat: Chat) -> str:
    return "\n".join(message.text for message in await gateway.history(chat.channel, chat.chat_id, 0))


async def has_the_floor(sessions: Sessions, floor: Floor) -> None:
    async with sessions.begin() as session:
        (await session.scalars(select(Conversation))).one().floor = floor


async def sweep(sessions: Sessions, now: datetime) -> None:
    async with sessions.begin() as session:
        await remind_of_visits(session, SqlCoreSystem(session), now)


async def test_a_visit_is_planned_in_two_answers(chat: Chat) -> None:
    await plans(chat, "kamis")
    chat.replied(["Kantor Cabang Meulaboh", "26 November 2026", "JMO-", "Bawa KTP", "bukan nomor antrean"])


async def test_the_nearest_office_leads_to_a_visit_there(chat: Chat) -> None:
    await chat.says("kantor terdekat di takengon")
    await chat.taps("Rencanakan kunjungan")
    chat.replied("Kantor mana", buttons=["Kantor Takengon"])
    await chat.taps("Kantor Takengon")
    await chat.taps("Rab, 25 Nov")
    chat.replied(["Kantor Takengon", "25 November 2026"])


@pytest.mark.parametrize(
    ("day", "why"),
    [("sabtu", "Sabtu"), ("25 desember 2026", "30 hari"), ("20 november 2026", "Paling cepat 24 November 2026")],
)
async def test_a_day_on_which_nobody_is_there_is_asked_again(chat: Chat, day: str, why: str) -> None:
    await plans(chat, day)
    chat.replied([why, "Hari apa"])
    await chat.says("besok")
    chat.replied("25 November 2026")


@pytest.mark.parametrize("made_up", ["day.2026-02-31", "day.besok", "day.", "office.nowhere"])
async def test_a_button_that_nobody_offered_asks_again(chat: Chat, made_up: str) -> None:
    await chat.says("mau buat janji ke cabang meulaboh")
    await chat.presses(f'/inform{{"choice":"{made_up}"}}')
    chat.replied("Hari apa")


async def test_a_holiday_is_named(chat: Chat) -> None:
    with time_machine.travel(datetime(2026, 12, 21, 9, 0, tzinfo=WIB), tick=False):
        await chat.says("mau buat janji ke cabang meulaboh")
        await chat.says("25 desember 2026")
        chat.replied(["tutup", "Natal", "Hari apa"])


async def test_a_plan_is_changed_and_stays_one_case(chat: Chat, sessions: Sessions) -> None:
    await plans(chat, "besok")
    await chat.taps("Ganti hari atau kantor")
    await chat.says("meulaboh")
    await chat.says("jumat")
    chat.replied("27 November 2026")
    async with sessions() as session:
        assert len((await session.scalars(select(Case).where(Case.kind == CaseKind.VISIT))).all()) == 1


async def test_a_plan_is_cancelled(chat: Chat) -> None:
    await plans(chat, "besok")
    await chat.taps("Batalkan kunjungan")
    chat.replied("dibatalkan")
    await chat.says("batalkan kunjungan saya")
    chat.replied("Tidak ada rencana")


async def test_the_day_before_is_told_and_the_day_after_is_asked(
    chat: Chat, gateway: Gateway, sessions: Sessions
) -> None:
    await plans(chat, "jumat")
    await sweep(sessions, TUESDAY + timedelta(days=1))
    assert "Pengingat" not in await told(gateway, chat)
    await sweep(sessions, datetime(2026, 11, 26, 16, 1, tzinfo=WIB))
    assert "Pengingat kunjungan *27 November 2026*" in await told(gateway, chat)
    await sweep(sessions, datetime(2026, 11, 27, 16, 1, tzinfo=WIB))
    assert "urusannya beres" in await told(gateway, chat)
    async with sessions() as session:
        case = (await session.scalars(select(Case).where(Case.kind == CaseKind.VISIT))).one()
    assert (case.state, case.due_at) == ("done", None)


async def test_nobody_is_reminded_while_an_officer_talks(chat: Chat, gateway: Gateway, sessions: Sessions) -> None:
    await plans(chat, "jumat")
    await has_the_floor(sessions, Floor.AGENT)
    await sweep(sessions, datetime(2026, 11, 26, 16, 1, tzinfo=WIB))
    assert "Pengingat" not in await told(gateway, chat)
    await has_the_floor(sessions, Floor.BOT)
    await sweep(sessions, datetime(2026, 11, 26, 16, 20, tzinfo=WIB))
    assert "Pengingat" in await told(gateway, chat)


async def test_a_verified_participant_finds_the_visit_among_the_cases(chat: Chat) -> None:
    person = DEMO_PEOPLE[0]
    await chat.says("verifikasi")
    await chat.verifies(person.nik, f"{person.birth_date:%d-%m-%Y}")
    await plans(chat, "kamis")
    await chat.says("/status")
    chat.replied("Kunjungan ke kantor")

"""The supervisor's board: what is now, what was, and who gets which hand-off."""

import csv
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from io import StringIO

import pytest
import pytest_asyncio
import time_machine
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.cases.numbers import case_number
from bot.clock import WIB
from bot.conversation.messages import IncomingMessage, Kind
from bot.conversation.models import Conversation, InboxRow, OutboxRow
from bot.desk.board_export import harmless
from bot.desk.board_queries import PRESENT_WITHIN
from bot.handoff.models import EndReason, Handoff, HandoffState, Officer, Reason, Topic
from bot.handoff.service import Handoffs
from bot.handoff.times import FIRST_ANSWER
from bot.privacy.audit import AuditEntry
from tests.desk.conftest import Browser

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
Asks = Callable[..., Awaitable[Handoff]]
MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)
TILE = re.compile(r'<div class="(\w*)"?><dt>([^<]+)</dt><dd>([^<]+)</dd>|<div><dt>([^<]+)</dt><dd>([^<]+)</dd>')


@pytest_asyncio.fixture
async def asks(sessions: Sessions) -> Asks:
    """A participant who asked for a person at this moment."""

    async def ask(chat: str, topic: Topic = Topic.CLAIM, reason: Reason = Reason.ASKED) -> Handoff:
        async with sessions.begin() as session:
            conversation = Conversation(channel="web", chat_id=chat)
            session.add(conversation)
            await session.flush()
            message = IncomingMessage("web", chat, f"key {chat}", Kind.TEXT, "petugas")
            session.add(InboxRow(channel="web", key=message.key, conversation_id=conversation.id, payload="{}"))
            handoff, _, _ = await Handoffs(session, clock.now()).ask(conversation, topic, reason)
            return handoff

    return ask


async def officer_named(sessions: Sessions, username: str) -> Officer:
    async with sessions() as session:
        return (await session.scalars(select(Officer).where(Officer.username == username))).one()


async def now(sessions: Sessions, handoff: Handoff) -> Handoff:
    async with sessions() as session:
        return await session.get_one(Handoff, handoff.id)


async def takes(sessions: Sessions, handoff: Handoff, username: str, answer: str | None = None) -> None:
    officer = await officer_named(sessions, username)
    async with sessions.begin() as session:
        handoffs = Handoffs(session, clock.now())
        found = await handoffs.locked(handoff.id)
        await handoffs.take(found, officer.id, officer.name)
        if answer:
            await handoffs.say(found, officer.id, answer)


async def told(sessions: Sessions, handoff: Handoff) -> str:
    async with sessions() as session:
        rows = await session.scalars(select(OutboxRow).where(OutboxRow.conversation_id == handoff.conversation_id))
        return "\n".join(row.payload for row in rows)


async def trace(sessions: Sessions, action: str) -> list[str]:
    async with sessions() as session:
        rows = await session.scalars(select(AuditEntry).where(AuditEntry.action == action))
        return [f"{row.actor} {row.reason}" for row in rows]


def tiles(page: str) -> dict[str, str]:
    return {name or name2: value or value2 for _, name, value, name2, value2 in TILE.findall(page)}


async def test_the_board_counts_what_is_now(browser: Browser, sessions: Sessions, asks: Asks) -> None:
    with time_machine.travel(MORNING, tick=False) as time:
        first = await asks("one")
        time.shift(timedelta(minutes=3))
        await asks("two", Topic.CARD)
        await asks("three")
        await takes(sessions, first, "rina")
        time.shift(FIRST_ANSWER + timedelta(seconds=1))
        await browser.signs_in("budi")
        page = (await browser.get("/petugas/papan")).text
    assert tiles(page)["Menunggu"] == "2"
    assert tiles(page)["Terlama"] == "5 mnt"
    assert tiles(page)["Terlambat"] == "3"
    assert tiles(page)["Berbicara"] == "1"
    assert tiles(page)["Hadir"] == "1"
    assert case_number(first.case_id) in page


async def test_an_officer_is_present_away_or_not_at_the_desk(browser: Browser, sessions: Sessions) -> None:
    with time_machine.travel(MORNING, tick=False) as time:
        await browser.signs_in("rina")
        time.shift(PRESENT_WITHIN + timedelta(seconds=1))
        await browser.signs_in("sari")
        await browser.sends("/petugas/hadir", away="true", back="/petugas")
        await browser.signs_in("budi")
        page = (await browser.get("/petugas/papan/kini")).text
    presence = dict(re.findall(r'<th scope="row">(\w+)</th><td><span class="dot (\w+)">', page))
    assert presence == {"Rina": "absent", "Sari": "away", "Budi": "present", "Dewi": "absent"}


async def test_a_waiting_handoff_is_given_to_an_officer(browser: Browser, sessions: Sessions, asks: Asks) -> None:
    handoff = await asks("one")
    rina = await officer_named(sessions, "rina")
    await browser.signs_in("budi")
    answer = await browser.sends(f"/petugas/papan/{handoff.id}/beri", to=str(rina.id), seen="waiting:")
    assert answer.headers["location"] == "/petugas/papan?done=reassigned"
    assert (await now(sessions, handoff)).officer_id == rina.id
    assert "dipindahkan" in await told(sessions, handoff)
    again = await browser.sends(f"/petugas/papan/{handoff.id}/beri", to=str(rina.id), seen="waiting:")  # tapped twice
    assert again.headers["location"] == "/petugas/papan?done=reassigned"
    [reason] = await trace(sessions, "handoff.reassigned")
    assert case_number(handoff.case_id) in reason


async def test_a_talk_goes_back_to_everybody(browser: Browser, sessions: Sessions, asks: Asks) -> None:
    handoff = await asks("one")
    await takes(sessions, handoff, "rina")
    rina = await officer_named(sessions, "rina")
    await browser.signs_in("budi")
    await browser.sends(f"/petugas/papan/{handoff.id}/beri", to="queue", seen=f"talking:{rina.id}")
    moved = await now(sessions, handoff)
    assert (moved.state, moved.officer_id) == (HandoffState.WAITING, None)


async def test_what_has_moved_meanwhile_is_left_alone(browser: Browser, sessions: Sessions, asks: Asks) -> None:
    handoff = await asks("one")
    await takes(sessions, handoff, "rina")
    sari = await officer_named(sessions, "sari")
    await browser.signs_in("budi")
    answer = await browser.sends(f"/petugas/papan/{handoff.id}/beri", to=str(sari.id), seen="waiting:")
    assert answer.status_code == 409
    assert "sudah berpindah" in answer.text
    assert (await now(sessions, handoff)).state == HandoffState.TALKING


async def test_nobody_who_is_away_is_given_anything(browser: Browser, sessions: Sessions, asks: Asks) -> None:
    handoff = await asks("one")
    rina = await officer_named(sessions, "rina")
    await browser.signs_in("rina")
    await browser.sends("/petugas/hadir", away="true", back="/petugas")
    await browser.signs_in("budi")
    answer = await browser.sends(f"/petugas/papan/{handoff.id}/beri", to=str(rina.id), seen="waiting:")
    assert answer.status_code == 409
    assert "tidak menerima kasus" in answer.text
    assert (await now(sessions, handoff)).officer_id is None


async def test_what_waits_for_somebody_who_leaves_is_for_everybody(
    browser: Browser, sessions: Sessions, asks: Asks
) -> None:
    handoff = await asks("one")
    rina = await officer_named(sessions, "rina")
    await browser.signs_in("budi")
    await browser.sends(f"/petugas/papan/{handoff.id}/beri", to=str(rina.id), seen="waiting:")
    await browser.signs_in("rina")
    answer = await browser.sends("/petugas/hadir", away="true", back="/petugas/sandi")
    assert answer.headers["location"] == "/petugas/sandi"
    assert "Anda sedang istirahat" in (await browser.get("/petugas")).text
    assert (await now(sessions, handoff)).officer_id is None
    await browser.sends("/petugas/hadir", away="false", back="/petugas")
    assert "Anda sedang istirahat" not in (await browser.get("/petugas")).text
    assert [len(await trace(sessions, action)) for action in ("desk.away", "desk.present")] == [1, 1]


@pytest.mark.parametrize("back", ["https://elsewhere.example/petugas", "//elsewhere.example/petugas", "/petugasan", ""])
async def test_the_switch_leads_nowhere_else(back: str, browser: Browser) -> None:
    await browser.signs_in("rina")
    assert (await browser.sends("/petugas/hadir", away="true", back=back)).headers["location"] == "/petugas"


async def test_the_figures_and_the_export_of_a_period(browser: Browser, sessions: Sessions, asks: Asks) -> None:
    with time_machine.travel(MORNING, tick=False) as time:
        quick, slow = await asks("one"), await asks("two", Topic.CARD, Reason.ANGER)
        async with sessions.begin() as session:
            session.add(Conversation(channel="web", chat_id="alone", id=77))
            session.add(InboxRow(channel="web", key="alone", conversation_id=77, payload="{}"))
        time.shift(timedelta(minutes=2))
        await takes(sessions, quick, "rina", "Selamat pagi")
        time.shift(timedelta(minutes=8))
        await takes(sessions, slow, "sari", "Selamat pagi")
        async with sessions.begin() as session:
            handoffs = Handoffs(session, clock.now())
            ended = await handoffs.locked(quick.id)
            await handoffs.end(ended, EndReason.SOLVED, "Rina")
            await handoffs.rate(await handoffs.conversation_of(ended), "good")
        await browser.signs_in("budi")
        page = (await browser.get("/petugas/papan")).text
        yesterday = (await browser.get("/petugas/papan?period=own&from=2026-11-23&to=2026-11-23")).text
        export = await browser.get("/petugas/papan/ekspor?period=week")
    figures = {name: value for _, _, _, name, value in TILE.findall(page)}
    assert figures["Jawaban pertama tepat waktu"] == "50%"
    assert figures["Jawaban pertama"] == "6 mnt"
    assert figures["Penyelesaian"] == "10 mnt"
    assert figures["Selesai tanpa petugas"] == "33%"
    assert figures["Masalah teratasi"] == "100%"
    assert "Peserta marah: 1 (50%)" in page
    assert "Belum ada data pada periode ini." in yesterday
    rows = list(csv.reader(StringIO(export.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[1] == [
        *(case_number(quick.case_id), "Klaim", "Diminta peserta"),
        *("2026-11-24 10:00:00", "2026-11-24 10:02:00", "2026-11-24 10:02:00", "2026-11-24 10:10:00"),
        *("Teratasi", "Rina", "ya", "3"),
    ]
    assert len(rows) == 3
    assert export.headers["content-type"].startswith("text/csv")
    assert await trace(sessions, "board.exported") == [
        f"officer:{(await officer_named(sessions, 'budi')).id} 2026-11-18 to 2026-11-24: 2"
    ]


async def test_a_range_that_cant_be_is_said_in_a_sentence(browser: Browser) -> None:
    await browser.signs_in("budi")
    page = (await browser.get("/petugas/papan?period=own&from=2026-11-24&to=2026-11-23")).text
    assert "Tanggal akhir harus" in page


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@x", " =1", "\t=1"])
async def test_a_spreadsheet_runs_nothing_of_the_export(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless("JMO-000001-8") == "JMO-000001-8"


async def test_no_script_or_style_of_the_board_stands_in_the_page(browser: Browser, asks: Asks) -> None:
    """The policy of the pages would refuse it."""
    await asks("one")
    await browser.signs_in("budi")
    page = (await browser.get("/petugas/papan")).text
    assert "<svg" in page
    assert not re.search(r"style=|<style|<script>|onclick", page)

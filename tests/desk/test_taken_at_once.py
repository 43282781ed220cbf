"""Two officers take the same case at the same moment, on each kind of database."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import func, select
from starlette.applications import Starlette

from bot import clock
from bot.cases.stages import CaseKind
from bot.conversation.models import Author, OutboxRow
from bot.conversation.wakeups import Wakeups
from bot.database import create_engine, create_sessions
from bot.desk.officers import seed_demo_officers
from bot.desk.routes import desk_routes
from bot.desk.sign_in_limits import BY_PLACE
from bot.desk.visit import DeskParts
from bot.handoff.models import HandoffState
from bot.identity.otp import DemoOtpGateway
from bot.migrate import migrate
from bot.privacy.audit import AuditEntry
from bot.register.sql import SqlCoreSystem
from bot.services import Services
from bot.settings import Settings
from tests.desk.conftest import HOST, Browser
from tests.desk.waiting import Sessions, somebody_waits, stored
from tests.desk.waiting_cases import handoffs, waits

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def sessions(database_url: str) -> AsyncIterator[Sessions]:
    await migrate(database_url)
    engine = create_engine(database_url)
    made = create_sessions(engine)
    async with made.begin() as session:
        await seed_demo_officers(session, clock.now())
    yield made
    await engine.dispose()


def process(sessions: Sessions) -> Browser:
    """A browser before a process of its own."""
    parts = DeskParts(sessions, Wakeups(), Services(Settings(_env_file=None), DemoOtpGateway(), SqlCoreSystem))
    transport = httpx.ASGITransport(Starlette(routes=desk_routes(parts)))
    return Browser(transport=transport, base_url=HOST, headers={"accept": "text/html"})


async def test_one_of_them_has_it_and_the_other_is_told_who(sessions: Sessions) -> None:
    async with process(sessions) as rina, process(sessions) as sari:
        await rina.signs_in("rina")
        await sari.signs_in("sari")
        for _ in range(5):
            handoff = await somebody_waits(sessions)
            path = f"/petugas/percakapan/{handoff.id}"
            answers = await asyncio.gather(rina.sends(f"{path}/ambil"), sari.sends(f"{path}/ambil"))
            assert sorted(answer.status_code for answer in answers) == [303, 409]
            first, refused = ("Rina", answers[1]) if answers[0].status_code == 303 else ("Sari", answers[0])
            assert f"{first} sudah lebih dulu mengambil" in refused.text
            assert (await stored(sessions, handoff)).state == HandoffState.TALKING
            async with sessions() as session:
                joined = select(func.count()).where(
                    OutboxRow.conversation_id == handoff.conversation_id, OutboxRow.author == Author.SYSTEM
                )
                assert await session.scalar(joined) == 1


async def test_of_two_who_begin_to_talk_about_a_case_one_has_the_floor(sessions: Sessions) -> None:
    async with process(sessions) as rina, process(sessions) as sari:
        await rina.signs_in("rina")
        await sari.signs_in("sari")
        for number in range(1, 6):
            path = f"/petugas/kasus/{(await waits(sessions, CaseKind.CARD_CHECK, number)).number}/hubungi"
            answers = await asyncio.gather(rina.sends(path), sari.sends(path))
            assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert [handoff.state for handoff in await handoffs(sessions)] == [HandoffState.TALKING] * 5


async def test_guesses_of_a_password_at_the_same_moment_all_count(sessions: Sessions) -> None:
    browsers = [process(sessions) for _ in range(2 * BY_PLACE.tries)]
    answers = await asyncio.gather(*(browser.signs_in("rina", "wrong password") for browser in browsers))
    assert {answer.status_code for answer in answers} == {401}
    assert (await process(sessions).signs_in("rina")).status_code == 401


@pytest.mark.parametrize(
    ("deed", "fields", "said"),
    [
        ("ambil", {}, "bergabung"),
        ("pindah", {"to": "officer:2"}, "dipindahkan"),
        ("pindah", {"to": "topic:card"}, "dipindahkan"),
        ("kembali", {"step": "menu"}, "dengan petugas selesai"),
        ("tutup", {"reason": "solved"}, "dengan petugas selesai"),
    ],
)
async def test_a_button_tapped_twice_acts_once(
    sessions: Sessions, deed: str, fields: dict[str, str], said: str
) -> None:
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    async with process(sessions) as rina:
        await rina.signs_in("rina")
        if deed != "ambil":
            await rina.sends(f"{path}/ambil")
        taps = [rina.sends(f"{path}/{deed}", **fields) for _ in range(2)]
        answers = [*await asyncio.gather(*taps), await rina.sends(f"{path}/{deed}", **fields)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert len({answer.headers["location"] for answer in answers}) == 1
    async with sessions() as session:
        told = await session.scalars(select(OutboxRow.payload).where(OutboxRow.author == Author.SYSTEM))
        assert sum(said in payload for payload in told) == 1
        logged = await session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("desk.%")))
        assert len(logged.all()) == (2 if deed == "ambil" else 3)  # signed in, taken, and the deed

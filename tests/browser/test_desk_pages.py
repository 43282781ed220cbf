"""Every page of the desk, with people in it, before the checker of accessibility."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page
from starlette.applications import Starlette

from bot import clock
from bot.cases.stages import CaseKind
from bot.channels.uploads import StoredFiles
from bot.conversation.files import FilesByChannel
from bot.conversation.messages import Attachment, Kind
from bot.conversation.models import Conversation, Upload
from bot.conversation.pauses import start_pause
from bot.conversation.wakeups import Wakeups
from bot.database import create_engine, create_sessions
from bot.desk.canned import seed_canned_replies
from bot.desk.officers import find_officer, seed_demo_officers
from bot.desk.routes import RULES, desk_routes
from bot.desk.visit import PREFIX, DeskParts
from bot.handoff.models import EndReason, Handoff
from bot.handoff.service import Handoffs
from bot.identity.otp import DemoOtpGateway
from bot.operations import start_incident
from bot.register.demo_people import DEMO_PEOPLE
from bot.register.sql import SqlCoreSystem
from bot.services import Services
from bot.settings import Settings
from tests.browser.conftest import Served
from tests.browser.test_desk import no_serious_fault, sign_in
from tests.desk.waiting import said_by_participant, somebody_waits
from tests.desk.waiting_cases import Sessions, handed_off, waits

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = {
    "/masuk": "",
    "": "rina",
    "/percakapan/{handoff:int}": "rina",
    "/kasus": "rina",
    "/kasus/{number}": "rina",
    "/cari": "rina",
    "/sandi": "rina",
    "/balasan": "budi",
    "/papan": "budi",
    "/belajar": "budi",
    "/jadwal": "budi",
    "/gangguan": "budi",
    "/asisten": "budi",
    "/akun": "dewi",
    "/akun/{officer:int}": "dewi",
    "/jejak": "dewi",
}
"""Every page by its route, with the least of those who may see it."""
PARTS_OF_PAGES = {
    "/antrean",
    "/antrean/ringkas",
    "/percakapan/{handoff:int}/baru",
    "/percakapan/{handoff:int}/lama",
    "/percakapan/{handoff:int}/samping",
    "/percakapan/{handoff:int}/balasan",
    "/papan/kini",
}
"""Fetched by a page, and checked within it."""
NO_PAGES = {"/static/{name}", "/peristiwa", "/berkas/{message:int}", "/kasus/{number}/foto", "/papan/ekspor"}


@dataclass(frozen=True)
class Desk:
    """A desk with something on every page."""

    served: Served
    addresses: dict[str, list[str]]
    """Of the routes whose addresses have something filled in."""

    def addresses_of(self, route: str) -> list[str]:
        return [self.served.url + PREFIX + path for path in self.addresses.get(route, [route])]


@pytest_asyncio.fixture(loop_scope="session")
async def desk(seeded_url: str) -> AsyncIterator[Desk]:
    engine = create_engine(seeded_url)
    sessions = create_sessions(engine)
    addresses = await filled(sessions)
    files = FilesByChannel({"web": StoredFiles(sessions), "telegram": StoredFiles(sessions)})
    services = Services(Settings(_env_file=None), DemoOtpGateway(), SqlCoreSystem, files)
    served = Served(Starlette(routes=desk_routes(DeskParts(sessions, Wakeups(), services))))
    await served.start()
    yield Desk(served, addresses)
    await served.stop()
    await engine.dispose()


async def filled(sessions: Sessions) -> dict[str, list[str]]:
    """Cases of every kind, conversations in every state, and what supervisors do."""
    async with sessions.begin() as session:
        await seed_demo_officers(session, clock.now())
        await seed_canned_replies(session)
        await start_incident(session, clock.now(), "Aplikasi JMO sedang terganggu.", "app_error")
        await start_pause(session, "latihan", "Budi", clock.now())
    details: dict[str, Any] = {"phone": DEMO_PEOPLE[0].phone, "trouble": "face", "fields": ["name"], "failures": 3}
    waiting = [await waits(sessions, kind, 1, **details) for kind in CaseKind]
    talking = await handed_off(sessions, waiting[0].conversation_id)
    await talks(sessions, talking)
    over = await somebody_waits(sessions)
    async with sessions.begin() as session:
        service = Handoffs(session, clock.now())
        await service.end(await service.locked(over.id), EndReason.SOLVED, "Rina")
    handoffs = [talking, over.id, (await somebody_waits(sessions)).id]
    return {
        "/percakapan/{handoff:int}": [f"/percakapan/{handoff}" for handoff in handoffs],
        "/kasus/{number}": [f"/kasus/{one.number}" for one in waiting],
        "/akun/{officer:int}": ["/akun/1", "/akun/4"],
    }


async def talks(sessions: Sessions, handoff_id: int) -> None:
    """Rina has the conversation; both wrote, and the participant sent files and a place."""
    async with sessions.begin() as session:
        rina = await find_officer(session, "rina")
        assert rina
        service = Handoffs(session, clock.now())
        handoff = await service.locked(handoff_id)
        await service.take(handoff, rina.id, rina.name)
        conversation = await session.get_one(Conversation, (await session.get_one(Handoff, handoff_id)).conversation_id)
        for kind, mime, name in ((Kind.PHOTO, "image/png", ""), (Kind.DOCUMENT, "application/pdf", "surat.pdf")):
            sent = Upload(id=kind, channel=conversation.channel, chat_id=conversation.chat_id, mime=mime, data=b"%PDF-")
            session.add(sent)
            file = Attachment(kind, mime, name, 5)
            session.add(said_by_participant(conversation, "ini buktinya", clock.now(), kind, attachment=file))
        session.add(said_by_participant(conversation, "", clock.now(), Kind.LOCATION, location=(-6.2, 106.8)))
        await service.say(handoff, rina.id, "Terima kasih, kami periksa.")


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, desk: Desk) -> AsyncIterator[Page]:
    context = await browser.new_context(viewport={"width": 1280, "height": 720}, locale="id-ID")
    context.set_default_timeout(15_000)
    yield await context.new_page()
    await context.close()


async def test_every_route_that_shows_something_is_a_page_a_part_of_one_or_neither() -> None:
    shown = {rule.path for rule in RULES if rule.method == "GET"}
    assert shown == {*PAGES, *PARTS_OF_PAGES, *NO_PAGES}


async def test_no_page_has_a_serious_fault_of_accessibility(page: Page, desk: Desk, axe: str) -> None:
    for username in dict.fromkeys(PAGES.values()):
        await page.context.clear_cookies()
        if username:
            await sign_in(page, desk.served, username)
            await page.wait_for_url(desk.served.url + PREFIX)
        for address in [
            address for route, name in PAGES.items() if name == username for address in desk.addresses_of(route)
        ]:
            await page.goto(address)
            assert page.url == address and await page.locator("h1").count() == 1, address
            if await page.locator("[data-part]").count():
                await page.locator("[data-part] h2").first.wait_for()
            await no_serious_fault(page, axe)


async def test_parts_of_pages_are_no_pages(page: Page, desk: Desk) -> None:
    await sign_in(page, desk.served, "dewi")
    await page.wait_for_url(desk.served.url + PREFIX)
    (talk, *_) = desk.addresses_of("/percakapan/{handoff:int}")
    for part in PARTS_OF_PAGES:
        address = talk + part.partition("}")[2] if "{" in part else desk.served.url + PREFIX + part
        answer = await page.request.get(address, params={"sesudah": "0", "sebelum": "1"})
        assert answer.ok and "<html" not in await answer.text(), part

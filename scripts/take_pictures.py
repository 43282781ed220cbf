"""Take the pictures of the README anew: `make pictures`. Everybody on them is invented."""

import asyncio
import random
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from PIL import Image  # noqa: E402
from playwright.async_api import Browser, Page, async_playwright, expect  # noqa: E402
from sqlalchemy import delete  # noqa: E402
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker  # noqa: E402

from bot import clock  # noqa: E402
from bot.cases.stages import CaseKind  # noqa: E402
from bot.clock import WIB  # noqa: E402
from bot.conversation.agent import Agent  # noqa: E402
from bot.conversation.models import Conversation  # noqa: E402
from bot.database import create_engine, create_sessions  # noqa: E402
from bot.desk.canned import seed_canned_replies  # noqa: E402
from bot.desk.officers import find_officer, seed_demo_officers  # noqa: E402
from bot.handoff.models import Closure, EndReason, OpeningHours, Reason, Topic  # noqa: E402
from bot.handoff.service import Handoffs  # noqa: E402
from bot.migrate import migrate  # noqa: E402
from bot.privacy.keys import load_keyring, make_key_file, use_keyring  # noqa: E402
from bot.register.demo_people import DEMO_PEOPLE  # noqa: E402
from bot.register.seed import seed  # noqa: E402
from bot.training import train_if_needed  # noqa: E402
from tests.browser.chat_page import bubbles, write  # noqa: E402
from tests.browser.conftest import ARGUMENTS, PHONE, Served, chromium  # noqa: E402
from tests.browser.test_desk import sign_in  # noqa: E402
from tests.browser.test_whole_assistant import serving, verify  # noqa: E402
from tests.desk.waiting_cases import waits  # noqa: E402

PICTURES = ROOT / "docs" / "images"
LARGEST = 120_000
"""Bytes."""
DAYS = 14
Sessions = async_sessionmaker[AsyncSession]


async def fill(sessions: Sessions) -> None:
    """Officers, two weeks of talks that are over, and a few people who wait."""
    async with sessions.begin() as session:
        await seed(session, today=clock.today())
    async with sessions.begin() as session:
        await seed_demo_officers(session, clock.now())
        await seed_canned_replies(session)
        await session.execute(delete(OpeningHours))
        await session.execute(delete(Closure))
        session.add_all(OpeningHours(weekday=day, opens=time(0), closes=time(23, 59, 59)) for day in range(7))
    dice = random.Random(4)
    for days in range(DAYS, 0, -1):
        morning = (clock.now() - timedelta(days=days)).astimezone(WIB).replace(hour=8, minute=0, second=0)
        for number in range(dice.randint(4, 9)):
            await talked(sessions, morning + timedelta(minutes=dice.randint(0, 420)), f"{days} {number}", dice)
    for number, (kind, topic) in enumerate(
        [
            (CaseKind.BIOMETRIC_RESET, Topic.BIOMETRIC),
            (CaseKind.DATA_CORRECTION, Topic.DATA),
            (CaseKind.CARD_CHECK, Topic.CARD),
            (CaseKind.APP_PROBLEM, Topic.APP),
        ],
        start=2,
    ):
        details = {"phone": DEMO_PEOPLE[number].phone, "trouble": "face", "fields": ["name"], "failures": 3}
        case = await waits(sessions, kind, number, **details)
        async with sessions.begin() as session:
            chat = await session.get_one(Conversation, case.conversation_id)
            ago = clock.now() - timedelta(minutes=7 - number)
            await Handoffs(session, ago).ask(chat, topic, Reason.FLOW)


async def talked(sessions: Sessions, at: datetime, chat: str, dice: random.Random) -> None:
    """A talk that is over."""
    topic, reason = dice.choice(list(Topic)), dice.choice([Reason.ASKED, Reason.ASKED, Reason.FLOW, Reason.ANGER])
    first = at + timedelta(minutes=dice.choice([1, 1, 2, 3, 4, 8]))
    async with sessions.begin() as session:
        officer = await find_officer(session, dice.choice(["rina", "sari"]))
        assert officer
        conversation = Conversation(channel="web", chat_id=chat)
        session.add(conversation)
        await session.flush()
        handoff, _, _ = await Handoffs(session, at).ask(conversation, topic, reason)
        await Handoffs(session, first).take(handoff, officer.id, officer.name)
        await Handoffs(session, first).say(handoff, officer.id, "Selamat pagi.")
        await session.flush()
        over = first + timedelta(minutes=dice.randint(4, 25))
        await Handoffs(session, over).end(handoff, EndReason.SOLVED, officer.name)
        handoff.solved, handoff.rating = dice.choice([(True, 3), (True, 3), (True, 2), (False, 1)])


async def take_all(browser: Browser, served: Served) -> None:
    """From a question over the queue to the officer, seen from both sides; then the board."""
    phone = await (await browser.new_context(viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta")).new_page()
    await phone.goto(served.url)
    await write(phone, "saldo jht saya berapa ya")
    await verify(phone)
    await expect(bubbles(phone).last).to_contain_text("Saldo JHT Anda")
    await write(phone, "kok iuran bulan kemarin belum masuk, mau bicara dengan petugas")
    await write(phone, "/petugas")
    await expect(bubbles(phone).last).to_contain_text("JMO-")
    desk = await _signed_in(browser, served, "rina")
    await expect(desk.locator("#queue tbody tr").first).to_be_visible()
    await save(desk, "desk-queue")
    await desk.locator("#queue tbody tr").filter(has_text="✓").filter(has_text="Umum").get_by_role("button").click()
    await expect(desk.locator("#text")).to_be_editable()
    await desk.locator("#text").fill("Halo, saya Rina. Saya periksa iuran bulan kemarin, mohon tunggu sebentar.")
    await desk.keyboard.press("Enter")
    await expect(bubbles(phone, "officer").last).to_be_visible()
    await write(phone, "baik, terima kasih bu")
    await expect(desk.locator("#log .entry.participant .text").last).to_have_text("baik, terima kasih bu")
    await desk.locator("#text").press_sequentially("Iuran bulan kemarin ")
    await expect(phone.locator("#typing")).to_be_visible()
    await save(phone, "desk-participant")
    await save(desk, "desk-conversation")
    board = await _signed_in(browser, served, "budi")
    await board.set_viewport_size({"width": 1280, "height": 1400})
    await board.goto(f"{served.url}/petugas/papan?period=month")
    await save(board, "desk-board")


async def _signed_in(browser: Browser, served: Served, username: str) -> Page:
    context = await browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="id-ID", timezone_id="Asia/Jakarta"
    )
    page = await context.new_page()
    await sign_in(page, served, username)
    await page.wait_for_url(f"{served.url}/petugas")
    return page


async def save(page: Page, name: str) -> None:
    """The visible part of a page, in few colours and few bytes."""
    await page.evaluate("document.fonts.ready")
    file = PICTURES / f"{name}.png"
    await page.screenshot(path=file, animations="disabled")
    with Image.open(file) as image:
        image.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(file, optimize=True)
    assert file.stat().st_size < LARGEST, f"{name} has {file.stat().st_size} bytes"


async def main() -> None:
    train_if_needed(ROOT, ROOT / "models")
    with TemporaryDirectory() as folder:
        make_key_file(Path(folder) / "keys.json")
        use_keyring(load_keyring(Path(folder) / "keys.json", create=False))
        url = f"sqlite+aiosqlite:///{folder}/pictures.sqlite3"
        await migrate(url)
        engine = create_engine(url)
        await fill(create_sessions(engine))
        await engine.dispose()
        async with serving(Agent(ROOT / "models"), url) as served, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            await take_all(browser, served)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())

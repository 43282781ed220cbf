"""A participant in the web chat and an officer at the desk, in two browsers before the whole assistant."""

from collections.abc import AsyncIterator
from datetime import time

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, expect
from sqlalchemy import delete

from bot import clock
from bot.conversation.agent import Agent
from bot.database import create_engine, create_sessions
from bot.desk.canned import seed_canned_replies
from bot.desk.officers import DEMO_PASSWORD, seed_demo_officers
from bot.handoff.models import Closure, OpeningHours
from tests.browser.chat_page import bubbles, field, tap, write
from tests.browser.conftest import Served
from tests.browser.test_whole_assistant import opened, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")
PDF = {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a letter"}


@pytest_asyncio.fixture(loop_scope="session")
async def assistant(agent: Agent, seeded_url: str) -> AsyncIterator[Served]:
    """The assistant with its officers, open day and night."""
    engine = create_engine(seeded_url)
    async with create_sessions(engine).begin() as session:
        await seed_demo_officers(session, clock.now())
        await seed_canned_replies(session)
        await session.execute(delete(OpeningHours))
        await session.execute(delete(Closure))
        session.add_all(OpeningHours(weekday=day, opens=time(0), closes=time(23, 59, 59)) for day in range(7))
    await engine.dispose()
    async with serving(agent, seeded_url) as served:
        yield served


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Browser, assistant: Served) -> AsyncIterator[Page]:
    """Rina's browser, signed in; its pages may not complain about anything."""
    context = await browser.new_context(
        viewport={"width": 1280, "height": 720}, locale="id-ID", timezone_id="Asia/Jakarta"
    )
    context.set_default_timeout(15_000)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    await sign_in(page, assistant)
    yield page
    assert complaints == []
    await context.close()


async def sign_in(page: Page, assistant: Served, username: str = "rina") -> None:
    await page.goto(f"{assistant.url}/petugas/masuk")
    await page.get_by_label("Nama pengguna").fill(username)
    await page.get_by_label("Kata sandi").fill(DEMO_PASSWORD)
    await page.get_by_role("button", name="Masuk").click()


async def asks_for_a_person(page: Page) -> None:
    await write(page, "/petugas")
    await expect(bubbles(page).last).to_contain_text("JMO-")


async def no_serious_fault(page: Page, axe: str) -> None:
    await page.evaluate(axe)
    found = await page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations)")
    serious = [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]
    assert serious == []


async def test_from_asking_for_a_person_to_the_rating(context: BrowserContext, desk: Page, assistant: Served) -> None:
    chat = await opened(context, assistant)
    await asks_for_a_person(chat)
    await desk.get_by_role("button", name="Ambil").click()  # the row came by itself
    await expect(bubbles(chat, "system").last).to_contain_text("Rina (petugas) bergabung")

    await expect(desk.locator("#text")).to_be_focused()
    await desk.locator("#text").fill("Selamat pagi, saya *Rina*.")
    await desk.keyboard.press("Enter")
    await expect(bubbles(chat, "officer").last).to_have_text("Selamat pagi, saya Rina.")
    await expect(chat.locator(".officer .author")).to_have_text("Rina · Petugas")
    await chat.set_input_files("#file", PDF)  # type: ignore[arg-type]
    await chat.get_by_role("dialog").get_by_role("button", name="Kirim").click()
    await expect(desk.get_by_role("link", name="surat.pdf")).to_be_visible()
    await field(chat).press_sequentially("saldo saya")
    await expect(desk.get_by_text("Peserta sedang mengetik…")).to_be_visible()
    await write(chat, "saldo saya kok tetap, nik 1199011705940001")
    await expect(desk.locator("#log .entry.participant .text").last).to_have_text("saldo saya kok tetap, nik ••••")

    await desk.locator("#text").press_sequentially("sebentar")
    await expect(chat.locator("#typing")).to_be_visible()
    await desk.set_input_files("#file", PDF)  # type: ignore[arg-type]
    await desk.get_by_role("button", name="Kirim").click()
    letter = chat.get_by_role("link", name="surat.pdf")
    await expect(letter).to_be_visible()
    fetched = await chat.request.get(assistant.url + (await letter.get_attribute("href") or ""))
    assert await fetched.body() == PDF["buffer"]

    await desk.locator("#close summary").click()
    await desk.locator("#close select").select_option("Selesai dijawab")
    await desk.locator("#close").get_by_role("button", name="Tutup").click()
    await expect(desk.get_by_role("heading", name="Antrean")).to_be_visible()
    await tap(chat, "Ya, pelayanannya baik")
    await expect(bubbles(chat).last).to_contain_text("penilaian Anda kami catat")


async def test_a_canned_reply_is_taken_by_its_shortcut(context: BrowserContext, desk: Page, assistant: Served) -> None:
    chat = await opened(context, assistant)
    await asks_for_a_person(chat)
    await desk.keyboard.press("t")
    await expect(desk.locator("#text")).to_be_focused()
    await desk.locator("#text").press_sequentially("/tun")
    await expect(desk.locator("#canned [aria-selected=true]")).to_contain_text("Mohon tunggu sebentar, Bapak/Ibu.")
    await desk.keyboard.press("Enter")
    await desk.keyboard.press("Enter")
    await expect(bubbles(chat, "officer").last).to_contain_text("Mohon tunggu sebentar, Bapak/Ibu.")


async def test_a_draft_outlives_a_reload_and_the_end_of_the_session(
    context: BrowserContext, desk: Page, assistant: Served
) -> None:
    chat = await opened(context, assistant)
    await asks_for_a_person(chat)
    await desk.get_by_role("button", name="Ambil").click()
    await expect(desk.locator("#text")).to_be_focused()
    await desk.locator("#text").fill("jawaban yang panjang")
    await desk.reload()
    await expect(desk.locator("#text")).to_have_value("jawaban yang panjang")
    conversation = desk.url
    await desk.context.clear_cookies()
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_label("Nama pengguna")).to_be_visible()
    await sign_in(desk, assistant)
    await expect(desk).to_have_url(conversation)
    await expect(desk.locator("#text")).to_have_value("jawaban yang panjang")


TAPPED_TWICE = """(button) => {
  let sent = 0;
  window.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) sent += 1;
    event.preventDefault(); // as if the answer were long in coming
  });
  button.click();
  button.click();
  button.form.requestSubmit();
  return new Promise((tell) => setTimeout(() => tell([sent, button.disabled]), 50));
}"""


async def test_a_button_tapped_twice_sends_once(context: BrowserContext, desk: Page, assistant: Served) -> None:
    chat = await opened(context, assistant)
    await asks_for_a_person(chat)
    assert await desk.get_by_role("button", name="Ambil").evaluate(TAPPED_TWICE) == [1, True]


async def test_a_second_officer_reads_along_and_both_know(
    context: BrowserContext, desk: Page, assistant: Served, browser: Browser
) -> None:
    chat = await opened(context, assistant)
    await asks_for_a_person(chat)
    await desk.get_by_role("button", name="Ambil").click()
    await expect(desk.locator("#text")).to_be_editable()
    second = await browser.new_context()
    sari = await second.new_page()
    await sign_in(sari, assistant, "sari")
    await sari.goto(desk.url)
    await expect(desk.locator("#others")).to_have_text("Sari juga membuka percakapan ini.")
    await expect(sari.locator("#others")).to_have_text("Rina juga membuka percakapan ini.")
    await expect(sari.locator("#text")).not_to_be_editable()
    await sari.keyboard.press("n")
    await sari.keyboard.type("Peserta ini juga menelepon.")
    await sari.keyboard.press("Enter")
    await expect(desk.locator("#log .entry.note .text")).to_have_text("Peserta ini juga menelepon.")
    await second.close()
    await expect(desk.locator("#others")).to_be_empty()


async def test_after_a_restart_of_the_server_nothing_is_missing(
    context: BrowserContext, browser: Browser, agent: Agent, desk: Page, assistant: Served
) -> None:
    chat = await opened(context, assistant)
    await asks_for_a_person(chat)
    await desk.get_by_role("button", name="Ambil").click()
    await expect(desk.locator("#text")).to_be_editable()
    await assistant.stop()
    await expect(desk.locator("#cut")).to_have_text("Terputus, menyambung lagi…")
    await write(chat, "masih di sana?")
    await assistant.start()
    await expect(desk.locator("#log .entry.participant .text").last).to_have_text("masih di sana?")
    await expect(desk.locator("#cut")).to_be_empty()


async def test_no_page_has_a_serious_fault_of_accessibility(
    context: BrowserContext, desk: Page, assistant: Served, axe: str
) -> None:
    chat = await opened(context, assistant)
    await write(chat, "simulasi jht")
    await asks_for_a_person(chat)
    await expect(desk.get_by_role("button", name="Ambil")).to_be_visible()
    await no_serious_fault(desk, axe)
    await desk.keyboard.press("?")
    await no_serious_fault(desk, axe)
    await desk.keyboard.press("Escape")
    await desk.get_by_role("button", name="Ambil").click()
    await expect(desk.locator("#text")).to_be_editable()
    await no_serious_fault(desk, axe)
    await desk.locator("#text").press_sequentially("/")
    await expect(desk.locator("#canned li").first).to_be_visible()
    await no_serious_fault(desk, axe)
    await desk.goto(f"{assistant.url}/petugas/cari")
    await no_serious_fault(desk, axe)
    await desk.goto(f"{assistant.url}/petugas/percakapan/999999")  # what is refused is a page too
    await no_serious_fault(desk, axe)

"""The web chat before the whole assistant: the real model, a register, every turn committed."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from playwright.async_api import BrowserContext, Page, expect

from bot.app import Assistant
from bot.conversation.agent import Agent
from bot.settings import Settings
from tests.browser.chat_page import bubbles, tap, write
from tests.browser.conftest import Served

pytestmark = pytest.mark.asyncio(loop_scope="session")

NIK, BIRTH_DATE = "1199011705940001", "17 Mei 1994"


@asynccontextmanager
async def serving(agent: Agent, url: str, port: int = 0) -> AsyncIterator[Served]:
    """The assistant on a database; stopped at the end, and what it remembers is in the database."""
    assistant = Assistant(Settings(_env_file=None, database_url=url), agent)
    async with assistant.running():
        served = Served(assistant.web_app(), port)
        await served.start()
        yield served
        await served.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def assistant(agent: Agent, seeded_url: str) -> AsyncIterator[Served]:
    async with serving(agent, seeded_url) as served:
        yield served


async def opened(context: BrowserContext, served: Served) -> Page:
    page = await context.new_page()
    await page.goto(served.url)
    return page


async def says_last(page: Page, text: str) -> None:
    await expect(bubbles(page).last).to_contain_text(text)


async def verify(page: Page) -> None:
    await says_last(page, "NIK (16 angka)")
    await write(page, NIK)
    await says_last(page, "tanggal lahir")
    await write(page, BIRTH_DATE)
    await says_last(page, "Kode Anda")
    code = re.search(r"Kode Anda: (\d{6})", await bubbles(page).last.inner_text())
    assert code
    await write(page, code[1])


async def test_from_a_question_over_the_verification_to_the_balance(context: BrowserContext, assistant: Served) -> None:
    page = await opened(context, assistant)
    await write(page, "saldo jht sy brp ya")
    await verify(page)
    await says_last(page, "Saldo JHT Anda Rp9.850.000")
    picture = page.get_by_role("img", name=re.compile("Grafik saldo JHT"))
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.naturalWidth") > 300


async def test_after_a_reload_no_personal_number_is_shown_again(context: BrowserContext, assistant: Served) -> None:
    page = await opened(context, assistant)
    await write(page, "saldo jht sy brp ya")
    await verify(page)
    await says_last(page, "Rp9.850.000")
    await page.reload()
    await says_last(page, "Rp9.850.000")
    await expect(page.get_by_text("••••").first).to_be_visible()
    await expect(page.get_by_text(NIK)).to_have_count(0)


async def test_a_simulation_by_taps_and_typing(context: BrowserContext, assistant: Served) -> None:
    page = await opened(context, assistant)
    await write(page, "simulasi jht gaji 5jt selama 5 tahun")
    await tap(page, "Mulai dari 0")
    await says_last(page, "Rp19.409.470")
    await tap(page, "Ganti lama")
    await write(page, "10 tahun")
    await says_last(page, "Rp44.181.419")


async def test_a_restart_of_the_server_in_a_form_loses_nothing(
    context: BrowserContext, agent: Agent, seeded_url: str
) -> None:
    async with serving(agent, seeded_url) as before:
        page = await opened(context, before)
        await write(page, "simulasi jht")
        await says_last(page, "Berapa upah Anda")
        await write(page, "5jt")
        await says_last(page, "Berapa tahun")
    await write(page, "5 tahun")
    async with serving(agent, seeded_url, before.port):
        await says_last(page, "Berapa saldo JHT Anda sekarang")


async def test_the_language_changes_in_the_chat(context: BrowserContext, assistant: Served) -> None:
    page = await opened(context, assistant)
    await write(page, "/bahasa")
    await tap(page, "English")
    await says_last(page, "English")

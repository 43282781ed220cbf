"""The assistant's switch and known disturbances, as supervisors handle them."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.cases.incidents import Incidents
from bot.conversation.models import Conversation, OutboxRow, Pause
from bot.privacy.audit import AuditEntry
from tests.desk.conftest import Browser

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
STOPPED = "Asisten dihentikan."


async def trace(sessions: Sessions) -> list[tuple[str, str]]:
    async with sessions() as session:
        entries = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(entry.action, entry.reason) for entry in entries if entry.action != "desk.signed_in"]


async def test_the_assistant_is_stopped_for_a_reason_and_every_page_says_so(
    browser: Browser, sessions: Sessions
) -> None:
    await browser.signs_in("budi")
    without = await browser.sends("/petugas/asisten/hentikan", reason="  ")
    assert (without.status_code, "Isi alasannya" in without.text) == (409, True)
    await browser.sends("/petugas/asisten/hentikan", reason="Salah menyebut <tarif>")
    twice = await browser.sends("/petugas/asisten/hentikan", reason="lagi")
    assert (twice.status_code, "sudah dihentikan" in twice.text) == (409, True)
    await browser.signs_in("rina")
    for path in ("/petugas", "/petugas/sandi"):
        page = (await browser.get(path)).text
        assert STOPPED in page and "Oleh Budi" in page and "Salah menyebut &lt;tarif&gt;" in page
    assert await trace(sessions) == [("assistant.paused", "Salah menyebut <tarif>")]


async def test_the_assistant_goes_on_and_the_history_stays(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("budi")
    nothing = await browser.sends("/petugas/asisten/lanjutkan")
    assert (nothing.status_code, "tidak sedang dihentikan" in nothing.text) == (409, True)
    await browser.sends("/petugas/asisten/hentikan", reason="Uji coba")
    await browser.signs_in("dewi")
    await browser.sends("/petugas/asisten/lanjutkan")
    page = (await browser.get("/petugas/asisten")).text
    assert STOPPED not in (await browser.get("/petugas")).text
    assert all(part in page for part in ("Asisten sedang menjawab", "Uji coba", "Budi", "Dewi"))
    async with sessions() as session:
        pause = (await session.scalars(select(Pause))).one()
    assert (pause.started_by, pause.ended_by) == ("Budi", "Dewi")
    assert [action for action, _ in await trace(sessions)] == ["assistant.paused", "assistant.resumed"]


async def test_an_incident_is_announced_and_ended(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("budi")
    for fields, problem in (
        ({"topic": "app_error", "text": ""}, "Isi apa yang terganggu"),
        ({"topic": "weather", "text": "Hujan"}, "Pilih topiknya"),
    ):
        answer = await browser.sends("/petugas/gangguan", **fields)
        assert (answer.status_code, problem in answer.text) == (409, True), problem
    await browser.sends("/petugas/gangguan", topic="app_error", text="JMO tidak bisa dibuka; coba lagi pukul 15.00.")
    async with sessions.begin() as session:
        incident = (await Incidents(session, clock.now()).under_way("app_error"))[0]
        conversation = Conversation(channel="web", chat_id="watcher")
        session.add(conversation)
        await session.flush()
        await Incidents(session, clock.now()).watch(incident.id, conversation)
    page = (await browser.get("/petugas/gangguan")).text
    assert "JMO tidak bisa dibuka" in page and "1 peserta akan dikabari" in page
    await browser.sends(f"/petugas/gangguan/{incident.id}/selesai")
    async with sessions() as session:
        assert "JMO tidak bisa dibuka" in (await session.scalars(select(OutboxRow))).one().payload
        assert await Incidents(session, clock.now()).under_way() == []
    assert "Tidak ada gangguan." in (await browser.get("/petugas/gangguan")).text
    twice = await browser.sends(f"/petugas/gangguan/{incident.id}/selesai")
    assert (twice.status_code, "sudah selesai" in twice.text) == (409, True)
    assert [action for action, _ in await trace(sessions)] == ["incident.started", "incident.ended"]

"""Accounts and the audit log, as admins see them; everybody's own password."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.clock import WIB
from bot.conversation.models import Conversation
from bot.desk.audit_page import PER_PAGE
from bot.desk.officers import DEMO_PASSWORD
from bot.desk.sign_in_limits import BY_PLACE
from bot.handoff.models import HandoffState, Officer, Reason, Role, Topic
from bot.handoff.service import Handoffs
from bot.privacy.audit import AuditEntry, record
from tests.desk.conftest import Browser

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
NEW = "kata sandi baru"


async def account(sessions: Sessions, username: str) -> Officer:
    async with sessions() as session:
        return (await session.scalars(select(Officer).where(Officer.username == username))).one()


async def actions(sessions: Sessions) -> list[str]:
    async with sessions() as session:
        entries = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [entry.action for entry in entries if not entry.action.startswith("desk.")]


async def changes(browser: Browser, sessions: Sessions, username: str, what: str, **fields: str) -> str:
    answer = await browser.sends(f"/petugas/akun/{(await account(sessions, username)).id}/{what}", **fields)
    assert answer.status_code in (303, 409)
    return str(answer.headers.get("location", answer.text))


async def test_an_account_is_made_and_lets_in(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("dewi")
    given = {"username": "Tono", "name": "Tono", "role": "officer", "password": NEW}
    for wrong, problem in (
        ({"username": "t"}, "2 sampai 32"),
        ({"username": "rina"}, "sudah dipakai"),
        ({"name": " "}, "Isi nama"),
        ({"password": "pendek"}, "terlalu pendek"),
    ):
        answer = await browser.sends("/petugas/akun", **{**given, **wrong})
        assert (answer.status_code, problem in answer.text) == (409, True), problem
    assert (await browser.sends("/petugas/akun", **given)).status_code == 303
    assert await actions(sessions) == ["account.added"]
    assert (await browser.signs_in("tono", NEW)).status_code == 303
    assert NEW not in (await browser.get("/petugas")).text


async def test_a_new_password_ends_the_sessions(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    rinas = dict(browser.cookies)
    await browser.signs_in("dewi")
    await changes(browser, sessions, "rina", "sandi", password=NEW)
    assert (await browser.get("/petugas", headers={"cookie": f"jmo_desk={rinas['jmo_desk']}"})).status_code == 303
    assert (await browser.signs_in("rina")).status_code == 401
    assert (await browser.signs_in("rina", NEW)).status_code == 303


async def test_a_role_is_changed(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("dewi")
    await changes(browser, sessions, "rina", "peran", role="supervisor")
    await browser.signs_in("rina")
    assert (await browser.get("/petugas/papan")).status_code == 200
    assert (await browser.get("/petugas/akun")).status_code == 403
    assert await actions(sessions) == ["account.role_changed"]


async def test_the_last_admin_stays(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("dewi")
    for what, fields in (("tutup", {}), ("peran", {"role": "officer"})):
        assert "admin terakhir" in await changes(browser, sessions, "dewi", what, **fields)
    dewi = await account(sessions, "dewi")
    assert (dewi.active, dewi.role) == (True, Role.ADMIN)
    await changes(browser, sessions, "budi", "peran", role="admin")
    await changes(browser, sessions, "dewi", "tutup")
    assert not (await account(sessions, "dewi")).active


async def test_a_closed_account_leaves_nobody_alone(browser: Browser, sessions: Sessions) -> None:
    rina = await account(sessions, "rina")
    async with sessions.begin() as session:
        conversation = Conversation(channel="web", chat_id="one")
        session.add(conversation)
        await session.flush()
        handoffs = Handoffs(session, clock.now())
        handoff, _, _ = await handoffs.ask(conversation, Topic.CLAIM, Reason.ASKED)
        await handoffs.take(handoff, rina.id, rina.name)
    await browser.signs_in("dewi")
    await changes(browser, sessions, "rina", "tutup")
    async with sessions() as session:
        waiting = await Handoffs(session, clock.now()).locked(handoff.id)
        assert (waiting.state, waiting.officer_id) == (HandoffState.WAITING, None)
    assert (await browser.signs_in("rina")).status_code == 401
    await browser.signs_in("dewi")
    await changes(browser, sessions, "rina", "buka")
    assert (await browser.signs_in("rina")).status_code == 303
    assert await actions(sessions) == ["account.closed", "account.reopened"]


async def test_a_locked_account_is_unlocked(browser: Browser, sessions: Sessions) -> None:
    for _ in range(BY_PLACE.tries):
        await browser.signs_in("rina", "wrong password")
    await browser.signs_in("dewi")
    assert "terkunci sampai" in (await browser.get("/petugas/akun")).text
    await changes(browser, sessions, "rina", "lepas")
    assert (await browser.signs_in("rina")).status_code == 303


async def test_an_unknown_account_is_not_found(browser: Browser) -> None:
    await browser.signs_in("dewi")
    assert (await browser.get("/petugas/akun/999")).status_code == 404


async def test_officers_change_their_own_password(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    elsewhere = browser.cookies["jmo_desk"]
    await browser.signs_in("rina")
    given = {"present": DEMO_PASSWORD, "new": NEW, "again": NEW}
    for wrong, problem in (
        ({"present": "wrong password"}, "sekarang salah"),
        ({"again": "another one"}, "tidak sama"),
        ({"new": "pendek", "again": "pendek"}, "terlalu pendek"),
    ):
        answer = await browser.sends("/petugas/sandi", **{**given, **wrong})
        assert (answer.status_code, problem in answer.text) == (409, True), problem
    assert (await browser.sends("/petugas/sandi", **given)).status_code == 303
    assert (await browser.get("/petugas")).status_code == 200
    assert (await browser.get("/petugas", headers={"cookie": f"jmo_desk={elsewhere}"})).status_code == 303
    assert (await browser.signs_in("rina", NEW)).status_code == 303
    assert await actions(sessions) == ["account.own_password"]


async def test_who_guesses_the_present_password_is_signed_out(browser: Browser) -> None:
    await browser.signs_in("rina")
    answers = [
        await browser.sends("/petugas/sandi", present=f"guess {n}", new=NEW, again=NEW) for n in range(BY_PLACE.tries)
    ]
    assert [answer.status_code for answer in answers] == [409] * (BY_PLACE.tries - 1) + [303]
    assert (await browser.get("/petugas")).status_code == 303
    assert (await browser.signs_in("rina")).status_code == 401


async def test_the_audit_log_is_filtered_and_paged(browser: Browser, sessions: Sessions) -> None:
    monday = datetime(2026, 11, 23, 23, 30, tzinfo=WIB)
    rina = await account(sessions, "rina")
    async with sessions.begin() as session:
        for number in range(PER_PAGE + 1):
            at = monday + timedelta(seconds=number)
            record(
                session, actor=f"officer:{rina.id}", action="data.shown", subject="p1", reason=f"no {number};", at=at
            )
        reason = "NIK 3171 2345 6789 0123 diminta, kasus JMO-000123-0"
        record(session, actor="conversation:8", action="chat.deleted", subject=None, reason=reason, at=monday)
    with time_machine.travel(monday + timedelta(days=1), tick=False):
        await browser.signs_in("dewi")
        newest = (await browser.get("/petugas/jejak?action=data.shown")).text
        by_rina = (await browser.get(f"/petugas/jejak?actor=officer:{rina.id}&day=2026-11-23")).text
        by_participants = (await browser.get("/petugas/jejak?actor=conversation:")).text
        on_tuesday = (await browser.get("/petugas/jejak?day=2026-11-24")).text
        older_link = newest.split('href="?')[1].split('"')[0].replace("&amp;", "&")
        older = (await browser.get(f"/petugas/jejak?{older_link}")).text
    assert newest.count("<td>data.shown</td>") == PER_PAGE and f"no {PER_PAGE};" in newest and "no 0;" not in newest
    assert older.count("<td>data.shown</td>") == 1 and "no 0;" in older
    assert "<td>Rina</td>" in by_rina and "chat.deleted</td>" not in by_rina
    assert "peserta (percakapan 8)" in by_participants and "data.shown</td>" not in by_participants
    assert "desk.signed_in</td>" in on_tuesday and "data.shown</td>" not in on_tuesday
    assert "3171 2345" not in by_participants and "JMO-000123-0" in by_participants
    assert "participant-77" not in newest

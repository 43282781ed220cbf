"""Canned replies: filled in for a conversation, kept by supervisors."""

import pytest
from sqlalchemy import select

from bot import clock
from bot.desk.canned import EXAMPLES, seed_canned_replies
from bot.desk.models import CannedReply
from bot.handoff.models import Topic
from bot.register.models import ParticipantRow
from tests.desk.conftest import Browser
from tests.desk.waiting import Sessions, somebody_waits

pytestmark = pytest.mark.asyncio


async def test_the_places_are_filled_for_the_conversation(browser: Browser, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        participant = (await session.scalars(select(ParticipantRow).limit(1))).one()
        session.add(CannedReply(shortcut="uji", text="Halo {nama}, {petugas} di sini, {kasus}. Buka {jam_buka} {x}"))
    handoff = await somebody_waits(sessions, participant_id=participant.id, verified_at=clock.now())
    await browser.signs_in("rina")
    [reply] = (await browser.get(f"/petugas/percakapan/{handoff.id}/balasan")).json()
    name = participant.name.split()[0].title()
    assert reply["text"].startswith(f"Halo {name}, Rina di sini, JMO-")
    assert "{jam_buka}" not in reply["text"] and reply["text"].endswith("{x}")


async def test_who_is_not_verified_is_not_named(browser: Browser, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        session.add(CannedReply(shortcut="uji", text="Halo {nama}"))
    handoff = await somebody_waits(sessions)
    await browser.signs_in("rina")
    [reply] = (await browser.get(f"/petugas/percakapan/{handoff.id}/balasan")).json()
    assert reply["text"] == "Halo Bapak/Ibu"


async def test_those_of_the_topic_come_first(browser: Browser, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        session.add(CannedReply(shortcut="aa", text="a"))
        session.add(CannedReply(shortcut="zz", text="z", topic=Topic.CLAIM))
    handoff = await somebody_waits(sessions, Topic.CLAIM)
    await browser.signs_in("rina")
    replies = (await browser.get(f"/petugas/percakapan/{handoff.id}/balasan")).json()
    assert [reply["shortcut"] for reply in replies] == ["zz", "aa"]


async def test_a_supervisor_adds_changes_and_removes_one(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("budi")
    await browser.sends("/petugas/balasan", shortcut="/Uji", text="satu", topic="claim")
    await browser.sends("/petugas/balasan", shortcut="uji", text="dua", topic="")
    page = (await browser.get("/petugas/balasan")).text
    assert "/uji" in page and "dua" in page and "satu" not in page
    async with sessions() as session:
        [kept] = (await session.scalars(select(CannedReply))).all()
    await browser.sends(f"/petugas/balasan/{kept.id}/hapus")
    assert "Belum ada balasan" in (await browser.get("/petugas/balasan")).text


@pytest.mark.parametrize(("shortcut", "text"), [("dua kata", "isi"), ("", "isi"), ("uji", "")])
async def test_what_cannot_be_one_is_refused(shortcut: str, text: str, browser: Browser) -> None:
    await browser.signs_in("budi")
    answer = await browser.sends("/petugas/balasan", shortcut=shortcut, text=text)
    assert answer.status_code == 409
    assert "Singkatan: 1–20" in answer.text


async def test_the_examples_are_put_in_once_and_change_nothing(browser: Browser, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        session.add(CannedReply(shortcut="salam", text="milik kami"))
    await browser.signs_in("budi")
    for _ in range(2):
        await browser.sends("/petugas/balasan/contoh")
    async with sessions.begin() as session:
        await seed_canned_replies(session)
    async with sessions() as session:
        kept = {reply.shortcut: reply.text for reply in await session.scalars(select(CannedReply))}
    assert set(kept) == set(EXAMPLES) and len(EXAMPLES) == 12
    assert kept["salam"] == "milik kami" and "{kasus}" in kept["tutup"]

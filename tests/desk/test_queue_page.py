"""The queue: what is late comes first, and each filter leaves what it promises."""

from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import update

from bot import clock
from bot.clock import WIB
from bot.conversation.models import Conversation
from bot.desk import queue_page
from bot.handoff.models import Handoff, HandoffState, Topic
from bot.handoff.service import Handoffs
from tests.desk.conftest import Browser
from tests.desk.waiting import Sessions, somebody_waits, texts_in_order

pytestmark = pytest.mark.asyncio
TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)


def number_of(handoff: Handoff) -> str:
    return f"/petugas/percakapan/{handoff.id}"


async def test_what_is_late_is_on_top_and_says_so_in_words(browser: Browser, sessions: Sessions) -> None:
    with time_machine.travel(TUESDAY, tick=False) as time:
        waits = await somebody_waits(sessions)
        time.shift(timedelta(minutes=1))
        late = await somebody_waits(sessions)
        async with sessions.begin() as session:
            values = {"due_at": clock.now() - timedelta(minutes=7)}
            await session.execute(update(Handoff).where(Handoff.id == late.id).values(**values))
        await browser.signs_in("rina")
        page = (await browser.get("/petugas")).text
    assert texts_in_order(page, number_of(late), "▲ Terlambat 7 menit", number_of(waits), "Sisa 4 menit")


async def test_a_deadline_that_is_near_is_marked(browser: Browser, sessions: Sessions) -> None:
    with time_machine.travel(TUESDAY, tick=False) as time:
        await somebody_waits(sessions)
        time.shift(timedelta(minutes=4))
        await browser.signs_in("rina")
        assert "△ Sisa 1 menit" in (await browser.get("/petugas")).text


async def test_call_backs_and_messages_show_what_was_promised(browser: Browser, sessions: Sessions) -> None:
    with time_machine.travel(TUESDAY, tick=False):
        for promise in ("call_back", "leave_message"):
            handoff = await somebody_waits(sessions)
            async with sessions.begin() as session:
                service = Handoffs(session, clock.now())
                conversation = await session.get_one(Conversation, handoff.conversation_id)
                await getattr(service, promise)(await service.locked(handoff.id), conversation)
        await browser.signs_in("rina")
        page = (await browser.get("/petugas")).text
    assert texts_in_order(page, "Dihubungi kembali", "Janji: 24/11 11.00–13.00 WIB", "Dijawab sebelum 25/11")


@pytest.mark.parametrize(
    "asked", ["topic=card", "waited=10", "verified=yes", "colour=late", "mine=1"], ids=lambda asked: asked
)
async def test_a_filter_leaves_the_one_that_fits(asked: str, browser: Browser, sessions: Sessions) -> None:
    with time_machine.travel(TUESDAY, tick=False) as time:
        fits = await somebody_waits(sessions, Topic.CARD, participant_id="p1", verified_at=clock.now())
        time.shift(timedelta(minutes=11))
        other = await somebody_waits(sessions)
        await browser.signs_in("rina")
        await browser.sends(f"/petugas/percakapan/{fits.id}/ambil")
        async with sessions.begin() as session:
            late = {"due_at": clock.now() - timedelta(minutes=1), "participant_at": clock.now() - timedelta(minutes=11)}
            await session.execute(update(Handoff).where(Handoff.id == fits.id).values(**late))
        whole = (await browser.get("/petugas/antrean")).text
        left = (await browser.get(f"/petugas/antrean?{asked}")).text
    assert number_of(fits) in whole and number_of(other) in whole
    assert number_of(fits) in left and number_of(other) not in left
    assert "1 tersembunyi oleh saringan" in left


async def test_a_filter_without_sense_filters_nothing(browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions)
    await browser.signs_in("rina")
    odd = "/petugas/antrean?topic=x&waited=x&verified=x&colour=x&mine=x"
    assert number_of(handoff) in (await browser.get(odd)).text


async def test_a_case_is_taken_in_one_click_from_the_queue(browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions)
    await browser.signs_in("rina")
    page = (await browser.get("/petugas")).text
    take = f'action="/petugas/percakapan/{handoff.id}/ambil"'
    assert take in page
    await browser.sends(f"/petugas/percakapan/{handoff.id}/ambil")
    page = (await browser.get("/petugas")).text
    assert take not in page and "Buka" in page


async def test_what_waits_rings_and_what_another_officer_has_does_not(
    browser: Browser, another: Browser, sessions: Sessions
) -> None:
    handoff = await somebody_waits(sessions)
    await browser.signs_in("rina")
    await another.signs_in("sari")
    short = "/petugas/antrean/ringkas"
    assert 'data-rings="1"' in (await browser.get(short)).text
    await another.sends(f"/petugas/percakapan/{handoff.id}/ambil")
    assert 'data-rings="1"' not in (await browser.get(short)).text
    assert 'data-rings="1"' in (await another.get(short)).text  # it waits for Sari's first words


def test_every_state_has_a_place_in_the_queue() -> None:
    from bot.desk.queue_page import SOON

    assert set(SOON) == set(HandoffState) - {HandoffState.ENDED}


async def test_a_long_queue_is_shown_from_its_front(
    browser: Browser, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue_page, "SHOWN", 2)
    monkeypatch.setattr(queue_page, "SHOWN_BESIDE", 2)
    waiting = [await somebody_waits(sessions) for _ in range(3)]
    await browser.signs_in("rina")
    page = (await browser.get("/petugas")).text
    assert "3 percakapan" in page and "Masih ada 1 lagi di belakang" in page
    assert [number_of(one) + '"' in page for one in waiting] == [True, True, False]
    await browser.sends(f"{number_of(waiting[2])}/ambil")
    beside = (await browser.get("/petugas/antrean/ringkas")).text
    assert [number_of(one) + '"' in beside for one in waiting] == [True, False, True]

"""What time does: nobody who waits is forgotten, and nobody is kept waiting for who is gone."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.clock import WIB
from bot.conversation.models import Conversation, Floor
from bot.handoff.models import Closure, EndReason, HandoffState
from bot.handoff.service import Handoffs
from tests.handoff.conftest import BUDI, MINUTE, MORNING, asked, sweep, taken, told

pytestmark = pytest.mark.asyncio


async def test_nobody_came_an_apology_once_and_an_alert_each_time(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await asked(session, conversation)
    assert await sweep(session, MORNING + 4 * MINUTE) == []
    for minutes in (5, 15, 25):
        assert await sweep(session, MORNING + minutes * MINUTE) == [handoff]
    assert ["belum ada petugas" in said for said in await told(session, conversation)] == [True]
    assert (handoff.state, handoff.asked_at) == (HandoffState.WAITING, MORNING)


async def test_when_the_desk_closes_who_waits_is_promised_a_call_back(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await asked(session, conversation)
    await sweep(session, datetime(2026, 11, 24, 15, 31, tzinfo=WIB))
    assert (handoff.state, conversation.floor) == (HandoffState.CALL_BACK, Floor.BOT)
    assert "25 November 2026 pukul 08.00\\u201310.00 WIB" in (await told(session, conversation))[-1]


async def test_a_silent_officer_loses_the_chat_and_the_participant_keeps_the_place(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).heard(handoff)
    assert await sweep(session, MORNING + 6 * MINUTE) == []
    assert await sweep(session, MORNING + 7 * MINUTE) == [handoff]
    assert (handoff.state, handoff.officer_id, handoff.asked_at) == (HandoffState.WAITING, None, MORNING)
    assert conversation.floor == Floor.QUEUE and "carikan petugas lain" in (await told(session, conversation))[-1]


async def test_an_officer_who_got_it_from_another_one_and_says_nothing_is_the_silent_one(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).transfer(handoff, "Rina", BUDI)
    await Handoffs(session, MORNING + 3 * MINUTE).take(handoff, BUDI, "Budi")
    await sweep(session, MORNING + 8 * MINUTE)
    assert handoff.state == HandoffState.WAITING
    assert "masih di sana" not in (await told(session, conversation))[-1]


async def test_a_chat_that_waits_for_one_officer_is_soon_anybody_s(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).transfer(handoff, "Rina", BUDI)
    assert handoff.officer_id == BUDI
    await sweep(session, MORNING + 7 * MINUTE)
    assert handoff.officer_id is None


async def test_a_silent_participant_is_reminded_once_and_then_it_is_closed(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await taken(session, conversation)
    for minutes in (11, 12, 20):
        await sweep(session, MORNING + minutes * MINUTE)
    assert handoff.state == HandoffState.TALKING
    assert [("masih di sana" in said) for said in await told(session, conversation)] == [False, True]
    await sweep(session, MORNING + 21 * MINUTE)
    assert (handoff.end_reason, conversation.floor) == (EndReason.PARTICIPANT_SILENT, Floor.BOT)
    last = (await told(session, conversation))[-1]
    assert "tidak ada jawaban" in last and "teratasi" not in last


async def test_an_answer_after_the_reminder_goes_on(session: AsyncSession, conversation: Conversation) -> None:
    handoff = await taken(session, conversation)
    await sweep(session, MORNING + 11 * MINUTE)
    await Handoffs(session, MORNING + 12 * MINUTE).heard(handoff)
    await sweep(session, MORNING + 16 * MINUTE)
    assert handoff.state == HandoffState.TALKING


async def test_a_broken_promise_is_admitted_and_the_next_one_made(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await asked(session, conversation)
    window = await Handoffs(session, MORNING).call_back(handoff, conversation)
    assert window == (MORNING + 60 * MINUTE, MORNING + 180 * MINUTE)
    assert await sweep(session, window[1]) == [handoff]
    assert "terlewat" in (await told(session, conversation))[-1]
    assert handoff.promised_until == window[1] and handoff.due_at and handoff.due_at > window[1]


async def test_a_message_that_was_announced_and_not_written_holds_the_chat_up_no_longer(
    session: AsyncSession, conversation: Conversation
) -> None:
    handoff = await asked(session, conversation)
    await Handoffs(session, MORNING).begin_message(handoff, conversation)
    assert conversation.floor == Floor.QUEUE
    assert await sweep(session, MORNING + 15 * MINUTE) == []
    assert (handoff.state, conversation.floor) == (HandoffState.MESSAGE, Floor.BOT)
    assert "Belum ada pesan" in (await told(session, conversation))[-1]
    assert await sweep(session, handoff.due_at or MORNING) == [handoff]


async def test_while_the_desk_never_opens_it_is_looked_at_every_day(
    session: AsyncSession, conversation: Conversation
) -> None:
    for days in range(90):
        session.add(Closure(day=(MORNING + timedelta(days=days)).date(), reason="pindah kantor"))
    handoff = await asked(session, conversation)
    await sweep(session, MORNING + 5 * MINUTE)
    assert (handoff.state, conversation.floor) == (HandoffState.CALL_BACK, Floor.BOT)
    said = await told(session, conversation)
    assert "pindah kantor" in said[-1] and "begitu bertugas lagi" in said[-1]
    await sweep(session, MORNING + 2 * timedelta(days=1))
    assert handoff.due_at == MORNING + timedelta(days=3) and len(await told(session, conversation)) == len(said)


async def test_all_that_is_told_names_the_case(session: AsyncSession, conversation: Conversation) -> None:
    handoff = await taken(session, conversation)
    await Handoffs(session, MORNING + 2 * MINUTE).heard(handoff)
    for minutes in (7, 12, 22):
        await sweep(session, MORNING + minutes * MINUTE)
    number = (await session.get_one(Case, handoff.case_id)).number
    said = await told(session, conversation)
    assert len(said) == 3 and all(number in one for one in said)

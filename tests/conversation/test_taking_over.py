"""An officer takes over while the assistant is composing: nothing of it is said after that."""

import asyncio
import json

import pytest
import time_machine
from sqlalchemy import select

from bot import clock
from bot.conversation.models import Author, Conversation, Floor, InboxState, OutboxRow
from bot.handoff.models import Handoff, Officer, Reason, Topic
from bot.handoff.service import Handoffs
from tests.conversation.conftest import Held, Process
from tests.handoff.conftest import MORNING

pytestmark = pytest.mark.asyncio


async def a_call_back(process: Process) -> int:
    """The chat "7" waits for a call-back, so that the assistant answers meanwhile; gives the hand-off's id."""
    await process.hears("7", "halo")
    await process.works()
    async with process.sessions.begin() as session:
        session.add(Officer(username="rina", name="Rina", password_hash="unused"))
        chat = (await session.scalars(select(Conversation))).one()
        handoff, _, _ = await Handoffs(session, clock.now()).ask(chat, Topic.GENERAL, Reason.ASKED)
        await Handoffs(session, clock.now()).call_back(handoff, chat)
        return handoff.id


async def take(process: Process, handoff_id: int) -> None:
    async with process.sessions.begin() as session:
        handoffs = Handoffs(session, clock.now())
        await handoffs.take(await handoffs.locked(handoff_id), 1, "Rina")


async def after_joining(process: Process) -> list[OutboxRow]:
    rows = await process.outbox_rows()
    joined = [place for place, row in enumerate(rows) if "bergabung" in row.payload]
    assert len(joined) == 1
    return rows[joined[0] + 1 :]


async def test_the_reply_under_way_is_never_said_after_the_officer_joined(process: Process) -> None:
    with time_machine.travel(MORNING):
        handoff_id, held = await a_call_back(process), Held()
        process.agent.before_answering("saldo berapa", held)
        await process.hears("7", "saldo berapa")
        await held.begins()
        taking = asyncio.create_task(take(process, handoff_id))
        if "sqlite" in process.url:
            await taking  # on PostgreSQL the officer waits for the turn, so that its reply comes before they join
        held.goes_on()
        await asyncio.wait_for(taking, 10)
        await process.works()
        await process.hears("7", "sudah ada orang?")
        await process.works()
    assert await after_joining(process) == []
    assert all(row.state == InboxState.DONE for row in await process.inbox_rows())
    assert [chat.floor for chat in await process.conversations()] == [Floor.AGENT]
    if "sqlite" in process.url:
        assert "Anda menulis: saldo berapa" not in await process.said("7")
    async with process.sessions() as session:
        handoff = await session.get_one(Handoff, handoff_id)
    assert handoff.officer_owes


async def test_the_talk_goes_on_after_a_restart_of_the_server(process: Process, other_process: Process) -> None:
    with time_machine.travel(MORNING):
        handoff_id = await a_call_back(process)
        await take(process, handoff_id)
        await process.turns.settled()
        await other_process.hears("7", "halo bu")
        await other_process.works()
        async with other_process.sessions.begin() as session:
            handoffs = Handoffs(session, clock.now())
            await handoffs.say(await handoffs.locked(handoff_id), 1, "Halo Pak")
        [said] = await after_joining(other_process)
        assert (said.author, json.loads(said.payload)["text"]) == (Author.OFFICER, "Halo Pak")
        await other_process.hears("7", "selesai")
        await other_process.works()
    assert [chat.floor for chat in await other_process.conversations()] == [Floor.BOT]
    texts = await other_process.said("7")
    assert "teratasi" in texts[-2] and texts[-1] == "Anda menulis: /resume_interrupted"

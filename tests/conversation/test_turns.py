"""A turn: in order within a chat, committed whole or not at all, tried again, and given up in the end."""

import asyncio
import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.conversation.inbox import Inbox
from bot.conversation.messages import Contact, Kind
from bot.conversation.models import Conversation, InboxState, OutboxKind, OutboxState
from bot.conversation.turn_context import Turn
from bot.conversation.wakeups import Wakeups
from tests.conversation.conftest import PATIENCE_SECONDS, Held, Process, Time, a_message, fails

NIK, KPJ, PHONE = "1199011705940001", "70000000011", "+6281110000001"
APOLOGY = "Maaf, ada gangguan di sistem kami"


async def test_a_chat_is_answered_in_order(process: Process) -> None:
    for word in ("satu", "dua", "tiga", "empat"):
        await process.hears("7", word)
    await process.works()
    assert await process.said("7") == [f"Anda menulis: {word}" for word in ("satu", "dua", "tiga", "empat")]


async def test_a_chat_whose_turn_takes_long_holds_up_no_other(process: Process) -> None:
    held = Held()
    process.agent.before_answering("lambat", held)
    await process.hears("7", "lambat")
    await held.begins()
    quick = await process.hears("8", "cepat")
    [answer] = await process.gateway.answers(quick, PATIENCE_SECONDS)
    assert answer.reply.text == "Anda menulis: cepat"
    assert await process.said("7") == []
    held.goes_on()
    await process.works()
    assert await process.said("7") == ["Anda menulis: lambat"]


async def test_a_turn_commits_message_reply_and_memory_together(process: Process) -> None:
    message = a_message("7", "halo")
    before = Held()
    process.agent.before_answering("halo", before)
    await process.inbox.accept(message)
    await before.begins()
    assert await process.outbox_rows() == []
    before.goes_on()
    await process.works()
    [asked], [said], [conversation] = (
        await process.inbox_rows(),
        await process.outbox_rows(),
        await process.conversations(),
    )
    assert (asked.state, asked.done_at) == (InboxState.DONE, conversation.last_message_at)
    assert (said.state, said.inbox_id, said.conversation_id) == (OutboxState.READY, asked.id, conversation.id)
    assert conversation.tracker
    assert json.loads(conversation.tracker)["slots"] == {"turns": 1}


async def test_a_failing_turn_leaves_nothing_of_itself(process: Process) -> None:
    async def half_done(turn: Turn) -> None:
        turn.conversation.participant_id = "somebody"
        turn.session.add(Conversation(channel="web", chat_id="left over"))
        await turn.session.flush()
        raise ZeroDivisionError

    process.agent.before_answering("halo", half_done)
    await process.hears("7", "halo")
    await process.works()
    [conversation], [row] = await process.conversations(), await process.inbox_rows()
    assert (conversation.participant_id, conversation.tracker) == (None, None)
    assert (row.state, row.attempts) == (InboxState.OPEN, 1)
    assert await process.outbox_rows() == []


async def test_a_failed_turn_is_tried_again_later_and_counts_once(process: Process, time: Time) -> None:
    process.agent.before_answering("halo", fails(ZeroDivisionError()))
    await process.hears("7", "halo")
    await process.works()
    assert len(process.agent.heard) == 1
    time.passes(1)
    await process.works()
    assert await process.said("7") == ["Anda menulis: halo"]
    [conversation] = await process.conversations()
    assert conversation.tracker
    assert json.loads(conversation.tracker)["slots"] == {"turns": 1}


async def test_a_later_message_never_overtakes_one_that_waits(process: Process, time: Time) -> None:
    process.agent.before_answering("satu", fails(ZeroDivisionError()))
    await process.hears("7", "satu")
    await process.works()
    await process.hears("7", "dua")
    await process.works()
    assert process.agent.heard == [("7", "satu")]
    time.passes(1)
    await process.works()
    assert await process.said("7") == ["Anda menulis: satu", "Anda menulis: dua"]


async def test_after_three_attempts_the_participant_hears_an_apology_and_the_next_message_is_answered(
    process: Process, time: Time
) -> None:
    process.agent.before_answering("rusak <nik>", *(fails(ZeroDivisionError()) for _ in range(3)))
    await process.hears("7", f"rusak {NIK}")
    await process.hears("7", "baik")
    for _ in range(3):
        await process.works()
        time.passes(2)
    first, second = await process.said("7")
    assert first.startswith(APOLOGY)
    assert second == "Anda menulis: baik"
    failed, done = await process.inbox_rows()
    assert (failed.state, failed.attempts, done.state) == (InboxState.FAILED, 3, InboxState.DONE)
    assert NIK not in failed.payload
    assert len(process.agent.heard) == 4


async def test_a_failure_of_one_chat_does_not_touch_another(process: Process) -> None:
    process.agent.before_answering("rusak", fails(ZeroDivisionError()))
    await process.hears("7", "rusak")
    await process.hears("8", "halo")
    await process.works()
    assert await process.said("8") == ["Anda menulis: halo"]


async def test_a_conversation_that_changed_meanwhile_is_answered_anew_at_once(process: Process) -> None:
    async def somebody_else_changes_it(turn: Turn) -> None:
        await turn.session.execute(text("UPDATE conversations SET version = version + 1"))

    process.agent.before_answering("halo", somebody_else_changes_it)
    await process.hears("7", "halo")
    await process.works()
    assert await process.said("7") == ["Anda menulis: halo"]


async def test_a_message_that_finds_its_chat_changed_each_time_is_put_off_and_at_last_given_up(
    process: Process, time: Time
) -> None:
    async def somebody_else_changes_it(turn: Turn) -> None:
        await turn.session.execute(text("UPDATE conversations SET version = version + 1"))

    process.agent.before_answering("halo", *[somebody_else_changes_it] * 100)
    await process.hears("7", "halo")
    for _ in range(3):
        await process.works()
        time.passes(2)
    assert len(process.agent.heard) < 100
    [apology] = await process.said("7")
    assert apology.startswith(APOLOGY)


async def test_a_turn_that_meets_a_row_of_somebody_else_is_taken_up_anew(process: Process, time: Time) -> None:
    async def writes_what_is_there_already(turn: Turn) -> None:
        turn.session.add(Conversation(channel="web", chat_id="7"))

    process.agent.before_answering("halo", writes_what_is_there_already)
    await process.hears("7", "halo")
    await process.works()
    assert await process.outbox_rows() == []
    time.passes(1)
    await process.works()
    assert await process.said("7") == ["Anda menulis: halo"]


async def test_personal_values_never_reach_the_agent_nor_stay_in_the_inbox(process: Process) -> None:
    await process.hears("7", f"NIK saya {NIK} dan KPJ {KPJ}")
    await process.hears("7", "", kind=Kind.CONTACT, contact=Contact(PHONE, belongs_to_sender=True))
    await process.works()
    assert [heard for _, heard in process.agent.heard] == ["NIK saya <nik> dan KPJ <kpj>", "/share_contact"]
    numbers, contact = process.agent.turns
    assert [number.value for number in numbers.personal.numbers] == [NIK, KPJ]
    assert contact.message.contact == Contact(PHONE, belongs_to_sender=True)
    kept = " ".join(row.payload for row in await process.inbox_rows())
    assert not any(value in kept for value in (NIK, KPJ, PHONE))


async def test_the_deletion_of_a_message_goes_out_before_the_reply(process: Process) -> None:
    async def delete(turn: Turn) -> None:
        turn.delete_message = True

    process.agent.before_answering("halo", delete)
    message = await process.hears("7", "halo")
    await process.works()
    first, second = await process.outbox_rows()
    assert (first.kind, first.target_message_id) == (OutboxKind.DELETE, message.message_id)
    assert second.kind == OutboxKind.REPLY
    assert first.created_at < second.created_at


async def test_what_no_hint_announced_is_found_by_the_sweep(process: Process) -> None:
    message = a_message("7", "halo")
    await Inbox(process.sessions, Wakeups()).accept(message)
    running = asyncio.create_task(process.turns.run())
    [answer] = await process.gateway.answers(message, PATIENCE_SECONDS)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert answer.reply.text == "Anda menulis: halo"


async def test_stopping_brings_the_turn_under_way_to_its_end(process: Process) -> None:
    held = Held()
    process.agent.before_answering("halo", held)
    running = asyncio.create_task(process.turns.run())
    await process.hears("7", "halo")
    await held.begins()
    running.cancel()
    await asyncio.sleep(0)
    held.goes_on()
    await asyncio.gather(running, return_exceptions=True)
    assert await process.said("7") == ["Anda menulis: halo"]


async def test_a_database_that_fails_for_a_while_does_not_end_the_worker(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(process.turns, "_sessions", gone)
        await process.works()
    await process.hears("7", "halo")
    await process.works()
    assert await process.said("7") == ["Anda menulis: halo"]

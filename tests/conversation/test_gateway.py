"""What pull channels see: the answers to a message, the history of a chat, and when there is something new."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot import clock
from bot.conversation.gateway import StoredMessage
from bot.conversation.inbox import put_system_message
from bot.conversation.messages import Attachment, Button, Kind, Picture, Reply
from bot.conversation.models import Author, Conversation, OutboxState
from bot.conversation.outbox import write
from bot.conversation.turn_context import Turn
from bot.conversation.wakeups import Hint
from bot.handoff.models import Officer
from tests.conversation.conftest import PATIENCE_SECONDS, Held, Process, ScriptedAgent, Time, a_message, fails


async def test_a_message_gets_its_own_answer_and_no_other(process: Process) -> None:
    first, second = await process.hears("7", "satu"), await process.hears("7", "dua")
    for message in (second, first):
        [answer] = await process.gateway.answers(message, PATIENCE_SECONDS)
        assert answer.reply.text == f"Anda menulis: {message.text}"


async def test_an_answer_is_there_for_its_channel_and_can_be_taken_again(process: Process) -> None:
    message = await process.hears("7", "halo")
    [answer] = await process.gateway.answers(message, PATIENCE_SECONDS)
    [row] = await process.outbox_rows()
    assert (row.id, row.state) == (answer.id, OutboxState.READY)
    assert await process.gateway.answers(message, PATIENCE_SECONDS) == [answer]
    assert await process.gateway.reply(answer.id) == answer.reply


async def test_who_waits_for_an_answer_that_does_not_come_is_told(process: Process) -> None:
    with pytest.raises(TimeoutError):
        await process.gateway.answers(a_message("7", "nothing of this kind"), timeout=0.01)
    held = Held()
    process.agent.before_answering("lambat", held)
    message = await process.hears("7", "lambat")
    await held.begins()
    with pytest.raises(TimeoutError):
        await process.gateway.answers(message, timeout=0.01)
    held.goes_on()
    await process.works()


async def test_who_waits_hears_of_it_without_looking_again(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.conversation.gateway.LOOK_AGAIN_SECONDS", PATIENCE_SECONDS * 2)
    held = Held()
    process.agent.before_answering("halo", held)
    message = await process.hears("7", "halo")
    await held.begins()
    waiting = asyncio.create_task(process.gateway.answers(message, PATIENCE_SECONDS))
    await _listens(process)
    held.goes_on()
    assert len(await waiting) == 1


async def test_the_answer_to_a_message_that_failed_is_an_apology(process: Process, time: Time) -> None:
    process.agent.before_answering("rusak", *(fails(ZeroDivisionError()) for _ in range(3)))
    message = await process.hears("7", "rusak")
    for _ in range(3):
        await process.works()
        time.passes(2)
    [answer] = await process.gateway.answers(message, PATIENCE_SECONDS)
    assert answer.reply.text.startswith("Maaf")


async def test_the_history_tells_what_both_said_in_order(process: Process) -> None:
    await _talk(process, "7", "satu", "dua")
    await _talk(process, "8", "rahasia")
    history = await process.gateway.history("web", "7", after=0)
    assert _said(history) == [
        ("participant", "satu"),
        ("bot", "Anda menulis: satu"),
        ("participant", "dua"),
        ("bot", "Anda menulis: dua"),
    ]
    assert [message.cursor for message in history] == sorted({message.cursor for message in history})


async def test_the_history_goes_on_after_a_cursor(process: Process) -> None:
    await _talk(process, "7", "satu", "dua")
    seen, *rest = await process.gateway.history("web", "7", after=0)
    assert await process.gateway.history("web", "7", after=seen.cursor) == rest
    assert await process.gateway.history("web", "7", after=rest[-1].cursor) == []


async def test_a_long_history_begins_with_its_last_messages(process: Process) -> None:
    await _talk(process, "7", *(str(number) for number in range(5)))
    assert _said(await process.gateway.history("web", "7", after=0, limit=3)) == [
        ("bot", "Anda menulis: 3"),
        ("participant", "4"),
        ("bot", "Anda menulis: 4"),
    ]


async def test_a_chat_that_never_said_anything_has_no_history(process: Process) -> None:
    await _talk(process, "7", "halo")
    assert await process.gateway.history("web", "8", after=0) == []
    assert await process.gateway.history("rest", "7", after=0) == []
    assert not await process.gateway.typing("web", "8")


async def test_the_history_shows_a_tapped_button_by_its_title_and_a_personal_number_by_dots(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def offer(_: ScriptedAgent, turn: Turn, text: str) -> list[Reply]:
        return [Reply("Pilih:", (Button("Saldo JHT", "/check_balance"),), Picture("chart", {}, alt="Grafik"))]

    monkeypatch.setattr(ScriptedAgent, "answer", offer)
    await _talk(process, "7", "NIK saya 1199011705940001")
    await process.hears("7", "/check_balance", kind=Kind.BUTTON)
    await process.works()
    history = await process.gateway.history("web", "7", after=0)
    assert [message.text for message in history] == ["NIK saya ••••", "Pilih:", "Saldo JHT", "Pilih:"]
    assert (history[1].buttons, history[1].alt) == ((Button("Saldo JHT", "/check_balance"),), "Grafik")
    [first, second] = await process.outbox_rows()
    assert [message.picture_id for message in history] == [None, first.id, None, second.id]


async def test_a_change_is_told_at_once_and_only_to_its_own_chat(process: Process) -> None:
    await _talk(process, "7", "halo")
    await _talk(process, "8", "halo")
    here = asyncio.create_task(process.gateway.changed("web", "7", PATIENCE_SECONDS * 2))
    there = asyncio.create_task(process.gateway.changed("web", "8", PATIENCE_SECONDS * 2))
    await _listens(process, chats=2)
    await process.hears("7", "lagi")
    await asyncio.wait_for(here, PATIENCE_SECONDS)
    assert not there.done()
    there.cancel()


async def test_who_waits_for_a_change_in_vain_comes_back_in_time(process: Process) -> None:
    await _talk(process, "7", "halo")
    async with asyncio.timeout(PATIENCE_SECONDS):
        await process.gateway.changed("web", "7", timeout=0.01)
        await process.gateway.changed("web", "somebody new", timeout=0.01)


async def test_a_chat_shows_that_an_answer_is_being_worked_on(process: Process) -> None:
    held = Held()
    process.agent.before_answering("lambat", held)
    await process.hears("7", "lambat")
    await held.begins()
    assert await process.gateway.typing("web", "7")
    held.goes_on()
    await process.works()
    assert not await process.gateway.typing("web", "7")


async def test_nothing_is_shown_under_a_number_that_is_no_reply(process: Process) -> None:
    async def delete(turn: Turn) -> None:
        turn.delete_message = True

    process.agent.before_answering("halo", delete)
    await _talk(process, "7", "halo")
    deletion, _ = await process.outbox_rows()
    assert await process.gateway.reply(deletion.id) is None
    assert await process.gateway.reply(999) is None


async def _talk(process: Process, chat_id: str, *texts: str) -> None:
    for text in texts:
        await process.hears(chat_id, text)
        await process.works()


async def _listens(process: Process, chats: int = 1) -> None:
    """Wait until so many chats are listened to."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(process.gateway._news) < chats:
            await asyncio.sleep(0)


def _said(history: Sequence[StoredMessage]) -> list[tuple[str, str]]:
    return [(message.author, message.text) for message in history]


async def test_the_history_tells_who_said_it_and_what_was_attached(process: Process) -> None:
    await process.hears("7", "halo")
    await process.works()
    async with process.sessions.begin() as session:
        conversation = (await session.scalars(select(Conversation))).one()
        letter = Attachment("ref", "application/pdf", "surat.pdf")
        await write(session, conversation, Reply("Ini.", attachment=letter), clock.now(), Author.OFFICER)
    said = (await process.gateway.history("web", "7", 0))[-1]
    assert (said.author, said.attachment_mime, said.document_name) == ("officer", "application/pdf", "surat.pdf")


async def test_an_officer_who_types_is_shown_until_the_words_come(process: Process) -> None:
    await process.hears("7", "halo")
    await process.works()
    async with process.sessions() as session:
        conversation = (await session.scalars(select(Conversation))).one()
    assert not await process.gateway.typing("web", "7")
    process.wakeups.give(Hint.OFFICER_TYPES, conversation.id)
    assert await process.gateway.typing("web", "7")
    process.wakeups.give(Hint.OUTBOX, conversation.id)
    assert not await process.gateway.typing("web", "7")


async def test_an_officer_who_stops_typing_is_shown_no_more(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.conversation.gateway.TYPING_SECONDS", 0.0)
    await process.hears("7", "halo")
    await process.works()
    async with process.sessions() as session:
        conversation = (await session.scalars(select(Conversation))).one()
    process.wakeups.give(Hint.OFFICER_TYPES, conversation.id)
    assert not await process.gateway.typing("web", "7")


async def test_a_participant_who_types_is_told_of(process: Process) -> None:
    given: list[Hint] = []
    process.wakeups.listen(lambda hint, _: given.append(hint))
    await process.gateway.participant_types("web", "nobody")
    await process.hears("7", "halo")
    await process.works()
    assert Hint.PARTICIPANT_TYPES not in given
    await process.gateway.participant_types("web", "7")
    assert Hint.PARTICIPANT_TYPES in given


async def test_what_no_message_asked_for_is_told_by_its_last_id(process: Process) -> None:
    await process.hears("7", "halo")
    await process.works()
    async with process.sessions.begin() as session:
        session.add(Officer(id=1, username="rina", name="Rina", password_hash="unused"))
        chat = (await session.scalars(select(Conversation))).one()
        await write(session, chat, Reply("Rina bergabung."), clock.now(), Author.SYSTEM)
        await session.flush()
        await write(session, chat, Reply("Selamat pagi"), clock.now(), Author.OFFICER, 1)
        await put_system_message(session, chat, "resume:1", "/resume_interrupted", clock.now())
    await process.works()
    await process.hears("8", "orang lain")
    await process.works()
    said = await process.gateway.unasked("web", "7", 0, 10)
    assert [(one.stored.reply.text, one.author, one.officer) for one in said] == [
        ("Rina bergabung.", "system", ""),
        ("Selamat pagi", "officer", "Rina"),
        ("Anda menulis: /resume_interrupted", "bot", ""),
    ]
    first, second, third = (one.stored.id for one in said)
    assert [one.stored.id for one in await process.gateway.unasked("web", "7", 0, 1)] == [first]
    assert [one.stored.id for one in await process.gateway.unasked("web", "7", first, 10)] == [second, third]
    assert await process.gateway.unasked("web", "8", 0, 10) == await process.gateway.unasked("rest", "7", 0, 10) == []


async def test_who_comes_after_somebody_left_is_told_nothing_of_them(process: Process) -> None:
    await process.hears("7", "halo")
    await process.works()
    async with process.sessions.begin() as session:
        chat = (await session.scalars(select(Conversation))).one()
        await write(session, chat, Reply("klaim Anda"), clock.now())
        chat.left_at = clock.now()
    assert await process.gateway.unasked("web", "7", 0, 10) == []

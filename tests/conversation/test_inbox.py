"""What comes in is stored exactly once, in the conversation of its chat."""

import asyncio

from sqlalchemy import text

from bot.conversation.messages import Kind
from tests.conversation.conftest import PATIENCE_SECONDS, Held, Process, a_message


async def test_a_message_that_comes_again_is_not_stored_again(process: Process) -> None:
    message = await process.hears("7", "halo")
    assert not await process.inbox.accept(message)
    assert len(await process.inbox_rows()) == 1


async def test_a_message_that_comes_several_times_at_once_is_stored_once(
    process: Process, other_process: Process
) -> None:
    message = a_message("7", "halo")
    doors = [process.inbox, other_process.inbox] * 4
    accepted = await asyncio.gather(*(door.accept(message) for door in doors))
    assert sorted(accepted) == [False] * 7 + [True]
    assert len(await process.inbox_rows()) == 1


async def test_the_same_key_in_another_channel_is_another_message(process: Process) -> None:
    message = await process.hears("7", "halo", key="1")
    await process.hears("7", "halo", key="1", channel="rest")
    assert not await process.inbox.accept(message)
    assert len(await process.conversations()) == 2


async def test_first_messages_of_one_chat_that_come_at_once_make_one_conversation(
    process: Process, other_process: Process
) -> None:
    messages = [a_message("7", str(number)) for number in range(8)]
    doors = [process.inbox, other_process.inbox] * 4
    accepted = await asyncio.gather(*(door.accept(message) for door, message in zip(doors, messages, strict=True)))
    assert all(accepted)
    assert len(await process.conversations()) == 1
    assert len(await process.inbox_rows()) == 8


async def test_a_group_stays_a_group(process: Process) -> None:
    await process.hears("-7", "halo", private=False)
    [conversation] = await process.conversations()
    assert not conversation.private


async def test_a_message_is_accepted_while_the_chats_last_one_is_being_answered(
    process: Process, other_process: Process
) -> None:
    held = Held()
    process.agent.before_answering("lambat", held)
    await process.hears("7", "lambat")
    await held.begins()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await process.hears("7", "kemudian")
        await other_process.hears("7", "berikutnya")
    held.goes_on()
    await process.works()
    await other_process.works()
    assert await process.said("7") == [f"Anda menulis: {word}" for word in ("lambat", "kemudian", "berikutnya")]


async def test_a_message_whose_sender_awaits_the_answer_is_stored_once_and_answered(process: Process) -> None:
    await process.hears("7", "halo")
    await process.works()
    message = a_message("7", "saldo")
    assert await process.inbox.accept(message, awaits_answer=True)
    assert not await process.inbox.accept(message, awaits_answer=True)
    [answer] = await process.gateway.answers(message, PATIENCE_SECONDS)
    assert answer.reply.text == "Anda menulis: saldo"
    assert len(await process.inbox_rows()) == 2


async def test_the_first_message_of_a_chat_may_await_its_answer(process: Process) -> None:
    message = a_message("7", "halo")
    assert await process.inbox.accept(message, awaits_answer=True)
    assert len(await process.gateway.answers(message, PATIENCE_SECONDS)) == 1


async def test_a_forgotten_chat_whose_sender_awaits_the_answer_begins_anew(process: Process) -> None:
    await process.hears("7", "halo")
    await process.works()
    async with process.sessions.begin() as session:
        await session.execute(text("DELETE FROM conversations"))
    assert await process.inbox.accept(a_message("7", "halo lagi"), awaits_answer=True)
    await process.works()
    assert await process.said("7") == ["Anda menulis: halo lagi"]


async def test_after_a_chat_was_forgotten_it_begins_anew(process: Process) -> None:
    await process.hears("7", "halo")
    await process.works()
    async with process.sessions.begin() as session:
        await session.execute(text("DELETE FROM conversations"))
    await process.hears("7", "halo lagi", kind=Kind.TEXT)
    await process.works()
    assert await process.said("7") == ["Anda menulis: halo lagi"]


async def test_what_waits_is_not_readable_in_the_database(process: Process) -> None:
    await process.hears("7", "NIK saya 1199011705940001")
    async with process.sessions() as session:
        [stored] = await session.scalars(text("SELECT payload FROM inbox"))
    assert "1199011705940001" not in stored
    await process.works()

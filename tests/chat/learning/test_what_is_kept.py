"""Which messages of a chat are kept to learn from, and what of them."""

import json

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.models import Conversation
from bot.learning.models import Misunderstood, State, Why
from tests.chat.conftest import Chat

Sessions = async_sessionmaker[AsyncSession]


async def kept(sessions: Sessions) -> list[Misunderstood]:
    async with sessions() as session:
        return list(await session.scalars(select(Misunderstood).order_by(Misunderstood.id)))


async def test_what_is_understood_is_not_kept(chat: Chat, sessions: Sessions) -> None:
    for said in ("halo min", "apa itu jht", "menu"):
        await chat.says(said)
    assert await kept(sessions) == []


async def test_a_message_without_any_guess_is_kept(chat: Chat, sessions: Sessions) -> None:
    await chat.says("xkcdq")
    [row] = await kept(sessions)
    assert (row.text, row.why, row.language) == ("xkcdq", Why.NOT_UNDERSTOOD, "id")
    assert (row.form, row.meant, row.state) == (None, None, State.OPEN)


async def test_the_third_in_a_row_is_kept_as_handed_off(chat: Chat, sessions: Sessions) -> None:
    for _ in range(3):
        await chat.says("xkcdq")
    assert [row.why for row in await kept(sessions)] == [Why.NOT_UNDERSTOOD] * 2 + [Why.HANDED_OFF]


async def test_guesses_are_kept_with_their_confidences(chat: Chat, sessions: Sessions) -> None:
    await chat.says("saldo kartu asdkjh zxcv klaim")
    [row] = await kept(sessions)
    guesses = json.loads(row.guesses_json)
    assert 1 <= len(guesses) <= 3 and all(0 <= confidence <= 1 for _, confidence in guesses)
    assert "nlu_fallback" not in dict(guesses)


async def test_what_is_tapped_next_tells_what_was_meant(chat: Chat, sessions: Sessions) -> None:
    await chat.says("asdkjh qwe zxcv")
    await chat.presses("/claim_how")
    [row] = await kept(sessions)
    assert row.meant == "claim_how"


async def test_what_is_typed_next_tells_what_was_meant(chat: Chat, sessions: Sessions) -> None:
    await chat.says("asdkjh qwe zxcv")
    await chat.says("apa itu jht")
    await chat.says("apa itu jkk")
    [row] = await kept(sessions)
    assert row.meant == "ask_jht"


@pytest.mark.parametrize("complaint", ["bukan itu", "jawabannya ga nyambung"])
async def test_an_answer_that_is_said_to_be_wrong_is_kept_with_its_question(
    chat: Chat, sessions: Sessions, complaint: str
) -> None:
    await chat.says("apa itu jht")
    await chat.says(complaint)
    await chat.says("apa itu jkk")
    [row] = await kept(sessions)
    assert (row.text, row.why, row.meant) == ("apa itu jht", Why.SAID_WRONG, "ask_jkk")
    assert json.loads(row.guesses_json)[0][0] == "ask_jht"


async def test_who_asks_the_same_again_word_for_word_was_understood(chat: Chat, sessions: Sessions) -> None:
    await chat.says("apa saja syarat klaim jht")
    await chat.says("apa saja syarat klaim jht")
    assert await kept(sessions) == []


async def test_the_same_question_in_other_words_is_kept(chat: Chat, sessions: Sessions) -> None:
    await chat.says("apa saja syarat klaim jht")
    await chat.says("syarat klaim jht apa ya min")
    [row] = await kept(sessions)
    assert (row.text, row.why) == ("apa saja syarat klaim jht", Why.REPHRASED)


async def test_asking_again_for_what_needs_a_verification_is_no_misunderstanding(
    chat: Chat, sessions: Sessions
) -> None:
    await chat.says("cek saldo jht saya")
    await chat.says("saldo jht saya mau cek")
    assert await kept(sessions) == []


async def test_another_question_is_not_the_same_in_other_words(chat: Chat, sessions: Sessions) -> None:
    await chat.says("apa itu jht")
    await chat.says("apa itu jkk")
    await chat.says("kantor cabang bandung")
    assert await kept(sessions) == []


async def test_the_form_is_kept_that_was_under_way(chat: Chat, sessions: Sessions) -> None:
    await chat.says("simulasi jht")
    await chat.says("asdkjh qwe zxcv")
    [row] = await kept(sessions)
    assert row.form == "simulate_jht_form"


async def test_nothing_that_is_typed_into_a_verification_is_kept(chat: Chat, sessions: Sessions) -> None:
    await chat.says("cek saldo saya")
    await chat.says("budi zxcvb")
    assert await kept(sessions) == []


async def test_what_is_personal_is_not_kept(chat: Chat, sessions: Sessions) -> None:
    await chat.says("qwzx nama saya Budi Santoso vbnm 3171010101900001 zxqw 08123456789 budi@mail.com 654321")
    [row] = await kept(sessions)
    assert row.text.startswith("qwzx nama saya <name>")
    assert not any(part in row.text.lower() for part in ("budi", "santoso", "3171", "0812", "6543"))


async def test_the_text_rests_encrypted_and_the_chat_keeps_no_word(chat: Chat, sessions: Sessions) -> None:
    await chat.says("asdkjh qwe zxcv")
    async with sessions() as session:
        stored = await session.scalar(text("SELECT text FROM misunderstood"))
        heard = await session.scalar(select(Conversation.last_heard))
    assert stored and "zxcv" not in stored and "zxcv" not in str(heard)


async def test_deleting_the_chats_data_deletes_it(chat: Chat, sessions: Sessions) -> None:
    await chat.says("asdkjh qwe zxcv")
    await chat.presses('/delete_my_data{"sure":"yes"}')
    assert await kept(sessions) == []


async def test_a_turn_that_is_understood_asks_the_database_nothing_for_it(chat: Chat, sessions: Sessions) -> None:
    asked: list[str] = []
    await chat.says("apa itu jht")
    engine = sessions.kw["bind"].sync_engine
    event.listen(engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    await chat.says("kantor cabang bandung")
    assert asked and not any("misunderstood" in statement for statement in asked)

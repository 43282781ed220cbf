"""An answer that may not be what was meant: other needs are offered beside it, and nothing is done on a doubt."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.learning.models import Misunderstood, Why
from nlu.components.decision import Decision
from tests.chat.conftest import Chat

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
def unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is answered is only a guess."""

    def beside(*_: object) -> Sequence[str]:
        return ["digital_card", "claim_status"]

    monkeypatch.setattr(Decision, "beside", beside)
    monkeypatch.setattr(Decision, "is_doubtful", lambda *_: True)


async def test_what_else_may_be_meant_is_offered(chat: Chat, unsure: None) -> None:
    await chat.says("apa itu jht")
    chat.replied(["Jaminan Hari Tua", "Bukan itu maksud Anda?"], buttons=["Maksud saya: kartu digital"])
    await chat.taps("Maksud saya: status klaim")
    chat.replied("Lacak klaim", without="Bukan itu")


@pytest.mark.parametrize("typed", ["kartu digital", "maksud saya: kartu digital"])
async def test_the_offer_can_be_typed(chat: Chat, unsure: None, typed: str) -> None:
    await chat.says("apa itu jht")
    await chat.says(typed)
    chat.replied("Kartu Digital", without="Bukan itu")


async def test_what_is_sure_is_answered_alone(chat: Chat) -> None:
    await chat.says("apa itu jht")
    chat.replied("Jaminan Hari Tua", without="Bukan itu")
    assert not [button for button in chat.replies[-1].buttons if button.title.startswith("Maksud saya")]


async def test_a_form_that_was_begun_on_a_guess_keeps_the_last_word(chat: Chat, unsure: None) -> None:
    await chat.says("mau simulasi jht")
    chat.replied("upah", buttons=["Batal", "Maksud saya: kartu digital"])
    assert chat.replies[-1].text.startswith("Bukan itu maksud Anda?")
    await chat.taps("Maksud saya: kartu digital")
    chat.replied("Kartu Digital")


async def test_a_form_is_not_left_on_a_doubt(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    await chat.says("mau simulasi jht")
    monkeypatch.setattr(Decision, "is_doubtful", lambda *_: True)
    await chat.says("apa itu jkp")
    chat.replied("upah", without=["SIAPKERJA", "Maksud saya"])


async def test_in_english(chat: Chat, unsure: None) -> None:
    await chat.says("what is jht please")
    chat.replied("Not what you meant?", buttons=["I mean: digital card"])


async def test_who_takes_what_else_was_offered_was_misunderstood(chat: Chat, unsure: None, sessions: Sessions) -> None:
    await chat.says("apa itu jht")
    await chat.taps("Maksud saya: kartu digital")
    async with sessions() as session:
        [row] = await session.scalars(select(Misunderstood))
    assert (row.text, row.why, row.meant) == ("apa itu jht", Why.MEANT_OTHER, "digital_card")

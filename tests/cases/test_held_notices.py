"""What was held for the morning is not said into an officer's talk, nor asked once it is settled; no news is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.claim_photos import ClaimPhotos
from bot.cases.deadlines import ask_after_resets, remind_of_drafts
from bot.cases.models import Case, Claim, ClaimDraft
from bot.cases.service import PARTICIPANT, SYSTEM, Cases
from bot.cases.settled import is_settled
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB
from bot.conversation.messages import Reply
from bot.conversation.models import Author, Conversation, Floor, OutboxRow, OutboxState
from bot.conversation.outbox import write
from bot.conversation.sender import Sender
from bot.errors import DeliverLater
from bot.register.demo_people import DEMO_PEOPLE
from bot.register.sql import SqlCoreSystem
from tests.desk.waiting_cases import claim_of

pytestmark = pytest.mark.asyncio

Sessions = async_sessionmaker[AsyncSession]
NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=WIB)
MORNING = datetime(2026, 11, 25, 6, 0, tzinfo=WIB)
A_MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PERSON = DEMO_PEOPLE[0]


class Chat:
    """A participant's chat on a phone, with whom has the floor in it, and a clock."""

    def __init__(self, sessions: Sessions, id: int) -> None:
        self.got: list[str] = []
        self.fails_once = False
        self.now = NIGHT
        self._id = id
        self._sessions = sessions
        self._sender = Sender(
            sessions,
            {"telegram": self},
            now=lambda: self.now,
            monotonic=lambda: self.now.timestamp(),
            is_settled=is_settled,
        )

    @asynccontextmanager
    async def changes(self) -> AsyncIterator[tuple[AsyncSession, Conversation]]:
        async with self._sessions.begin() as session:
            yield session, await session.get_one(Conversation, self._id)

    async def floor_goes_to(self, floor: Floor) -> None:
        async with self.changes() as (_, conversation):
            conversation.floor = floor

    async def officer_says(self, text: str) -> None:
        async with self.changes() as (session, conversation):
            await write(session, conversation, Reply(text), self.now, Author.OFFICER, 1)

    async def gets(self, at: datetime) -> list[str]:
        """What arrives until nothing more does."""
        self.now, before = at, -1
        while before != len(self.got):
            before = len(self.got)
            await self._sender.dispatch()
            await self._sender.settled()
            self.now += timedelta(seconds=2)
        arrived, self.got = self.got, []
        return arrived

    async def rows(self) -> list[str]:
        async with self._sessions() as session:
            return list(await session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))

    async def send(self, chat_id: str, reply: Reply, language: str) -> str | None:
        if self.fails_once:
            self.fails_once = False
            raise DeliverLater("the platform is away", 1)
        self.got.append(reply.text)
        return "1"

    async def delete(self, chat_id: str, message_id: str) -> None:
        raise AssertionError("nothing is deleted here")


@pytest_asyncio.fixture
async def chat(sessions: Sessions) -> Chat:
    async with sessions.begin() as session:
        conversation = Conversation(
            channel="telegram", chat_id="7", participant_id=PERSON.id, created_at=NIGHT, last_message_at=NIGHT
        )
        session.add(conversation)
        await session.flush()
    return Chat(sessions, conversation.id)


async def a_claim(chat: Chat) -> int:
    async with chat.changes() as (session, conversation):
        case, _ = await Cases(session, NIGHT).open(CaseKind.CLAIM, conversation)
        session.add(claim_of(case, PERSON, NIGHT))
    return case.id


async def the_claim_moves(chat: Chat) -> None:
    case_id = await a_claim(chat)
    async with chat.changes() as (session, _):
        await Cases(session, NIGHT).move(await session.get_one(Case, case_id), CaseState.DETERMINATION, SYSTEM)


async def test_news_of_the_night_waits_for_the_end_of_a_talk(chat: Chat) -> None:
    await the_claim_moves(chat)
    assert await chat.gets(NIGHT) == []
    await chat.floor_goes_to(Floor.AGENT)
    await chat.officer_says("Selamat pagi")
    assert await chat.gets(MORNING) == ["Selamat pagi"]
    await chat.floor_goes_to(Floor.BOT)
    [news] = await chat.gets(MORNING + A_MINUTE)
    assert "Penetapan" in news


async def test_news_that_waited_for_a_long_talk_is_not_lost(chat: Chat) -> None:
    await the_claim_moves(chat)
    await chat.floor_goes_to(Floor.AGENT)
    assert await chat.gets(MORNING + 2 * DAY) == []
    await chat.floor_goes_to(Floor.BOT)
    chat.fails_once = True
    assert await chat.gets(MORNING + 2 * DAY + A_MINUTE) == []
    [news] = await chat.gets(MORNING + 2 * DAY + 2 * A_MINUTE)
    assert "Penetapan" in news


async def test_who_waits_for_an_officer_gets_the_news(chat: Chat) -> None:
    await the_claim_moves(chat)
    await chat.floor_goes_to(Floor.QUEUE)
    assert len(await chat.gets(MORNING)) == 1


async def test_an_officer_who_comes_while_it_is_chosen_has_the_floor(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    await the_claim_moves(chat)
    attempt = Sender._attempt

    async def after_the_officer_came(*given: object) -> object:
        await chat.floor_goes_to(Floor.AGENT)
        return await attempt(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(Sender, "_attempt", after_the_officer_came)
    assert await chat.gets(MORNING) == []
    assert await chat.rows() == [OutboxState.OPEN]


async def test_news_told_during_a_talk_is_told_at_once(chat: Chat) -> None:
    await chat.floor_goes_to(Floor.AGENT)
    case_id = await a_claim(chat)
    async with chat.changes() as (session, _):
        await Cases(session, MORNING).move(await session.get_one(Case, case_id), CaseState.DETERMINATION, SYSTEM)
    assert len(await chat.gets(MORNING)) == 1


@pytest.mark.parametrize("settled", [False, True])
async def test_nobody_is_asked_about_a_reset_that_they_told_of_at_night(chat: Chat, settled: bool) -> None:
    async with chat.changes() as (session, conversation):
        case, _ = await Cases(session, NIGHT - DAY).open(CaseKind.BIOMETRIC_RESET, conversation)
        Cases(session, NIGHT - DAY).enter(case, CaseState.READY, SYSTEM)
        case.due_at = NIGHT
    async with chat.changes() as (session, _):
        await ask_after_resets(session, SqlCoreSystem(session), NIGHT)
    async with chat.changes() as (session, _):
        if settled:
            Cases(session, NIGHT).enter(await session.get_one(Case, case.id), CaseState.DONE, PARTICIPANT)
    assert len(await chat.gets(MORNING)) == (0 if settled else 1)
    assert await chat.rows() == ([] if settled else [OutboxState.SENT])


@pytest.mark.parametrize("settled", [False, True])
async def test_nobody_is_asked_for_a_photo_that_they_sent_at_night(chat: Chat, settled: bool) -> None:
    case_id = await a_claim(chat)
    async with chat.changes() as (session, _):
        case, claim = await session.get_one(Case, case_id), await session.get_one(Claim, case_id)
        await ClaimPhotos(session, NIGHT).refuse(case, claim, SYSTEM, "dark")
        await ClaimPhotos(session, NIGHT).missing(case)
    async with chat.changes() as (session, _):
        case, claim = await session.get_one(Case, case_id), await session.get_one(Claim, case_id)
        if settled:
            ClaimPhotos(session, NIGHT).take(case, claim, claim.photo, "needs_officer")
    assert len(await chat.gets(MORNING)) == (0 if settled else 2)


@pytest.mark.parametrize("done", ["nothing", "filled in further", "sent or dropped"])
async def test_nobody_is_reminded_of_a_draft_that_went_on_at_night(chat: Chat, done: str) -> None:
    async with chat.changes() as (session, conversation):
        owner, asked_in = PERSON.id, conversation.id
        session.add(ClaimDraft(participant_id=owner, conversation_id=asked_in, updated_at=NIGHT, remind_at=NIGHT))
    async with chat.changes() as (session, _):
        await remind_of_drafts(session, SqlCoreSystem(session), NIGHT)
    async with chat.changes() as (session, _):
        draft = await session.get_one(ClaimDraft, PERSON.id)
        if done == "filled in further":
            draft.remind_at = NIGHT + DAY
        elif done == "sent or dropped":
            await session.delete(draft)
    assert len(await chat.gets(MORNING)) == (1 if done == "nothing" else 0)

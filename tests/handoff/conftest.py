"""A database of each kind, with officers and the chat of a participant."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.clock import WIB
from bot.conversation.models import Author, Conversation, OutboxRow
from bot.database import create_engine, create_sessions
from bot.handoff.deadlines import act_on_handoffs
from bot.handoff.models import Handoff, Officer, Reason, Topic
from bot.handoff.service import Handoffs
from bot.migrate import migrate
from bot.register.sql import SqlCoreSystem

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=WIB)
"""A Tuesday; the desk is open from 08.00 to 15.30."""
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
RINA, BUDI = 1, 2


@pytest_asyncio.fixture
async def sessions(database_url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    await migrate(database_url)
    engine = create_engine(database_url)
    made = create_sessions(engine)
    async with made.begin() as session:
        for name in ("Rina", "Budi"):
            session.add(Officer(username=name.lower(), name=name, password_hash="unused"))
            await session.flush()  # so that they have the ids above
        session.add(Conversation(channel="telegram", chat_id="7", participant_id="P000001", verified_at=MORNING))
        await session.flush()
        session.add(Conversation(channel="web", chat_id="8"))
    yield made
    await engine.dispose()


@pytest_asyncio.fixture
async def session(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    async with sessions() as opened:
        yield opened


@pytest_asyncio.fixture
async def conversation(session: AsyncSession) -> Conversation:
    """A verified participant's chat."""
    return await session.get_one(Conversation, 1)


@pytest_asyncio.fixture
async def stranger(session: AsyncSession) -> Conversation:
    """A chat of somebody who didn't verify."""
    return await session.get_one(Conversation, 2)


async def asked(session: AsyncSession, conversation: Conversation, topic: Topic = Topic.GENERAL) -> Handoff:
    """The chat asks for a person in the morning."""
    handoff, _, _ = await Handoffs(session, MORNING).ask(conversation, topic, Reason.ASKED)
    return handoff


async def taken(session: AsyncSession, conversation: Conversation) -> Handoff:
    """An officer has taken the chat and greeted."""
    handoff = await asked(session, conversation)
    await Handoffs(session, MORNING).take(handoff, RINA, "Rina")
    await Handoffs(session, MORNING + MINUTE).say(handoff, RINA, "Selamat pagi")
    return handoff


async def sweep(session: AsyncSession, now: datetime) -> list[Handoff]:
    """What the sweeper does at a moment."""
    await session.flush()
    late = await act_on_handoffs(session, SqlCoreSystem(session), now)
    await session.flush()
    return late


async def told(session: AsyncSession, conversation: Conversation) -> list[str]:
    """The payloads of what people's side said in a chat."""
    await session.flush()
    said = select(OutboxRow.payload).where(
        OutboxRow.conversation_id == conversation.id, OutboxRow.author == Author.SYSTEM
    )
    return list(await session.scalars(said.order_by(OutboxRow.id)))

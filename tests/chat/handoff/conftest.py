"""An officer's side of a chat, without a browser."""

import asyncio
from dataclasses import dataclass

import pytest_asyncio
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.conversation.gateway import Gateway
from bot.conversation.models import InboxRow, InboxState
from bot.handoff.models import EndReason, Handoff, Officer
from bot.handoff.service import Handoffs
from tests.chat.conftest import ANSWER_SECONDS, Chat


@dataclass
class Desk:
    """One officer, who sees one chat."""

    sessions: async_sessionmaker[AsyncSession]
    gateway: Gateway
    officer_id: int
    name: str

    async def takes(self) -> None:
        async with self.sessions.begin() as session:
            await Handoffs(session, clock.now()).take(await self._handoff(session), self.officer_id, self.name)

    async def says(self, text: str) -> None:
        async with self.sessions.begin() as session:
            await Handoffs(session, clock.now()).say(await self._handoff(session), self.officer_id, text)

    async def ends(self, reason: EndReason, step: str | None = None) -> None:
        async with self.sessions.begin() as session:
            await Handoffs(session, clock.now()).end(await self._handoff(session), reason, self.name, step)

    async def told(self, chat: Chat) -> str:
        """All that the participant was told so far."""
        messages = await self.gateway.history(chat.channel, chat.chat_id, 0)
        return "\n".join(message.text for message in messages if message.author != "participant")

    async def settled(self, chat: Chat) -> None:
        """Wait until nothing of the chat waits for its turn."""
        async with asyncio.timeout(ANSWER_SECONDS):
            while await self._open():
                await self.gateway.changed(chat.channel, chat.chat_id, 0.05)

    async def _open(self) -> int:
        async with self.sessions() as session:
            waiting = select(func.count()).select_from(InboxRow).where(InboxRow.state == InboxState.OPEN)
            return await session.scalar(waiting) or 0

    async def _handoff(self, session: AsyncSession) -> Handoff:
        return (await session.scalars(select(Handoff).where(Handoff.ended_at.is_(None)))).one()


@pytest_asyncio.fixture
async def desk(sessions: async_sessionmaker[AsyncSession], gateway: Gateway) -> Desk:
    async with sessions.begin() as session:
        officer = Officer(username="rina", name="Rina", password_hash="unused")
        session.add(officer)
    return Desk(sessions, gateway, officer.id, officer.name)

"""A small world to verify in: participants, an SMS box, a clock, and chats that start anew each time."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from unittest.mock import Mock, create_autospec

import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.models import Conversation
from bot.database import Base, create_engine, create_sessions
from bot.identity.answers import Answer
from bot.identity.levels import Level, end_if_idle, level_of
from bot.identity.otp import OtpNotSent
from bot.identity.outcomes import Outcome, Step
from bot.identity.verification import Verification
from bot.privacy.audit import AuditEntry
from bot.privacy.crypto import Keyring
from bot.privacy.keys import use_keyring
from bot.register.core_system import CardStatus, CoreSystem, Participant

IDLE = timedelta(minutes=30)


def person(id: str, name: str, nik: str, born: date, phone: str | None) -> Participant:
    return Participant(id, name, nik, born, phone, account=None, status=CardStatus.ACTIVE)


SITI = person("p1", "SITI RAHMAWATI", "3174054408900001", date(1990, 8, 4), "+6281211110001")
BUDI = person("p2", "M. BUDI SANTOSO", "3578120312850002", date(1985, 12, 3), "+6281211110002")
WITHOUT_PHONE = person("p3", "WAYAN", "5171011502700003", date(1970, 2, 15), None)
SITIS_KPJ = "12345678901"
NUMBERS = {SITIS_KPJ: SITI, **{somebody.nik: somebody for somebody in (SITI, BUDI, WITHOUT_PHONE)}}


@dataclass
class SmsBox:
    """Keeps the codes that a gateway was given."""

    codes: list[tuple[str, str]] = field(default_factory=list)
    broken: bool = False

    async def send(self, phone: str, code: str, language: str) -> str | None:
        if self.broken:
            raise OtpNotSent("the provider doesn't answer")
        self.codes.append((phone, code))
        return None

    @property
    def last(self) -> str:
        return self.codes[-1][1]

    @property
    def wrong(self) -> str:
        """A code that isn't the last one."""
        return f"{(int(self.last) + 1) % 10**6:06}"


@dataclass
class World:
    sessions: async_sessionmaker[AsyncSession]
    now: datetime = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    sms: SmsBox = field(default_factory=SmsBox)
    core: Mock = field(default_factory=lambda: _register())

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def verification(self, session: AsyncSession) -> Verification:
        return Verification(session, self.core, self.sms, self.now)

    async def chat(self, chat_id: str = "1", channel: str = "web", private: bool = True) -> "Chat":
        async with self.sessions.begin() as session:
            conversation = Conversation(channel=channel, chat_id=chat_id, private=private)
            conversation.last_message_at = self.now
            session.add(conversation)
        return Chat(self, conversation.id)

    async def audit(self) -> list[AuditEntry]:
        async with self.sessions() as session:
            return list(await session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


@dataclass
class Chat:
    """Every message is a session of its own, as after a restart."""

    world: World
    id: int

    async def wants(self, level: Level) -> Outcome:
        async with self.world.sessions.begin() as session:
            return await self.world.verification(session).begin(await self._arrive(session), level)

    async def says(self, *answers: Answer) -> Outcome:
        async with self.world.sessions.begin() as session:
            return await self.world.verification(session).answer_many(await self._arrive(session), answers)

    async def cancels(self) -> None:
        async with self.world.sessions.begin() as session:
            await self.world.verification(session).cancel(await self._arrive(session))

    async def step(self) -> Step | None:
        async with self.world.sessions() as session:
            return await self.world.verification(session).current_step(await self._load(session))

    async def level(self) -> Level:
        return level_of(await self.conversation(), self.world.now)

    async def conversation(self) -> Conversation:
        async with self.world.sessions() as session:
            return await self._load(session)

    async def _arrive(self, session: AsyncSession) -> Conversation:
        conversation = await self._load(session)
        end_if_idle(conversation, self.world.now, IDLE)
        conversation.last_message_at = self.world.now
        return conversation

    async def _load(self, session: AsyncSession) -> Conversation:
        return await session.get_one(Conversation, self.id)


@pytest_asyncio.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    use_keyring(Keyring({"k1": bytes(32)}, "k1", index_key=bytes(range(32))))
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield World(create_sessions(engine))
    await engine.dispose()


def _register() -> Mock:
    people: Sequence[Participant] = (SITI, BUDI, WITHOUT_PHONE)
    register: Mock = create_autospec(CoreSystem, instance=True)
    register.find_by_number.side_effect = NUMBERS.get
    register.participant.side_effect = {somebody.id: somebody for somebody in people}.get
    return register

"""Chats with the whole assistant: the real model, a seeded register, every turn committed."""

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.channels.uploads import StoredFiles, photo_type, store_upload
from bot.conversation.agent import Agent
from bot.conversation.files import FilesByChannel
from bot.conversation.gateway import Gateway
from bot.conversation.inbox import Inbox
from bot.conversation.messages import Attachment, Contact, IncomingMessage, Kind, Reply
from bot.conversation.turns import Turns
from bot.conversation.wakeups import Wakeups
from bot.database import create_engine, create_sessions
from bot.identity.otp import DemoOtpGateway
from bot.register.sql import SqlCoreSystem
from bot.services import Services
from bot.settings import Settings

ANSWER_SECONDS = 20.0
_keys = count(1)


@dataclass
class Chat:
    """One participant's chat, read like a transcript."""

    gateway: Gateway
    channel: str = "web"
    chat_id: str = "participant"
    private: bool = True
    replies: list[Reply] = field(default_factory=list)
    sessions: async_sessionmaker[AsyncSession] | None = None
    """Needed to send photos."""

    async def says(self, text: str) -> None:
        await self._send(Kind.TEXT, text)

    async def taps(self, title: str) -> None:
        buttons = [button for reply in self.replies for button in reply.buttons]
        payloads = [button.payload for button in buttons if button.title == title]
        assert payloads, f"there is no button {title!r}, only {[button.title for button in buttons]}"
        await self._send(Kind.BUTTON, payloads[-1])

    async def sends_location(self, latitude: float, longitude: float) -> None:
        await self._send(Kind.LOCATION, "", location=(latitude, longitude))

    async def presses(self, payload: str) -> None:
        """Press a button of an earlier message."""
        await self._send(Kind.BUTTON, payload)

    async def shares_contact(self, phone: str, own: bool = True) -> None:
        await self._send(Kind.CONTACT, "", Contact(phone, own))

    async def sends_photo(self, data: bytes, caption: str = "") -> None:
        """As the web chat does: the photo is stored first, whatever the bytes are."""
        assert self.sessions
        mime = photo_type(data) or "image/jpeg"
        key = f"photo:{next(_keys)}"
        photo = await store_upload(self.sessions, self.channel, self.chat_id, key, mime, data)
        await self._send(Kind.PHOTO, caption, attachment=photo)

    async def verifies(self, number: str, birth_date: str) -> None:
        """Answer the questions of a verification up to the code, which the demonstration shows."""
        await self.says(number)
        await self.says(birth_date)
        await self.says(self.code)

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.replies)

    @property
    def code(self) -> str:
        found = re.search(r"Kode Anda: (\d{6})", self.text)
        assert found, f"no code is shown in {self.text!r}"
        return found[1]

    def replied(
        self,
        contains: str | Sequence[str] = (),
        without: str | Sequence[str] = (),
        buttons: Sequence[str] = (),
        picture: str | None = None,
        document: str | None = None,
    ) -> None:
        assert self.replies, "nothing was answered"
        for part in [contains] if isinstance(contains, str) else contains:
            assert part in self.text, f"{part!r} isn't in {self.text!r}"
        for part in [without] if isinstance(without, str) else without:
            assert part not in self.text, f"{part!r} is in {self.text!r}"
        shown = [button.title for button in self.replies[-1].buttons]
        assert set(buttons) <= set(shown), f"{buttons} aren't among {shown}"
        if picture:
            assert [reply.picture.kind for reply in self.replies if reply.picture] == [picture]
        if document:
            assert [reply.document.kind for reply in self.replies if reply.document] == [document]

    async def _send(
        self,
        kind: Kind,
        text: str,
        contact: Contact | None = None,
        attachment: Attachment | None = None,
        location: tuple[float, float] | None = None,
    ) -> None:
        key = f"message:{next(_keys)}"
        message = IncomingMessage(
            self.channel,
            self.chat_id,
            key,
            kind,
            text,
            message_id=key,
            private=self.private,
            contact=contact,
            attachment=attachment,
            location=location,
        )
        assert await self.gateway.accept(message)
        self.replies = [answer.reply for answer in await self.gateway.answers(message, ANSWER_SECONDS)]


@pytest_asyncio.fixture
async def sessions(seeded_url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    engine = create_engine(seeded_url)
    yield create_sessions(engine)
    await engine.dispose()


@pytest.fixture
def services(sessions: async_sessionmaker[AsyncSession]) -> Services:
    files = FilesByChannel({"web": StoredFiles(sessions)})
    return Services(Settings(_env_file=None), DemoOtpGateway(), SqlCoreSystem, files)


@pytest_asyncio.fixture
async def gateway(
    sessions: async_sessionmaker[AsyncSession], agent: Agent, services: Services
) -> AsyncIterator[Gateway]:
    wakeups = Wakeups()
    turns = Turns(sessions, agent, services, wakeups, sweep_seconds=0.02)
    running = asyncio.create_task(turns.run())
    yield Gateway(sessions, Inbox(sessions, wakeups), turns, wakeups)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await turns.settled()


@pytest.fixture
def chat(gateway: Gateway, sessions: async_sessionmaker[AsyncSession]) -> Chat:
    return Chat(gateway, sessions=sessions)


@pytest.fixture
def now() -> datetime:
    return clock.now()

"""From Telegram's update to what the chat shows: the whole assistant beside the fake Bot API, polling and webhook."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import pytest_asyncio
import time_machine
from sqlalchemy import select
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.testing import capture_logs

from bot import clock
from bot.app import Assistant
from bot.cases.models import Claim
from bot.conversation.agent import Agent
from bot.conversation.models import InboxRow, OutboxRow, OutboxState
from bot.conversation.rate_limits import Rate, RateLimits
from bot.conversation.sender import Sender
from bot.database import create_engine, create_sessions
from tests.fakes.telegram_api import FakeTelegram, server_error
from tests.fakes.telegram_chats import Shown
from tests.photos.faces import good_face

RAHMAT, GROUP = 7, -5
NIK, BIRTH_DATE, PHONE = "1199011705940001", "17-05-1994", "+6281110000001"
UNHURRIED = Rate(1000, 0.001)
MODES = {"polling": "", "webhook": "https://jmo.example"}


class Bot:
    """The whole assistant on one database, which can be stopped and started again."""

    def __init__(self, telegram: FakeTelegram, agent: Agent, database_url: str, public_url: str) -> None:
        self.telegram = telegram
        self.database_url = database_url
        self._agent = agent
        self._public_url = public_url
        self._app: ASGIApp = PlainTextResponse("Stopped.", 503)
        telegram.app = self._serve

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Assistant]:
        settings = self.telegram.settings(database_url=self.database_url, public_url=self._public_url, _env_file=None)
        assistant = Assistant(settings, self._agent)
        assert assistant.telegram
        limits = RateLimits(UNHURRIED, UNHURRIED, UNHURRIED)
        messengers = {"telegram": assistant.telegram.messenger}
        assistant.sender = Sender(assistant.sessions, messengers, {"telegram": limits})
        async with assistant.running():
            self._app = assistant.web_app()
            await asyncio.wait_for(assistant.telegram.ready.wait(), 5)
            yield assistant
            self._app = PlainTextResponse("Stopped.", 503)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What stands in front of the assistant, and answers also while it is stopped."""
        await self._app(scope, receive, send)

    async def rows(self) -> tuple[list[InboxRow], list[OutboxRow]]:
        engine = create_engine(self.database_url)
        async with create_sessions(engine)() as session:
            rows = list(await session.scalars(select(InboxRow))), list(await session.scalars(select(OutboxRow)))
        await engine.dispose()
        return rows

    async def shows_after(self, seen: int, chat: int = RAHMAT) -> Shown:
        """Wait for one more message than a chat has shown."""
        await self.telegram.until(lambda: len(self.telegram.open_chat(chat).shown) > seen)
        return self.telegram.chats[chat].shown[seen]

    async def answers(self, text: str, chat: int = RAHMAT, **more: Any) -> Shown:
        """Say something, and wait for the answer."""
        seen = len(self.telegram.open_chat(chat).shown)
        self.telegram.user_sends_text(chat, text, **more)
        return await self.shows_after(seen, chat)

    async def taps(self, title: str) -> Shown:
        """Tap a button of the last message, and wait for the answer."""
        seen = len(self.telegram.chats[RAHMAT].shown)
        self.telegram.user_taps(RAHMAT, title)
        return await self.shows_after(seen)

    async def verifies(self) -> Shown:
        """Ask for the balance and show who one is; gives the last answer."""
        await self.answers("/saldo")
        seen = len(self.telegram.chats[RAHMAT].shown)
        self.telegram.user_shares_contact(RAHMAT, PHONE)
        await self.shows_after(seen)
        await self.answers(NIK)
        return await self.answers(BIRTH_DATE)


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        yield telegram


@pytest.fixture(params=list(MODES))
def bot(request: pytest.FixtureRequest, telegram: FakeTelegram, agent: Agent, seeded_url: str) -> Bot:
    return Bot(telegram, agent, seeded_url, MODES[request.param])


@pytest.fixture
def polling_bot(telegram: FakeTelegram, agent: Agent, seeded_url: str) -> Bot:
    return Bot(telegram, agent, seeded_url, MODES["polling"])


async def test_from_start_to_the_picture_of_the_balance(bot: Bot, telegram: FakeTelegram) -> None:
    async with bot.running():
        greeting = await bot.answers("/start")
        assert greeting.buttons
        balance = await bot.verifies()
    assert "Rp9.850.000" in balance.text
    assert balance.photo
    assert balance.photo.startswith(b"\x89PNG")
    kept = [message.get("text") for message in telegram.chats[RAHMAT].own.values()]
    assert NIK not in kept
    assert BIRTH_DATE not in kept
    assert "typing" in telegram.chats[RAHMAT].actions
    assert not any(NIK in row.payload for row in (await bot.rows())[0])


async def test_a_button_below_an_answer_leads_on(bot: Bot, telegram: FakeTelegram) -> None:
    async with bot.running():
        greeting = await bot.answers("/start")
        telegram.user_taps(RAHMAT, greeting.buttons[0][0])
        await bot.shows_after(1)
        await telegram.until(lambda: not telegram.unanswered)


async def test_a_group_hears_nothing_personal(bot: Bot) -> None:
    async with bot.running():
        answer = await bot.answers("/saldo", chat=GROUP, sender=RAHMAT)
    assert "chat pribadi" in answer.text
    assert "NIK" not in answer.text


async def test_an_edit_is_no_message(bot: Bot, telegram: FakeTelegram) -> None:
    async with bot.running():
        number = telegram.user_sends_text(RAHMAT, "/start")
        await bot.shows_after(0)
        telegram.user_edits(RAHMAT, number, "/saldo")
        await bot.answers("/menu")
    assert len((await bot.rows())[0]) == len(telegram.chats[RAHMAT].shown) == 2


async def test_a_voice_message_gets_a_sentence(bot: Bot, telegram: FakeTelegram) -> None:
    async with bot.running():
        voice = {"file_id": telegram.keeps_file(b"sound"), "file_unique_id": "v", "duration": 3}
        telegram.user_sends(RAHMAT, voice=voice)
        answer = await bot.shows_after(0)
    assert len(answer.text) > 20


async def test_a_chat_that_blocked_the_assistant_is_left_in_peace(bot: Bot, telegram: FakeTelegram) -> None:
    async with bot.running() as assistant:
        telegram.user_blocks(RAHMAT)
        telegram.user_sends_text(RAHMAT, "/start")
        await telegram.until(lambda: "sendMessage" in telegram.calls)
        await assistant.sender.settled()
    _, [row] = await bot.rows()
    assert row.state == OutboxState.GONE


async def test_a_restart_in_the_middle_of_a_verification_loses_nothing(bot: Bot, telegram: FakeTelegram) -> None:
    async with bot.running():
        await bot.answers("/saldo")
        seen = len(telegram.chats[RAHMAT].shown)
        telegram.user_shares_contact(RAHMAT, PHONE)
        await bot.shows_after(seen)
    telegram.user_sends_text(RAHMAT, NIK)
    async with bot.running():
        await bot.shows_after(seen + 1)
    async with bot.running():
        balance = await bot.answers(BIRTH_DATE)
    assert "Rp9.850.000" in balance.text
    assert len(telegram.chats[RAHMAT].shown) == seen + 3


async def test_what_could_not_be_sent_before_a_restart_is_sent_after_it(
    polling_bot: Bot, telegram: FakeTelegram
) -> None:
    with capture_logs():
        telegram.will_fail("sendMessage", server_error())
        async with polling_bot.running() as assistant:
            telegram.user_sends_text(RAHMAT, "/start")
            await telegram.until(lambda: "sendMessage" in telegram.calls)
            await assistant.sender.settled()
        assert telegram.chats[RAHMAT].shown == []
        async with polling_bot.running():
            await polling_bot.shows_after(0)
    assert len(telegram.chats[RAHMAT].shown) == 1


async def test_a_claim_is_filed_with_a_photo_that_the_chat_keeps_no_longer(bot: Bot, telegram: FakeTelegram) -> None:
    morning = clock.now().astimezone(clock.WIB).replace(hour=10, minute=0)
    with time_machine.travel(morning, tick=True):
        async with bot.running():
            await bot.verifies()
            asked = await bot.answers("saya mau ajukan klaim di chat ini")
            code = re.search(r"\d{6}", asked.text)
            assert code
            await bot.answers(code[0])
            for title in ("Sudah benar", "Pakai yang terdaftar"):
                await bot.taps(title)
            seen = len(telegram.chats[RAHMAT].shown)
            photo = telegram.user_sends_photo(RAHMAT, good_face())
            await bot.shows_after(seen)
            await bot.taps("Benar dan setuju")
            receipt = await bot.taps("Kirim")
            await telegram.until(lambda: photo not in telegram.chats[RAHMAT].own)
    assert "JMO-000001-8" in receipt.text
    engine = create_engine(bot.database_url)
    async with create_sessions(engine)() as session:
        claim = (await session.scalars(select(Claim))).one()
    await engine.dispose()
    assert claim.photo.startswith(b"\xff\xd8")

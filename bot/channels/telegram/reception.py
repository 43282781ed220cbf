"""Takes updates in: each is stored before Telegram hears that it was received."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager

import structlog
from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram.client import short_id
from bot.channels.telegram.incoming import to_message
from bot.conversation.messages import IncomingMessage

Accept = Callable[[IncomingMessage], Awaitable[bool]]
"""Stores a message and commits before it returns; False when its key was seen before."""

TYPING_SECONDS = 4.5
"""Telegram shows "typing…" for five seconds."""

log = structlog.get_logger(__name__)


class Reception:
    """The door between Telegram's updates and the inbox, with the small courtesies of a chat."""

    def __init__(self, bot: Bot, accept: Accept, typing_seconds: float = TYPING_SECONDS) -> None:
        self._bot = bot
        self._accept = accept
        self._typing_seconds = typing_seconds
        self._courtesies: set[asyncio.Task[None]] = set()

    async def receive(self, update: Update) -> None:
        """Store what an update says. Raises whatever keeps it from being stored, and then nothing is lost:
        Telegram gives the update again."""
        message = self._understood(update)
        if message is not None and not await self._accept(message):
            log.info("an update came again", update=short_id(update.update_id))
        if update.callback_query:
            self._do_aside(self._stop_the_buttons_clock(update.callback_query.id))

    @asynccontextmanager
    async def working(self, chat_id: str) -> AsyncIterator[None]:
        """Show "typing…" in a chat for as long as a turn works."""
        done = asyncio.Event()
        self._do_aside(self._type_until(done, chat_id))
        try:
            yield
        finally:
            done.set()

    async def close(self) -> None:
        """Drop the courtesies under way."""
        for task in self._courtesies:
            task.cancel()
        await asyncio.gather(*self._courtesies, return_exceptions=True)

    def _understood(self, update: Update) -> IncomingMessage | None:
        try:
            return to_message(update, self._bot.bot)
        except Exception:
            log.exception("an update is skipped", update=short_id(update.update_id))
            return None

    async def _stop_the_buttons_clock(self, query_id: str) -> None:
        await self._bot.answer_callback_query(query_id)

    async def _type_until(self, done: asyncio.Event, chat_id: str) -> None:
        while not done.is_set():
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING)
            try:
                await asyncio.wait_for(done.wait(), self._typing_seconds)
            except TimeoutError:
                continue

    def _do_aside(self, courtesy: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(_best_effort(courtesy))
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)


async def _best_effort(courtesy: Coroutine[None, None, None]) -> None:
    try:
        await courtesy
    except TelegramError as error:
        log.info("a courtesy failed", error=type(error).__name__)

"""The Telegram channel: everything of it, wired."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

import structlog
from starlette.routing import Route
from telegram import Bot, BotCommand
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram import files
from bot.channels.telegram.client import create_bot
from bot.channels.telegram.incoming import ALLOWED_UPDATES
from bot.channels.telegram.messenger import ReadAttachment, RenderDocument, RenderPicture, TelegramMessenger
from bot.channels.telegram.polling import LONG_POLL, WRONG_TOKEN, Patience, TelegramStops, poll
from bot.channels.telegram.reception import TYPING_SECONDS, Accept, Reception
from bot.channels.telegram.webhook import PATH, webhook_route
from bot.conversation.commands import SHOWN_COMMANDS
from bot.conversation.messages import IncomingMessage
from bot.settings import Settings
from bot.texts import DEFAULT_LANGUAGE, LANGUAGES, say

WEBHOOK_CONNECTIONS = 40

log = structlog.get_logger(__name__)


class TelegramChannel:
    """Mount its `routes`, give its `messenger` to the sender, and `run` it."""

    def __init__(
        self,
        settings: Settings,
        accept: Accept,
        render_picture: RenderPicture,
        render_document: RenderDocument,
        read_attachment: ReadAttachment,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        typing_seconds: float = TYPING_SECONDS,
        long_poll: timedelta = LONG_POLL,
    ) -> None:
        self._settings = settings
        self._bot = create_bot(settings)
        self._reception = Reception(self._bot, accept, typing_seconds)
        self._sleep = sleep
        self._long_poll = long_poll
        self.messenger = TelegramMessenger(self._bot, render_picture, render_document, read_attachment)
        self.ready = asyncio.Event()
        """Set as soon as updates are taken."""
        self.problem = ""
        """Why no updates are taken, in one sentence; empty when all is well."""

    @property
    def routes(self) -> list[Route]:
        """The webhook, where a public address is set."""
        if not self._settings.public_url:
            return []
        secret = self._settings.telegram_webhook_secret.get_secret_value()
        return [webhook_route(self._bot, secret, self._reception.receive, self._knows_itself)]

    def working(self, chat_id: str) -> AbstractAsyncContextManager[None]:
        """Show "typing…" in a chat while inside."""
        return self._reception.working(chat_id)

    async def read(self, message: IncomingMessage) -> bytes:
        """The bytes of the file that a participant sent; see `bot.channels.telegram.files.read`."""
        return await files.read(self._bot, message)

    async def run(self) -> None:
        """Take updates until cancelled.

        A wrong token or a second poller ends the taking with one sentence in `problem`; what is in the outbox
        still goes out, and the other channels go on.
        """
        try:
            await self._take_updates()
        except TelegramStops as stop:
            self.problem = str(stop)
            log.error(self.problem)
            await asyncio.Event().wait()
        finally:
            await self._reception.close()

    async def close(self) -> None:
        """Let go of the connections; only when nothing is being sent any more, else what was sent goes out again."""
        await self._bot.shutdown()

    async def _take_updates(self) -> None:
        patience = Patience(self._sleep)
        await self._until_done(self._bot.initialize, patience)
        await self._until_done(self._offer_commands, patience)
        if self._settings.public_url:
            await self._until_done(self._set_webhook, patience)
            self.ready.set()
            await asyncio.Event().wait()
        await self._until_done(self._bot.delete_webhook, patience)
        self.ready.set()
        await poll(self._bot, self._reception.receive, patience, self._long_poll)

    def _knows_itself(self) -> bool:
        """Without its own name the assistant can't tell what in a group is meant for it."""
        return _is_initialized(self._bot)

    async def _until_done(self, step: Callable[[], Awaitable[object]], patience: Patience) -> None:
        while True:
            try:
                await step()
                patience.succeeded()
                return
            except InvalidToken:
                raise TelegramStops(WRONG_TOKEN) from None
            except BadRequest as error:
                raise TelegramStops(f"Telegram refuses the configuration: {error.message}") from None
            except TelegramError as error:
                await patience.wait_after(error, "starting")

    async def _offer_commands(self) -> None:
        await self._bot.set_my_commands(commands(DEFAULT_LANGUAGE))
        for language in LANGUAGES:
            await self._bot.set_my_commands(commands(language), language_code=language)

    async def _set_webhook(self) -> None:
        await self._bot.set_webhook(
            self._settings.public_url.rstrip("/") + PATH,
            secret_token=self._settings.telegram_webhook_secret.get_secret_value(),
            allowed_updates=ALLOWED_UPDATES,
            max_connections=WEBHOOK_CONNECTIONS,
        )


def commands(language: str) -> list[BotCommand]:
    """The commands that Telegram shows in its menu."""
    return [BotCommand(name, say(f"telegram.command_{name}", language)) for name in SHOWN_COMMANDS]


def _is_initialized(bot: Bot) -> bool:
    try:
        return bool(bot.bot)
    except RuntimeError:
        return False

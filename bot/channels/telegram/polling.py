"""Long polling: asks Telegram for updates, and acknowledges them with the next question."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from telegram import Bot, Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.failures import seconds_to_wait
from bot.channels.telegram.incoming import ALLOWED_UPDATES
from bot.errors import JmoError

LONG_POLL = timedelta(seconds=25)
LONGEST_PAUSE_SECONDS = 30.0
TOLERATED_CONFLICTS = 3
"""A process that was just replaced still holds its last question for a moment."""
WRONG_TOKEN = "Telegram does not accept TELEGRAM_BOT_TOKEN: copy it again from @BotFather"
OTHER_POLLER = "Another process asks Telegram for this bot's updates: stop it, or set JMO_PUBLIC_URL to use a webhook"

log = structlog.get_logger(__name__)


class TelegramStops(JmoError):
    """Telegram can't go on with this configuration; the other channels do."""


class Patience:
    """Pauses between attempts that fail, longer and longer; speaks once, and again when all is well."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._failures = 0

    async def wait_after(self, error: Exception, doing: str) -> None:
        """Wait 1 to 30 seconds, or as long as Telegram asks; each a little differently."""
        if self._failures == 0:
            log.warning("Telegram: trying again", doing=doing, error=type(error).__name__)
        self._failures += 1
        await self._sleep(self._seconds(error))

    def succeeded(self) -> None:
        if self._failures:
            log.info("Telegram: all is well again", failures=self._failures)
        self._failures = 0

    def _seconds(self, error: Exception) -> float:
        if isinstance(error, RetryAfter):
            return seconds_to_wait(error)
        longest = min(2.0 ** min(self._failures, 16), LONGEST_PAUSE_SECONDS)
        return random.uniform(max(1.0, longest / 2), longest)


async def poll(
    bot: Bot,
    receive: Callable[[Update], Awaitable[None]],
    patience: Patience,
    long_poll: timedelta = LONG_POLL,
) -> None:
    """Receive updates until cancelled; raises `TelegramStops` for a wrong token or a second poller.

    An update counts as acknowledged only after `receive` returned: one that could not be stored comes again.
    """
    offset: int | None = None
    conflicts = 0
    while True:
        try:
            for update in await bot.get_updates(offset, timeout=long_poll, allowed_updates=ALLOWED_UPDATES):
                await receive(update)
                offset = update.update_id + 1
        except InvalidToken:
            raise TelegramStops(WRONG_TOKEN) from None
        except Conflict as error:
            conflicts += 1
            if conflicts > TOLERATED_CONFLICTS:
                raise TelegramStops(OTHER_POLLER) from None
            await patience.wait_after(error, "polling")
        except TelegramError as error:
            await patience.wait_after(error, "polling")
        except Exception as error:
            log.exception("an update can't be stored; Telegram will give it again")
            await patience.wait_after(error, "storing updates")
        else:
            conflicts = 0
            patience.succeeded()

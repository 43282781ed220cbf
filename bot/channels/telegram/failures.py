"""From the Bot API's errors to the assistant's."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.errors import ChatGone, DeliverLater, DeliveryRefused

WITHOUT_TOKEN_SECONDS = 60.0
_GONE = ("chat not found", "user is deactivated", "user not found", "peer_id_invalid")
_NOTHING_TO_DELETE = ("message to delete not found", "message can't be deleted", "message_id_invalid")
_BAD_MARKUP = "can't parse entities"


@contextmanager
def delivery_errors() -> Iterator[None]:
    """Raise `DeliveryError` for what the Bot API answers; the reasons carry no text of the participant."""
    try:
        yield
    except TelegramError as error:
        raise _translated(error) from error


def is_bad_markup(error: BadRequest) -> bool:
    return _BAD_MARKUP in error.message.lower()


def is_nothing_to_delete(error: BadRequest) -> bool:
    """The message is gone, or older than the two days in which Telegram allows to delete it."""
    return any(reason in error.message.lower() for reason in _NOTHING_TO_DELETE)


def seconds_to_wait(error: RetryAfter) -> float:
    """The library gives an int or, in newer versions, a timedelta."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _translated(error: TelegramError) -> DeliverLater | ChatGone | DeliveryRefused:
    match error:
        case RetryAfter():
            return DeliverLater("Telegram asks to wait", seconds_to_wait(error))
        case Forbidden() | ChatMigrated():
            return ChatGone(error.message)
        case BadRequest() if any(reason in error.message.lower() for reason in _GONE):
            return ChatGone(error.message)
        case BadRequest():
            return DeliveryRefused(error.message)
        case InvalidToken():  # its message carries the token
            return DeliverLater("Telegram does not accept the token", WITHOUT_TOKEN_SECONDS)
        case _:
            return DeliverLater(f"Telegram can't be reached ({type(error).__name__})")

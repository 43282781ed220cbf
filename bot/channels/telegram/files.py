"""Fetches files that participants sent."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram import Bot
from telegram.error import BadRequest

from bot.channels.telegram.failures import delivery_errors
from bot.conversation.files import SIZE_LIMIT, FileTrouble, FileUnavailable, too_large
from bot.conversation.messages import IncomingMessage
from bot.errors import DeliveryError

_TOO_LARGE = "file is too big"


async def read(bot: Bot, message: IncomingMessage) -> bytes:
    """The bytes of a message's file; raises `FileUnavailable` if it is too large, gone, or Telegram is out of reach."""
    if message.attachment is None:
        raise _gone()
    with _unavailable():
        file = await bot.get_file(message.attachment.ref)
        if (file.file_size or 0) > SIZE_LIMIT:
            raise too_large()
        content = bytes(await file.download_as_bytearray())
    if len(content) > SIZE_LIMIT:
        raise too_large()
    return content


@contextmanager
def _unavailable() -> Iterator[None]:
    """Raise `FileUnavailable` for what the Bot API answers."""
    try:
        with delivery_errors():
            yield
    except DeliveryError as error:
        if not isinstance(error.__cause__, BadRequest):
            raise FileUnavailable(FileTrouble.OUT_OF_REACH, str(error)) from error
        raise (too_large() if _TOO_LARGE in str(error).lower() else _gone()) from error


def _gone() -> FileUnavailable:
    return FileUnavailable(FileTrouble.GONE, "Telegram no longer has the file; ask to send it again")

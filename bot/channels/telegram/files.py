"""Fetches files that participants sent."""

from telegram import Bot
from telegram.constants import FileSizeLimit
from telegram.error import BadRequest

from bot.channels.telegram.failures import delivery_errors
from bot.errors import BadInput

SIZE_LIMIT = int(FileSizeLimit.FILESIZE_DOWNLOAD)
"""Bytes; the Bot API gives nothing larger."""
_TOO_LARGE = "file is too big"


async def fetch(bot: Bot, ref: str) -> bytes:
    """The bytes of a file.

    Raises `BadInput` if it is too large or gone, `DeliverLater` if Telegram is out of reach.
    """
    with delivery_errors():
        try:
            file = await bot.get_file(ref)
        except BadRequest as error:
            raise _unusable(too_large=_TOO_LARGE in error.message.lower()) from error
        if (file.file_size or 0) > SIZE_LIMIT:
            raise _unusable(too_large=True)
        content = bytes(await file.download_as_bytearray())
    if len(content) > SIZE_LIMIT:
        raise _unusable(too_large=True)
    return content


def _unusable(too_large: bool) -> BadInput:
    if too_large:
        return BadInput(f"the file has more than {SIZE_LIMIT // 1_000_000} MB; ask for a smaller one")
    return BadInput("Telegram no longer has the file; ask to send it again")

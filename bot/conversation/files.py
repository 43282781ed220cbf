"""The bytes of a file that a participant sent, whatever the channel."""

import asyncio
from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

from bot.conversation.messages import IncomingMessage
from bot.errors import JmoError

SIZE_LIMIT = 20_000_000
"""Bytes; the Bot API gives nothing larger."""
READ_SECONDS = 15.0
"""A turn waits no longer for a file."""


class FileTrouble(StrEnum):
    TOO_LARGE = "too_large"
    GONE = "gone"
    OUT_OF_REACH = "out_of_reach"


class FileUnavailable(JmoError):
    """A file can't be had; `trouble` says which text tells the participant what to do (`photos.file_…`)."""

    def __init__(self, trouble: FileTrouble, sentence: str) -> None:
        super().__init__(sentence)
        self.trouble = trouble


class Files(Protocol):
    """Where the file of a message is read."""

    async def read(self, message: IncomingMessage) -> bytes:
        """The bytes; raises `FileUnavailable`."""
        ...


class FilesByChannel:
    """Asks the channel that took the message, and gives up after a while."""

    def __init__(self, channels: Mapping[str, Files] | None = None, seconds: float = READ_SECONDS) -> None:
        self._channels = channels or {}
        self._seconds = seconds

    async def read(self, message: IncomingMessage) -> bytes:
        files = self._channels.get(message.channel)
        if message.attachment is None or files is None:
            raise FileUnavailable(FileTrouble.GONE, f"the channel {message.channel} has no file of this message")
        if (message.attachment.size or 0) > SIZE_LIMIT:
            raise too_large()
        try:
            async with asyncio.timeout(self._seconds):
                return await files.read(message)
        except TimeoutError:
            sentence = f"the file could not be fetched within {self._seconds:g} seconds"
            raise FileUnavailable(FileTrouble.OUT_OF_REACH, sentence) from None


def too_large() -> FileUnavailable:
    """The same sentence wherever it is noticed."""
    return FileUnavailable(FileTrouble.TOO_LARGE, f"the file has more than {SIZE_LIMIT // 1_000_000} MB")

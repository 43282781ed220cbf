"""Keeps photos and documents, encrypted, for channels that keep no files themselves."""

import hashlib
from contextlib import suppress

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.files import FileTrouble, FileUnavailable
from bot.conversation.messages import Attachment, IncomingMessage
from bot.conversation.models import Upload

FILE_LIMIT = 5 * 1024 * 1024
"""Bytes."""
PDF = "application/pdf"


def photo_type(data: bytes) -> str | None:
    """The MIME type that the first bytes tell; None for anything but JPEG, PNG and WebP."""
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image/webp"
    return None


def file_type(data: bytes) -> str | None:
    """The MIME type of a photo or a PDF; None for anything else."""
    return photo_type(data) or (PDF if data.startswith(b"%PDF-") else None)


async def store_upload(
    sessions: async_sessionmaker[AsyncSession],
    channel: str,
    chat_id: str,
    key: str,
    mime: str,
    data: bytes,
    name: str = "",
) -> Attachment:
    """Store a file and commit. The same key of the same chat is the same file and is stored once."""
    ref = _ref(channel, chat_id, key)
    with suppress(IntegrityError):  # the file is stored already
        async with sessions.begin() as session:
            session.add(Upload(id=ref, channel=channel, chat_id=chat_id, mime=mime, data=data))
    return Attachment(ref, mime, name, len(data))


async def read_upload(sessions: async_sessionmaker[AsyncSession], ref: str) -> Upload | None:
    """The file under the reference of an attachment, if it is still kept."""
    async with sessions() as session:
        return await session.get(Upload, ref)


class StoredFiles:
    """The files of the channels that keep none themselves, for `bot.conversation.files`."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def read(self, message: IncomingMessage) -> bytes:
        """The bytes; a chat reads only its own. Raises `FileUnavailable` when they were swept."""
        upload = await read_upload(self._sessions, message.attachment.ref) if message.attachment else None
        if upload is None or (upload.channel, upload.chat_id) != (message.channel, message.chat_id):
            raise FileUnavailable(FileTrouble.GONE, "the file is no longer kept; ask to send it again")
        return upload.data

    async def read_sent(self, attachment: Attachment) -> bytes | None:
        """The bytes of a file that an officer sent; None once they were swept."""
        upload = await read_upload(self._sessions, attachment.ref)
        return upload.data if upload else None


def _ref(channel: str, chat_id: str, key: str) -> str:
    return hashlib.sha256(f"{channel}\0{chat_id}\0{key}".encode()).hexdigest()[:32]

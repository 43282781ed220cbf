"""The file of a message, whatever the channel."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.channels.uploads import StoredFiles, store_upload
from bot.conversation.files import SIZE_LIMIT, Files, FilesByChannel, FileTrouble, FileUnavailable
from bot.conversation.messages import Attachment, IncomingMessage, Kind
from bot.database import Base, create_engine, create_sessions
from bot.photos.phrasing import ask_again
from bot.texts import LANGUAGES

PHOTO = b"\xff\xd8\xff and what follows"


class Slow:
    async def read(self, message: IncomingMessage) -> bytes:
        await asyncio.Event().wait()
        return b""


def sent(attachment: Attachment | None, channel: str = "web", chat_id: str = "ani") -> IncomingMessage:
    return IncomingMessage(channel, chat_id, "1", Kind.PHOTO, attachment=attachment)


async def trouble(files: Files, message: IncomingMessage) -> FileTrouble:
    with pytest.raises(FileUnavailable) as raised:
        await files.read(message)
    return raised.value.trouble


Stored = tuple[async_sessionmaker[AsyncSession], Attachment]


@pytest_asyncio.fixture
async def stored(sqlite_url: str) -> AsyncIterator[Stored]:
    engine = create_engine(sqlite_url)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    sessions = create_sessions(engine)
    yield sessions, await store_upload(sessions, "web", "ani", "1", "image/jpeg", PHOTO)
    await engine.dispose()


async def test_a_photo_sent_in_the_web_chat_is_read(stored: Stored) -> None:
    sessions, photo = stored
    assert await FilesByChannel({"web": StoredFiles(sessions)}).read(sent(photo)) == PHOTO


async def test_a_chat_never_reads_another_one_s_photo(stored: Stored) -> None:
    sessions, photo = stored
    files = FilesByChannel({"web": StoredFiles(sessions), "rest": StoredFiles(sessions)})
    assert await trouble(files, sent(photo, chat_id="budi")) is FileTrouble.GONE
    assert await trouble(files, sent(photo, channel="rest")) is FileTrouble.GONE


async def test_a_swept_photo_is_gone(stored: Stored) -> None:
    sessions, _ = stored
    files = FilesByChannel({"web": StoredFiles(sessions)})
    assert await trouble(files, sent(Attachment("swept", "image/jpeg"))) is FileTrouble.GONE


async def test_a_message_or_channel_without_files_has_none() -> None:
    assert await trouble(FilesByChannel({"web": Slow()}), sent(None)) is FileTrouble.GONE
    assert await trouble(FilesByChannel(), sent(Attachment("1", "image/jpeg"))) is FileTrouble.GONE


async def test_a_file_known_to_be_too_large_is_not_asked_for() -> None:
    large = Attachment("1", "image/jpeg", size=SIZE_LIMIT + 1)
    assert await trouble(FilesByChannel({"web": Slow()}), sent(large)) is FileTrouble.TOO_LARGE


async def test_a_turn_does_not_wait_for_ever() -> None:
    files = FilesByChannel({"web": Slow()}, seconds=0.01)
    assert await trouble(files, sent(Attachment("1", "image/jpeg"))) is FileTrouble.OUT_OF_REACH


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_trouble_has_its_own_words(language: str) -> None:
    said = {ask_again(FileUnavailable(trouble, ""), language) for trouble in FileTrouble}
    assert len(said) == len(FileTrouble)

"""A photo in a chat."""

from sqlalchemy import select

from bot.conversation.messages import Attachment, IncomingMessage, Kind
from bot.conversation.models import Upload
from bot.services import Services
from tests.chat.conftest import Chat
from tests.photos.faces import good_face


async def test_a_photo_is_answered_and_can_be_read_in_full(chat: Chat, services: Services) -> None:
    await chat.sends_photo(good_face(), caption="foto saya")
    assert chat.replies
    assert chat.sessions
    async with chat.sessions() as session:
        ref = (await session.scalars(select(Upload.id))).one()
    message = IncomingMessage("web", chat.chat_id, "x", Kind.PHOTO, attachment=Attachment(ref, "image/jpeg"))
    assert await services.files.read(message) == good_face()

"""Sends the assistant's replies to Telegram."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import structlog
from telegram import Bot, InputFile, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.channels.telegram.failures import delivery_errors, is_bad_markup, is_nothing_to_delete
from bot.channels.telegram.markup import CAPTION_LIMIT, Keyboard, keyboard, length, split, to_html
from bot.conversation.messages import Attachment, Document, Picture, Reply
from bot.errors import DeliveryRefused

RenderPicture = Callable[[Picture], Awaitable[bytes]]
RenderDocument = Callable[[Document], Awaitable[bytes]]
ReadAttachment = Callable[[Attachment], Awaitable[bytes | None]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """One message as Telegram knows them: a text, or a file with the text as its caption."""

    text: str
    photo: bytes | None = None
    document: bytes | None = None
    filename: str = ""

    @property
    def is_file(self) -> bool:
        return self.photo is not None or self.document is not None


class TelegramMessenger:
    """Implements `bot.conversation.sender.Messenger`."""

    def __init__(
        self,
        bot: Bot,
        render_picture: RenderPicture,
        render_document: RenderDocument,
        read_attachment: ReadAttachment,
    ) -> None:
        """The renderers give a PNG, and the file's bytes; the last gives None for what is no longer kept."""
        self._bot = bot
        self._render_picture = render_picture
        self._render_document = render_document
        self._read_attachment = read_attachment

    async def send(self, chat_id: str, reply: Reply, language: str) -> str | None:
        """Send a reply, in several messages where it must be; gives the id of the last one."""
        *first, last = await self._parts(reply)
        with delivery_errors():
            for part in first:
                await self._send_part(chat_id, part, None)
            message = await self._send_part(chat_id, last, keyboard(reply, language, is_private(chat_id)))
        return str(message.message_id)

    async def delete(self, chat_id: str, message_id: str) -> None:
        """Delete a message; one that is gone or too old is left as it is."""
        with delivery_errors():
            try:
                await self._bot.delete_message(_chat(chat_id), int(message_id))
            except BadRequest as error:
                if not is_nothing_to_delete(error):
                    raise
                log.info("a message was not there to delete", reason=error.message)

    async def _parts(self, reply: Reply) -> list[Part]:
        picture = await self._picture_part(reply.picture) if reply.picture else None
        document = await self._document_part(reply.document) if reply.document else None
        attachment = await self._attachment_part(reply.attachment) if reply.attachment else None
        files = [part for part in (picture, document, attachment) if part is not None]
        if len(files) == 1 and files[0].is_file and length(reply.text) <= CAPTION_LIMIT:
            return [replace(files[0], text=reply.text.strip() or files[0].text)]
        texts = [Part(piece) for piece in split(reply.text)]
        return [part for part in (*files, *texts) if part.is_file or part.text] or [Part(reply.text)]

    async def _picture_part(self, picture: Picture) -> Part:
        """The picture, or what it shows in words when it can't be drawn: the answer matters more."""
        alt = split(picture.alt, CAPTION_LIMIT)[0] if picture.alt.strip() else ""
        try:
            return Part(alt, photo=await self._render_picture(picture))
        except Exception:
            log.exception("a picture can't be drawn", kind=picture.kind)
            return Part(alt)

    async def _document_part(self, document: Document) -> Part:
        return Part("", document=await self._render_document(document), filename=document.filename)

    async def _attachment_part(self, attachment: Attachment) -> Part:
        data = await self._read_attachment(attachment)
        if data is None:
            raise DeliveryRefused("the file is no longer kept")
        if attachment.mime.startswith("image/"):
            return Part("", photo=data, filename=attachment.name)
        return Part("", document=data, filename=attachment.name)

    async def _send_part(self, chat_id: str, part: Part, below: Keyboard | None) -> Message:
        try:
            return await self._call(chat_id, part, to_html(part.text), ParseMode.HTML, below)
        except BadRequest as error:
            if not is_bad_markup(error):
                raise
            log.warning("Telegram does not read our markup; the text goes out plain")
            return await self._call(chat_id, part, part.text, None, below)

    async def _call(
        self,
        chat_id: str,
        part: Part,
        text: str,
        parse_mode: ParseMode | None,
        below: Keyboard | None,
    ) -> Message:
        chat = _chat(chat_id)
        if part.photo is not None:
            return await self._bot.send_photo(
                chat,
                InputFile(part.photo, part.filename or "picture.png"),
                caption=text or None,
                parse_mode=parse_mode,
                reply_markup=below,
            )
        if part.document is not None:
            return await self._bot.send_document(
                chat,
                InputFile(part.document, part.filename),
                caption=text or None,
                parse_mode=parse_mode,
                reply_markup=below,
            )
        return await self._bot.send_message(chat, text, parse_mode=parse_mode, reply_markup=below)


def is_private(chat_id: str) -> bool:
    """Groups and channels have negative numbers in Telegram."""
    return not chat_id.startswith("-")


def _chat(chat_id: str) -> int | str:
    return int(chat_id) if chat_id.lstrip("-").isdigit() else chat_id

"""What a browser sends and shows of the messages of a chat."""

from typing import Any

from bot.channels.http_input import cleaned
from bot.channels.media import attachment_path, document_path, picture_path
from bot.conversation.commands import command_to_payload
from bot.conversation.gateway import StoredMessage
from bot.conversation.messages import BUTTON_PAYLOAD_LIMIT, Attachment, IncomingMessage, Kind

CHANNEL = "web"
TEXT_LIMIT = 2000
"""Characters."""


def typed_message(chat_id: str, key: str, text: str, language: str) -> IncomingMessage:
    """A text; a command such as `/saldo` counts as the button it stands for."""
    meant = command_to_payload(cleaned(text).strip())
    kind = Kind.BUTTON if meant.startswith("/") else Kind.TEXT
    return IncomingMessage(CHANNEL, chat_id, _key(chat_id, key), kind, meant, key, language=language)


def tapped_message(chat_id: str, key: str, payload: str, language: str) -> IncomingMessage:
    """A button that was tapped."""
    return IncomingMessage(CHANNEL, chat_id, _key(chat_id, key), Kind.BUTTON, payload, key, language=language)


def file_message(chat_id: str, key: str, file: Attachment, caption: str, language: str) -> IncomingMessage:
    """A photo or a document; its caption is never taken as a command."""
    kind = Kind.PHOTO if file.mime.startswith("image/") else Kind.DOCUMENT
    text = cleaned(caption).strip().lstrip("/ ")
    return IncomingMessage(CHANNEL, chat_id, _key(chat_id, key), kind, text, key, language=language, attachment=file)


def is_payload(value: object) -> bool:
    """Whether this can be the payload of a button."""
    if not isinstance(value, str) or not value.startswith("/"):
        return False
    return len(value.encode("utf-8", "replace")) <= BUTTON_PAYLOAD_LIMIT


def shown(message: StoredMessage) -> dict[str, Any]:
    """A message as the page draws it; empty parts are left out."""
    picture = picture_path(message.picture_id) if message.picture_id else ""
    document = document_path(message.document_id) if message.document_id else ""
    if message.attachment_id:
        path = attachment_path(message.attachment_id, message.attachment_mime)
        picture, document = (path, "") if message.attachment_mime.startswith("image/") else ("", path)
    content = {
        "cursor": message.cursor,
        "author": message.author,
        "officer": message.officer,
        "text": message.text,
        "at": message.at.isoformat(timespec="seconds"),
        "buttons": [{"title": button.title, "payload": button.payload} for button in message.buttons],
        "picture": picture,
        "alt": message.alt,
        "document": document,
        "name": message.document_name,
        "key": message.key,
    }
    return {name: value for name, value in content.items() if value}


def _key(chat_id: str, key: str) -> str:
    return f"{chat_id}:{key}"

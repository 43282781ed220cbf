"""From Telegram's update to the assistant's incoming message; pure."""

import re
from typing import Any

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.constants import ChatType

from bot.conversation.commands import command_to_payload
from bot.conversation.messages import Attachment, Contact, IncomingMessage, Kind

CHANNEL = "telegram"
ALLOWED_UPDATES = ("message", "callback_query")
"""Edited messages, channel posts, reactions and memberships are not even asked for."""

_COMMAND_FOR = re.compile(r"/\w+@(\w+)")
_UNKNOWN_FILE_TYPE = "application/octet-stream"


def to_message(update: Update, bot: User) -> IncomingMessage | None:
    """What a person said to the assistant; None when nobody said anything to it.

    In groups only commands, answers to the assistant and mentions of it are meant for it.
    """
    if update.callback_query:
        return _from_button(update.update_id, update.callback_query)
    message = update.message
    if message is None or (message.from_user and message.from_user.is_bot):
        return None
    if not _is_private(message.chat) and not _is_meant_for(bot, message):
        return None
    content = _content(message, bot)
    if content is None:
        return None
    envelope = _envelope(update.update_id, message.chat, message.from_user)
    return IncomingMessage(message_id=str(message.message_id), **envelope, **content)


def _from_button(update_id: int, query: CallbackQuery) -> IncomingMessage | None:
    if query.message is None or not query.data:
        return None
    return IncomingMessage(
        kind=Kind.BUTTON,
        text=query.data,
        **_envelope(update_id, query.message.chat, query.from_user),
    )


def _envelope(update_id: int, chat: Chat, user: User | None) -> dict[str, Any]:
    return {
        "channel": CHANNEL,
        "chat_id": str(chat.id),
        "key": f"update:{update_id}",
        "private": _is_private(chat),
        "language": user.language_code if user else None,
    }


def _content(message: Message, bot: User) -> dict[str, Any] | None:
    """The kind of a message and what it carries; None for events of the chat, such as a new member."""
    if message.text is not None:
        return _text(_without_mention(message.text, bot))
    caption = _without_mention(message.caption or "", bot)
    if message.contact:
        return {"kind": Kind.CONTACT, "contact": _contact(message)}
    if message.location:
        return {"kind": Kind.LOCATION, "location": (message.location.latitude, message.location.longitude)}
    if message.photo:
        return {"kind": Kind.PHOTO, "text": caption, "attachment": _largest_photo(message)}
    if message.document and not message.animation:
        return {"kind": Kind.DOCUMENT, "text": caption, "attachment": _document(message)}
    if message.effective_attachment or message.api_kwargs:  # the latter: what Telegram invented since
        return {"kind": Kind.OTHER, "text": caption}
    return None


def _text(typed: str) -> dict[str, Any]:
    text = command_to_payload(typed)
    return {"kind": Kind.BUTTON if text.startswith("/") else Kind.TEXT, "text": text}


def _contact(message: Message) -> Contact | None:
    """A forwarded or chosen contact is somebody's number, but not proof of the sender's."""
    shared, sender = message.contact, message.from_user
    if shared is None:
        return None
    is_own = sender is not None and shared.user_id == sender.id and message.forward_origin is None
    return Contact(phone=shared.phone_number, belongs_to_sender=is_own)


def _largest_photo(message: Message) -> Attachment:
    photo = max(message.photo, key=lambda size: size.width * size.height)
    return Attachment(ref=photo.file_id, mime="image/jpeg", size=photo.file_size)


def _document(message: Message) -> Attachment | None:
    file = message.document
    if file is None:
        return None
    mime = file.mime_type or _UNKNOWN_FILE_TYPE
    return Attachment(ref=file.file_id, mime=mime, name=file.file_name or "", size=file.file_size)


def _is_private(chat: Chat) -> bool:
    return chat.type == ChatType.PRIVATE


def _is_meant_for(bot: User, message: Message) -> bool:
    said = message.text or message.caption or ""
    if addressee := _COMMAND_FOR.match(said):
        return addressee[1].lower() == (bot.username or "").lower()
    is_command = command_to_payload(said).startswith("/")
    return is_command or bool(_mention(bot).search(said)) or _answers(bot, message)


def _answers(bot: User, message: Message) -> bool:
    answered = message.reply_to_message and message.reply_to_message.from_user
    return answered is not None and answered.id == bot.id


def _without_mention(text: str, bot: User) -> str:
    if text.startswith("/"):
        return text
    return _mention(bot).sub("", text).strip() if _mention(bot).search(text) else text


def _mention(bot: User) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w@])@{re.escape(bot.username or '-')}\b", re.IGNORECASE)

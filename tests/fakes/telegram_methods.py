"""The methods of the fake Bot API: which fields they take and what they do."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from tests.fakes.telegram_chats import BOT, Chat, Shown, chat_json
from tests.fakes.telegram_rules import (
    Refused,
    bad_request,
    checked_caption,
    checked_commands,
    checked_markup,
    checked_text,
)

if TYPE_CHECKING:
    from tests.fakes.telegram_api import FakeTelegram

Given = dict[str, Any]
"""The fields of a call; a file is a pair of name and bytes."""

DOWNLOAD_LIMIT = 20_000_000


@dataclass(frozen=True)
class Method:
    do: Callable[["FakeTelegram", Given, Request], Awaitable[Any]]
    required: frozenset[str]
    optional: frozenset[str]

    def check(self, given: Given) -> None:
        """The real API ignores fields that it doesn't know; a misspelt one is a defect all the same."""
        if missing := self.required - given.keys():
            raise bad_request(f"{sorted(missing)} must be given")
        if unknown := given.keys() - self.required - self.optional:
            raise bad_request(f"unknown fields {sorted(unknown)}")


METHODS: dict[str, Method] = {}


def method(name: str, required: str = "", optional: str = "") -> Callable[[Any], Any]:
    def register(do: Any) -> Any:
        METHODS[name] = Method(do, frozenset(required.split()), frozenset(optional.split()))
        return do

    return register


@method("getMe")
async def get_me(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    return {**BOT, "can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}


@method("getUpdates", optional="offset limit timeout allowed_updates")
async def get_updates(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    if telegram.webhook:
        raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
    if telegram.poller:
        telegram.poller.set()
    telegram.poller = terminated = asyncio.Event()
    if "allowed_updates" in given:
        telegram.allowed = json.loads(given["allowed_updates"])
    offset = int(given.get("offset", 0))
    telegram.updates[:] = [update for update in telegram.updates if update["update_id"] >= offset]
    telegram.changed()
    await _wait_for_updates(telegram, terminated, request, float(given.get("timeout", 0)))
    if terminated.is_set():
        raise Refused(
            409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
        )
    telegram.poller = None
    return telegram.updates[: int(given.get("limit", 100))]


async def _wait_for_updates(
    telegram: "FakeTelegram",
    terminated: asyncio.Event,
    request: Request,
    seconds: float,
) -> None:
    """Until there is one, the time is up, somebody else asks, or the bot hangs up."""
    ends = [
        asyncio.ensure_future(end)
        for end in (
            terminated.wait(),
            telegram.closing.wait(),
            request.receive(),
            _some_update(telegram),
        )
    ]
    await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    for end in ends:
        end.cancel()
    await asyncio.gather(*ends, return_exceptions=True)


async def _some_update(telegram: "FakeTelegram") -> None:
    await telegram.news(lambda: bool(telegram.updates))


@method("setWebhook", "url", "secret_token allowed_updates max_connections")
async def set_webhook(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    if not given["url"].startswith("https://"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", given.get("secret_token", "none")):
        raise bad_request("bad webhook: secret token contains unallowed characters")
    if not 1 <= int(given.get("max_connections", 40)) <= 100:
        raise bad_request("bad webhook: max_connections must be between 1 and 100")
    if telegram.poller:
        telegram.poller.set()
    telegram.webhook = {"secret_token": "", **given}
    if "allowed_updates" in given:
        telegram.allowed = json.loads(given["allowed_updates"])
    telegram.start_delivering()
    return True


@method("deleteWebhook", optional="drop_pending_updates")
async def delete_webhook(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    telegram.webhook = {}
    return True


@method("setMyCommands", "commands", "language_code")
async def set_my_commands(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    telegram.commands[given.get("language_code", "")] = checked_commands(given["commands"])
    return True


@method("sendMessage", "chat_id text", "parse_mode reply_markup")
async def send_message(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    return _show(telegram, given, checked_text(given["text"], given.get("parse_mode")), given["text"])


@method("sendPhoto", "chat_id photo", "caption parse_mode reply_markup")
async def send_photo(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    _, content = given["photo"]
    if not content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise bad_request("IMAGE_PROCESS_FAILED")
    return _show_file(telegram, given, photo=content)


@method("sendDocument", "chat_id document", "caption parse_mode reply_markup")
async def send_document(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    name, content = given["document"]
    if not content:
        raise bad_request("file must be non-empty")
    return _show_file(telegram, given, document=content, filename=name)


@method("editMessageText", "chat_id message_id text", "parse_mode reply_markup")
async def edit_message_text(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    shown = _shown(telegram, int(given["chat_id"]), int(given["message_id"]))
    if shown is None:
        raise bad_request("message to edit not found")
    text = checked_text(given["text"], given.get("parse_mode"))
    markup = checked_markup(given.get("reply_markup"), int(given["chat_id"]) > 0)
    if (text, markup) == (shown.text, shown.markup):
        raise bad_request("message is not modified")
    shown.text, shown.source, shown.markup = text, given["text"], markup
    return _message_json(int(given["chat_id"]), shown.message_id, text)


@method("deleteMessage", "chat_id message_id")
async def delete_message(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    chat, number = _chat(telegram, given), int(given["message_id"])
    if number in telegram.too_old:
        raise bad_request("message can't be deleted for everyone")
    if chat.own.pop(number, None):
        return True
    if (shown := _shown(telegram, chat.id, number)) is None:
        raise bad_request("message to delete not found")
    chat.shown.remove(shown)
    return True


@method("sendChatAction", "chat_id action")
async def send_chat_action(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    _chat(telegram, given).actions.append(given["action"])
    return True


@method("answerCallbackQuery", "callback_query_id", "text")
async def answer_callback_query(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    if telegram.unanswered.pop(given["callback_query_id"], None) is None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    return True


@method("getFile", "file_id")
async def get_file(telegram: "FakeTelegram", given: Given, request: Request) -> Any:
    file_id = given["file_id"]
    if file_id not in telegram.files:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    size = telegram.sizes.get(file_id, len(telegram.files[file_id]))
    if size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {"file_id": file_id, "file_unique_id": f"u-{file_id}", "file_size": size, "file_path": f"files/{file_id}"}


def _show_file(telegram: "FakeTelegram", given: Given, **file: Any) -> Any:
    caption = given.get("caption", "")
    return _show(telegram, given, checked_caption(caption, given.get("parse_mode")), caption, **file)


def _show(telegram: "FakeTelegram", given: Given, text: str, source: str, **file: Any) -> Any:
    chat = _chat(telegram, given)
    markup = checked_markup(given.get("reply_markup"), chat.id > 0)
    shown = Shown(telegram.next_number(), text, source, markup, **file)
    chat.shown.append(shown)
    return _message_json(chat.id, shown.message_id, text)


def _chat(telegram: "FakeTelegram", given: Given) -> Chat:
    chat = telegram.chats.get(int(given["chat_id"]))
    if chat is None:
        raise bad_request("chat not found")
    if chat.blocked:
        raise Refused(403, "Forbidden: bot was blocked by the user")
    return chat


def _shown(telegram: "FakeTelegram", chat: int, message_id: int) -> Shown | None:
    return next((shown for shown in telegram.chats[chat].shown if shown.message_id == message_id), None)


def _message_json(chat: int, message_id: int, text: str) -> dict[str, Any]:
    return {"message_id": message_id, "date": 1_770_000_000, "chat": chat_json(chat), "from": BOT, "text": text}

"""What the Bot API refuses, in its own words; pure."""

import html
import json
import re
from typing import Any

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_LIMIT = 64

_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "blockquote"}
_TOKEN = re.compile(
    r"(?P<text>[^<>&]+)|(?P<entity>&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);)"
    r"|<(?P<close>/)?(?P<tag>[a-z-]+)>"
)


class Refused(Exception):
    """The Bot API answers with an error."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(what: str) -> Refused:
    return Refused(400, f"Bad Request: {what}")


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def visible_text(text: str, parse_mode: str | None) -> str:
    """What the chat shows of a text; refuses HTML that Telegram would not read."""
    if parse_mode is None:
        return text
    if parse_mode != "HTML":
        raise bad_request("unsupported parse_mode")
    shown: list[str] = []
    opened: list[str] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise bad_request(f"can't parse entities: unexpected character at byte offset {position}")
        if token["tag"]:
            _open_or_close(token["tag"], bool(token["close"]), opened, position)
        shown.append(token["text"] or html.unescape(token["entity"] or ""))
        position = token.end()
    if opened:
        raise bad_request(f"can't parse entities: can't find end tag corresponding to start tag {opened[-1]}")
    return "".join(shown)


def checked_text(text: str, parse_mode: str | None) -> str:
    shown = visible_text(text, parse_mode).strip()
    if not shown:
        raise bad_request("message text is empty")
    if utf16_length(shown) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return shown


def checked_caption(text: str, parse_mode: str | None) -> str:
    shown = visible_text(text, parse_mode).strip()
    if utf16_length(shown) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return shown


def checked_markup(markup: str | None, private: bool) -> dict[str, Any]:
    """The keyboard of a message."""
    if markup is None:
        return {}
    keyboard: dict[str, Any] = json.loads(markup)
    kinds = {"inline_keyboard", "keyboard", "remove_keyboard"} & keyboard.keys()
    if len(kinds) != 1:
        raise bad_request("object expected as reply markup")
    for row in keyboard.get("inline_keyboard", []):
        for button in row:
            _check_inline_button(button)
    for row in keyboard.get("keyboard", []):
        for button in row:
            _check_title(button)
            if button.get("request_contact") and not private:
                raise bad_request("phone number can be requested in private chats only")
    return keyboard


def checked_commands(commands: str) -> list[tuple[str, str]]:
    pairs = [(entry["command"], entry["description"]) for entry in json.loads(commands)]
    for name, description in pairs:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return pairs


def _check_inline_button(button: dict[str, Any]) -> None:
    _check_title(button)
    if not 1 <= len(button.get("callback_data", "").encode()) <= CALLBACK_DATA_LIMIT:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_title(button: dict[str, Any]) -> None:
    if not button.get("text", "").strip():
        raise bad_request("keyboard button text must be non-empty")


def _open_or_close(tag: str, closes: bool, opened: list[str], position: int) -> None:
    if tag not in _TAGS:
        raise bad_request(f'can\'t parse entities: unsupported start tag "{tag}" at byte offset {position}')
    if not closes:
        opened.append(tag)
    elif not opened or opened.pop() != tag:
        raise bad_request(f"can't parse entities: unexpected end tag at byte offset {position}")

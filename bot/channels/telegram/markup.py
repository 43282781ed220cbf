"""From the assistant's text to Telegram's: bold, pieces of a size that Telegram takes, keyboards; pure."""

import html
import re
from collections.abc import Sequence

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import MessageLimit

from bot.conversation.messages import Button, Reply
from bot.texts import say

TEXT_LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
CAPTION_LIMIT = int(MessageLimit.CAPTION_LENGTH)
SHORT_TITLE = 14
"""Characters; two titles of this length fit beside each other on a small phone."""

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

_BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")


def to_html(text: str) -> str:
    """Escape everything, and make `*bold*` bold; an asterisk without its partner stays an asterisk."""
    return _BOLD.sub(r"<b>\1</b>", html.escape(text, quote=False))


def length(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 code units: an emoji is two."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def split(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Cut a text into pieces that Telegram takes, at line ends if possible, else at spaces, else anywhere."""
    pieces = []
    rest = text.strip()
    while length(rest) > limit:
        head = _longest_head(rest, limit)
        pieces.append(rest[:head].rstrip())
        rest = rest[head:].lstrip()
    return [piece for piece in (*pieces, rest) if piece]


def keyboard(reply: Reply, language: str, private: bool) -> Keyboard | None:
    """What hangs below a reply.

    Telegram shows either buttons in the chat or buttons in place of the keyboard: beside the one that shares
    the phone number, the others send their titles as text. A reply without any puts the keyboard away again.
    """
    if reply.ask_contact and private:
        return _contact_keyboard(reply.buttons, language)
    if reply.buttons:
        return InlineKeyboardMarkup(_rows(reply.buttons))
    return ReplyKeyboardRemove() if private else None


def _contact_keyboard(buttons: Sequence[Button], language: str) -> ReplyKeyboardMarkup:
    share = KeyboardButton(say("telegram.share_contact", language), request_contact=True)
    others = [[KeyboardButton(button.title)] for button in buttons]
    return ReplyKeyboardMarkup([[share], *others], one_time_keyboard=True, resize_keyboard=True)


def _rows(buttons: Sequence[Button]) -> list[list[InlineKeyboardButton]]:
    """One button a row; two short ones that follow each other share a row."""
    rows: list[list[Button]] = []
    for button in buttons:
        if rows and len(rows[-1]) == 1 and all(len(b.title) <= SHORT_TITLE for b in (*rows[-1], button)):
            rows[-1].append(button)
        else:
            rows.append([button])
    return [[InlineKeyboardButton(b.title, callback_data=b.payload) for b in row] for row in rows]


def _longest_head(text: str, limit: int) -> int:
    """Where to cut: the position of the last good place within the limit."""
    end = _characters_within(text, limit)
    for separator in ("\n", " "):
        found = text.rfind(separator, 1, end + 1)
        if found > 0:
            return found
    return end


def _characters_within(text: str, limit: int) -> int:
    units = 0
    for position, character in enumerate(text):
        units += 2 if ord(character) > 0xFFFF else 1
        if units > limit:
            return position
    return len(text)

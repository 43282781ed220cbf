"""What the fake Bot API's chats know and show."""

from dataclasses import dataclass, field
from typing import Any

BOT = {"id": 4242, "is_bot": True, "first_name": "JMO", "username": "JmoTestBot"}


@dataclass
class Shown:
    """A message of the bot as a chat shows it."""

    message_id: int
    text: str
    """Visible text, without markup."""
    source: str
    """As the bot sent it."""
    markup: dict[str, Any]
    photo: bytes | None = None
    document: bytes | None = None
    filename: str = ""

    @property
    def buttons(self) -> list[list[str]]:
        """Titles of the buttons below the message, by row."""
        return [[button["text"] for button in row] for row in self.markup.get("inline_keyboard", [])]

    @property
    def keyboard(self) -> list[list[str]]:
        """Titles of the keys in place of the keyboard, by row."""
        return [[key["text"] for key in row] for row in self.markup.get("keyboard", [])]


@dataclass
class Chat:
    """What one chat knows."""

    id: int
    language: str = "id"
    shown: list[Shown] = field(default_factory=list)
    own: dict[int, dict[str, Any]] = field(default_factory=dict)
    """The person's own messages by number."""
    actions: list[str] = field(default_factory=list)
    blocked: bool = False


def chat_json(chat: int) -> dict[str, Any]:
    """As the Bot API describes a chat; groups have negative numbers."""
    if chat > 0:
        return {"id": chat, "type": "private", "first_name": "Siti"}
    return {"id": chat, "type": "supergroup", "title": "Serikat pekerja"}

"""The conversation core in memory, for tests of pull channels: it answers as a test tells it to."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot import clock
from bot.conversation.gateway import StoredMessage, Unasked
from bot.conversation.messages import IncomingMessage, Kind, Reply
from bot.conversation.replies import StoredReply

Answer = Callable[[IncomingMessage], Sequence[Reply]]


def echo(message: IncomingMessage) -> list[Reply]:
    """Say back what was said."""
    return [Reply(f"Anda menulis: {message.text}")]


@dataclass
class _Said:
    chat: tuple[str, str]
    message: StoredMessage


class FakeGateway:
    """Keeps every message once, answers it unless held up, and tells what was said."""

    def __init__(self, answer: Answer = echo) -> None:
        self.answer = answer
        self.accepted: list[IncomingMessage] = []
        self.typed: list[str] = []
        """Chats that said that somebody is typing."""
        self.titles: dict[str, str] = {}
        """Under which title a payload is shown in the history."""
        self._said: list[_Said] = []
        self._replies: dict[tuple[str, str], list[StoredReply]] = {}
        self._unasked: list[tuple[tuple[str, str], Unasked]] = []
        self._working: set[tuple[str, str]] = set()
        self._free = asyncio.Event()
        self._free.set()
        self._news = asyncio.Event()
        self._last_id = 0
        self._last_at = clock.now()
        self._tasks: set[asyncio.Task[None]] = set()

    def hold(self) -> None:
        """Leave messages unanswered until `go_on`."""
        self._free.clear()

    def go_on(self) -> None:
        """Answer what waits."""
        self._free.set()

    def say(self, channel: str, chat_id: str, reply: Reply, author: str = "bot") -> StoredReply:
        """Say something, asked or unasked."""
        self._last_id += 1
        at = self._moment()
        name = reply.attachment.name if reply.attachment else ""
        message = StoredMessage(
            _cursor(at), author, reply.text, at, reply.buttons,
            picture_id=self._last_id if reply.picture else None,
            document_id=self._last_id if reply.document else None,
            attachment_id=self._last_id if reply.attachment else None,
            attachment_mime=reply.attachment.mime if reply.attachment else "",
            document_name=reply.document.filename if reply.document else name,
            alt=reply.picture.alt if reply.picture else "",
        )  # fmt: skip
        self._tell((channel, chat_id), message)
        stored = StoredReply(self._last_id, reply)
        self._replies.setdefault((channel, str(self._last_id)), []).append(stored)
        return stored

    def say_unasked(self, channel: str, chat_id: str, reply: Reply, author: str, officer: str = "") -> None:
        """Say what no message asked for."""
        stored = self.say(channel, chat_id, reply, author)
        self._unasked.append(((channel, chat_id), Unasked(stored, author, officer, self._last_at)))

    async def unasked(self, channel: str, chat_id: str, after: int, limit: int) -> list[Unasked]:
        said = [one for chat, one in self._unasked if chat == (channel, chat_id) and one.stored.id > after]
        return said[:limit]

    async def accept(self, message: IncomingMessage, awaits_answer: bool = False) -> bool:
        if any((m.channel, m.key) == (message.channel, message.key) for m in self.accepted):
            return False
        self.accepted.append(message)
        at = self._moment()
        shown = "📷" if message.kind is Kind.PHOTO else self.titles.get(message.text, message.text)
        self._tell((message.channel, message.chat_id), StoredMessage(_cursor(at), "participant", shown, at))
        self._working.add((message.channel, message.chat_id))
        task = asyncio.create_task(self._take_turn(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return True

    async def answers(self, message: IncomingMessage, timeout: float) -> list[StoredReply]:
        async with asyncio.timeout(timeout):
            while (message.channel, message.key) not in self._replies:
                await self._news.wait()
        return self._replies[message.channel, message.key]

    async def history(self, channel: str, chat_id: str, after: int, limit: int = 50) -> list[StoredMessage]:
        said = [said.message for said in self._said if said.chat == (channel, chat_id)]
        return [message for message in said if message.cursor > after][-limit:]

    async def changed(self, channel: str, chat_id: str, timeout: float) -> None:
        try:
            async with asyncio.timeout(timeout):
                await self._news.wait()
        except TimeoutError:
            return

    async def typing(self, channel: str, chat_id: str) -> bool:
        return (channel, chat_id) in self._working

    async def participant_types(self, channel: str, chat_id: str) -> None:
        self.typed.append(chat_id)

    async def reply(self, outbox_id: int) -> Reply | None:
        stored = [s for replies in self._replies.values() for s in replies if s.id == outbox_id]
        return stored[0].reply if stored else None

    async def _take_turn(self, message: IncomingMessage) -> None:
        await self._free.wait()
        stored = [self.say(message.channel, message.chat_id, reply) for reply in self.answer(message)]
        self._replies[message.channel, message.key] = stored
        self._working.discard((message.channel, message.chat_id))
        self._give_hint()

    def _moment(self) -> datetime:
        self._last_at = max(clock.now(), self._last_at + timedelta(microseconds=1))
        return self._last_at

    def _tell(self, chat: tuple[str, str], message: StoredMessage) -> None:
        self._said.append(_Said(chat, replace(message)))
        self._give_hint()

    def _give_hint(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


def _cursor(moment: datetime) -> int:
    return int(moment.timestamp()) * 1_000_000 + moment.microsecond

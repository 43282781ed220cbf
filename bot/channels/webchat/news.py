"""What was said in a chat, at once and as it happens (server-sent events)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, Protocol

from bot.channels.webchat.messages import CHANNEL, shown
from bot.conversation.gateway import StoredMessage
from bot.conversation.messages import IncomingMessage

HEARTBEAT_SECONDS = 15.0
LOOK_SOON_SECONDS = 1.0
"""After news there is often more; a hint may have been given while we looked."""
STREAM_SECONDS = 600.0
"""A stream ends after this time and the browser opens the next one."""
OVERLAP = 60_000_000
"""Microseconds. A turn's replies bear the time of its beginning, so that they may come in behind a newer message."""


class ChatGateway(Protocol):
    """What the web chat needs of the core."""

    async def accept(self, message: IncomingMessage) -> bool: ...

    async def history(self, channel: str, chat_id: str, after: int, limit: int = 50) -> list[StoredMessage]: ...

    async def changed(self, channel: str, chat_id: str, timeout: float) -> None: ...

    async def typing(self, channel: str, chat_id: str) -> bool: ...

    async def participant_types(self, channel: str, chat_id: str) -> None: ...


async def history(gateway: ChatGateway, chat_id: str, after: int) -> dict[str, Any]:
    """What came after a cursor, and some of what came shortly before: the page knows what it has."""
    messages = await gateway.history(CHANNEL, chat_id, max(after - OVERLAP, 0))
    return {
        "messages": [shown(message) for message in messages],
        "typing": await gateway.typing(CHANNEL, chat_id),
    }


async def events(gateway: ChatGateway, chat_id: str, after: int) -> AsyncIterator[str]:
    """Everything after a cursor as server-sent events, with a comment as heartbeat."""
    seen: set[int] = set()
    was_typing = False
    loop = asyncio.get_running_loop()
    end, heartbeat = loop.time() + STREAM_SECONDS, loop.time() + HEARTBEAT_SECONDS
    pause = LOOK_SOON_SECONDS
    yield "retry: 2000\n\n"
    while loop.time() < end:
        # Listen before looking, so that nothing falls between.
        change = asyncio.create_task(gateway.changed(CHANNEL, chat_id, pause))
        await asyncio.sleep(0)
        try:
            lines = []
            for message in await gateway.history(CHANNEL, chat_id, max(after - OVERLAP, 0)):
                if message.cursor not in seen:
                    seen.add(message.cursor)
                    after = max(after, message.cursor)
                    lines.append(_event("message", shown(message), after))
            typing = await gateway.typing(CHANNEL, chat_id)
            if typing != was_typing:
                was_typing = typing
                lines.append(_event("typing", typing))
            if not lines and loop.time() >= heartbeat:
                lines.append(":\n\n")
            if lines:
                heartbeat = loop.time() + HEARTBEAT_SECONDS
                yield "".join(lines)
            pause = LOOK_SOON_SECONDS if lines or typing else HEARTBEAT_SECONDS
            await change
        finally:
            change.cancel()


def _event(name: str, data: object, cursor: int | None = None) -> str:
    identity = f"id: {cursor}\n" if cursor is not None else ""
    return f"{identity}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"

"""Tells open pages of the desk that something changed; each then fetches what it needs.

A stream carries no content and holds no database connection. Its page fetches once when it is connected, so that
what happened meanwhile isn't missed.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from bot.conversation.wakeups import Hint

HEARTBEAT_SECONDS = 15.0
STREAM_SECONDS = 120.0
"""A stream ends after this time and the page opens the next one, which asks again who it is."""
CALM_SECONDS = 1.0
"""The queue is told of no more often to a page: with many chats it changes all the time."""

QUEUE, TALK, TYPING, PRESENT = "queue", "talk", "typing", "present"


@dataclass(eq=False)
class Watcher:
    """One open page of one officer; without a conversation it is the queue."""

    officer_id: int
    name: str
    conversation_id: int | None = None
    pending: dict[str, None] = field(default_factory=dict)
    """Names of what changed, in order, each once."""
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    calm_since: float = -CALM_SECONDS
    """When it was last told calmly, or is going to be; in the loop's time."""

    def tell(self, name: str) -> None:
        """Note that something changed."""
        self.pending[name] = None
        self.woken.set()

    def tell_calmly(self, name: str) -> None:
        """Note that something changed; what follows shortly after is told once, after `CALM_SECONDS`."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self.calm_since + CALM_SECONDS:
            self.calm_since = loop.time()
            self.tell(name)
        elif loop.time() >= self.calm_since:
            self.calm_since += CALM_SECONDS
            loop.call_at(self.calm_since, self.tell, name)

    async def news(self, seconds: float) -> list[str]:
        """What changed since the last call, waiting at most so long for something."""
        try:
            async with asyncio.timeout(seconds):
                await self.woken.wait()
        except TimeoutError:
            return []
        self.woken.clear()
        names, self.pending = list(self.pending), {}
        return names


class Live:
    """The open pages of this process."""

    def __init__(self) -> None:
        self._watchers: set[Watcher] = set()

    def heard(self, hint: Hint, conversation_id: int) -> None:
        """Pass a hint on to the pages that show what it is about."""
        for watcher in self._watchers:
            here = watcher.conversation_id == conversation_id
            if hint is Hint.DESK:
                watcher.tell_calmly(QUEUE)
            if here and hint in (Hint.DESK, Hint.OUTBOX):
                watcher.tell(TALK)
            if here and hint is Hint.PARTICIPANT_TYPES:
                watcher.tell(TYPING)

    def others(self, conversation_id: int, officer_id: int) -> list[str]:
        """The names of the other officers who have this conversation open."""
        return sorted(
            {
                watcher.name
                for watcher in self._watchers
                if watcher.conversation_id == conversation_id and watcher.officer_id != officer_id
            }
        )

    async def events(self, watcher: Watcher) -> AsyncIterator[str]:
        """The stream of a page: an event for everything that changed, a comment as heartbeat."""
        loop = asyncio.get_running_loop()
        end = loop.time() + STREAM_SECONDS
        with self._watching(watcher):
            yield "retry: 1000\n\n" + self._event(watcher, "connected")
            while (left := end - loop.time()) > 0:
                names = await watcher.news(min(HEARTBEAT_SECONDS, left))
                yield "".join(self._event(watcher, name) for name in names) or ":\n\n"

    @contextmanager
    def _watching(self, watcher: Watcher) -> Iterator[None]:
        self._watchers.add(watcher)
        self._tell_present(watcher)
        try:
            yield
        finally:
            self._watchers.discard(watcher)
            self._tell_present(watcher)

    def _tell_present(self, changed: Watcher) -> None:
        for watcher in self._watchers:
            if changed.conversation_id is not None and watcher.conversation_id == changed.conversation_id:
                watcher.tell(PRESENT)

    def _event(self, watcher: Watcher, name: str) -> str:
        data: object = None
        if name == PRESENT and watcher.conversation_id is not None:
            data = self.others(watcher.conversation_id, watcher.officer_id)
        return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"

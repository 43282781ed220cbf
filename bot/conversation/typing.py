"""Shows in a pushed channel that an officer is typing, by the channel's own sign that something is worked on."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.conversation.models import Conversation
from bot.conversation.wakeups import Hint

SHOWN_SECONDS = 4.0
"""An officer who goes on typing says so again before that."""


class OfficerTypes:
    """A listener to hints."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        working: Mapping[str, Callable[[str], AbstractAsyncContextManager[None]]],
        seconds: float = SHOWN_SECONDS,
    ) -> None:
        """`working` is the sign of each channel that has one."""
        self._sessions = sessions
        self._working = working
        self._seconds = seconds
        self._shown: dict[int, asyncio.Task[None]] = {}

    def heard(self, hint: Hint, conversation_id: int) -> None:
        """Show the sign for a while, unless it is shown."""
        if hint is Hint.OFFICER_TYPES and self._working and conversation_id not in self._shown:
            task = asyncio.get_running_loop().create_task(self._show(conversation_id))
            self._shown[conversation_id] = task
            task.add_done_callback(lambda _: self._shown.pop(conversation_id))

    async def settled(self) -> None:
        """Wait for the signs that are shown."""
        await asyncio.gather(*self._shown.values(), return_exceptions=True)

    async def _show(self, conversation_id: int) -> None:
        async with self._sessions() as session:
            conversation = await session.get(Conversation, conversation_id)
        if conversation and (working := self._working.get(conversation.channel)):
            async with working(conversation.chat_id):
                await asyncio.sleep(self._seconds)

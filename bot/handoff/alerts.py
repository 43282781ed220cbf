"""Tells the officers' own Telegram group who waits too long: case numbers and topics, nothing personal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.numbers import case_number
from bot.cases.phrasing import kind_name
from bot.conversation.messages import Reply
from bot.conversation.models import Author, Conversation
from bot.conversation.outbox import write
from bot.handoff.models import Handoff
from bot.texts import DEFAULT_LANGUAGE, say

MOST_NAMED = 10
"""A group may be sent twenty messages a minute, so one names many."""


@dataclass(frozen=True)
class Alerts:
    """Where alerts go; without a chat there are none."""

    chat_id: str = ""
    desk: str = ""
    """The address of the desk."""

    async def tell(self, session: AsyncSession, late: Sequence[Case | Handoff], now: datetime) -> None:
        """Write one message about all of them in the caller's transaction."""
        if not self.chat_id or not late:
            return
        group = await self._group(session)
        lines = [self._line(one, group.language) for one in late[:MOST_NAMED]]
        if more := len(late) - MOST_NAMED:
            lines += [say("handoff.alert_more", group.language, count=more)] if more > 0 else []
        text = "\n".join([say("handoff.alert", group.language), *lines])
        await write(session, group, Reply(text), now, Author.SYSTEM)

    def _line(self, late: Case | Handoff, language: str) -> str:
        """One of them, with the link to where it is worked on."""
        if isinstance(late, Case):
            number, about, page = late.number, kind_name(late.kind, language), f"kasus/{late.number}"
        else:
            about = say(f"handoff.topic_{late.topic}", language)
            number, page = case_number(late.case_id), f"percakapan/{late.id}"
        line = say("handoff.alert_line", language, number=number, about=about)
        return f"{line}\n{self.desk}/{page}" if self.desk else line

    async def _group(self, session: AsyncSession) -> Conversation:
        own = select(Conversation).where(Conversation.channel == "telegram", Conversation.chat_id == self.chat_id)
        if found := await session.scalar(own):
            return found
        group = Conversation(channel="telegram", chat_id=self.chat_id, private=False, language=DEFAULT_LANGUAGE)
        session.add(group)
        await session.flush()
        return group

"""Known disturbances: started and ended by an operator, shown to whoever asks about their topic."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Incident, IncidentWatch
from bot.cases.notices import tell
from bot.conversation.messages import Button, Reply
from bot.conversation.models import Conversation
from bot.errors import BadInput
from bot.texts import say


class IncidentNotFound(BadInput):
    """No incident with this number is under way."""


class Incidents:
    """Works in the caller's transaction."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def start(self, text: str, topic: str) -> Incident:
        """Begin to show a banner to whoever asks about a topic (an intent)."""
        if not text.strip():
            raise BadInput("an incident needs a text: what doesn't work, and what participants should do meanwhile")
        incident = Incident(topic=topic, text=text.strip(), started_at=self._now)
        self._session.add(incident)
        await self._session.flush([incident])
        return incident

    async def under_way(self, topic: str | None = None) -> Sequence[Incident]:
        """What isn't over, newest first."""
        found = select(Incident).where(Incident.ended_at.is_(None)).order_by(Incident.id.desc())
        return (await self._session.scalars(found if topic is None else found.where(Incident.topic == topic))).all()

    async def end(self, id: int) -> int:
        """End an incident and tell everybody who wanted to know; gives how many. Raises `IncidentNotFound`."""
        incident = await self._session.get(Incident, id)
        if incident is None or incident.ended_at:
            raise IncidentNotFound(f"no incident {id} is under way: 'jmo incident list' shows those that are")
        incident.ended_at = self._now
        chats = await self._session.scalars(
            select(Conversation)
            .join(IncidentWatch, IncidentWatch.conversation_id == Conversation.id)
            .where(IncidentWatch.incident_id == id)
        )
        told = 0
        for chat in chats:
            await tell(self._session, chat, _over(incident, chat.language), self._now)
            told += 1
        return told

    async def watch(self, id: int, conversation: Conversation) -> bool:
        """Have a chat told when an incident is over; False when it is over already."""
        incident = await self._session.get(Incident, id)
        if incident is None or incident.ended_at:
            return False
        if not await self._session.get(IncidentWatch, (id, conversation.id)):
            self._session.add(IncidentWatch(incident_id=id, conversation_id=conversation.id))
            await self._session.flush()
        return True


def banner(incident: Incident, language: str) -> Reply:
    """What somebody who asks about the topic reads first."""
    watch = Button(say("cases.button_watch", language), f'/watch_incident{{"incident":"{incident.id}"}}')
    return Reply(say("cases.incident", language, text=incident.text), (watch,), separate=True)


def _over(incident: Incident, language: str) -> Reply:
    menu = Button(say("general.button_menu", language), "/menu")
    return Reply(say("cases.incident_over", language, text=incident.text), (menu,))

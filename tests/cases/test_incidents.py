"""Incidents are shown while they last, and their end is told once to whoever wanted to know."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.incidents import IncidentNotFound, Incidents
from bot.conversation.models import Conversation
from bot.errors import BadInput
from bot.operations import end_incident, list_incidents, start_incident
from tests.cases.conftest import NOON, told

pytestmark = pytest.mark.asyncio


async def test_an_incident_from_start_to_end(session: AsyncSession, conversation: Conversation) -> None:
    incidents = Incidents(session, NOON)
    incident = await incidents.start("Login JMO terganggu", "login_failed")
    assert await incidents.under_way("login_failed") == [incident]
    assert await incidents.under_way("app_error") == []
    assert await incidents.watch(incident.id, conversation) and await incidents.watch(incident.id, conversation)
    await session.flush()
    assert await incidents.end(incident.id) == 1
    assert "sudah berakhir" in (await told(session))[0]
    assert not await incidents.watch(incident.id, conversation)
    with pytest.raises(IncidentNotFound):
        await incidents.end(incident.id)


async def test_the_operators_commands(session: AsyncSession) -> None:
    assert await list_incidents(session, NOON) == ["No incident is under way."]
    (started,) = await start_incident(session, NOON, "Server penuh", "app_error")
    assert "Incident 1" in started and "Server penuh" in (await list_incidents(session, NOON))[0]
    assert await end_incident(session, NOON, 1) == ["Incident 1 is over; 0 chats are told."]
    with pytest.raises(BadInput, match="nobody asks about weather"):
        await start_incident(session, NOON, "Hujan", "weather")
    with pytest.raises(BadInput, match="needs a text"):
        await start_incident(session, NOON, "  ", "app_error")

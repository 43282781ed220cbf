"""What the officers' group is told: numbers and topics of who waits too long, and nothing without a group."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.service import Cases
from bot.cases.stages import CaseKind
from bot.conversation.models import Conversation, OutboxRow, OutboxState
from bot.handoff.alerts import MOST_NAMED, Alerts
from bot.handoff.models import Reason, Topic
from bot.handoff.service import Handoffs
from bot.sweeper import Sweeper
from tests.handoff.conftest import MINUTE, MORNING

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
GROUP = "-1001"


async def waiting(sessions: Sessions, chats: int) -> None:
    async with sessions.begin() as session:
        for number in range(chats):
            chat = Conversation(channel="web", chat_id=f"w{number}")
            session.add(chat)
            await session.flush()
            await Handoffs(session, MORNING).ask(chat, Topic.FRAUD, Reason.FRAUD, {"words": "rahasia"})


async def alerts(sessions: Sessions) -> list[str]:
    of_group = select(OutboxRow).join(Conversation).where(Conversation.chat_id == GROUP).order_by(OutboxRow.id)
    async with sessions() as session:
        rows = (await session.scalars(of_group)).all()
        assert all((row.channel, row.state) == ("telegram", OutboxState.OPEN) for row in rows)
        return [json.loads(row.payload)["text"] for row in rows]


def sweeper(sessions: Sessions, minutes: int, group: str = GROUP) -> Sweeper:
    return Sweeper(
        sessions, timedelta(days=90), lambda: MORNING + minutes * MINUTE, alerts=Alerts(group, "https://x.id/petugas")
    )


async def test_who_is_not_taken_in_time_is_named_with_the_topic_and_a_link_to_the_talk(sessions: Sessions) -> None:
    await waiting(sessions, 1)
    await sweeper(sessions, 4).act_on_deadlines()
    assert await alerts(sessions) == []
    for minutes in (5, 6, 15):
        await sweeper(sessions, minutes).act_on_deadlines()
    first, again = await alerts(sessions)
    assert first == again == "Menunggu petugas:\n• *JMO-000001-8*: *penipuan*\nhttps://x.id/petugas/percakapan/1"


async def test_many_are_one_message(sessions: Sessions) -> None:
    await waiting(sessions, MOST_NAMED + 2)
    await sweeper(sessions, 5).act_on_deadlines()
    [text] = await alerts(sessions)
    assert text.count("• *JMO-") == MOST_NAMED and text.endswith("… dan 2 lagi")
    assert [f"/percakapan/{number}\n" in text for number in range(1, 13)] == [True] * MOST_NAMED + [False] * 2


async def test_a_case_that_the_office_left_lying_is_named(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        chat = await session.get_one(Conversation, 1)
        await Cases(session, MORNING).open(CaseKind.BIOMETRIC_RESET, chat)
    await sweeper(sessions, 24 * 60).act_on_deadlines()
    [text] = await alerts(sessions)
    assert "Reset biometrik\nhttps://x.id/petugas/kasus/JMO-000001-8" in text


async def test_without_the_address_of_the_desk_there_is_no_link(sessions: Sessions) -> None:
    await waiting(sessions, 1)
    without = Sweeper(sessions, timedelta(days=90), lambda: MORNING + 5 * MINUTE, alerts=Alerts(GROUP))
    await without.act_on_deadlines()
    assert await alerts(sessions) == ["Menunggu petugas:\n• *JMO-000001-8*: *penipuan*"]


async def test_without_a_group_nothing_is_written(sessions: Sessions) -> None:
    await waiting(sessions, 1)
    await sweeper(sessions, 5, group="").act_on_deadlines()
    assert await alerts(sessions) == []
    async with sessions() as session:
        assert len((await session.scalars(select(Conversation))).all()) == 3

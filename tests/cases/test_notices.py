"""What is said unasked waits for the morning, and holds up no answer."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.cases.notices import after_quiet_hours, tell
from bot.clock import WIB
from bot.conversation.messages import Reply
from bot.conversation.models import Conversation, InboxRow, OutboxRow, OutboxState
from bot.conversation.sender import Sender

NIGHT = datetime(2026, 11, 24, 22, 30, tzinfo=WIB)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        ("2026-11-24 20:59", "2026-11-24 20:59"),
        ("2026-11-24 21:00", "2026-11-25 06:00"),
        ("2026-11-25 02:00", "2026-11-25 06:00"),
        ("2026-11-25 05:59", "2026-11-25 06:00"),
        ("2026-11-25 06:00", "2026-11-25 06:00"),
    ],
)
def test_nobody_is_woken(at: str, told: str) -> None:
    def moment(text: str) -> datetime:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=WIB)

    assert after_quiet_hours(moment(at).astimezone(UTC)) == moment(told)


@pytest.mark.asyncio
async def test_in_the_web_chat_it_can_be_read_at_once(session: AsyncSession) -> None:
    chat = Conversation(channel="web", chat_id="w")
    session.add(chat)
    await session.flush()
    await tell(session, chat, Reply("kabar"), NIGHT)
    await session.flush()
    row = (await session.scalars(select(OutboxRow))).one()
    assert (row.state, row.not_before) == (OutboxState.READY, None)


class Phone:
    """A messenger that notes what it was given."""

    def __init__(self) -> None:
        self.got: list[str] = []

    async def send(self, chat_id: str, reply: Reply, language: str) -> str | None:
        self.got.append(reply.text)
        return "1"

    async def delete(self, chat_id: str, message_id: str) -> None:
        raise AssertionError("nothing is deleted here")


@pytest.mark.asyncio
async def test_an_answer_at_night_overtakes_a_notice_that_waits(
    sessions: async_sessionmaker[AsyncSession], session: AsyncSession, conversation: Conversation
) -> None:
    await tell(session, conversation, Reply("kabar"), NIGHT)
    asked = InboxRow(channel="telegram", key="1", conversation_id=conversation.id, payload="{}", state="done")
    session.add(asked)
    await session.flush()
    answer = '{"text": "jawaban"}'
    session.add(
        OutboxRow(
            conversation_id=conversation.id, inbox_id=asked.id, channel="telegram", payload=answer, created_at=NIGHT
        )
    )
    await session.commit()
    phone, clock = Phone(), [NIGHT]
    sender = Sender(sessions, {"telegram": phone}, now=lambda: clock[0], monotonic=lambda: clock[0].timestamp())
    for hour in (22, 23):
        clock[0] = NIGHT.replace(hour=hour)
        await sender.dispatch()
        await sender.settled()
    assert phone.got == ["jawaban"]
    clock[0] = datetime(2026, 11, 25, 6, 0, tzinfo=WIB)
    await sender.dispatch()
    await sender.settled()
    assert phone.got == ["jawaban", "kabar"]

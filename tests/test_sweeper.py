"""What is kept no longer goes; what still waits never does."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.conversation.models import Conversation, InboxRow, InboxState, OutboxRow, OutboxState, Upload
from bot.database import create_engine, create_sessions
from bot.desk.models import DeskSession
from bot.handoff.models import Officer
from bot.identity.models import OneTimeCode
from bot.learning.models import Misunderstood, Why
from bot.migrate import migrate
from bot.sweeper import Sweeper

NOW = datetime(2026, 11, 24, 3, tzinfo=UTC)
OLD, YOUNG = NOW - timedelta(days=91), NOW - timedelta(days=89)


async def test_old_messages_and_photos_go_and_what_waits_stays(database_url: str) -> None:
    await migrate(database_url)
    engine = create_engine(database_url)
    sessions = create_sessions(engine)
    async with sessions.begin() as session:
        session.add(Conversation(id=1, channel="web", chat_id="a"))
        await session.flush()
        for number, (at, state) in enumerate(
            [(OLD, InboxState.DONE), (OLD, InboxState.OPEN), (YOUNG, InboxState.DONE)], start=1
        ):
            session.add(
                InboxRow(
                    id=number,
                    channel="web",
                    key=str(number),
                    conversation_id=1,
                    payload="{}",
                    state=state,
                    received_at=at,
                )
            )
        for number, (at, out) in enumerate([(OLD, OutboxState.SENT), (OLD, OutboxState.OPEN)], start=1):
            session.add(OutboxRow(id=number, conversation_id=1, channel="web", state=out, created_at=at))
        for ref, at in (("old", OLD), ("young", YOUNG)):
            session.add(Upload(id=ref, channel="web", chat_id="a", mime="image/png", data=b"x", created_at=at))
        session.add(Officer(id=1, username="rina", name="Rina", password_hash="unused"))
        await session.flush()
        for token, ends_at in ((b"old", OLD), (b"new", NOW + timedelta(hours=1))):
            session.add(DeskSession(token_hash=token, officer_id=1, csrf="", ends_at=ends_at))
    await Sweeper(sessions, timedelta(days=90), lambda: NOW).sweep()
    async with sessions() as session:
        assert list(await session.scalars(select(DeskSession.token_hash))) == [b"new"]
        assert list(await session.scalars(select(InboxRow.id).order_by(InboxRow.id))) == [2, 3]
        assert list(await session.scalars(select(OutboxRow.id))) == [2]
        assert list(await session.scalars(select(Upload.id))) == ["young"]
        assert list(await session.scalars(select(OneTimeCode.id))) == []
    await engine.dispose()


async def test_what_was_misunderstood_stays_half_a_year_and_leads_to_no_chat_after_its_messages(
    database_url: str,
) -> None:
    await migrate(database_url)
    engine = create_engine(database_url)
    sessions = create_sessions(engine)
    async with sessions.begin() as session:
        session.add(Conversation(id=1, channel="web", chat_id="a"))
        await session.flush()
        for number, days in enumerate((1, 91, 181), start=1):
            at = NOW - timedelta(days=days)
            session.add(
                Misunderstood(
                    id=number,
                    conversation_id=1,
                    text="x",
                    language="id",
                    why=Why.NOT_UNDERSTOOD,
                    guesses_json="[]",
                    kept_at=at,
                )
            )
    await Sweeper(sessions, timedelta(days=90), lambda: NOW).sweep()
    async with sessions() as session:
        left = await session.execute(select(Misunderstood.id, Misunderstood.conversation_id).order_by(Misunderstood.id))
        assert left.tuples().all() == [(1, 1), (2, None)]
    await engine.dispose()

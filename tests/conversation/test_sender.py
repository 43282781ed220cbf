"""The outbox reaches the platform in order, within the limits, and whatever fails stays in its own chat."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import event, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.conversation.messages import Reply
from bot.conversation.models import Author, Conversation, OutboxKind, OutboxRow, OutboxState
from bot.conversation.sender import ATTEMPTS_AT_UNEXPECTED_ERRORS, GIVE_UP_AFTER, Sender
from bot.database import Base, create_engine, create_sessions
from bot.errors import ChatGone, DeliverLater, DeliveryRefused
from bot.privacy.crypto import Keyring
from bot.privacy.keys import use_keyring

pytestmark = pytest.mark.asyncio

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class Platform:
    """A messenger that writes down what it was told, and fails as often as a test wants."""

    heard: list[tuple[str, str]] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    failures: dict[str, list[Exception]] = field(default_factory=dict)
    stuck: dict[str, asyncio.Event] = field(default_factory=dict)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, chat_id: str, reply: Reply, language: str) -> str | None:
        self.reached.set()
        await self._fail_or_wait(chat_id)
        self.languages.add(language)
        self.heard.append((chat_id, reply.text))
        return f"m{len(self.heard)}"

    async def delete(self, chat_id: str, message_id: str) -> None:
        await self._fail_or_wait(chat_id)
        self.heard.append((chat_id, f"deleted {message_id}"))

    def fails(self, chat_id: str, *errors: Exception) -> None:
        self.failures.setdefault(chat_id, []).extend(errors)

    async def _fail_or_wait(self, chat_id: str) -> None:
        if chat_id in self.stuck:
            await self.stuck[chat_id].wait()
        if self.failures.get(chat_id):
            raise self.failures[chat_id].pop(0)


class Office:
    """A sender with its outbox, its platform, and a clock that only moves when told."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self.sessions = sessions
        self.platform = Platform()
        self.seconds = 0.0
        self.sender = self.new_sender()

    def new_sender(self) -> Sender:
        """What a restart of the process makes."""
        return Sender(
            self.sessions,
            {"telegram": self.platform},
            now=lambda: self.now,
            monotonic=lambda: self.seconds,
            sweep_seconds=0.01,
        )

    @property
    def now(self) -> datetime:
        return MONDAY + timedelta(seconds=self.seconds)

    async def writes(
        self,
        chat_id: str,
        *texts: str,
        private: bool = True,
        channel: str = "telegram",
        author: Author = Author.BOT,
    ) -> None:
        async with self.sessions.begin() as session:
            conversation = await self._conversation(session, channel, chat_id, private)
            for text in texts:
                session.add(
                    OutboxRow(
                        conversation_id=conversation.id,
                        channel=channel,
                        author=author,
                        created_at=self.now,
                        payload=json.dumps(Reply(text).to_json()),
                    )
                )
                await session.flush()

    async def deletes(self, chat_id: str, message_id: str) -> None:
        async with self.sessions.begin() as session:
            conversation = await self._conversation(session, "telegram", chat_id, private=True)
            session.add(
                OutboxRow(
                    conversation_id=conversation.id,
                    channel="telegram",
                    created_at=self.now,
                    kind=OutboxKind.DELETE,
                    target_message_id=message_id,
                )
            )

    async def works(self) -> float:
        """Send what may be sent at this moment; gives the seconds until there may be more."""
        while True:
            before = len(self.platform.heard)
            wait = await self.sender.dispatch()
            await self.sender.settled()
            if len(self.platform.heard) == before:
                return wait

    async def works_for(self, seconds: int) -> None:
        await self.works()
        for _ in range(seconds):
            self.seconds += 1
            await self.works()

    async def rows(self) -> list[OutboxRow]:
        async with self.sessions() as session:
            return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))

    async def states(self) -> list[str]:
        return [row.state for row in await self.rows()]

    @property
    def heard(self) -> list[tuple[str, str]]:
        return self.platform.heard

    @staticmethod
    async def _conversation(session: AsyncSession, channel: str, chat_id: str, private: bool) -> Conversation:
        found = await session.scalar(select(Conversation).where(Conversation.chat_id == chat_id))
        conversation = found or Conversation(channel=channel, chat_id=chat_id, private=private, language="en")
        session.add(conversation)
        await session.flush()
        return conversation


@pytest_asyncio.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    use_keyring(Keyring({"k1": b"k" * 32}, current="k1", index_key=b"i" * 32))
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path / 'outbox.sqlite3'}")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def office(engine: AsyncEngine) -> Office:
    return Office(create_sessions(engine))


async def test_a_reply_is_sent_and_noted_with_the_platforms_id_and_the_moment(office: Office) -> None:
    await office.writes("7", "Selamat pagi")
    await office.works()
    [row] = await office.rows()
    assert office.heard == [("7", "Selamat pagi")]
    assert (row.state, row.platform_message_id, row.sent_at) == (OutboxState.SENT, "m1", MONDAY)
    assert office.platform.languages == {"en"}


async def test_what_was_sent_is_not_sent_again(office: Office) -> None:
    await office.writes("7", "sekali")
    await office.works_for(3)
    office.sender = office.new_sender()
    await office.works_for(3)
    assert office.heard == [("7", "sekali")]


async def test_a_chat_hears_its_messages_in_order_one_a_second(office: Office) -> None:
    await office.writes("7", "satu", "dua", "tiga")
    await office.works()
    assert [text for _, text in office.heard] == ["satu"]
    await office.works_for(1)
    assert [text for _, text in office.heard] == ["satu", "dua"]
    await office.works_for(1)
    assert [text for _, text in office.heard] == ["satu", "dua", "tiga"]


async def test_the_sender_looks_again_exactly_when_a_chat_may_hear_more(office: Office) -> None:
    office.sender = Sender(
        office.sessions,
        {"telegram": office.platform},
        now=lambda: office.now,
        monotonic=lambda: office.seconds,
        sweep_seconds=60,
    )
    await office.writes("7", "satu", "dua")
    await office.works()
    office.seconds += 0.25
    assert await office.works() == 0.75


async def test_other_chats_do_not_wait_for_a_resting_one(office: Office) -> None:
    await office.writes("7", "satu", "dua")
    await office.writes("8", "halo")
    await office.works()
    assert sorted(office.heard) == [("7", "satu"), ("8", "halo")]  # chats go side by side


async def test_thirty_a_second_go_out_overall_and_the_longest_waiting_first(office: Office) -> None:
    for chat in range(40):
        await office.writes(str(chat), "kabar")
    await office.works()
    assert {chat for chat, _ in office.heard} == {str(chat) for chat in range(30)}
    await office.works_for(1)
    assert len(office.heard) == 40


async def test_a_chat_with_much_to_hear_does_not_starve_the_others(office: Office) -> None:
    await office.writes("1", *(f"bagian {number}" for number in range(50)))
    for chat in range(2, 35):
        await office.writes(str(chat), "kabar")
    await office.works_for(1)
    assert {chat for chat, _ in office.heard} == {str(chat) for chat in range(1, 35)}


async def test_a_group_hears_twenty_a_minute_without_the_pause_of_a_private_chat(office: Office) -> None:
    await office.writes("-100", *(str(number) for number in range(25)), private=False)
    await office.works()
    assert len(office.heard) == 20
    await office.works_for(59)
    assert len(office.heard) == 20
    await office.works_for(1)
    assert len(office.heard) == 25


async def test_a_deletion_keeps_its_place_and_does_not_count_against_the_chats_second(office: Office) -> None:
    await office.writes("7", "Terima kasih")
    await office.deletes("7", "41")
    await office.writes("7", "Saldo Anda")
    await office.works()
    assert office.heard == [("7", "Terima kasih"), ("7", "deleted 41")]
    await office.works_for(1)
    assert office.heard[-1] == ("7", "Saldo Anda")
    assert await office.states() == [OutboxState.SENT] * 3


async def test_after_a_deletion_the_reply_follows_at_once(office: Office) -> None:
    await office.deletes("7", "41")
    await office.writes("7", "Saldo Anda")
    await office.works()
    assert office.heard == [("7", "deleted 41"), ("7", "Saldo Anda")]


async def test_a_message_taken_back_in_the_last_moment_is_not_sent(office: Office) -> None:
    await office.writes("7", "rahasia")
    [due] = await office.sender._due("telegram", [])
    async with office.sessions.begin() as session:
        (await session.scalars(select(OutboxRow))).one().state = OutboxState.REFUSED
    await office.sender._deliver(office.platform, due)
    assert office.heard == []
    assert await office.states() == [OutboxState.REFUSED]


async def test_retry_after_stops_only_its_own_chat_and_keeps_its_order(office: Office) -> None:
    office.platform.fails("7", DeliverLater("slow down", seconds=5))
    await office.writes("7", "satu", "dua")
    await office.writes("8", "halo")
    await office.works_for(4)
    assert office.heard == [("8", "halo")]
    await office.works_for(2)
    assert office.heard == [("8", "halo"), ("7", "satu"), ("7", "dua")]


async def test_network_errors_are_tried_again_after_longer_and_longer_pauses(office: Office) -> None:
    office.platform.fails("7", *(DeliverLater("unreachable") for _ in range(3)))
    await office.writes("7", "halo")
    pauses = []
    for _ in range(3):
        await office.works()
        [row] = await office.rows()
        assert row.not_before is not None
        pauses.append((row.not_before - office.now).total_seconds())
        office.seconds += pauses[-1]
    await office.works()
    assert pauses == [1, 2, 4]
    assert office.heard == [("7", "halo")]


async def test_the_pause_survives_a_restart(office: Office) -> None:
    office.platform.fails("7", DeliverLater("slow down", seconds=30))
    await office.writes("7", "halo")
    await office.works()
    office.sender = office.new_sender()
    await office.works_for(29)
    assert office.heard == []
    await office.works_for(1)
    assert office.heard == [("7", "halo")]


async def test_a_chat_that_is_gone_is_left_in_peace_with_all_that_was_meant_for_it(office: Office) -> None:
    office.platform.fails("7", ChatGone("blocked"))
    await office.writes("7", "satu", "dua")
    await office.writes("8", "halo")
    await office.works_for(2)
    assert office.heard == [("8", "halo")]
    assert await office.states() == [OutboxState.GONE, OutboxState.GONE, OutboxState.SENT]


async def test_a_refused_message_is_not_tried_again_and_the_next_one_follows(office: Office) -> None:
    office.platform.fails("7", DeliveryRefused("bad request"))
    await office.writes("7", "rusak", "baik")
    await office.works_for(1)
    assert office.heard == [("7", "baik")]
    assert await office.states() == [OutboxState.REFUSED, OutboxState.SENT]


async def test_a_defect_of_our_own_holds_up_its_chat_for_a_few_attempts_only(office: Office) -> None:
    office.platform.fails("7", *(ZeroDivisionError() for _ in range(ATTEMPTS_AT_UNEXPECTED_ERRORS)))
    await office.writes("7", "rusak", "baik")
    await office.works_for(20)
    assert office.heard == [("7", "baik")]
    assert await office.states() == [OutboxState.REFUSED, OutboxState.SENT]


async def test_a_message_that_can_not_be_read_stays_in_its_own_chat(office: Office) -> None:
    await office.writes("7", "halo")
    async with office.sessions.begin() as session:
        row = (await session.scalars(select(OutboxRow))).one()
        row.payload = "not json"
    await office.writes("8", "halo")
    await office.works_for(20)
    assert office.heard == [("8", "halo")]
    assert await office.states() == [OutboxState.REFUSED, OutboxState.SENT]


async def test_after_a_day_a_message_is_given_up(office: Office) -> None:
    office.platform.fails("7", DeliverLater("unreachable", seconds=GIVE_UP_AFTER.total_seconds()))
    await office.writes("7", "kata petugas", author=Author.OFFICER)
    await office.works()
    office.seconds += GIVE_UP_AFTER.total_seconds()
    await office.works()
    assert office.heard == []
    assert await office.states() == [OutboxState.REFUSED]


async def test_a_slow_chat_does_not_hold_up_the_others_and_is_not_sent_to_twice(office: Office) -> None:
    office.platform.stuck["7"] = asyncio.Event()
    await office.writes("7", "lambat")
    await office.sender.dispatch()
    await asyncio.wait_for(office.platform.reached.wait(), 5)
    await office.writes("8", "cepat")
    office.seconds += 2
    await office.sender.dispatch()
    office.platform.stuck["7"].set()
    await office.sender.settled()
    assert sorted(office.heard) == [("7", "lambat"), ("8", "cepat")]


async def test_channels_without_a_messenger_are_left_to_fetch_their_replies(office: Office) -> None:
    await office.writes("browser", "halo", channel="web")
    await office.works_for(2)
    assert office.heard == []
    assert await office.states() == [OutboxState.OPEN]


async def test_a_message_is_not_sent_again_because_noting_it_failed(
    office: Office,
    engine: AsyncEngine,
) -> None:
    await office.writes("7", "halo")
    failures = [True, True]

    def fail_updates(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("UPDATE") and failures:
            failures.pop()
            raise OperationalError(statement, {}, Exception("disk full"))

    event.listen(engine.sync_engine, "before_cursor_execute", fail_updates)
    await office.works_for(2)
    assert failures == []
    assert office.heard == [("7", "halo")]
    assert await office.states() == [OutboxState.SENT]


async def test_running_the_sender_delivers_what_is_announced_and_what_is_not(office: Office) -> None:
    running = asyncio.create_task(office.sender.run())
    await office.writes("7", "tanpa kabar")
    await asyncio.wait_for(office.platform.reached.wait(), 5)
    office.platform.reached.clear()
    await office.writes("8", "dengan kabar")
    office.sender.wake()
    await asyncio.wait_for(office.platform.reached.wait(), 5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert office.heard == [("7", "tanpa kabar"), ("8", "dengan kabar")]
    assert await office.states() == [OutboxState.SENT, OutboxState.SENT]


async def test_stopping_lets_a_message_under_way_be_noted_as_sent(office: Office) -> None:
    office.platform.stuck["7"] = asyncio.Event()
    await office.writes("7", "halo")
    running = asyncio.create_task(office.sender.run())
    await asyncio.wait_for(office.platform.reached.wait(), 5)
    running.cancel()
    await asyncio.sleep(0)
    office.platform.stuck["7"].set()
    await asyncio.gather(running, return_exceptions=True)
    assert await office.states() == [OutboxState.SENT]


async def test_a_database_that_fails_for_a_while_does_not_end_the_sender(
    office: Office,
    engine: AsyncEngine,
) -> None:
    failures = [True, True]

    def fail_reads(_: object, __: object, statement: str, *___: object) -> None:
        if statement.startswith("SELECT") and failures:
            failures.pop()
            raise OperationalError(statement, {}, Exception("gone"))

    await office.writes("7", "halo")
    event.listen(engine.sync_engine, "before_cursor_execute", fail_reads)
    running = asyncio.create_task(office.sender.run())
    await asyncio.wait_for(office.platform.reached.wait(), 5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert office.heard == [("7", "halo")]


async def test_a_backlog_is_not_read_again_and_again_while_the_platform_takes_nothing(
    office: Office,
    engine: AsyncEngine,
) -> None:
    for chat in range(40):
        await office.writes(str(chat), "kabar")
    await office.works()
    statements: list[str] = []
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
    assert await office.sender.dispatch() == 0.01
    assert statements == []


async def test_the_rows_of_a_chat_that_was_forgotten_are_not_sent(office: Office) -> None:
    await office.writes("7", "satu", "dua")
    await office.works()
    async with office.sessions.begin() as session:
        await session.delete((await session.scalars(select(Conversation))).one())
    await office.works_for(2)
    assert office.heard == [("7", "satu")]

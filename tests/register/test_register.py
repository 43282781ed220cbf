"""The register: seeded once, unreadable where it rests, honest when it doesn't answer."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot.database import Base, create_engine, create_sessions
from bot.errors import CoreSystemUnavailable
from bot.migrate import migrate
from bot.register.core_system import CoreSystem, Programme
from bot.register.demo_people import DEMO_PEOPLE
from bot.register.models import ParticipantRow
from bot.register.random_people import FIRST_NUMBER, People
from bot.register.seed import SeedReport, seed
from bot.register.sql import SqlCoreSystem

pytestmark = pytest.mark.asyncio

QUESTIONS: dict[str, Callable[[CoreSystem], Awaitable[Any]]] = {
    "find_by_number": lambda register: register.find_by_number("1199011705940001"),
    "participant": lambda register: register.participant("P000001"),
    "cards": lambda register: register.cards("P000001"),
    "balances": lambda register: register.balances("P000001", date(2026, 11, 24)),
    "balance_history": lambda register: register.balance_history("P000001"),
    "contributions": lambda register: register.contributions("P000001", Programme.JHT),
    "app_state": lambda register: register.app_state("P000001"),
}


async def content(session: AsyncSession) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the tables of the register, decrypted."""
    tables = ["employers", "participants", "cards", "contributions", "card_balances", "app_states"]
    return {
        name: sorted(map(tuple, await session.execute(select(Base.metadata.tables[name]))), key=repr) for name in tables
    }


def all_bytes(folder: Path) -> bytes:
    """What all files of a folder hold, the journal of the database among them."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def seeded(path: Path, today: date, participants: int = 0) -> dict[str, list[tuple[Any, ...]]]:
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url)
    engine = create_engine(url)
    try:
        async with create_sessions(engine)() as session:
            await seed(session, participants, today=today)
            return await content(session)
    finally:
        await engine.dispose()


async def test_the_same_day_gives_the_same_data(tmp_path: Path, today: date) -> None:
    first, second = [await seeded(tmp_path / name, today, participants=30) for name in ("one", "two")]
    assert first == second
    assert all(first.values())


async def test_seeding_again_adds_nothing(session: AsyncSession, today: date) -> None:
    assert await seed(session, 5, today=today) == SeedReport(demo_people=len(DEMO_PEOPLE), random_people=5)
    before = await content(session)
    assert await seed(session, 5, today=date(2027, 6, 1)) == SeedReport(demo_people=0, random_people=0)
    assert await content(session) == before


async def test_more_people_can_be_added_later(session: AsyncSession, today: date) -> None:
    await seed(session, 3, today=today)
    assert await seed(session, 8, today=today) == SeedReport(demo_people=0, random_people=5)
    assert len((await content(session))["participants"]) == len(DEMO_PEOPLE) + 8


async def test_two_processes_may_seed_at_the_same_moment(
    sessions: async_sessionmaker[AsyncSession],
    session: AsyncSession,
    today: date,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The second one looked before the first one wrote: it finds nobody, and yet doesn't stumble."""
    await seed(session, 3, today=today)
    before = await content(session)

    async def nobody(_: AsyncSession, numbers: Any) -> list[int]:
        return list(numbers)

    monkeypatch.setattr("bot.register.seed._missing", nobody)
    async with sessions() as second:
        await seed(second, 3, today=today)
    assert await content(session) == before


async def test_random_people_have_numbers_of_their_own() -> None:
    people = People()
    made = [people.person(number) for number in range(FIRST_NUMBER, FIRST_NUMBER + 300)]
    assert len({person.nik for person in made}) == len({person.phone for person in made}) == 300
    assert all(len(person.nik) == 16 and len(person.kpj(1)) == 11 for person in made)
    assert people.person(FIRST_NUMBER) == made[0]


async def test_no_personal_number_rests_in_clear_text(tmp_path: Path, today: date) -> None:
    await seeded(tmp_path / "register.sqlite3", today)
    stored = all_bytes(tmp_path)
    assert b"PT Contoh Samudra Jaya" in stored, "the search must look at the data"
    for demo in DEMO_PEOPLE:
        cards = [demo.kpj(number) for number in range(len(demo.cards))]
        birth_date = demo.birth_date.isoformat()
        for clear in (demo.nik, demo.phone[3:], demo.account_number, demo.name, birth_date, *cards):
            assert clear.encode() not in stored, f"{demo.id}: a personal value is readable"


async def test_an_unknown_number_finds_nobody(register: SqlCoreSystem) -> None:
    assert await register.find_by_number("1199011705949999") is None
    assert await register.find_by_number(DEMO_PEOPLE[0].phone) is None


async def test_an_unknown_id_has_nothing(register: SqlCoreSystem, today: date) -> None:
    assert await register.participant("P999999") is None
    assert await register.cards("P999999") == []
    assert await register.balances("P999999", today) == []
    assert await register.app_state("P999999") is None


async def test_a_number_can_belong_to_one_person_only(session: AsyncSession, today: date) -> None:
    await seed(session, today=today)
    rows = list(await session.scalars(select(ParticipantRow)))
    rows[0].nik_index = rows[1].nik_index
    with pytest.raises(Exception, match=r"(?i)unique"):
        await session.commit()


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "failure",
    [
        OperationalError("SELECT", {}, Exception("database is locked")),
        InterfaceError("SELECT", {}, Exception("connection is closed")),
        ProgrammingError("SELECT", {}, Exception("gone"), connection_invalidated=True),
        NoConnectionInTime("the pool is exhausted"),
        ConnectionRefusedError("no server"),
        TimeoutError(),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_database_that_does_not_answer_is_a_core_system_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, question: str, failure: Exception
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise failure

    session = AsyncSession()
    for method in ("connection", "execute", "scalar", "scalars", "get"):
        monkeypatch.setattr(session, method, fail)
    with pytest.raises(CoreSystemUnavailable) as told:
        await QUESTIONS[question](SqlCoreSystem(session))
    assert told.value.__cause__ is failure


async def test_a_mistake_in_a_query_is_not_called_an_outage(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise ProgrammingError("SELECT", {}, Exception("no such column"))

    session = AsyncSession()
    monkeypatch.setattr(session, "execute", fail)
    with pytest.raises(ProgrammingError):
        await SqlCoreSystem(session).cards("P000001")

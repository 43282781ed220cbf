"""Fill the register with invented participants."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import Any

from sqlalchemy import Insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.benefits.contributions import due_date
from bot.benefits.months import add_months, month_of
from bot.benefits.rates import Segment
from bot.database import Base
from bot.privacy.keys import keyring
from bot.register import history
from bot.register.demo_people import DEMO_PEOPLE, DemoCard, DemoPerson, participant_id
from bot.register.models import (
    AppStateRow,
    CardBalanceRow,
    CardRow,
    ContributionRow,
    EmployerRow,
    NameWordRow,
    ParticipantRow,
)
from bot.register.names import name_word_indexes
from bot.register.random_people import FIRST_NUMBER, People

PEOPLE_AT_ONCE = 250
ROWS_AT_ONCE = 1000
TABLES = (EmployerRow, ParticipantRow, NameWordRow, CardRow, ContributionRow, CardBalanceRow, AppStateRow)
Rows = dict[type[Base], list[dict[str, Any]]]


@dataclass(frozen=True)
class SeedReport:
    """How many participants were added; none when all were there."""

    demo_people: int
    random_people: int


async def seed(session: AsyncSession, participants: int = 0, *, today: date) -> SeedReport:
    """Add the demo people, and random ones until there are `participants` of them; what is there stays.

    The same day gives the same data. Commits after each few hundred people, so that a large set doesn't keep
    others from writing; a run that was interrupted is completed by the next one.
    """
    demo = await _add(session, DEMO_PEOPLE, today)
    make = People()
    numbers = range(FIRST_NUMBER, FIRST_NUMBER + participants)
    missing = await _missing(session, numbers)
    random = await _add(session, (make.person(number) for number in missing), today)
    return SeedReport(demo, random)


async def _add(session: AsyncSession, people: Iterable[DemoPerson], today: date) -> int:
    added = 0
    for group in _groups(people, PEOPLE_AT_ONCE):
        new = set(await _missing(session, [person.number for person in group]))
        rows: Rows = {table: [] for table in TABLES}
        for person in group:
            if person.number in new:
                _describe(person, today, rows)
        await _insert(session, rows)
        await session.commit()
        added += len(new)
    return added


async def _missing(session: AsyncSession, numbers: Sequence[int]) -> list[int]:
    if not numbers:
        return []
    first, last = participant_id(min(numbers)), participant_id(max(numbers))
    present = set(await session.scalars(select(ParticipantRow.id).where(ParticipantRow.id.between(first, last))))
    return [number for number in numbers if participant_id(number) not in present]


async def _insert(session: AsyncSession, rows: Rows) -> None:
    """Insert what isn't there: another process may be seeding the same people at this moment."""
    dialect = session.get_bind().dialect.name
    for table in TABLES:
        for group in _groups(rows[table], ROWS_AT_ONCE):
            await session.execute(_insert_new(table, dialect), list(group))


def _insert_new(table: type[Base], dialect: str) -> Insert:
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def _describe(person: DemoPerson, today: date, rows: Rows) -> None:
    """Add the rows of a person to `rows`."""
    index = keyring().blind_index
    rows[ParticipantRow].append(
        {
            "id": person.id,
            "nik": person.nik,
            "nik_index": index(person.nik, "nik"),
            "name": person.name,
            "birth_date": person.birth_date,
            "phone": person.phone,
            "phone_index": index(person.phone, "phone"),
            "bank": person.bank,
            "account_number": person.account_number,
        }
    )
    rows[NameWordRow] += [
        {"participant_id": person.id, "word_index": word} for word in sorted(name_word_indexes(person.name))
    ]
    rows[AppStateRow].append(
        {
            "participant_id": person.id,
            "app_registered": person.app_registered,
            "data_update": person.data_update,
            "differing_fields": list(person.differing_fields),
            "biometric": person.biometric,
            "biometric_failures": person.biometric_failures,
        }
    )
    for number, card in enumerate(person.cards):
        _describe_card(person, number, card, today, rows)


def _describe_card(person: DemoPerson, number: int, card: DemoCard, today: date, rows: Rows) -> None:
    card_id = f"{person.id}-{number + 1}"
    payments = _payments(card, today)
    rows[CardRow].append(
        {
            "id": card_id,
            "participant_id": person.id,
            "kpj": person.kpj(number),
            "kpj_index": keyring().blind_index(person.kpj(number), "kpj"),
            "employer_id": _employer(card, rows),
            "segment": card.segment,
            "status": card.status,
            "joined": _joined(card, today),
            "left": _left(card, today),
            "leave_reason": card.leave_reason,
            "linked_in_app": card.linked_in_app,
            "first_contribution_posted": bool(payments),
        }
    )
    rows[ContributionRow].extend(_contribution(card_id, payment) for payment in payments)
    points = history.balance_points(payments, today)
    rows[CardBalanceRow].extend({"card_id": card_id, "day": day, "amount": amount} for day, amount in points)


def _employer(card: DemoCard, rows: Rows) -> str | None:
    if card.employer is None:
        return None
    employer_id = "E" + sha256(card.employer.encode()).hexdigest()[:12]
    if all(row["id"] != employer_id for row in rows[EmployerRow]):
        rows[EmployerRow].append({"id": employer_id, "name": card.employer})
    return employer_id


def _contribution(card_id: str, payment: history.PaidMonth) -> dict[str, Any]:
    return {
        "card_id": card_id,
        "programme": payment.programme,
        "month": payment.month,
        "wage": payment.wage,
        "employer_share": payment.employer_share,
        "worker_share": payment.worker_share,
        "paid_on": payment.paid_on,
    }


@lru_cache(maxsize=len(DEMO_PEOPLE) * 2)
def _payments(card: DemoCard, today: date) -> tuple[history.PaidMonth, ...]:
    """Kept: finding the wages for a balance is most of the work when tests fill many databases."""
    months = history.months_paid_by(_joined(card, today), _left(card, today) or today, today)
    if card.months_in_arrears:
        months = [month for month in months if due_date(month) < today][: -card.months_in_arrears]
    return tuple(history.all_paid(_wages(card, months, today), card.segment))


def _wages(card: DemoCard, months: list[date], today: date) -> dict[date, int]:
    if card.balance is not None:
        return history.wages_for_balance(card.balance, months, card.segment, today)
    if card.segment is Segment.BPU:
        return history.constant_wages(months, card.first_wage or 0)
    return history.rising_wages(months, card.first_wage or 0)


def _joined(card: DemoCard, today: date) -> date:
    return month_of(add_months(today, card.joined))


def _left(card: DemoCard, today: date) -> date | None:
    if card.left_days is not None:
        return today + timedelta(days=card.left_days)
    return None if card.left is None else add_months(today, card.left)


def _groups(items: Iterable[Any], size: int) -> Iterator[tuple[Any, ...]]:
    rest = iter(items)
    while group := tuple(islice(rest, size)):
        yield group

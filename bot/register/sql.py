"""The register in the assistant's own database: the core system of a demonstration and of the tests."""

import functools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import date
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime
from sqlalchemy.ext.asyncio import AsyncSession

from bot.benefits.rates import Segment
from bot.errors import CoreSystemUnavailable
from bot.privacy.keys import keyring
from bot.register.core_system import (
    AppState,
    BalancePoint,
    BankAccount,
    Biometric,
    Card,
    CardBalance,
    CardStatus,
    Contribution,
    DataField,
    DataUpdate,
    LeaveReason,
    Participant,
    Programme,
)
from bot.register.models import (
    AppStateRow,
    CardBalanceRow,
    CardRow,
    ContributionRow,
    EmployerRow,
    ParticipantRow,
)

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Question = Callable[Arguments, Coroutine[Any, Any, Answer]]


def _or_unavailable(question: Question[Arguments, Answer]) -> Question[Arguments, Answer]:
    """Say `CoreSystemUnavailable` where the database doesn't answer."""

    @functools.wraps(question)
    async def ask(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        try:
            return await question(*args, **kwargs)
        except (OperationalError, InterfaceError, NoConnectionInTime, OSError, TimeoutError) as error:
            raise CoreSystemUnavailable("the register's database doesn't answer") from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise CoreSystemUnavailable("the register's database closed the connection") from error
            raise

    return ask


class SqlCoreSystem:
    """`CoreSystem` on the session of the turn."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @_or_unavailable
    async def find_by_number(self, number: str) -> Participant | None:
        nik, kpj = keyring().blind_index(number, "nik"), keyring().blind_index(number, "kpj")
        with_this_kpj = select(CardRow.participant_id).where(CardRow.kpj_index == kpj)
        return await self._one(or_(ParticipantRow.nik_index == nik, ParticipantRow.id.in_(with_this_kpj)))

    @_or_unavailable
    async def participant(self, id: str) -> Participant | None:
        return await self._one(ParticipantRow.id == id)

    @_or_unavailable
    async def cards(self, id: str) -> Sequence[Card]:
        rows = await self._session.execute(
            select(CardRow, EmployerRow.name)
            .outerjoin(EmployerRow, EmployerRow.id == CardRow.employer_id)
            .where(CardRow.participant_id == id)
            .order_by(CardRow.joined, CardRow.id)
        )
        return [_card(card, employer) for card, employer in rows]

    @_or_unavailable
    async def balances(self, id: str, on: date) -> Sequence[CardBalance]:
        last = (
            select(CardBalanceRow.card_id, func.max(CardBalanceRow.day).label("day"))
            .join(CardRow, CardRow.id == CardBalanceRow.card_id)
            .where(CardRow.participant_id == id, CardBalanceRow.day <= on)
            .group_by(CardBalanceRow.card_id)
            .subquery()
        )
        rows = await self._session.execute(
            select(CardRow.kpj, CardBalanceRow.amount, CardBalanceRow.day)
            .join(CardRow, CardRow.id == CardBalanceRow.card_id)
            .join(last, and_(last.c.card_id == CardBalanceRow.card_id, last.c.day == CardBalanceRow.day))
            .order_by(CardRow.joined, CardRow.id)
        )
        return [CardBalance(kpj, amount, day) for kpj, amount, day in rows]

    @_or_unavailable
    async def balance_history(self, id: str) -> Sequence[BalancePoint]:
        rows = await self._session.execute(
            select(CardBalanceRow.card_id, CardBalanceRow.day, CardBalanceRow.amount)
            .join(CardRow, CardRow.id == CardBalanceRow.card_id)
            .where(CardRow.participant_id == id)
            .order_by(CardBalanceRow.day)
        )
        by_card: dict[str, list[tuple[date, int]]] = defaultdict(list)
        for card_id, day, amount in rows:
            by_card[card_id].append((day, amount))
        return _together(by_card.values())

    @_or_unavailable
    async def contributions(self, id: str, programme: Programme) -> Sequence[Contribution]:
        kpj = {
            row.id: row.kpj
            for row in await self._session.execute(select(CardRow.id, CardRow.kpj).where(CardRow.participant_id == id))
        }
        paid = ContributionRow
        rows = await self._session.execute(
            # Columns, not rows of the object mapper: there are hundreds, and nobody changes them.
            select(paid.card_id, paid.month, paid.wage, paid.employer_share, paid.worker_share, paid.paid_on)
            .where(paid.card_id.in_(kpj), paid.programme == programme.value)
            .order_by(paid.month, paid.card_id)
        )
        return [
            Contribution(kpj[card_id], month, programme, wage, employer_share, worker_share, paid_on)
            for card_id, month, wage, employer_share, worker_share, paid_on in rows
        ]

    @_or_unavailable
    async def app_state(self, id: str) -> AppState | None:
        row = await self._session.get(AppStateRow, id)
        if row is None:
            return None
        return AppState(
            app_registered=row.app_registered,
            data_update=DataUpdate(row.data_update),
            differing_fields=tuple(DataField(field) for field in row.differing_fields),
            biometric=Biometric(row.biometric),
            biometric_failures=row.biometric_failures,
        )

    async def _one(self, condition: ColumnElement[bool]) -> Participant | None:
        row = await self._session.scalar(select(ParticipantRow).where(condition))
        if row is None:
            return None
        statuses = await self._session.scalars(select(CardRow.status).where(CardRow.participant_id == row.id))
        return _participant(row, set(statuses))


def _participant(row: ParticipantRow, card_statuses: set[str]) -> Participant:
    has_account = row.bank and row.account_number
    return Participant(
        id=row.id,
        name=row.name,
        nik=row.nik,
        birth_date=row.birth_date,
        phone=row.phone,
        account=BankAccount(row.bank or "", row.account_number or "") if has_account else None,
        status=CardStatus.ACTIVE if CardStatus.ACTIVE in card_statuses else CardStatus.NON_ACTIVE,
    )


def _card(row: CardRow, employer: str | None) -> Card:
    return Card(
        kpj=row.kpj,
        employer=employer,
        segment=Segment(row.segment),
        status=CardStatus(row.status),
        joined=row.joined,
        left=row.left,
        leave_reason=LeaveReason(row.leave_reason) if row.leave_reason else None,
        linked_in_app=row.linked_in_app,
        first_contribution_posted=row.first_contribution_posted,
    )


def _together(histories: Iterable[Sequence[tuple[date, int]]]) -> Sequence[BalancePoint]:
    """Add up the cards; between two of its points a card counts with the earlier one."""
    cards = list(histories)
    days = sorted({day for points in cards for day, _ in points})
    return [BalancePoint(day, sum(_amount_on(day, points) for points in cards)) for day in days]


def _amount_on(day: date, points: Sequence[tuple[date, int]]) -> int:
    known = bisect_right(points, day, key=lambda point: point[0])
    return points[known - 1][1] if known else 0

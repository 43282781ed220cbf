"""The register in the assistant's own database: the core system of a demonstration and of the tests."""

import functools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import BindParameter, ColumnElement, Row, bindparam, func, or_, select
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionInTime
from sqlalchemy.ext.asyncio import AsyncSession

from bot.benefits.rates import Segment
from bot.database import AT_ONCE
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
    NameWordRow,
    ParticipantRow,
)
from bot.register.names import name_word_indexes

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


# The questions are put together once, as the same few are asked all day: for columns, not for rows of the object
# mapper, as there are hundreds of them, and nobody changes them.
_PARTICIPANT: BindParameter[str] = bindparam("participant")
_CARDS = (
    select(*CardRow.__table__.c, EmployerRow.name.label("employer"))
    .outerjoin(EmployerRow, EmployerRow.id == CardRow.employer_id)
    .where(CardRow.participant_id == _PARTICIPANT)
    .order_by(CardRow.joined, CardRow.id)
    .execution_options(**{AT_ONCE: True})
)
_BALANCE_HISTORY = (
    select(CardBalanceRow.card_id, CardBalanceRow.day, CardBalanceRow.amount)
    .join(CardRow, CardRow.id == CardBalanceRow.card_id)
    .where(CardRow.participant_id == _PARTICIPANT)
    .order_by(CardBalanceRow.day)
    .execution_options(**{AT_ONCE: True})
)
_CONTRIBUTIONS = (
    select(
        ContributionRow.card_id,
        ContributionRow.month,
        ContributionRow.wage,
        ContributionRow.employer_share,
        ContributionRow.worker_share,
        ContributionRow.paid_on,
    )
    .join(CardRow, CardRow.id == ContributionRow.card_id)
    .where(CardRow.participant_id == _PARTICIPANT, ContributionRow.programme == bindparam("programme"))
    .order_by(ContributionRow.month, ContributionRow.card_id)
)


class SqlCoreSystem:
    """`CoreSystem` on the session of the turn."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        # An action asks several questions about one participant, and these two lie behind most of them.
        self._cards: dict[str, Sequence[Row[Any]]] = {}
        self._balances: dict[str, Mapping[str, Sequence[tuple[date, int]]]] = {}

    @_or_unavailable
    async def find_by_number(self, number: str) -> Participant | None:
        nik, kpj = keyring().blind_index(number, "nik"), keyring().blind_index(number, "kpj")
        with_this_kpj = select(CardRow.participant_id).where(CardRow.kpj_index == kpj)
        return await self._one(or_(ParticipantRow.nik_index == nik, ParticipantRow.id.in_(with_this_kpj)))

    @_or_unavailable
    async def participant(self, id: str) -> Participant | None:
        return await self._one(ParticipantRow.id == id)

    @_or_unavailable
    async def find_by_name(self, name: str, limit: int) -> Sequence[Participant]:
        words = name_word_indexes(name)
        if not words:
            return []
        with_all = (
            select(NameWordRow.participant_id)
            .where(NameWordRow.word_index.in_(words))
            .group_by(NameWordRow.participant_id)
            .having(func.count() == len(words))
            .order_by(NameWordRow.participant_id)
            .limit(limit)
        )
        found = [await self.participant(one) for one in await self._session.scalars(with_all)]
        return [participant for participant in found if participant]

    @_or_unavailable
    async def cards(self, id: str) -> Sequence[Card]:
        return [_card(row) for row in await self._cards_of(id)]

    @_or_unavailable
    async def balances(self, id: str, on: date) -> Sequence[CardBalance]:
        histories = await self._histories_of(id)
        known = [(card, _last_known(on, histories.get(card.id, ()))) for card in await self._cards_of(id)]
        return [CardBalance(card.kpj, point[1], point[0]) for card, point in known if point]

    @_or_unavailable
    async def balance_history(self, id: str) -> Sequence[BalancePoint]:
        return _together((await self._histories_of(id)).values())

    @_or_unavailable
    async def contributions(self, id: str, programme: Programme) -> Sequence[Contribution]:
        rows = await self._session.execute(_CONTRIBUTIONS, {"participant": id, "programme": programme.value})
        kpj = {card.id: card.kpj for card in await self._cards_of(id)}
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

    @_or_unavailable
    async def reset_biometric(self, id: str) -> None:
        if row := await self._session.get(AppStateRow, id):
            row.biometric, row.biometric_failures = Biometric.OK, 0

    @_or_unavailable
    async def accept_correction(self, id: str) -> None:
        if row := await self._session.get(AppStateRow, id):
            row.data_update, row.differing_fields = DataUpdate.NEVER, []

    async def _cards_of(self, id: str) -> Sequence[Row[Any]]:
        """The participant's cards with the employer's name, oldest first."""
        if id not in self._cards:
            self._cards[id] = (await self._session.execute(_CARDS, {"participant": id})).all()
        return self._cards[id]

    async def _histories_of(self, id: str) -> Mapping[str, Sequence[tuple[date, int]]]:
        """The balances of each card over time, by the card's id, oldest first."""
        if id not in self._balances:
            points = await self._session.execute(_BALANCE_HISTORY, {"participant": id})
            by_card: dict[str, list[tuple[date, int]]] = defaultdict(list)
            for card_id, day, amount in points:
                by_card[card_id].append((day, amount))
            self._balances[id] = by_card
        return self._balances[id]

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
        partial_claim_on=row.partial_claim_on,
    )


def _card(row: Row[Any]) -> Card:
    return Card(
        kpj=row.kpj,
        employer=row.employer,
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
    changes: dict[date, int] = defaultdict(int)
    for points in histories:
        before = 0
        for day, amount in points:
            changes[day] += amount - before
            before = amount
    days = sorted(changes)
    return [BalancePoint(*point) for point in zip(days, accumulate(changes[day] for day in days), strict=True)]


def _last_known(day: date, points: Sequence[tuple[date, int]]) -> tuple[date, int] | None:
    """The last of some points, oldest first, up to a day."""
    known = bisect_right(points, day, key=lambda point: point[0])
    return points[known - 1] if known else None

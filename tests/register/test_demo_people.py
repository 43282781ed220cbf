"""Every demo participant shows what docs/demo.md says."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.benefits.contributions import missing_months
from bot.benefits.jht_rules import JHT_AGE, WAITING_MONTHS, fits_jmo_limit
from bot.benefits.months import add_months, age_on, months_between
from bot.benefits.pension_rules import JP_AGE
from bot.benefits.rates import Segment
from bot.parsing.nik import is_valid_nik
from bot.parsing.numbers import normal_phone
from bot.register.core_system import (
    Biometric,
    CardStatus,
    DataField,
    DataUpdate,
    LeaveReason,
    Participant,
    Programme,
)
from bot.register.demo_people import DEMO_PEOPLE, DemoPerson, demo_hint, render_demo_table
from bot.register.seed import seed
from bot.register.sql import SqlCoreSystem

pytestmark = pytest.mark.asyncio

DAYS_OF_ALL_KINDS = [
    *(date(2026, 11, day) for day in (1, 9, 10, 12, 15, 16, 30)),
    *(date(2026, 12, 31), date(2027, 1, 1), date(2028, 2, 29), date(2027, 3, 31)),
]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What the people show doesn't depend on the kind of database."""
    return sqlite_url


def person(number: int) -> DemoPerson:
    return DEMO_PEOPLE[number - 1]


async def found(register: SqlCoreSystem, number: int) -> Participant:
    participant = await register.find_by_number(person(number).nik)
    assert participant is not None
    return participant


async def total(register: SqlCoreSystem, number: int, today: date) -> int:
    return sum(balance.amount for balance in await register.balances(person(number).id, today))


async def test_the_document_lists_exactly_these_people() -> None:
    document = (Path(__file__).parents[2] / "docs" / "demo.md").read_text(encoding="utf-8")
    table = "".join(line for line in document.splitlines(keepends=True) if line.startswith("|"))
    assert table == render_demo_table()


async def test_the_console_names_people_who_exist() -> None:
    assert person(1).nik in demo_hint()
    assert 2 <= len(demo_hint().splitlines()) <= 3


@pytest.mark.parametrize("demo", DEMO_PEOPLE, ids=lambda demo: demo.name)
async def test_everybody_is_found_by_nik_and_by_each_card(register: SqlCoreSystem, demo: DemoPerson) -> None:
    by_nik = await register.find_by_number(demo.nik)
    assert by_nik is not None
    assert (by_nik.id, by_nik.name, by_nik.nik) == (demo.id, demo.name, demo.nik)
    assert (by_nik.birth_date, by_nik.phone) == (demo.birth_date, demo.phone)
    cards = await register.cards(demo.id)
    assert [card.kpj for card in cards] == [demo.kpj(number) for number in range(len(demo.cards))]
    assert all([await register.find_by_number(card.kpj) == by_nik for card in cards])


@pytest.mark.parametrize("demo", DEMO_PEOPLE, ids=lambda demo: demo.name)
async def test_numbers_look_valid_and_carry_the_birth_date(demo: DemoPerson) -> None:
    assert len(demo.nik) == 16
    day = int(demo.nik[6:8]) - (40 if demo.woman else 0)
    assert (day, int(demo.nik[8:10]), int(demo.nik[10:12])) == (
        demo.birth_date.day,
        demo.birth_date.month,
        demo.birth_date.year % 100,
    )
    assert all(len(demo.kpj(number)) == 11 for number in range(len(demo.cards)))
    assert normal_phone(demo.phone.replace("+62", "0")) == demo.phone
    assert is_valid_nik(demo.nik)


async def test_all_numbers_are_different() -> None:
    numbers = [
        number
        for demo in DEMO_PEOPLE
        for number in (demo.nik, demo.phone, demo.account_number, *(demo.kpj(card) for card in range(len(demo.cards))))
    ]
    assert len(numbers) == len(set(numbers)) > 4 * 10


async def test_1_resigned_with_9_850_000_over_two_cards(register: SqlCoreSystem, today: date) -> None:
    balances = await register.balances(person(1).id, today)
    assert [balance.amount for balance in balances] == [3_600_000, 6_250_000]
    assert {balance.as_of for balance in balances} == {today}
    cards = await register.cards(person(1).id)
    assert {card.status for card in cards} == {CardStatus.NON_ACTIVE}
    assert cards[-1].leave_reason is LeaveReason.RESIGNED
    assert cards[-1].left
    assert months_between(cards[-1].left, today) == 4
    state = await register.app_state(person(1).id)
    assert state
    assert state.data_update is DataUpdate.DONE
    assert state.biometric is Biometric.OK
    assert (await found(register, 1)).status is CardStatus.NON_ACTIVE


async def test_2_active_with_12_years(register: SqlCoreSystem, today: date) -> None:
    (card,) = await register.cards(person(2).id)
    assert card.status is CardStatus.ACTIVE
    assert months_between(card.joined, today) // 12 == 12
    assert (await found(register, 2)).status is CardStatus.ACTIVE


async def test_3_resigned_with_42_million_too_much_for_jmo(register: SqlCoreSystem, today: date) -> None:
    assert await total(register, 3, today) == 42_000_000
    assert not fits_jmo_limit(42_000_000, today)
    assert (await found(register, 3)).status is CardStatus.NON_ACTIVE


async def test_4_the_name_differs(register: SqlCoreSystem) -> None:
    state = await register.app_state(person(4).id)
    assert state
    assert state.data_update is DataUpdate.MISMATCH
    assert state.differing_fields == (DataField.NAME,)


async def test_5_the_face_check_is_locked(register: SqlCoreSystem) -> None:
    state = await register.app_state(person(5).id)
    assert state
    assert state.biometric is Biometric.LOCKED
    assert state.biometric_failures == 3


async def test_6_the_first_contribution_is_not_posted(register: SqlCoreSystem, today: date) -> None:
    (card,) = await register.cards(person(6).id)
    assert not card.first_contribution_posted
    assert await register.contributions(person(6).id, Programme.JHT) == []
    assert await register.balances(person(6).id, today) == []
    assert await register.balance_history(person(6).id) == []
    assert missing_months([], card.joined, today, today) == []


async def test_7_an_old_card_is_not_linked(register: SqlCoreSystem, today: date) -> None:
    old, new = await register.cards(person(7).id)
    assert (old.linked_in_app, old.status) == (False, CardStatus.NON_ACTIVE)
    assert (new.linked_in_app, new.status) == (True, CardStatus.ACTIVE)
    assert (await register.balances(person(7).id, today))[0].amount == 5_480_000


async def test_8_aged_57_old_enough_for_jht_not_for_jp(register: SqlCoreSystem, today: date) -> None:
    age = age_on((await found(register, 8)).birth_date, today)
    assert age == 57
    assert JHT_AGE.on(today).value <= age < JP_AGE.on(today).value
    assert (await found(register, 8)).status is CardStatus.ACTIVE


async def test_9_the_employer_is_three_months_in_arrears(register: SqlCoreSystem, today: date) -> None:
    paid = [one.month for one in await register.contributions(person(9).id, Programme.JHT)]
    missing = missing_months(paid, paid[0], today, today)
    assert missing == [date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)]


async def test_10_self_employed_pays_for_herself_and_has_no_jp(register: SqlCoreSystem) -> None:
    (card,) = await register.cards(person(10).id)
    assert (card.segment, card.employer) == (Segment.BPU, None)
    contributions = await register.contributions(person(10).id, Programme.JHT)
    assert {(one.employer_share, one.worker_share) for one in contributions} == {(0, 40_000)}
    assert await register.contributions(person(10).id, Programme.JP) == []


async def test_11_resigned_less_than_the_waiting_month_ago(register: SqlCoreSystem, today: date) -> None:
    (card,) = await register.cards(person(11).id)
    assert card.left == today - timedelta(days=12)
    assert add_months(card.left, WAITING_MONTHS.on(today).value) > today


async def test_12_fits_the_limit_since_may_2025_only(register: SqlCoreSystem, today: date) -> None:
    balance = await total(register, 12, today)
    assert fits_jmo_limit(balance, today)
    assert not fits_jmo_limit(balance, date(2025, 4, 30))
    state = await register.app_state(person(12).id)
    assert state
    assert state.data_update is DataUpdate.NEVER


@pytest.mark.parametrize("day", DAYS_OF_ALL_KINDS, ids=str)
async def test_the_situations_hold_whenever_they_are_seeded(session: AsyncSession, day: date) -> None:
    await seed(session, today=day)
    register = SqlCoreSystem(session)
    totals = {
        demo.number: sum(balance.amount for balance in await register.balances(demo.id, day)) for demo in DEMO_PEOPLE
    }
    assert (totals[1], totals[3], totals[6], totals[12]) == (9_850_000, 42_000_000, 0, 12_400_000)
    await _assert_arrears(register, 9, 3, day)
    for punctual in (2, 6, 7, 8, 10):
        await _assert_arrears(register, punctual, 0, day)


async def _assert_arrears(register: SqlCoreSystem, number: int, months: int, day: date) -> None:
    demo = DEMO_PEOPLE[number - 1]
    card = (await register.cards(demo.id))[-1]
    paid = [one.month for one in await register.contributions(demo.id, Programme.JHT) if one.kpj == card.kpj]
    assert len(missing_months(paid, card.joined, day, day)) == months

"""Service hours, working days and the day by which a claim is paid."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.benefits.claim_times import due_on, usually_paid_on
from bot.benefits.errors import InvalidInput
from bot.benefits.service_hours import is_open, next_opening
from bot.benefits.working_days import add_working_days, is_holiday, is_working_day
from tests.benefits.claim_examples import WIB


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of November 2026 in Jakarta, as the clock gives it."""
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB).astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "opened", "opens"),
    [
        (wib(24, 5, 59), False, wib(24, 6)),
        (wib(24, 6), True, wib(24, 6)),
        (wib(24, 19, 59), True, wib(24, 19, 59)),
        (wib(24, 20), False, wib(25, 6)),
        (wib(24, 23, 59), False, wib(25, 6)),
        (wib(25, 0), False, wib(25, 6)),
        (wib(29, 12), True, wib(29, 12)),  # a Sunday
    ],
)
def test_claims_are_taken_from_six_until_eight_every_day(moment: datetime, opened: bool, opens: datetime) -> None:
    assert is_open(moment) is opened
    assert next_opening(moment) == opens


@given(st.datetimes(datetime(2025, 5, 2), datetime(2040, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_next_opening_is_open_and_less_than_ten_hours_away(moment: datetime) -> None:
    opening = next_opening(moment)
    assert is_open(opening)
    assert timedelta() <= opening - moment <= timedelta(hours=10)
    assert (opening == moment) is is_open(moment)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 24), True),
        (date(2026, 11, 28), False),  # Saturday
        (date(2026, 11, 29), False),  # Sunday
        (date(2026, 12, 24), False),  # joint leave
        (date(2026, 12, 25), False),  # Christmas
        (date(2026, 8, 17), False),  # independence
        (date(2026, 6, 1), False),  # Pancasila
    ],
)
def test_weekends_national_holidays_and_joint_leave_are_free(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_a_holiday_is_one_on_any_day_of_the_week() -> None:
    assert is_holiday(date(2026, 3, 21))  # Eid al-Fitr, a Saturday
    assert not is_holiday(date(2026, 11, 29))


@pytest.mark.parametrize(
    ("day", "count", "end"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 25)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # from a Saturday
        (date(2026, 12, 22), 5, date(2026, 12, 31)),  # over Christmas
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over the new year
    ],
)
def test_free_days_are_not_counted(day: date, count: int, end: date) -> None:
    assert add_working_days(day, count) == end


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 30))
def test_exactly_so_many_working_days_lie_between(day: date, count: int) -> None:
    end = add_working_days(day, count)
    passed = [day + timedelta(days=n) for n in range(1, (end - day).days + 1)]
    assert sum(map(is_working_day, passed)) == count
    assert is_working_day(end)


def test_no_working_days_are_no_count() -> None:
    with pytest.raises(InvalidInput):
        add_working_days(date(2026, 11, 24), 0)


def test_a_claim_is_due_five_working_days_after_filing_and_usually_paid_on_the_next_one() -> None:
    assert due_on(date(2026, 11, 24)) == date(2026, 12, 1)
    assert usually_paid_on(date(2026, 11, 24)) == date(2026, 11, 25)
    assert usually_paid_on(date(2026, 11, 27)) == date(2026, 11, 30)

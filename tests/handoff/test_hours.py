"""When the desk is open, and what that makes of waiting."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.clock import WIB
from bot.handoff.hours import DeskHours

BREAK = [(time(8), time(12)), (time(13), time(15, 30))]
WEEK = DeskHours(dict.fromkeys(range(5), BREAK), {date(2026, 11, 26): "Pelatihan petugas"})

moments = st.integers(0, 500 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=WIB) + timedelta(minutes=minutes)
)
works = st.timedeltas(timedelta(0), timedelta(hours=30))
quarters = st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted)


@st.composite
def calendars(draw: st.DrawFn) -> DeskHours:
    """Any week in which the desk opens at least once, with a few closures."""
    week = draw(st.dictionaries(st.integers(0, 6), quarters, min_size=1))
    closures = draw(st.lists(st.dates(date(2026, 1, 1), date(2027, 6, 1)), max_size=3))
    return DeskHours(
        {
            day: [(_time(opens), _time(closes)) for opens, closes in zip(marks[::2], marks[1::2], strict=False)]
            for day, marks in week.items()
        },
        dict.fromkeys(closures, "tutup"),
    )


def _time(quarter: int) -> time:
    return time(quarter // 4, quarter % 4 * 15)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=WIB)


@given(calendars(), moments)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours: DeskHours, now: datetime) -> None:
    opening = hours.next_opening(now)
    assert opening is not None and opening >= now and hours.is_open(opening)
    assert (opening == now) == hours.is_open(now)
    assert not hours.is_open(opening - timedelta(minutes=1)) or opening - timedelta(minutes=1) < now


@given(calendars(), moments, works, works)
def test_more_work_is_never_done_earlier(hours: DeskHours, now: datetime, one: timedelta, other: timedelta) -> None:
    done = [hours.after(now, work) for work in sorted((one, other))]
    assert done[0] is None or done[1] is None or now <= done[0] <= done[1]


@given(calendars(), moments, moments, works)
def test_who_comes_later_is_never_served_earlier(
    hours: DeskHours, one: datetime, other: datetime, work: timedelta
) -> None:
    first, second = (hours.after(now, work) for now in sorted((one, other)))
    assert first is None or second is None or first <= second


@given(calendars(), moments)
def test_a_call_back_is_promised_while_the_desk_is_open(hours: DeskHours, now: datetime) -> None:
    window = hours.call_back_window(now)
    if window:
        assert now <= window[0] < window[1] and hours.is_open(window[1] - timedelta(seconds=1))


def test_a_break_at_noon_and_the_night_don_t_count() -> None:
    assert not WEEK.is_open(at(24, 12, 30)) and WEEK.next_opening(at(24, 12, 30)) == at(24, 13)
    assert WEEK.after(at(24, 11, 30), timedelta(hours=1)) == at(24, 13, 30)
    assert WEEK.after(at(24, 15), timedelta(hours=1)) == at(25, 8, 30)


def test_closures_weekends_holidays_and_joint_leave_are_skipped_and_named() -> None:
    assert WEEK.next_opening(at(25, 18)) == at(27, 8) and WEEK.why_closed(at(26, 9), "id") == "Pelatihan petugas"
    assert WEEK.next_opening(at(27, 18)) == at(30, 8)
    christmas = datetime(2026, 12, 24, 9, tzinfo=WIB)
    assert not WEEK.is_open(christmas) and WEEK.why_closed(christmas, "id")
    assert WEEK.next_opening(christmas) == datetime(2026, 12, 28, 8, tzinfo=WIB)


def test_a_desk_that_never_opens_promises_nothing() -> None:
    never = DeskHours({})
    assert never.next_opening(at(24, 9)) is None
    assert never.call_back_window(at(24, 9)) is None

"""The figures of the board, from hand-offs that are written down here."""

from datetime import UTC, datetime, time, timedelta

import pytest

from bot.clock import WIB
from bot.desk.board_page import open_time_of
from bot.desk.periods import MONTH, OWN, TODAY, Period, period_from
from bot.desk.statistics import Episode, OpenTime, answered_in_time, nine_of_ten, share, spans, summarize
from bot.handoff.hours import DeskHours
from bot.handoff.models import HandoffState

MONDAY, TUESDAY = datetime(2026, 11, 23, tzinfo=WIB), datetime(2026, 11, 24, tzinfo=WIB)


def at(day: datetime, hour: int, minute: int = 0) -> datetime:
    return day + timedelta(hours=hour, minutes=minute)


OPEN = OpenTime([(at(MONDAY, 8), at(MONDAY, 12)), (at(MONDAY, 13), at(MONDAY, 16)), (at(TUESDAY, 8), at(TUESDAY, 16))])
NOW = at(TUESDAY, 12)


def episode(asked: datetime, reply: datetime | None = None, ended: datetime | None = None, **more: object) -> Episode:
    state = HandoffState.ENDED if ended else HandoffState.TALKING if reply else HandoffState.WAITING
    values = {"state": state, "topic": "claim", "reason": "asked", **more}
    return Episode(case_id=1, asked_at=asked, taken_at=reply, first_reply_at=reply, ended_at=ended, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("begins", "ends", "minutes"),
    [
        (at(MONDAY, 9), at(MONDAY, 9, 30), 30),
        (at(MONDAY, 11, 50), at(MONDAY, 13, 5), 15),
        (at(MONDAY, 15, 58), at(TUESDAY, 8, 2), 4),
        (at(MONDAY, 12, 10), at(MONDAY, 12, 50), 0),
        (at(MONDAY, 1), at(MONDAY, 2), 0),
        (at(TUESDAY, 15), at(TUESDAY, 23), 60),
    ],
    ids=["open", "over the break", "over the night", "in the break", "before the first day", "after the last"],
)
def test_time_passes_only_while_the_desk_is_open(begins: datetime, ends: datetime, minutes: int) -> None:
    assert OPEN.seconds(begins, ends) == minutes * 60


def test_open_hours_are_those_of_western_indonesia_also_after_midnight() -> None:
    hours = DeskHours({day: [(time(0), time(2))] for day in range(7)})
    asked, at_night = at(MONDAY, 6, 59).astimezone(UTC), at(TUESDAY, 1).astimezone(UTC)
    assert open_time_of(hours, [episode(asked)], at_night).seconds(asked, at_night) == 3600


@pytest.mark.parametrize(
    ("one", "met"),
    [
        (episode(at(MONDAY, 9), at(MONDAY, 9, 5)), True),
        (episode(at(MONDAY, 9), at(MONDAY, 9, 6)), False),
        (episode(at(MONDAY, 20), at(TUESDAY, 8, 4)), True),
        (episode(at(MONDAY, 20), at(TUESDAY, 8, 6)), False),
        (episode(at(TUESDAY, 11, 56)), None),
        (episode(at(TUESDAY, 11, 54)), False),
        (episode(at(MONDAY, 9), ended=at(MONDAY, 9, 3)), None),
        (episode(at(MONDAY, 9), ended=at(MONDAY, 9, 30)), False),
        (episode(at(MONDAY, 9), at(MONDAY, 15), promised_until=at(MONDAY, 16)), True),
        (episode(at(MONDAY, 9), at(TUESDAY, 9), promised_until=at(MONDAY, 16)), False),
        (episode(at(MONDAY, 9), promised_until=at(TUESDAY, 11)), False),
        (episode(at(MONDAY, 9), promised_until=at(TUESDAY, 13)), None),
    ],
    ids=[
        "in five minutes",
        "in six",
        "asked at night, answered after opening",
        "asked at night, answered late",
        "still waits in time",
        "waits too long",
        "left before it was late",
        "left when it was late",
        "called back in the window",
        "called back after the window",
        "never called back",
        "not to be called back yet",
    ],
)
def test_an_answer_in_time_is_one_as_it_was_promised(one: Episode, met: bool | None) -> None:
    assert answered_in_time(one, OPEN, NOW) is met


def test_the_figures_of_a_period() -> None:
    summary = summarize(
        [
            episode(at(MONDAY, 9), at(MONDAY, 9, 2), at(MONDAY, 9, 20), solved=True, rating=3),
            episode(at(MONDAY, 10), at(MONDAY, 10, 4), at(MONDAY, 10, 10), solved=False, rating=1, topic="card"),
            episode(at(MONDAY, 11), at(MONDAY, 11, 30), reason="anger"),
            episode(at(MONDAY, 14), ended=at(MONDAY, 14, 1)),
        ],
        OPEN,
        NOW,
    )
    assert (summary.handoffs, summary.judged, summary.in_time) == (4, 3, 2)
    assert (summary.first_reply.middle, summary.first_reply.nine_of_ten) == (4 * 60, 30 * 60)
    assert (summary.solution.middle, summary.solution.nine_of_ten) == (15 * 60, 20 * 60)
    assert summary.reasons == [("asked", 3), ("anger", 1)]
    assert summary.topics == [("claim", 3), ("card", 1)]
    assert (summary.ratings, summary.solved, summary.average) == (2, 1, 2.0)


def test_of_nothing_there_are_no_figures() -> None:
    summary = summarize([], OPEN, NOW)
    assert (summary.judged, summary.average, summary.first_reply.middle, summary.solution.nine_of_ten) == (
        0,
        None,
        None,
        None,
    )
    assert share(0, 0) is None
    assert share(1, 4) == 25


def test_nine_of_ten_dont_exceed_it() -> None:
    assert nine_of_ten([*range(1, 11)]) == 9
    assert nine_of_ten([5]) == 5


def test_each_hour_has_its_handoffs_and_its_wait() -> None:
    asked = [at(MONDAY, 9, 10), at(MONDAY, 9, 50), at(MONDAY, 11)]
    episodes = [episode(asked[0], at(MONDAY, 9, 14)), episode(asked[1], at(MONDAY, 9, 56)), episode(asked[2])]
    hours = spans(episodes, OPEN, MONDAY, TUESDAY, timedelta(hours=1))
    assert len(hours) == 24
    assert (hours[9].handoffs, hours[9].wait) == (2, 5 * 60)
    assert (hours[11].handoffs, hours[11].wait) == (1, None)
    assert sum(hour.handoffs for hour in hours) == 3


def test_a_period_is_made_of_whole_days_in_western_indonesia() -> None:
    early = datetime(2026, 11, 24, 0, 30, tzinfo=WIB)
    today, problem = period_from({}, early)
    assert (today.name, today.begins, today.ends, problem) == (TODAY, TUESDAY, TUESDAY + timedelta(days=1), None)
    month, _ = period_from({"period": MONTH}, early)
    assert (month.ends - month.begins, month.last) == (timedelta(days=30), TUESDAY.date())


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        ("2026-11-01", "2026-11-01", None),
        ("2025-11-02", "2026-11-02", None),
        ("2025-11-01", "2026-11-02", "range_long"),
        ("2026-11-02", "2026-11-01", "range_backwards"),
        ("", "2026-11-01", "range_missing"),
        ("yesterday", "2026-11-01", "range_missing"),
    ],
)
def test_an_own_range_is_whole_and_bounded(first: str, last: str, problem: str | None) -> None:
    period, told = period_from({"period": OWN, "from": first, "to": last}, NOW)
    assert told == problem
    assert isinstance(period, Period)
    assert period.name == (TODAY if problem else OWN)

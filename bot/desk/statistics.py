"""What the board says about hand-offs: pure figures from episodes. Times pass only while the desk is open."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from math import ceil
from statistics import median
from typing import NamedTuple

from bot.handoff.models import HandoffState
from bot.handoff.times import FIRST_ANSWER

Moments = Sequence[tuple[datetime, datetime]]
"""Intervals in order, none over another."""


class Episode(NamedTuple):
    """One hand-off, without anything personal; a tuple, as a board reads tens of thousands."""

    case_id: int
    topic: str
    reason: str
    state: str
    asked_at: datetime
    taken_at: datetime | None = None
    first_reply_at: datetime | None = None
    promised_until: datetime | None = None
    """Of a call-back or of a message that was left."""
    ended_at: datetime | None = None
    end_reason: str | None = None
    officer: str | None = None
    solved: bool | None = None
    rating: int | None = None
    """1 (bad) to 3 (good)."""


class OpenTime:
    """Measures time that passed while the desk was open."""

    def __init__(self, intervals: Moments) -> None:
        # Seconds since the epoch: with tens of thousands of hand-offs, comparing moments of two zones takes too long.
        self._opens = [opens.timestamp() for opens, _ in intervals]
        self._closes = [closes.timestamp() for _, closes in intervals]
        lengths = (closes - opens for opens, closes in zip(self._opens, self._closes, strict=True))
        self._before = [0.0, *accumulate(lengths)]

    def seconds(self, begins: datetime, ends: datetime) -> float:
        """Between two moments."""
        return self._until(ends.timestamp()) - self._until(begins.timestamp())

    def _until(self, at: float) -> float:
        last = bisect_right(self._opens, at) - 1
        if last < 0:
            return 0.0
        return self._before[last] + min(at, self._closes[last]) - self._opens[last]


@dataclass(frozen=True, slots=True)
class Times:
    """Median and the time that nine of ten don't exceed, in seconds; None without any."""

    middle: float | None
    nine_of_ten: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures of a period."""

    handoffs: int
    judged: int
    """Those of which it is known whether the first answer came in time."""
    in_time: int
    first_reply: Times
    solution: Times
    reasons: Sequence[tuple[str, int]]
    topics: Sequence[tuple[str, int]]
    """Most frequent first, as the reasons."""
    ratings: int
    solved: int
    """Of those that were rated."""
    average: float | None
    """Of the ratings, 1 to 3."""


@dataclass(frozen=True, slots=True)
class Span:
    """An hour or a day of a period."""

    begins: datetime
    handoffs: int
    wait: float | None
    """Median until an officer took it, in seconds."""


def summarize(episodes: Sequence[Episode], open_time: OpenTime, now: datetime) -> Summary:
    """All figures of these hand-offs."""
    judged = [met for episode in episodes if (met := answered_in_time(episode, open_time, now)) is not None]
    rated = [episode for episode in episodes if episode.rating is not None]
    return Summary(
        handoffs=len(episodes),
        judged=len(judged),
        in_time=sum(judged),
        first_reply=_times(
            open_time.seconds(one.asked_at, one.first_reply_at) for one in episodes if one.first_reply_at
        ),
        solution=_times(
            open_time.seconds(one.asked_at, one.ended_at) for one in episodes if one.ended_at and one.first_reply_at
        ),
        reasons=Counter(episode.reason for episode in episodes).most_common(),
        topics=Counter(episode.topic for episode in episodes).most_common(),
        ratings=len(rated),
        solved=sum(bool(episode.solved) for episode in rated),
        average=sum(episode.rating or 0 for episode in rated) / len(rated) if rated else None,
    )


def answered_in_time(episode: Episode, open_time: OpenTime, now: datetime) -> bool | None:
    """Whether the first answer came as promised; None while it still may, or when nobody waited so long for it."""
    if episode.promised_until:
        answered = episode.first_reply_at or episode.ended_at
        late = (answered or now) > episode.promised_until
    else:
        if episode.first_reply_at is None and episode.state == HandoffState.MESSAGE:
            return None
        waited = open_time.seconds(episode.asked_at, episode.first_reply_at or episode.ended_at or now)
        late = waited > FIRST_ANSWER.total_seconds()
    if episode.first_reply_at is None and not late:
        return None
    return not late


def spans(
    episodes: Iterable[Episode], open_time: OpenTime, begins: datetime, ends: datetime, step: timedelta
) -> list[Span]:
    """The hand-offs of each hour or day of a period, by when they were asked for."""
    number = ceil((ends - begins) / step)
    first, seconds = begins.timestamp(), step.total_seconds()
    asked = [0] * number
    waits: list[list[float]] = [[] for _ in range(number)]
    for episode in episodes:
        place = int((episode.asked_at.timestamp() - first) // seconds)
        asked[place] += 1
        if episode.taken_at:
            waits[place].append(open_time.seconds(episode.asked_at, episode.taken_at))
    return [
        Span(begins + place * step, asked[place], median(waits[place]) if waits[place] else None)
        for place in range(number)
    ]


def share(part: int, whole: int) -> float | None:
    """In per cent; None of nothing."""
    return 100 * part / whole if whole else None


def nine_of_ten(values: Sequence[float]) -> float:
    """The smallest value that nine of ten don't exceed; there must be one."""
    return sorted(values)[ceil(len(values) * 9 / 10) - 1]


def _times(seconds: Iterable[float]) -> Times:
    values = list(seconds)
    return Times(_or_none(median, values), _or_none(nine_of_ten, values))


def _or_none(figure: Callable[[Sequence[float]], float], values: Sequence[float]) -> float | None:
    return figure(values) if values else None

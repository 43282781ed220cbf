"""The charts of the board: what each shows, and how it is said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from babel.dates import format_date
from markupsafe import Markup

from bot.clock import WIB
from bot.desk.charts import LINES, Point, bars, columns, scale_of
from bot.desk.statistics import Span, Summary, share
from bot.desk.wording import LANGUAGE, lasting, percent
from bot.texts import say

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and what stands above it."""

    title: str
    image: Markup


def handoffs_chart(spans: Sequence[Span], step: timedelta) -> Chart:
    """How many asked for a person in each hour or day."""
    points = [Point(_label(span, step), span.handoffs, str(span.handoffs)) for span in spans]
    most = max(spans, key=lambda span: span.handoffs)
    if most.handoffs:
        when = _label(most, step)
        said = say(
            "desk_board.chart_handoffs_desc",
            LANGUAGE,
            n=sum(one.handoffs for one in spans),
            most=most.handoffs,
            when=when,
        )
    else:
        said = say("desk_board.chart_empty", LANGUAGE)
    top = scale_of(points, LINES)
    scale = [f"{top * line / LINES:.0f}" for line in range(LINES + 1)]
    title = say("desk_board.chart_handoffs", LANGUAGE)
    return Chart(title, columns("handoffs", title, said, points, scale))


def waits_chart(spans: Sequence[Span], step: timedelta) -> Chart:
    """How long half of them waited at most in each hour or day, in minutes."""
    points = [
        Point(_label(span, step), None if span.wait is None else span.wait / MINUTE, lasting(span.wait))
        for span in spans
    ]
    measured = [span for span in spans if span.wait is not None]
    if measured:
        longest = max(measured, key=lambda span: span.wait or 0)
        when = _label(longest, step)
        said = say("desk_board.chart_waits_desc", LANGUAGE, longest=lasting(longest.wait), when=when)
    else:
        said = say("desk_board.chart_empty", LANGUAGE)
    top = scale_of(points, LINES)
    scale = [lasting(top * MINUTE * line / LINES) if line else "0" for line in range(LINES + 1)]
    title = say("desk_board.chart_waits", LANGUAGE)
    return Chart(title, columns("waits", title, said, points, scale))


def reasons_chart(summary: Summary) -> Chart:
    """Why people were asked for."""
    title = say("desk_board.chart_reasons", LANGUAGE)
    names = {reason: say(f"desk_board.reason_{reason}", LANGUAGE) for reason, _ in summary.reasons}
    return _counts("reasons", title, names, summary.reasons)


def topics_chart(summary: Summary) -> Chart:
    """What it was about."""
    title = say("desk_board.chart_topics", LANGUAGE)
    names = {topic: say(f"desk.topic_{topic}", LANGUAGE) for topic, _ in summary.topics}
    return _counts("topics", title, names, summary.topics)


def _counts(name: str, title: str, names: Mapping[str, str], counts: Sequence[tuple[str, int]]) -> Chart:
    whole = sum(number for _, number in counts)
    points = [Point(names[key], number, f"{number} ({percent(share(number, whole))})") for key, number in counts]
    said = "; ".join(f"{point.label}: {point.said}" for point in points) or say("desk_board.chart_empty", LANGUAGE)
    return Chart(title, bars(name, title, said, points))


def _label(span: Span, step: timedelta) -> str:
    local = span.begins.astimezone(WIB)
    return f"{local:%H.00}" if step < timedelta(days=1) else format_date(local.date(), "d MMM", locale=LANGUAGE)

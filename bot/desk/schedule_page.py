"""When the desk is open: hours of the week, closures, and what they make of the next days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from starlette.responses import RedirectResponse, Response

from bot.clock import WIB
from bot.desk.periods import begin_of, day_from
from bot.desk.rendering import page
from bot.desk.schedule import (
    INTERVALS,
    WEEKDAYS,
    Interval,
    Written,
    WrongClosure,
    WrongHours,
    checked_week,
    close_on,
    closures_from,
    store_week,
)
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.desk.wording import LANGUAGE, clock_time, whole_day
from bot.handoff.hours import DeskHours, load_hours
from bot.handoff.models import Closure, OpeningHours, Role
from bot.privacy.audit import record

SCHEDULE = f"{PREFIX}/jadwal"
PREVIEW_DAYS = 14
DONE = ("hours", "closed", "reopened")
EMPTY: Written = ("", "")


@dataclass(frozen=True, slots=True)
class Day:
    """A day to come."""

    name: str
    hours: Sequence[tuple[str, str]]
    reason: str | None
    """Why it is closed, where it isn't only the weekday."""


async def show_schedule(visit: Visit) -> Response:
    """The page."""
    return await _page(visit)


async def change_hours(visit: Visit) -> Response:
    """Put the typed week in the place of the present one; the audit log says what it is now."""
    written = [[_typed(visit, weekday, place) for place in range(INTERVALS)] for weekday in WEEKDAYS]
    try:
        week = checked_week(written)
    except WrongHours as wrong:
        return await _page(visit, wrong, written)
    await store_week(visit.session, week)
    _record(visit, "desk.hours_changed", _in_short(week))
    return RedirectResponse(f"{SCHEDULE}?done=hours", 303)


async def add_closure(visit: Visit) -> Response:
    """Close the desk on one day."""
    today = visit.now.astimezone(WIB).date()
    try:
        closure = await close_on(visit.session, day_from(visit.text("day")), visit.text("reason"), today)
    except WrongClosure as wrong:
        return await _page(visit, wrong)
    _record(visit, "desk.closure_added", f"{closure.day}: {closure.reason}")
    return RedirectResponse(f"{SCHEDULE}?done=closed", 303)


async def remove_closure(visit: Visit) -> Response:
    """Open the desk again on a day that was to be closed."""
    day = day_from(visit.text("day"))
    closure = await visit.session.get(Closure, day) if day else None
    if closure:
        await visit.session.delete(closure)
        _record(visit, "desk.closure_removed", f"{closure.day}: {closure.reason}")
    return RedirectResponse(f"{SCHEDULE}?done=reopened", 303)


def preview(hours: DeskHours, today: date, days: int = PREVIEW_DAYS) -> list[Day]:
    """What the calendar makes of the next days."""
    return [_day(hours, begin_of(today + timedelta(days=ahead))) for ahead in range(days)]


async def _page(
    visit: Visit,
    problem: WrongHours | WrongClosure | None = None,
    written: Sequence[Sequence[Written]] | None = None,
) -> Response:
    today = visit.now.astimezone(WIB).date()
    done = visit.request.query_params.get("done")
    return page(
        visit,
        "schedule.html",
        status=409 if problem else 200,
        week=written or await _present_week(visit),
        closures=await closures_from(visit.session, today),
        closure={"day": visit.text("day"), "reason": visit.text("reason")},
        today=today,
        days=preview(await load_hours(visit.session), today),
        problem=problem,
        done=done if done in DONE else None,
    )


async def _present_week(visit: Visit) -> list[list[Written]]:
    rows = (await visit.session.scalars(select(OpeningHours).order_by(OpeningHours.opens))).all()
    week = [[(f"{one.opens:%H.%M}", f"{one.closes:%H.%M}") for one in rows if one.weekday == day] for day in WEEKDAYS]
    return [(day + [EMPTY] * INTERVALS)[:INTERVALS] for day in week]


def _typed(visit: Visit, weekday: int, place: int) -> Written:
    return visit.text(f"opens-{weekday}-{place}"), visit.text(f"closes-{weekday}-{place}")


def _day(hours: DeskHours, begins: datetime) -> Day:
    intervals = [(clock_time(opens), clock_time(closes)) for opens, closes in hours.on(begins.date())]
    return Day(whole_day(begins), intervals, hours.reason_for(begins.date(), LANGUAGE))


def _in_short(week: Sequence[Interval]) -> str:
    return ", ".join(f"{one.weekday} {one.opens:%H:%M}-{one.closes:%H:%M}" for one in week) or "never open"


def _record(visit: Visit, action: str, reason: str) -> None:
    record(visit.session, actor=visit.actor, action=action, subject=None, reason=reason, at=visit.now)


ROUTES = (
    DeskRoute("/jadwal", show_schedule, role=Role.SUPERVISOR),
    DeskRoute("/jadwal", change_hours, "POST", role=Role.SUPERVISOR),
    DeskRoute("/jadwal/tutup", add_closure, "POST", role=Role.SUPERVISOR),
    DeskRoute("/jadwal/buka", remove_closure, "POST", role=Role.SUPERVISOR),
)

"""The supervisor's board: how it is now, how it was in a period, who gets which hand-off."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import RedirectResponse, Response

from bot.clock import WIB
from bot.desk.board_charts import Chart, handoffs_chart, reasons_chart, topics_chart, waits_chart
from bot.desk.board_export import to_csv
from bot.desk.board_queries import (
    OpenHandoff,
    chats_of,
    episodes_of,
    is_late,
    is_present,
    officers_at_work,
    open_handoffs,
    waits,
)
from bot.desk.periods import NAMES, OWN, Period, period_from
from bot.desk.rendering import page
from bot.desk.statistics import Episode, OpenTime, Summary, share, spans, summarize
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.errors import BadInput
from bot.handoff.hours import DeskHours, load_hours
from bot.handoff.models import Handoff, HandoffState, Officer, Role, Topic
from bot.handoff.service import HandoffNotFound, Handoffs
from bot.handoff.times import FIRST_ANSWER
from bot.privacy.audit import record

BOARD = f"{PREFIX}/papan"
MOVABLE = (HandoffState.WAITING, HandoffState.TALKING)
"""What is promised for later is nobody's yet, and waits in no queue."""
SHOWN = 50
QUEUE = "queue"


class MovedOn(BadInput):
    """The hand-off isn't any more where the supervisor saw it."""


class NotAtWork(BadInput):
    """The officer is away or their account is closed."""


@dataclass(frozen=True, slots=True)
class TopicNow:
    """Who waits for one topic."""

    topic: str
    waiting: int
    oldest: float
    """In seconds."""


@dataclass(frozen=True, slots=True)
class OfficerNow:
    """What an officer has."""

    officer: Officer
    talking: int
    waiting: int
    """Given to them and not taken yet."""
    presence: str
    """`present`, `away` or `absent`."""


@dataclass(frozen=True, slots=True)
class Now:
    """The desk at this moment."""

    waiting: int
    oldest: float | None
    late: int
    talking: int
    later: int
    """Call-backs and messages."""
    present: int
    is_open: bool
    topics: Sequence[TopicNow]
    officers: Sequence[OfficerNow]
    movable: Sequence[OpenHandoff]
    more: int
    """Those that don't fit on the page."""


@dataclass(frozen=True, slots=True)
class Past:
    """The figures and charts of a period."""

    summary: Summary
    in_time: float | None
    contained: float | None
    chats: int
    solved: float | None
    charts: Sequence[Chart]


async def show_board(visit: Visit) -> Response:
    """The page."""
    return await _board(visit)


async def show_now(visit: Visit) -> Response:
    """The upper part alone, for a page that is open."""
    return page(visit, "board_live.html", live=await now_at_desk(visit.session, visit.now), key_of=seen_as)


async def reassign(visit: Visit) -> Response:
    """Give a hand-off to an officer or back to everybody; the participant is told."""
    try:
        handoff = await _give(visit, visit.request.path_params["handoff"], visit.text("to"))
    except (MovedOn, HandoffNotFound):
        return await _board(visit, "moved_on")
    except NotAtWork:
        return await _board(visit, "not_at_work")
    visit.tell(handoff.conversation_id)
    return RedirectResponse(f"{BOARD}?done=reassigned", 303)


async def export(visit: Visit) -> Response:
    """The hand-offs of the period for a spreadsheet."""
    period, _ = period_from(visit.request.query_params, visit.now)
    episodes = await episodes_of(visit.session, period)
    table = await asyncio.to_thread(to_csv, episodes)
    reason = f"{period.first} to {period.last}: {len(episodes)}"
    record(visit.session, actor=visit.actor, action="board.exported", subject=None, reason=reason, at=visit.now)
    name = f"petugas-{period.first}-{period.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(table, media_type="text/csv; charset=utf-8", headers=headers)


async def now_at_desk(session: AsyncSession, now: datetime) -> Now:
    """Everything that isn't over, counted."""
    handoffs, officers = await open_handoffs(session), await officers_at_work(session)
    waiting = [handoff for handoff in handoffs if waits(handoff)]
    movable = sorted((one for one in handoffs if one.state in MOVABLE), key=lambda one: not waits(one))
    people = [_officer_now(officer, handoffs, now) for officer in officers]
    return Now(
        waiting=len(waiting),
        oldest=(now - waiting[0].asked_at).total_seconds() if waiting else None,
        late=sum(is_late(handoff, now) for handoff in handoffs),
        talking=sum(handoff.state == HandoffState.TALKING for handoff in handoffs),
        later=sum(handoff.state not in MOVABLE for handoff in handoffs),
        present=sum(one.presence == "present" for one in people),
        is_open=(await load_hours(session)).is_open(now),
        topics=_topics_now(waiting, now),
        officers=people,
        movable=movable[:SHOWN],
        more=max(0, len(movable) - SHOWN),
    )


def seen_as(handoff: OpenHandoff | Handoff) -> str:
    """Where a hand-off is, so that nobody moves what has moved meanwhile."""
    return f"{handoff.state}:{handoff.officer_id or ''}"


def open_time_of(hours: DeskHours, episodes: Sequence[Episode], now: datetime) -> OpenTime:
    """The open hours from the first of these hand-offs, which are in order, until now."""
    first = (episodes[0].asked_at if episodes else now).astimezone(WIB).date()
    days = (now.astimezone(WIB).date() - first).days + 1
    return OpenTime([moments for day in range(days) for moments in hours.on(first + timedelta(days=day))])


async def _board(visit: Visit, problem: str | None = None) -> Response:
    query = visit.request.query_params
    period, wrong_period = period_from(query, visit.now)
    return page(
        visit,
        "board.html",
        status=409 if problem else 200,
        live=await now_at_desk(visit.session, visit.now),
        past=await _past(visit, period),
        period=period,
        periods=NAMES,
        own=OWN,
        query={"from": query.get("from", str(period.first)), "to": query.get("to", str(period.last))},
        problem=problem or wrong_period,
        done=query.get("done") == "reassigned",
        key_of=seen_as,
        within=FIRST_ANSWER.total_seconds(),
    )


async def _past(visit: Visit, period: Period) -> Past:
    episodes = await episodes_of(visit.session, period)
    hours = await load_hours(visit.session)
    chats, handed_off = await _chats(visit, period)
    return await asyncio.to_thread(_calculated, episodes, hours, period, visit.now, chats, handed_off)


def _calculated(
    episodes: Sequence[Episode], hours: DeskHours, period: Period, now: datetime, chats: int, handed_off: int
) -> Past:
    open_time = open_time_of(hours, episodes, now)
    summary = summarize(episodes, open_time, now)
    by_time = spans(episodes, open_time, period.begins, period.ends, period.step)
    return Past(
        summary=summary,
        in_time=share(summary.in_time, summary.judged),
        contained=share(chats - handed_off, chats),
        chats=chats,
        solved=share(summary.solved, summary.ratings),
        charts=[
            handoffs_chart(by_time, period.step),
            waits_chart(by_time, period.step),
            reasons_chart(summary),
            topics_chart(summary),
        ],
    )


async def _chats(visit: Visit, period: Period) -> tuple[int, int]:
    """Chats of the period and those with a hand-off; none where messages of the period are deleted already."""
    kept = timedelta(days=visit.parts.services.settings.keep_messages_days)
    return (0, 0) if period.begins < visit.now - kept else await chats_of(visit.session, period)


async def _give(visit: Visit, handoff_id: int, to: str) -> Handoff:
    handoffs = Handoffs(visit.session, visit.now)
    handoff = await handoffs.locked(handoff_id)
    if handoff.state == HandoffState.WAITING and to == (str(handoff.officer_id) if handoff.officer_id else QUEUE):
        return handoff  # tapped twice
    if handoff.state not in MOVABLE or seen_as(handoff) != visit.text("seen"):
        raise MovedOn("the hand-off moved on")
    officer = None if to == QUEUE else await _at_work(visit.session, to)
    target = officer.id if officer else None
    if officer and handoff.officer_id == target:
        raise MovedOn("the officer has it already")
    await handoffs.transfer(handoff, visit.officer.name, target)
    case = await handoffs.case_of(handoff)
    reason = f"{case.number} to {officer.username if officer else QUEUE}"
    subject = (await handoffs.conversation_of(handoff)).participant_id
    record(visit.session, actor=visit.actor, action="handoff.reassigned", subject=subject, reason=reason, at=visit.now)
    return handoff


async def _at_work(session: AsyncSession, officer_id: str) -> Officer:
    officer = await session.get(Officer, int(officer_id)) if officer_id.isdecimal() else None
    if officer is None or not officer.active or officer.away:
        raise NotAtWork("this officer takes no cases now")
    return officer


def _topics_now(waiting: Sequence[OpenHandoff], now: datetime) -> list[TopicNow]:
    """The topic with most waiting first."""
    by_topic = {topic: [one for one in waiting if one.topic == topic] for topic in Topic}
    found = [
        TopicNow(topic, len(those), (now - those[0].asked_at).total_seconds())
        for topic, those in by_topic.items()
        if those
    ]
    return sorted(found, key=lambda one: -one.waiting)


def _officer_now(officer: Officer, handoffs: Sequence[OpenHandoff], now: datetime) -> OfficerNow:
    theirs = [handoff for handoff in handoffs if handoff.officer_id == officer.id]
    presence = "away" if officer.away else "present" if is_present(officer, now) else "absent"
    return OfficerNow(
        officer=officer,
        talking=sum(handoff.state == HandoffState.TALKING for handoff in theirs),
        waiting=sum(map(waits, theirs)),
        presence=presence,
    )


ROUTES = (
    DeskRoute("/papan", show_board, role=Role.SUPERVISOR),
    DeskRoute("/papan/kini", show_now, role=Role.SUPERVISOR),
    DeskRoute("/papan/ekspor", export, role=Role.SUPERVISOR),
    DeskRoute("/papan/{handoff:int}/beri", reassign, "POST", role=Role.SUPERVISOR),
)

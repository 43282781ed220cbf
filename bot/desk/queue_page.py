"""The queue: who waits, for how long, for what, and who is late."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, case, or_, select
from sqlalchemy.orm import Bundle
from starlette.responses import Response

from bot.cases.numbers import case_number
from bot.clock import WIB
from bot.conversation.models import Conversation
from bot.desk.rendering import page
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.handoff.models import Handoff, HandoffState, Officer, Topic

SOON = {
    HandoffState.WAITING: timedelta(minutes=2),
    HandoffState.TALKING: timedelta(minutes=2),
    HandoffState.CALL_BACK: timedelta(minutes=30),
    HandoffState.MESSAGE: timedelta(hours=1),
}
"""How long before its deadline a hand-off is marked."""
WAITED = (5, 10, 30, 60)
"""Minutes to filter by."""
COLOURS = ("late", "soon", "ok")
SHOWN = 50
"""Rows on the page; whoever wants another one filters or searches."""
SHOWN_BESIDE = 40
"""Rows beside a conversation, the officer's own first among them."""
_RANK = {state: rank for rank, state in enumerate(HandoffState)}
# As columns, without the object mapper: every open page asks for all of them again and again.
_SHOWN_OF_HANDOFF = Bundle[Any](
    "handoff",
    Handoff.id,
    Handoff.case_id,
    Handoff.topic,
    Handoff.reason,
    Handoff.state,
    Handoff.officer_id,
    Handoff.asked_at,
    Handoff.queued_at,
    Handoff.participant_at,
    Handoff.officer_at,
    Handoff.first_reply_at,
    Handoff.due_at,
    Handoff.reminded_at,
    Handoff.call_back_from,
    Handoff.call_back_until,
)


@dataclass(frozen=True)
class QueueRow:
    """One conversation in the queue, with an officer, or to come back to."""

    handoff: Row[Any]
    """Its columns."""
    channel: str
    verified: bool
    officer: str | None
    """Who has it, or for whom it waits."""
    mine: bool
    unanswered: bool
    """The participant spoke last."""
    waited_minutes: int
    """Since it was asked for, or since the participant spoke."""
    colour: str
    """`ok`, `soon` or `late` by the deadline."""
    left_minutes: int
    """Until the deadline, or since it."""

    @property
    def number(self) -> str:
        """Of the case."""
        return case_number(self.handoff.case_id)

    @property
    def window(self) -> str:
        """What was promised, in WIB."""
        return _window(self.handoff)

    @property
    def rings(self) -> bool:
        """Whether it waits for this officer to do something now."""
        return self.handoff.state == HandoffState.WAITING or (self.mine and self.unanswered)


@dataclass(frozen=True)
class Filters:
    """What an officer wants to see of the queue."""

    topic: str = ""
    waited: int = 0
    """Minutes, at least."""
    verified: str = ""
    """`yes` or `no`."""
    colour: str = ""
    mine: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Filters":
        """From an address; what makes no sense filters nothing."""
        waited = query.get("waited", "")
        return cls(
            topic=query["topic"] if query.get("topic") in set(Topic) else "",
            waited=int(waited) if waited in map(str, WAITED) else 0,
            verified=query["verified"] if query.get("verified") in ("yes", "no") else "",
            colour=query["colour"] if query.get("colour") in COLOURS else "",
            mine=query.get("mine") == "1",
        )

    def let_through(self, row: QueueRow) -> bool:
        return (
            self.topic in ("", row.handoff.topic)
            and row.waited_minutes >= self.waited
            and self.verified in ("", "yes" if row.verified else "no")
            and self.colour in ("", row.colour)
            and (row.mine or not self.mine)
        )


async def show_queue(visit: Visit) -> Response:
    """The page."""
    return page(visit, "queue.html", stream=f"{PREFIX}/peristiwa", **await _values(visit))


async def show_queue_rows(visit: Visit) -> Response:
    """The rows alone, for a page that is open."""
    return page(visit, "queue_rows.html", **await _values(visit))


async def show_queue_short(visit: Visit) -> Response:
    """What waits for this officer, beside a conversation."""
    return page(visit, "queue_short.html", rows=await rows_beside(visit))


async def _values(visit: Visit) -> dict[str, Any]:
    filters = Filters.of(visit.request.query_params)
    rows = await queue_rows(visit)
    shown = [row for row in rows if filters.let_through(row)]
    return {
        "rows": shown[:SHOWN],
        "count": len(shown),
        "hidden": len(rows) - len(shown),
        "filters": filters,
        "topics": list(Topic),
        "waits": WAITED,
        "colours": COLOURS,
        "query": visit.request.url.query,
    }


async def queue_rows(visit: Visit, most: int | None = None) -> list[QueueRow]:
    """Every hand-off that isn't over, or the officer's and the first ones: what is late first, then in order."""
    mine = case((Handoff.officer_id == visit.officer.id, 0), else_=1)
    found = await visit.session.execute(
        select(
            _SHOWN_OF_HANDOFF, Conversation.channel, Conversation.participant_id, Conversation.verified_at, Officer.name
        )
        .join(Conversation, Conversation.id == Handoff.conversation_id)
        .outerjoin(Officer, Officer.id == Handoff.officer_id)
        .where(Handoff.ended_at.is_(None))
        .order_by(mine, *_places(visit.now))
        .limit(most)
    )
    rows = [
        _row(visit, handoff, channel, bool(participant and verified_at), officer)
        for handoff, channel, participant, verified_at, officer in found.tuples()
    ]
    return sorted(rows, key=_place)


async def rows_beside(visit: Visit) -> list[QueueRow]:
    """The officer's own and the first ones, as many as are shown."""
    return await queue_rows(visit, SHOWN_BESIDE)


def _places(now: datetime) -> list[Any]:
    """What `_place` says, for the database to choose by."""
    reminded = and_(Handoff.state != HandoffState.TALKING, Handoff.reminded_at.is_not(None))
    late = case((or_(reminded, Handoff.due_at <= now), 0), else_=1)
    return [late, case(_RANK, value=Handoff.state), Handoff.asked_at]


def _place(row: QueueRow) -> tuple[bool, int, datetime]:
    return row.colour != "late", _RANK[HandoffState(row.handoff.state)], row.handoff.asked_at


def _row(visit: Visit, handoff: Row[Any], channel: str, verified: bool, officer: str | None) -> QueueRow:
    talking = handoff.state == HandoffState.TALKING
    spoken = handoff.participant_at > (handoff.officer_at or handoff.asked_at)
    since = handoff.participant_at if talking else handoff.queued_at
    return QueueRow(
        handoff=handoff,
        channel=channel,
        verified=verified,
        officer=officer,
        mine=handoff.officer_id == visit.officer.id,
        unanswered=talking and (spoken or handoff.first_reply_at is None),
        waited_minutes=int((visit.now - since).total_seconds() // 60),
        colour=_colour(handoff, visit.now),
        left_minutes=abs(int((handoff.due_at - visit.now).total_seconds() // 60)) if handoff.due_at else 0,
    )


def _colour(handoff: Row[Any], now: datetime) -> str:
    """A deadline that was missed and moved on stays late until somebody comes."""
    if handoff.state != HandoffState.TALKING and handoff.reminded_at is not None:
        return "late"
    if handoff.due_at is None:
        return "ok"
    left = handoff.due_at - now
    return "late" if left <= timedelta(0) else "soon" if left <= SOON[HandoffState(handoff.state)] else "ok"


def _window(handoff: Row[Any]) -> str:
    if handoff.state == HandoffState.CALL_BACK and handoff.call_back_from and handoff.call_back_until:
        return f"{_moment(handoff.call_back_from)}–{handoff.call_back_until.astimezone(WIB):%H.%M}"
    if handoff.state == HandoffState.MESSAGE and handoff.due_at:
        return _moment(handoff.due_at)
    return ""


def _moment(at: datetime) -> str:
    return f"{at.astimezone(WIB):%d/%m %H.%M}"


ROUTES = (
    DeskRoute("", show_queue),
    DeskRoute("/antrean", show_queue_rows, by_itself=True),
    DeskRoute("/antrean/ringkas", show_queue_short, by_itself=True),
)

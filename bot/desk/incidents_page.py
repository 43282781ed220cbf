"""Known disturbances: begun and ended here as by command."""

from sqlalchemy import func, select
from starlette.responses import RedirectResponse, Response

from bot.cases.incidents import IncidentNotFound, Incidents
from bot.cases.models import Incident, IncidentWatch
from bot.desk.rendering import page
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.handoff.models import Role
from bot.privacy.audit import record
from bot.troubleshooting.catalogue import BEGINS

INCIDENTS = f"{PREFIX}/gangguan"
LAST = 20
DONE = ("started", "ended")


async def show_incidents(visit: Visit) -> Response:
    """The page."""
    return await _page(visit)


async def start(visit: Visit) -> Response:
    """Begin a banner."""
    text, topic = visit.text("text"), visit.text("topic")
    if not text:
        return await _page(visit, "text_missing")
    if topic not in BEGINS:
        return await _page(visit, "topic_missing")
    incident = await Incidents(visit.session, visit.now).start(text, topic)
    _record(visit, "incident.started", f"incident {incident.id} on {topic}")
    return RedirectResponse(f"{INCIDENTS}?done=started", 303)


async def end(visit: Visit) -> Response:
    """End a banner; whoever wanted to know is told."""
    number = visit.request.path_params["incident"]
    try:
        told = await Incidents(visit.session, visit.now).end(number)
    except IncidentNotFound:
        return await _page(visit, "over_already")
    _record(visit, "incident.ended", f"incident {number}, {told} chats told")
    return RedirectResponse(f"{INCIDENTS}?done=ended", 303)


async def _page(visit: Visit, problem: str | None = None) -> Response:
    done = visit.request.query_params.get("done")
    watching = select(IncidentWatch.incident_id, func.count()).group_by(IncidentWatch.incident_id)
    over = select(Incident).where(Incident.ended_at.is_not(None)).order_by(Incident.id.desc()).limit(LAST)
    return page(
        visit,
        "incidents.html",
        status=409 if problem else 200,
        under_way=await Incidents(visit.session, visit.now).under_way(),
        over=(await visit.session.scalars(over)).all(),
        watching=dict((await visit.session.execute(watching)).tuples().all()),
        topics=sorted(BEGINS),
        typed={"text": visit.text("text"), "topic": visit.text("topic")},
        problem=problem,
        done=done if done in DONE else None,
    )


def _record(visit: Visit, action: str, reason: str) -> None:
    record(visit.session, actor=visit.actor, action=action, subject=None, reason=reason, at=visit.now)


ROUTES = (
    DeskRoute("/gangguan", show_incidents, role=Role.SUPERVISOR),
    DeskRoute("/gangguan", start, "POST", role=Role.SUPERVISOR),
    DeskRoute("/gangguan/{incident:int}/selesai", end, "POST", role=Role.SUPERVISOR),
)

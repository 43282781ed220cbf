"""Away and present: whether an officer is given cases."""

from sqlalchemy import update
from starlette.responses import RedirectResponse, Response

from bot.desk.visit import DeskRoute, Visit, page_of_desk
from bot.handoff.models import Handoff, HandoffState
from bot.privacy.audit import record


async def switch(visit: Visit) -> Response:
    """Note whether the officer takes cases; what waits for one who leaves is for everybody again."""
    visit.officer.away = visit.text("away") == "true"
    if visit.officer.away:
        await free_what_waits_for(visit, visit.officer.id)
    action = "desk.away" if visit.officer.away else "desk.present"
    record(visit.session, actor=visit.actor, action=action, subject=None, reason="own switch", at=visit.now)
    return RedirectResponse(page_of_desk(visit.text("back")), 303)


async def free_what_waits_for(visit: Visit, officer_id: int) -> None:
    """Leave what was given to an officer and not taken yet to whoever comes first."""
    waiting = Handoff.state == HandoffState.WAITING
    theirs = update(Handoff).where(waiting, Handoff.officer_id == officer_id)
    await visit.session.execute(theirs.values(officer_id=None, version=Handoff.version + 1))


ROUTES = (DeskRoute("/hadir", switch, "POST"),)

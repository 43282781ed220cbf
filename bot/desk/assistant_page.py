"""The switch that stops the assistant: who, when and why."""

from sqlalchemy import select
from starlette.responses import RedirectResponse, Response

from bot.conversation.models import Pause
from bot.conversation.pauses import end_pause, start_pause
from bot.desk.rendering import page
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.handoff.models import Role
from bot.privacy.audit import record

ASSISTANT = f"{PREFIX}/asisten"
LAST = 50
DONE = ("paused", "running")


async def show_assistant(visit: Visit) -> Response:
    """The page."""
    return await _page(visit)


async def pause(visit: Visit) -> Response:
    """Stop the assistant from the next message on."""
    reason = visit.text("reason")
    if not reason:
        return await _page(visit, "reason_missing")
    if visit.pause:
        return await _page(visit, "paused_already")
    await start_pause(visit.session, reason, visit.officer.name, visit.now)
    record(visit.session, actor=visit.actor, action="assistant.paused", subject=None, reason=reason, at=visit.now)
    return RedirectResponse(f"{ASSISTANT}?done=paused", 303)


async def go_on(visit: Visit) -> Response:
    """Let the assistant answer again."""
    if visit.pause is None:
        return await _page(visit, "not_paused")
    reason = f"paused because: {visit.pause.reason}"
    await end_pause(visit.session, visit.officer.name, visit.now)
    record(visit.session, actor=visit.actor, action="assistant.resumed", subject=None, reason=reason, at=visit.now)
    return RedirectResponse(f"{ASSISTANT}?done=running", 303)


async def _page(visit: Visit, problem: str | None = None) -> Response:
    done = visit.request.query_params.get("done")
    pauses = (await visit.session.scalars(select(Pause).order_by(Pause.id.desc()).limit(LAST))).all()
    return page(
        visit,
        "assistant.html",
        status=409 if problem else 200,
        pauses=pauses,
        problem=problem,
        done=done if done in DONE else None,
    )


ROUTES = (
    DeskRoute("/asisten", show_assistant, role=Role.SUPERVISOR),
    DeskRoute("/asisten/hentikan", pause, "POST", role=Role.SUPERVISOR),
    DeskRoute("/asisten/lanjutkan", go_on, "POST", role=Role.SUPERVISOR),
)

"""The stream of an open page, and what a page tells by itself."""

from starlette.exceptions import HTTPException
from starlette.responses import Response, StreamingResponse

from bot.conversation.wakeups import Hint, notify
from bot.desk.live import Watcher
from bot.desk.visit import DeskRoute, Visit
from bot.handoff.models import Handoff, HandoffState

_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


async def stream(visit: Visit) -> Response:
    """Server-sent events: what changed in the queue and, with `?percakapan=`, in a conversation.

    It begins after this request's transaction has ended, and holds nothing of the database.
    """
    wanted = visit.request.query_params.get("percakapan", "")
    handoff = await visit.session.get(Handoff, int(wanted)) if wanted.isdigit() and len(wanted) < 19 else None
    if wanted and handoff is None:
        raise HTTPException(404)
    watcher = Watcher(visit.officer.id, visit.officer.name, handoff.conversation_id if handoff else None)
    events = visit.parts.live.events(watcher)
    return StreamingResponse(events, media_type="text/event-stream", headers=_HEADERS)


async def types(visit: Visit) -> Response:
    """The officer who has the floor is typing; the participant sees it for a few seconds."""
    handoff = await visit.session.get(Handoff, visit.request.path_params["handoff"])
    if handoff and handoff.state == HandoffState.TALKING and handoff.officer_id == visit.officer.id:
        await visit.session.run_sync(notify, Hint.OFFICER_TYPES, handoff.conversation_id)
    return Response(status_code=204)


ROUTES = (
    DeskRoute("/peristiwa", stream, by_itself=True),
    DeskRoute("/percakapan/{handoff:int}/mengetik", types, "POST", by_itself=True),
)

"""Replies that officers send often: taken by a slash and a shortcut, kept by supervisors."""

import re
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from bot.cases.numbers import case_number
from bot.clock import WIB
from bot.conversation.models import Conversation
from bot.desk.models import CannedReply
from bot.desk.rendering import page
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.desk.wording import LANGUAGE
from bot.handoff.hours import load_hours
from bot.handoff.models import Handoff, Role, Topic
from bot.handoff.service import was_left
from bot.privacy.audit import record
from bot.texts import say

PLACES = ("nama", "kasus", "petugas", "jam_buka")
"""What is filled in when a reply is taken."""
EXAMPLES = (
    "salam",
    "tunggu",
    "verifikasi",
    "dokumen",
    "foto",
    "klaim",
    "rekening",
    "biometrik",
    "cabang",
    "penipuan",
    "jam",
    "tutup",
)
_SHORTCUT = re.compile(r"[a-z0-9-]{1,20}")
_LONGEST = 2000


async def offer(visit: Visit) -> Response:
    """The replies for one conversation, filled in, for the composer."""
    handoff = await visit.session.get(Handoff, visit.request.path_params["handoff"])
    if handoff is None:
        raise HTTPException(404)
    values = await _values(visit, handoff)
    replies = await _all(visit.session)
    own_topic_first = sorted(replies, key=lambda reply: (reply.topic != handoff.topic, reply.shortcut))
    return JSONResponse([{"shortcut": one.shortcut, "text": filled(one.text, values)} for one in own_topic_first])


def filled(text: str, values: dict[str, str]) -> str:
    """A reply with its known places filled; other braces stay as they are."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found[1], found[0]), text)


async def show(visit: Visit) -> Response:
    """The page on which supervisors keep them."""
    return await _page(visit)


async def keep(visit: Visit) -> Response:
    """Add one, or change the one with this shortcut."""
    shortcut, text, topic = visit.text("shortcut").lower().lstrip("/"), visit.text("text"), visit.text("topic")
    if not _SHORTCUT.fullmatch(shortcut) or not text or len(text) > _LONGEST:
        return await _page(visit, say("desk_canned.unfit", LANGUAGE), 409)
    found = await visit.session.scalar(select(CannedReply).where(CannedReply.shortcut == shortcut))
    reply = found or CannedReply(shortcut=shortcut)
    reply.text, reply.topic = text, topic if topic in set(Topic) else None
    visit.session.add(reply)
    return _done(visit, "desk.canned_kept", shortcut)


async def drop(visit: Visit) -> Response:
    """Remove one."""
    reply = await visit.session.get(CannedReply, visit.request.path_params["reply"])
    if reply is None:
        raise HTTPException(404)
    await visit.session.delete(reply)
    return _done(visit, "desk.canned_dropped", reply.shortcut)


async def take_examples(visit: Visit) -> Response:
    """Put the examples in where their shortcuts are free."""
    await seed_canned_replies(visit.session)
    return _done(visit, "desk.canned_kept", "examples")


async def seed_canned_replies(session: AsyncSession) -> None:
    """The examples, where they are missing."""
    known = set(await session.scalars(select(CannedReply.shortcut)))
    places = {place: f"{{{place}}}" for place in PLACES}
    for name in EXAMPLES:
        if name not in known:
            session.add(CannedReply(shortcut=name, text=say(f"desk_canned.example_{name}", LANGUAGE, **places)))


async def _values(visit: Visit, handoff: Handoff) -> dict[str, str]:
    conversation = await visit.session.get_one(Conversation, handoff.conversation_id)
    participant = None
    if conversation.participant_id and conversation.verified_at and not was_left(conversation, handoff):
        participant = await visit.parts.services.core(visit.session).participant(conversation.participant_id)
    return {
        "nama": participant.name.split()[0].title() if participant else say("desk_canned.somebody", LANGUAGE),
        "kasus": case_number(handoff.case_id),
        "petugas": visit.officer.name,
        "jam_buka": await _opening_hours(visit),
    }


async def _opening_hours(visit: Visit) -> str:
    """The intervals of this weekday, as the calendar has them."""
    intervals = (await load_hours(visit.session)).intervals.get(visit.now.astimezone(WIB).weekday(), ())
    spans = [f"{opens:%H.%M}–{closes:%H.%M} WIB" for opens, closes in intervals]
    return ", ".join(spans) or say("desk_canned.closed_today", LANGUAGE)


async def _all(session: AsyncSession) -> Sequence[CannedReply]:
    return (await session.scalars(select(CannedReply).order_by(CannedReply.shortcut))).all()


async def _page(visit: Visit, trouble: str = "", status: int = 200) -> Response:
    replies = await _all(visit.session)
    written = {name: visit.text(name) for name in ("shortcut", "text", "topic")}
    values = {"replies": replies, "topics": list(Topic), "trouble": trouble, "written": written}
    return page(visit, "canned.html", status, **values)


def _done(visit: Visit, action: str, shortcut: str) -> Response:
    actor = f"officer:{visit.officer.id}"
    record(visit.session, actor=actor, action=action, subject=None, reason=shortcut, at=visit.now)
    return RedirectResponse(f"{PREFIX}/balasan", 303)


ROUTES = (
    DeskRoute("/percakapan/{handoff:int}/balasan", offer, by_itself=True),
    DeskRoute("/balasan", show, role=Role.SUPERVISOR),
    DeskRoute("/balasan", keep, "POST", Role.SUPERVISOR),
    DeskRoute("/balasan/contoh", take_examples, "POST", Role.SUPERVISOR),
    DeskRoute("/balasan/{reply:int}/hapus", drop, "POST", Role.SUPERVISOR),
)

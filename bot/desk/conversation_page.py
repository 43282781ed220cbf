"""One conversation: its transcript, what is going on, and what an officer does to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import select
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot.cases.numbers import case_number
from bot.cases.service import Cases
from bot.channels.http_input import is_key
from bot.conversation.models import Conversation, OutboxRow, OutboxState
from bot.conversation.outbox import was_written
from bot.desk.files_page import UnfitFile, attached
from bot.desk.queue_page import rows_beside
from bot.desk.rendering import page
from bot.desk.transcript import SHOWN_AT_ONCE, transcript
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.desk.wording import LANGUAGE
from bot.errors import BadInput
from bot.handoff.models import EndReason, Handoff, HandoffState, Officer, Role, Topic
from bot.handoff.service import RESUME, AlreadyTaken, HandoffNotFound, Handoffs, NotYours, officer, was_left
from bot.privacy.audit import record
from bot.texts import say

OVERLAP = 60_000_000
"""Microseconds. A turn's replies bear the time of its beginning, so that they may come in behind newer ones."""
STEPS = {
    "resume": RESUME,
    "menu": "/menu",
    "claim_check": "/claim_how",
    "claim": "/file_claim",
    "data_update": "/data_update",
    "biometric": "/biometric_failed",
    "verify": "/verify",
    "simulation": "/simulate_jht",
}
"""Where the assistant takes up a conversation that is handed back."""
REASONS = (
    EndReason.SOLVED,
    EndReason.CALLED_BACK,
    EndReason.NOT_REACHED,
    EndReason.NO_ANSWER_NEEDED,
    EndReason.WRONG_PLACE,
)
"""Why an officer closes one."""


@dataclass(frozen=True)
class Talk:
    """A conversation as one officer sees it."""

    handoff: Handoff
    conversation: Conversation
    number: str
    officer: str | None
    mine: bool
    others: Sequence[str]
    """Who else has it open."""

    @property
    def verified(self) -> bool:
        chat = self.conversation
        verified = chat.verified_at is not None and chat.participant_id is not None
        return verified and not was_left(chat, self.handoff)

    @property
    def is_open(self) -> bool:
        return self.handoff.ended_at is None

    @property
    def path(self) -> str:
        return talk_path(self.handoff.id)


def talk_path(handoff_id: int) -> str:
    """Where the conversation of a hand-off is shown."""
    return f"{PREFIX}/percakapan/{handoff_id}"


async def show_conversation(visit: Visit) -> Response:
    """The page."""
    return await _page(visit, await _talk(visit))


async def show_news(visit: Visit) -> Response:
    """What came after `?sesudah=`, and what is going on now: parts of the page, for its script."""
    talk = await _talk(visit)
    after = max(_number(visit.request.query_params.get("sesudah")) - OVERLAP, 0)
    entries = await transcript(visit.session, talk.handoff, after)
    return page(visit, "conversation_news.html", talk=talk, entries=entries, **await _choices(visit, talk))


async def show_older(visit: Visit) -> Response:
    """What came before `?sebelum=`."""
    talk = await _talk(visit)
    before = _number(visit.request.query_params.get("sebelum"))
    return page(visit, "entries.html", entries=await transcript(visit.session, talk.handoff, before=before))


async def take(visit: Visit) -> Response:
    """Take the floor; who comes second is told who came first."""
    handoffs, handoff = await _locked(visit)
    if _is_mine(visit, handoff):
        return _led_on(visit, handoff)
    try:
        await handoffs.take(handoff, visit.officer.id, visit.officer.name)
    except AlreadyTaken as taken:
        first = await visit.session.get_one(Officer, taken.officer_id)
        return await _refused(visit, say("desk_talk.taken_by", LANGUAGE, name=first.name))
    except HandoffNotFound:
        return await _refused(visit, say("desk_talk.is_over", LANGUAGE))
    return await _done(visit, handoff, "taken")


async def send(visit: Visit) -> Response:
    """Say something to the participant."""
    text, key = visit.text("text"), _key(visit)
    handoffs, handoff = await _locked(visit)
    if key and await was_written(visit.session, key):  # the answer to the first post was lost on the way
        return await _done(visit, handoff, "said")
    try:
        attachment = await attached(visit, await handoffs.conversation_of(handoff))
        if not text and attachment is None:
            return await _refused(visit, say("desk_talk.nothing_written", LANGUAGE))
        await handoffs.say(handoff, visit.officer.id, text, attachment, key)
    except UnfitFile:
        return await _refused(visit, say("desk_talk.file_unfit", LANGUAGE))
    except NotYours:
        return await _refused(visit, say("desk_talk.not_yours", LANGUAGE))
    return await _done(visit, handoff, "said")


def _key(visit: Visit) -> str | None:
    """What the page calls this message, made its officer's own."""
    given = visit.text("key")
    return f"{visit.officer.id}:{given}" if is_key(given) else None


async def add_note(visit: Visit) -> Response:
    """Note something that only officers see."""
    handoffs, handoff = await _locked(visit)
    text = visit.text("text")
    if not text:
        return await _refused(visit, say("desk_talk.nothing_written", LANGUAGE))
    case = await handoffs.case_of(handoff)
    Cases(visit.session, visit.now).note(case, officer(visit.officer.name), text, internal=True)
    visit.tell(handoff.conversation_id)
    return await _done(visit, handoff, "noted")


async def transfer(visit: Visit) -> Response:
    """Give it to another officer, or to whoever takes that topic."""
    handoffs, handoff = await _locked(visit)
    kind, _, value = visit.text("to").partition(":")
    to_officer = await visit.session.get(Officer, int(value)) if kind == "officer" and value.isdigit() else None
    topic = Topic(value) if kind == "topic" and value in set(Topic) else None
    if to_officer is None and topic is None:
        return await _refused(visit, say("desk_talk.choose", LANGUAGE))
    if _is_there(handoff, to_officer, topic):
        return _led_on(visit, handoff, to_queue=True)
    if not _may_decide(visit, handoff):
        return await _refused(visit, _why_not(handoff))
    await handoffs.transfer(handoff, visit.officer.name, to_officer.id if to_officer else None, topic)
    return await _done(visit, handoff, "transferred", to_queue=True)


async def hand_back(visit: Visit) -> Response:
    """Let the assistant go on, at what was interrupted or at a chosen step."""
    handoffs, handoff = await _locked(visit)
    step = visit.text("step")
    if step not in STEPS:
        return await _refused(visit, say("desk_talk.choose", LANGUAGE))
    if handoff.end_reason == EndReason.HANDED_BACK:
        return _led_on(visit, handoff, to_queue=True)
    if not _may_decide(visit, handoff):
        return await _refused(visit, _why_not(handoff))
    await handoffs.hand_back(handoff, visit.officer.name, STEPS[step])
    return await _done(visit, handoff, "handed_back", to_queue=True)


async def close(visit: Visit) -> Response:
    """End it with a reason; the participant is asked how it was."""
    handoffs, handoff = await _locked(visit)
    reason = visit.text("reason")
    if reason not in set(REASONS):
        return await _refused(visit, say("desk_talk.choose", LANGUAGE))
    if handoff.ended_at is not None:
        return _led_on(visit, handoff, to_queue=True)
    if not _may_decide(visit, handoff):
        return await _refused(visit, _why_not(handoff))
    await handoffs.end(handoff, EndReason(reason), visit.officer.name)
    return await _done(visit, handoff, "closed", to_queue=True)


async def _talk(visit: Visit) -> Talk:
    handoff = await visit.session.get(Handoff, visit.request.path_params["handoff"])
    if handoff is None:
        raise HTTPException(404)
    conversation = await visit.session.get_one(Conversation, handoff.conversation_id)
    holder = await visit.session.get(Officer, handoff.officer_id) if handoff.officer_id else None
    return Talk(
        handoff=handoff,
        conversation=conversation,
        number=case_number(handoff.case_id),
        officer=holder.name if holder else None,
        mine=_is_mine(visit, handoff),
        others=visit.parts.live.others(conversation.id, visit.officer.id),
    )


async def _page(visit: Visit, talk: Talk, trouble: str = "", status: int = 200) -> Response:
    entries = await transcript(visit.session, talk.handoff)
    return page(
        visit,
        "conversation.html",
        status,
        talk=talk,
        entries=entries,
        has_older=len(entries) == SHOWN_AT_ONCE,
        trouble=trouble,
        written=visit.text("text"),
        rows=await rows_beside(visit),
        stream=f"{PREFIX}/peristiwa?" + urlencode({"percakapan": talk.handoff.id}),
        **await _choices(visit, talk),
    )


async def _choices(visit: Visit, talk: Talk) -> dict[str, Any]:
    others = select(Officer).where(Officer.active, Officer.id != visit.officer.id).order_by(Officer.away, Officer.name)
    return {
        "gone": await _is_gone(visit, talk.conversation.id),
        "officers": (await visit.session.scalars(others)).all(),
        "may_decide": _may_decide(visit, talk.handoff),
        "topics": list(Topic),
        "steps": list(STEPS),
        "reasons": REASONS,
    }


async def _is_gone(visit: Visit, conversation_id: int) -> bool:
    """Whether the last message that was tried found nobody."""
    tried = (OutboxState.SENT, OutboxState.GONE)
    newest = select(OutboxRow.state).where(OutboxRow.conversation_id == conversation_id, OutboxRow.state.in_(tried))
    return await visit.session.scalar(newest.order_by(OutboxRow.id.desc()).limit(1)) == OutboxState.GONE


async def _locked(visit: Visit) -> tuple[Handoffs, Handoff]:
    handoffs = Handoffs(visit.session, visit.now)
    try:
        return handoffs, await handoffs.locked(visit.request.path_params["handoff"])
    except HandoffNotFound:
        raise HTTPException(404) from None


def _is_mine(visit: Visit, handoff: Handoff) -> bool:
    return handoff.state == HandoffState.TALKING and handoff.officer_id == visit.officer.id


def _is_there(handoff: Handoff, officer: Officer | None, topic: Topic | None) -> bool:
    """Whether it was given there already: by the first of two taps, or by somebody else."""
    if handoff.ended_at is not None:
        return False
    if officer:
        return handoff.officer_id == officer.id
    return handoff.state != HandoffState.TALKING and handoff.officer_id is None and handoff.topic == topic


def _why_not(handoff: Handoff) -> str:
    return say("desk_talk.not_yours" if handoff.ended_at is None else "desk_talk.is_over", LANGUAGE)


def _may_decide(visit: Visit, handoff: Handoff) -> bool:
    """Who has it decides what becomes of it, and supervisors do; before anybody has it, every officer."""
    if handoff.ended_at is not None:
        return False
    free = handoff.state != HandoffState.TALKING
    return free or handoff.officer_id == visit.officer.id or visit.may(Role.SUPERVISOR)


async def _done(visit: Visit, handoff: Handoff, deed: str, to_queue: bool = False) -> Response:
    conversation = await visit.session.get_one(Conversation, handoff.conversation_id)
    record(
        visit.session,
        actor=f"officer:{visit.officer.id}",
        action=f"desk.{deed}",
        subject=conversation.participant_id,
        reason=case_number(handoff.case_id),
        at=visit.now,
    )
    return _led_on(visit, handoff, to_queue)


def _led_on(visit: Visit, handoff: Handoff, to_queue: bool = False) -> Response:
    """Where a deed leads, done now or by an earlier tap of the same button."""
    if _from_script(visit):
        return Response(status_code=204)
    return RedirectResponse(PREFIX if to_queue else talk_path(handoff.id), 303)


async def _refused(visit: Visit, sentence: str) -> Response:
    """Nothing was done, and why: the page again, with what was written still in it."""
    if _from_script(visit):
        return PlainTextResponse(sentence, 409)
    return await _page(visit, await _talk(visit), sentence, 409)


def _from_script(visit: Visit) -> bool:
    return "x-csrf" in visit.request.headers


def _number(value: str | None) -> int:
    """Raises `BadInput` for what is no cursor."""
    if value is None or not (value.isascii() and value.isdigit()) or len(value) > 18:
        raise BadInput("not a cursor")
    return int(value)


_ONE = "/percakapan/{handoff:int}"
ROUTES = (
    DeskRoute(_ONE, show_conversation),
    DeskRoute(f"{_ONE}/baru", show_news, by_itself=True),
    DeskRoute(f"{_ONE}/lama", show_older),
    DeskRoute(f"{_ONE}/ambil", take, "POST"),
    DeskRoute(f"{_ONE}/kirim", send, "POST"),
    DeskRoute(f"{_ONE}/catatan", add_note, "POST"),
    DeskRoute(f"{_ONE}/pindah", transfer, "POST"),
    DeskRoute(f"{_ONE}/kembali", hand_back, "POST"),
    DeskRoute(f"{_ONE}/tutup", close, "POST"),
)

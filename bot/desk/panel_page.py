"""The panel beside a chat: shown masked, and one field in clear for who gives a reason, which is logged."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.clock import WIB
from bot.desk.masking import without_numbers
from bot.desk.participant_panel import OF_CLAIM, OF_REGISTER, Panel, PanelReader
from bot.desk.rendering import page
from bot.desk.visit import PREFIX, DeskRoute, ToldOfficer, Visit
from bot.desk.wording import LANGUAGE
from bot.faq.search import LIKELY, search
from bot.handoff.call_backs import called_back
from bot.handoff.models import EndReason, Handoff, HandoffState
from bot.handoff.tried import tried_lines
from bot.privacy.audit import record
from bot.texts import say

SUGGESTED = 3


class WhyShown(StrEnum):
    """Why an officer needs a value in clear."""

    VERIFY = "verify"
    CALL = "call"
    CLAIM = "claim"
    CORRECTION = "correction"
    COMPLAINT = "complaint"
    OTHER = "other"
    """Then it is said in words."""


async def show_panel(visit: Visit) -> Response:
    """The part beside the chat, everything masked."""
    return await panel_part(visit, await handoff_of(visit))


async def show_field(visit: Visit) -> Response:
    """The part with one field in clear, in this answer only."""
    handoff = await handoff_of(visit)
    panel = await _reader(visit).of_handoff(handoff)
    revealed = note_showing(visit, panel.participant_id)
    return await panel_part(visit, handoff, revealed)


async def note_call(visit: Visit) -> Response:
    """A promised call was made, or nobody was reached; either ends the hand-off and is told in the chat."""
    handoff = await handoff_of(visit, lock=True)
    reached = visit.text("reached") == "yes"
    outcome = EndReason.CALLED_BACK if reached else EndReason.NOT_REACHED
    if handoff.end_reason == outcome and handoff.officer_id == visit.officer.id:  # tapped twice
        return await panel_part(visit, handoff)
    if handoff.state != HandoffState.CALL_BACK:
        raise ToldOfficer(say("desk_panel.call_over", LANGUAGE))
    await called_back(visit.session, visit.now, handoff, visit.officer, reached)
    panel = await _reader(visit).of_handoff(handoff)
    audit(visit, "call_back", panel.participant_id, outcome)
    visit.tell(handoff.conversation_id)
    return await panel_part(visit, handoff)


async def panel_part(visit: Visit, handoff: Handoff, revealed: str | None = None, problem: str = "") -> Response:
    """The panel of a hand-off."""
    panel = await _reader(visit, revealed).of_handoff(handoff)
    path = f"{PREFIX}/percakapan/{handoff.id}"
    values = {**values_of(panel, path), "suggestions": suggestions_for(panel, visit.now)}
    return page(visit, "panel.html", problem=problem, **values)


def values_of(panel: Panel, path: str) -> dict[str, Any]:
    """What the template of a panel is filled with."""
    return {
        "panel": panel,
        "panel_path": path,
        "why_shown": tuple(WhyShown),
        "tried": tried_lines(panel.handoff.tried, LANGUAGE) if panel.handoff else [],
        "suggestions": (),
    }


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A reply that an officer can take over, in the participant's language."""

    title: str
    answer: str


def suggestions_for(panel: Panel, now: datetime) -> list[Suggestion]:
    """What the knowledge holds on the participant's last words, the best first."""
    if not panel.last_words:
        return []
    day = now.astimezone(WIB).date()
    found = search(panel.last_words, SUGGESTED, day)
    return [
        Suggestion(hit.entry.title.in_language(LANGUAGE), hit.entry.text(panel.language, day))
        for hit in found
        if hit.score >= LIKELY
    ]


def note_showing(visit: Visit, participant_id: str | None) -> str:
    """Check and log what is asked to be shown, in this transaction; gives the field's name."""
    name, why, words = visit.text("field"), visit.text("reason"), visit.text("words")
    if participant_id is None or name not in (*OF_REGISTER, *OF_CLAIM):
        raise HTTPException(404)
    if visit.text("of") != participant_id:
        raise ToldOfficer(say("desk_panel.somebody_else", LANGUAGE))
    if why not in set(WhyShown) or (why == WhyShown.OTHER and not words):
        raise ToldOfficer(say("desk_panel.reason_needed", LANGUAGE))
    audit(visit, "unmasked", participant_id, f"{name}: {why} {without_numbers(words)}".strip())
    return name


def audit(visit: Visit, deed: str, subject: str | None, reason: str) -> None:
    """Log what an officer did, in the transaction of the deed."""
    actor = f"officer:{visit.officer.id}"
    record(visit.session, actor=actor, action=f"desk.{deed}", subject=subject, reason=reason, at=visit.now)


async def handoff_of(visit: Visit, lock: bool = False) -> Handoff:
    """The hand-off of the path; raises `HTTPException` 404."""
    found = await visit.session.get(Handoff, visit.request.path_params["handoff"], with_for_update=lock or None)
    if found is None:
        raise HTTPException(404)
    return found


def _reader(visit: Visit, revealed: str | None = None) -> PanelReader:
    return PanelReader(visit.session, visit.parts.services.core(visit.session), visit.now, revealed)


ROUTES = (
    DeskRoute("/percakapan/{handoff:int}/samping", show_panel),
    DeskRoute("/percakapan/{handoff:int}/tampilkan", show_field, "POST"),
    DeskRoute("/percakapan/{handoff:int}/telepon", note_call, "POST"),
)

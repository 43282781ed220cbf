"""The cases that wait for officers, and the page of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.cases.claim_photos import NEEDS_OFFICER, REASONS
from bot.cases.models import Case, CaseEvent, Claim
from bot.cases.phrasing import kind_name, stage_name
from bot.cases.service import CaseNotFound, Cases
from bot.cases.stages import WAYS, CaseKind, CaseState
from bot.conversation.models import Conversation
from bot.desk.case_list import MOST_SHOWN, Task, deadline, lateness, task_of, waiting_cases
from bot.desk.interview import ENOUGH, WRONG_ANSWERS, Interview, Question, Standing
from bot.desk.panel_page import audit, note_showing, values_of
from bot.desk.participant_panel import PanelReader
from bot.desk.rendering import page
from bot.desk.visit import PREFIX, DeskRoute, Visit, sentence_of
from bot.desk.wording import LANGUAGE
from bot.errors import BadInput
from bot.texts import say

_UNITS = (("days", 24 * 60), ("hours", 60), ("minutes", 1))
DEEDS = frozenset(
    "photo_accepted photo_refused reset corrected answered advanced rejected noted match no_match".split()
)
"""What the page says was just done."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """What the page of a case shows besides the panel."""

    case: Case
    kind: str
    stage: str
    task: Task | None
    due: datetime | None
    late: str
    following: str | None
    claim: Claim | None
    photo_to_judge: bool
    interview: Standing | None
    details: Sequence[tuple[str, str]]
    events: Sequence[tuple[CaseEvent, str]]
    reachable: bool
    """Whether the participant is told in a chat."""


async def show_cases(visit: Visit) -> Response:
    """All that waits, by kind, late ones alone where wanted, by deadline or by age."""
    asked = visit.request.query_params
    kind = asked.get("jenis", "")
    wanted = Task(kind) if kind in set(Task) else None
    rows = list(await waiting_cases(visit.session, visit.now))
    counts = {task: sum(row.task is task for row in rows) for task in Task}
    late = sum(row.late == "late" for row in rows)
    shown = [row for row in rows if wanted in (None, row.task) and (not asked.get("lewat") or row.late == "late")]
    if asked.get("urut") == "masuk":
        shown.sort(key=lambda row: row.case.id)
    chosen = {"kind": kind if wanted else "", "late": bool(asked.get("lewat")), "sort": asked.get("urut", "")}
    return page(
        visit,
        "cases.html",
        rows=shown[:MOST_SHOWN],
        found=len(shown),
        counts=counts,
        late=late,
        chosen=chosen,
        left=time_left,
    )


async def show_case(visit: Visit) -> Response:
    """One case, everything masked."""
    return await case_page(visit, await case_of(visit))


async def show_case_field(visit: Visit) -> Response:
    """The same with one field in clear, in this answer only."""
    case = await case_of(visit)
    try:
        return await case_page(visit, case, revealed=note_showing(visit, case.participant_id))
    except BadInput as problem:
        return await case_page(visit, case, problem=sentence_of(problem))


async def show_photo(visit: Visit) -> Response:
    """The photo of a claim; that it was looked at is logged."""
    case = await case_of(visit)
    claim = await visit.session.get(Claim, case.id)
    if claim is None:
        raise HTTPException(404)
    audit(visit, "photo_shown", case.participant_id, case.number)
    return Response(claim.photo, media_type="image/jpeg")


async def case_page(visit: Visit, case: Case, revealed: str | None = None, problem: str = "") -> Response:
    """The page, with what went wrong on top where something did."""
    reader = PanelReader(visit.session, visit.parts.services.core(visit.session), visit.now, revealed)
    done = visit.request.query_params.get("selesai", "")
    values = {
        "view": await view_of(visit, case),
        "case_path": path_of(case),
        "problem": problem,
        "done": done if done in DEEDS else "",
        "photo_reasons": REASONS,
        "questions": tuple(Question),
        "enough": ENOUGH,
        "most_wrong": WRONG_ANSWERS,
        "left": time_left,
        **values_of(await reader.of_case(case), path_of(case)),
    }
    return page(visit, "case.html", 409 if problem else 200, **values)


async def view_of(visit: Visit, case: Case) -> CaseView:
    """What there is to do with a case."""
    session, cases = visit.session, Cases(visit.session, visit.now)
    claim = await session.get(Claim, case.id) if case.kind == CaseKind.CLAIM else None
    task = task_of(case, claim)
    due = deadline(case, claim, task) if task else None
    following = WAYS[CaseKind(case.kind)].after(CaseState(case.state))
    interview = Interview(session, visit.parts.services.core(session), visit.now) if task is Task.RESET else None
    return CaseView(
        case=case,
        kind=kind_name(case.kind, LANGUAGE),
        stage=stage_name(case.kind, case.state, LANGUAGE),
        task=task,
        due=due,
        late=lateness(due, visit.now),
        following=stage_name(case.kind, following, LANGUAGE) if following else None,
        claim=claim,
        photo_to_judge=task is Task.PHOTO and claim is not None and claim.face == NEEDS_OFFICER,
        interview=await interview.standing(case) if interview else None,
        details=details_of(case),
        events=[(event, stage_name(case.kind, event.state, LANGUAGE)) for event in await cases.history(case)],
        reachable=await cases.chat_of(case) is not None,
    )


def details_of(case: Case) -> Sequence[tuple[str, str]]:
    """What the assistant noted for officers; a phone number may be among the rest, which isn't shown."""
    known = case.details
    said = {
        "trouble": say(f"desk_cases.trouble_{known['trouble']}", LANGUAGE) if known.get("trouble") else "",
        "fields": ", ".join(say(f"desk_cases.differs_{name}", LANGUAGE) for name in known.get("fields") or ()),
        "failures": str(known.get("failures") or ""),
        "photo": say(f"cases.photo_reason_{known['photo_reason']}", LANGUAGE) if known.get("photo_reason") else "",
    }
    return [(name, value) for name, value in said.items() if value]


def time_left(due_at: datetime | None, now: datetime) -> str:
    """How long is left, or how long it is over, in the largest unit."""
    if due_at is None:
        return "–"
    minutes = int(abs((due_at - now).total_seconds()) // 60)
    unit, size = next((unit, size) for unit, size in _UNITS if minutes >= size or size == 1)
    return say(f"desk_cases.{'over' if due_at < now else 'left'}_{unit}", LANGUAGE, n=minutes // size)


async def case_of(visit: Visit) -> Case:
    """The case of the path; raises `HTTPException` 404."""
    try:
        return await Cases(visit.session, visit.now).find(visit.request.path_params["number"])
    except CaseNotFound:
        raise HTTPException(404) from None


async def chat_of(visit: Visit, case: Case) -> Conversation | None:
    """The chat that is told of a case."""
    return await Cases(visit.session, visit.now).chat_of(case)


def path_of(case: Case) -> str:
    """The page of a case."""
    return f"{PREFIX}/kasus/{case.number}"


def back_to(case: Case, deed: str) -> Response:
    """The page of a case after something was done."""
    return RedirectResponse(f"{path_of(case)}?selesai={deed}", 303)


ROUTES = (
    DeskRoute("/kasus", show_cases),
    DeskRoute("/kasus/{number}", show_case),
    DeskRoute("/kasus/{number}/foto", show_photo),
    DeskRoute("/kasus/{number}/tampilkan", show_case_field, "POST"),
)

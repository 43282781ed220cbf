"""Finds a case by its number, by the participant's KPJ or NIK, or by their name; what is found is shown masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from starlette.responses import Response

from bot.cases.models import Case
from bot.cases.numbers import case_id_in
from bot.desk.rendering import page
from bot.desk.visit import DeskRoute, Visit
from bot.errors import CoreSystemUnavailable
from bot.handoff.models import Handoff
from bot.parsing.numbers import mask
from bot.privacy.audit import record
from bot.register.core_system import CoreSystem, Participant

MOST_PEOPLE = 10
MOST_CASES = 50


@dataclass(frozen=True)
class Found:
    """A case, and where its conversation is."""

    case: Case
    handoff_id: int | None
    person: str
    """Masked."""


async def show_search(visit: Visit) -> Response:
    """The page."""
    return page(visit, "search.html", asked="", found=None, people=0, unavailable=False)


async def search(visit: Visit) -> Response:
    """By a form, never by an address: what is typed may be a personal number."""
    asked = visit.text("asked")
    core = visit.parts.services.core(visit.session)
    try:
        people = await _people(core, asked)
    except CoreSystemUnavailable:
        return page(visit, "search.html", asked="", found=None, people=0, unavailable=True)
    found = await _cases(visit, asked, people, core)
    _note(visit, asked, people)
    shown = asked if case_id_in(asked) else ""
    return page(visit, "search.html", asked=shown, found=found, people=len(people), unavailable=False)


async def _people(core: CoreSystem, asked: str) -> list[Participant]:
    if not asked or case_id_in(asked):
        return []
    digits = "".join(filter(str.isdigit, asked))
    if len(digits) >= 11:
        one = await core.find_by_number(digits)
        return [one] if one else []
    return list(await core.find_by_name(asked, MOST_PEOPLE))


async def _cases(visit: Visit, asked: str, people: Sequence[Participant], core: CoreSystem) -> list[Found]:
    newest = select(Handoff.case_id, func.max(Handoff.id).label("handoff")).group_by(Handoff.case_id).subquery()
    query = select(Case, newest.c.handoff).outerjoin(newest, newest.c.case_id == Case.id)
    number = case_id_in(asked)
    wanted = Case.id == number if number else Case.participant_id.in_([person.id for person in people])
    rows = (await visit.session.execute(query.where(wanted).order_by(Case.id.desc()).limit(MOST_CASES))).tuples().all()
    names = {person.id: masked_person(person) for person in people}
    return [Found(case, handoff, names.get(case.participant_id or "", "")) for case, handoff in rows]


def masked_person(person: Participant) -> str:
    """`B••• S•••, NIK ••••0001`."""
    words = [f"{word[0].upper()}•••" for word in person.name.split()]
    return f"{' '.join(words)}, NIK {mask(person.nik)}"


def _note(visit: Visit, asked: str, people: Sequence[Participant]) -> None:
    how = "case number" if case_id_in(asked) else "number" if any(map(str.isdigit, asked)) else "name"
    subjects: list[str | None] = [person.id for person in people]
    for subject in subjects or [None]:
        actor = f"officer:{visit.officer.id}"
        record(visit.session, actor=actor, action="desk.searched", subject=subject, reason=how, at=visit.now)


ROUTES = (DeskRoute("/cari", show_search), DeskRoute("/cari", search, "POST"))

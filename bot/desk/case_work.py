"""What officers do with cases. Each deed is one transaction: the case, its trace in the log, what the participant
is told. Of two officers who act on one case at once, the second is told that it changed."""

from collections.abc import Awaitable, Callable

from starlette.responses import RedirectResponse, Response

from bot.cases.claim_photos import REASONS, ClaimPhotos
from bot.cases.models import Case, Claim
from bot.cases.service import Cases, StepNotPossible
from bot.cases.stages import CaseKind, CaseState
from bot.desk.case_list import Task, task_of
from bot.desk.case_page import back_to, case_of, case_page, chat_of
from bot.desk.interview import Interview, Question
from bot.desk.masking import without_numbers
from bot.desk.panel_page import audit
from bot.desk.visit import PREFIX, DeskRoute, Endpoint, ToldOfficer, Visit, sentence_of
from bot.desk.wording import LANGUAGE
from bot.errors import BadInput
from bot.handoff.models import Topic
from bot.handoff.service import AlreadyTaken, Handoffs
from bot.handoff.service import officer as actor_named
from bot.texts import say

LONGEST_WORDS = 1000
TOPICS = {
    CaseKind.CLAIM: Topic.CLAIM,
    CaseKind.BIOMETRIC_RESET: Topic.BIOMETRIC,
    CaseKind.DATA_CORRECTION: Topic.DATA,
    CaseKind.CARD_CHECK: Topic.CARD,
    CaseKind.APP_PROBLEM: Topic.APP,
}
"""Of what a talk is that an officer begins; of anything else it is general."""

Deed = Callable[[Visit, Case], Awaitable[str]]
"""Does it and gives what is noted in the log; raises `BadInput` for what can't be done."""


class NotPossible(ToldOfficer):
    """Something that the officer is told above the page: `desk_cases.problem_<name>`."""

    def __init__(self, name: str) -> None:
        super().__init__(say(f"desk_cases.problem_{name}", LANGUAGE))


def deed(name: str, do: Deed) -> Endpoint:
    """The endpoint of a deed on the case as the officer saw it."""

    async def endpoint(visit: Visit) -> Response:
        case = await case_of(visit)
        try:
            if visit.text("version") != str(case.version):
                raise NotPossible("changed")
            noted = await do(visit, case)
        except StepNotPossible:
            return await case_page(visit, case, problem=str(NotPossible("changed")))
        except BadInput as problem:
            return await case_page(visit, case, problem=sentence_of(problem))
        audit(visit, name, case.participant_id, f"{case.number}: {without_numbers(noted)}")
        if case.conversation_id:
            visit.tell(case.conversation_id)
        return back_to(case, name)

    return endpoint


async def accept_photo(visit: Visit, case: Case) -> str:
    """The face is the participant's."""
    await ClaimPhotos(visit.session, visit.now).accept(case, await _claim(visit, case), _actor(visit))
    return "the face matches"


async def refuse_photo(visit: Visit, case: Case) -> str:
    """Another photo is needed."""
    reason, words = visit.text("reason"), visit.text("words")[:LONGEST_WORDS]
    if reason not in REASONS or (reason == "other" and not words):
        raise NotPossible("reason")
    photos = ClaimPhotos(visit.session, visit.now)
    await photos.refuse(case, await _claim(visit, case), _actor(visit), reason, words)
    return reason


async def reset(visit: Visit, case: Case) -> str:
    """Let the face check be tried anew, after enough right answers."""
    await _expect(visit, case, Task.RESET)
    core = visit.parts.services.core(visit.session)
    standing = await Interview(visit.session, core, visit.now).standing(case)
    if not standing.enough:
        raise NotPossible("interview")
    await core.reset_biometric(case.participant_id or "")
    case.note(interview=None)
    await Cases(visit.session, visit.now).move(case, CaseState.READY, _actor(visit))
    return f"matched {', '.join(sorted(standing.matched))}"


async def correct(visit: Visit, case: Case) -> str:
    """The register shows the corrected data; the participant is led through the update again."""
    await _expect(visit, case, Task.CORRECTION)
    await visit.parts.services.core(visit.session).accept_correction(case.participant_id or "")
    await Cases(visit.session, visit.now).move(case, CaseState.READY, _actor(visit))
    return "corrected in the register"


async def answer(visit: Visit, case: Case) -> str:
    """A card was checked, or a problem of the app looked at: the participant gets the answer."""
    await _expect(visit, case, Task.CARD, Task.APP)
    await Cases(visit.session, visit.now).answer(case, _actor(visit), _words(visit))
    return "answered"


async def advance(visit: Visit, case: Case) -> str:
    """The next stage, where nothing else has to be decided first."""
    claim = await visit.session.get(Claim, case.id)
    task = task_of(case, claim)
    begun = task in (Task.CORRECTION, Task.CARD, Task.APP) and case.state == CaseState.OPEN
    if not begun and task not in (Task.AGENDA, Task.DETERMINATION, Task.APPROVAL, Task.PAYMENT):
        raise NotPossible("changed")
    return await Cases(visit.session, visit.now).advance(case, _actor(visit))


async def reject(visit: Visit, case: Case) -> str:
    """Close it without success; the participant is told why."""
    words = _words(visit)
    await Cases(visit.session, visit.now).reject(case, _actor(visit), words)
    return words


async def note(visit: Visit, case: Case) -> str:
    """Write something down for officers alone."""
    words = _words(visit)
    Cases(visit.session, visit.now).note(case, _actor(visit), words, internal=True)
    return "internal note"


async def take_answer(visit: Visit) -> Response:
    """One answer of an interview; the page says only whether it fits."""
    case = await case_of(visit)
    asked, said = visit.text("question"), visit.text("said")
    try:
        await _expect(visit, case, Task.RESET)
        if asked not in set(Question) or not said:
            raise NotPossible("answer")
        interview = Interview(visit.session, visit.parts.services.core(visit.session), visit.now)
        if (await interview.standing(case)).locked:
            raise NotPossible("locked")
        actor = f"officer:{visit.officer.id}"
        if await interview.seen_by(case, Question(asked), actor):
            raise NotPossible("seen")
        fits = await interview.answer(case, Question(asked), said, actor)
    except BadInput as problem:
        return await case_page(visit, case, problem=sentence_of(problem))
    return back_to(case, "match" if fits else "no_match")


async def contact(visit: Visit) -> Response:
    """Begin to talk to the participant about a case, in the chat that it came from."""
    case = await case_of(visit)
    chat = await chat_of(visit, case)
    try:
        if chat is None:
            raise NotPossible("no_chat")
        topic = TOPICS.get(CaseKind(case.kind), Topic.GENERAL)
        handoffs = Handoffs(visit.session, visit.now)
        handoff = await handoffs.begin(chat, topic, case, visit.officer.id, visit.officer.name)
    except AlreadyTaken:
        return await case_page(visit, case, problem=str(NotPossible("taken")))
    except BadInput as problem:
        return await case_page(visit, case, problem=sentence_of(problem))
    audit(visit, "contacted", case.participant_id, case.number)
    visit.tell(chat.id)
    return RedirectResponse(f"{PREFIX}/percakapan/{handoff.id}", 303)


async def _claim(visit: Visit, case: Case) -> Claim:
    claim = await visit.session.get(Claim, case.id)
    if claim is None:
        raise NotPossible("changed")
    return claim


async def _expect(visit: Visit, case: Case, *tasks: Task) -> None:
    if task_of(case, await visit.session.get(Claim, case.id)) not in tasks:
        raise NotPossible("changed")


def _words(visit: Visit) -> str:
    words = visit.text("words")
    if not words or len(words) > LONGEST_WORDS:
        raise NotPossible("words")
    return words


def _actor(visit: Visit) -> str:
    return actor_named(visit.officer.name)


ROUTES = (
    DeskRoute("/kasus/{number}/foto/terima", deed("photo_accepted", accept_photo), "POST"),
    DeskRoute("/kasus/{number}/foto/tolak", deed("photo_refused", refuse_photo), "POST"),
    DeskRoute("/kasus/{number}/wawancara", take_answer, "POST"),
    DeskRoute("/kasus/{number}/reset", deed("reset", reset), "POST"),
    DeskRoute("/kasus/{number}/koreksi", deed("corrected", correct), "POST"),
    DeskRoute("/kasus/{number}/jawab", deed("answered", answer), "POST"),
    DeskRoute("/kasus/{number}/maju", deed("advanced", advance), "POST"),
    DeskRoute("/kasus/{number}/tolak", deed("rejected", reject), "POST"),
    DeskRoute("/kasus/{number}/catatan", deed("noted", note), "POST"),
    DeskRoute("/kasus/{number}/hubungi", contact, "POST"),
)

"""How a case is told: its stages in words, and the notice of each change."""

from datetime import date

from bot.benefits.claim_times import time_by_rule
from bot.cases.models import Case, Claim
from bot.cases.office_times import PHOTO_WAITS_FOR
from bot.cases.stages import WAYS, CaseKind, CaseState
from bot.clock import WIB
from bot.conversation.messages import Button, Reply
from bot.formatting import long_date
from bot.texts import say

_BUTTONS = {
    (CaseKind.DATA_CORRECTION, CaseState.READY): ("data_update_again",),
    (CaseKind.CLAIM, CaseState.REJECTED): ("human",),
    (CaseKind.BIOMETRIC_RESET, CaseState.REJECTED): ("human",),
}
_PAYLOADS = {
    "human": "/human",
    "status": "/claim_status",
    "data_update_again": "/data_update",
    "new_photo": "/new_claim_photo",
}


def stage_name(kind: str, state: str, language: str) -> str:
    """A stage as the participant knows it, e.g. `Penetapan`."""
    if kind == CaseKind.CLAIM and state in WAYS[CaseKind.CLAIM].stages:
        return say(f"cases.stage_claim_{state}", language)
    return say(f"cases.stage_{state}", language)


def kind_name(kind: str, language: str) -> str:
    """What a case is about, e.g. `Klaim JHT`."""
    return say(f"cases.kind_{kind}", language)


def moved(case: Case, note: str | None, language: str) -> Reply | None:
    """What the participant is told when a case enters its state; no amounts, as others may see the screen."""
    kind, state = CaseKind(case.kind), CaseState(case.state)
    values = {
        "number": case.number,
        "kind": kind_name(kind, language),
        "stage": stage_name(kind, state, language),
        "day": long_date(case.state_since.astimezone(WIB).date(), language),
        "reason": note or "–",
    }
    name = _text_of(kind, state)
    buttons = _buttons(language, *_BUTTONS.get((kind, state), ()), "status")
    return Reply(say(f"cases.{name}", language, **values), buttons)


def _text_of(kind: CaseKind, state: CaseState) -> str:
    special = {
        (CaseKind.BIOMETRIC_RESET, CaseState.READY): "told_reset",
        (CaseKind.DATA_CORRECTION, CaseState.READY): "told_corrected",
        (CaseKind.CLAIM, CaseState.PAYMENT): "told_paying",
        (CaseKind.CLAIM, CaseState.DONE): "told_paid",
    }
    if state is CaseState.REJECTED:
        return "told_rejected"
    return special.get((kind, state), "told_done" if state is CaseState.DONE else "told_moved")


def ask_whether_reset_works(case: Case, language: str) -> Reply:
    """The question a day after a reset."""
    buttons = (
        Button(say("cases.button_yes_works", language), "/reset_works"),
        Button(say("cases.button_no_fails", language), "/reset_fails"),
    )
    return Reply(say("cases.ask_reset_works", language, number=case.number), buttons)


def claim_is_late(case: Case, claim: Claim, language: str) -> Reply:
    """An honest word when a claim took longer than the rule allows."""
    days, due = time_by_rule(claim.due_by).working_days, long_date(claim.due_by, language)
    text = say("cases.claim_late", language, number=case.number, due=due, claim_days=days)
    return Reply(text, (Button(say("cases.button_human", language), "/human"),))


def photo_refused(case: Case, language: str, reminder: bool = False) -> Reply:
    """Why the photo of a claim is asked for anew, and that nothing is filed anew; later once more, as a reminder."""
    name, days = "reminder" if reminder else "refused", PHOTO_WAITS_FOR.days
    text = say(f"cases.photo_{name}", language, days=days, **_photo_values(case, language))
    return Reply(text, _buttons(language, "new_photo", "human"))


def photo_wanted(case: Case, language: str) -> str:
    """That the participant's new photo is waited for, among their cases."""
    return say("cases.status_photo", language, **_photo_values(case, language))


def photo_taken(case: Case, language: str) -> Reply:
    """That the new photo is with the officers."""
    return Reply(say("cases.photo_taken", language, number=case.number), _buttons(language, "status"))


def no_photo(language: str) -> str:
    """Why a claim was closed whose new photo never came."""
    return say("cases.reason_no_photo", language)


def answered(case: Case, answer: str, language: str) -> Reply:
    """What an officer found out, which ends the case."""
    values = {"number": case.number, "kind": kind_name(case.kind, language), "answer": answer}
    return Reply(say("cases.told_answered", language, **values), _buttons(language, "human", "status"))


def draft_reminder(language: str) -> Reply:
    """That a claim waits to be sent."""
    resume = Button(say("filing.button_resume", language), "/file_claim")
    return Reply(
        say("cases.remind_draft", language), (resume, Button(say("filing.button_drop", language), "/drop_claim"))
    )


def visit_planned(case: Case, language: str) -> Reply:
    """Where and when, what to bring, and what it isn't."""
    return Reply(say("visits.planned", language, **_visit_values(case, language)), _visit_buttons(language))


def visit_tomorrow(case: Case, language: str) -> Reply:
    """The reminder of the day before."""
    return Reply(say("visits.tomorrow", language, **_visit_values(case, language)), _visit_buttons(language))


def visit_over(case: Case, language: str) -> Reply:
    """Whether the visit helped."""
    menu = Button(say("visits.button_fine", language), "/menu")
    return Reply(say("visits.over", language, **_visit_values(case, language)), (menu, *_buttons(language, "human")))


def claim_dates(claim: Claim, today: date, language: str) -> str:
    """When it was filed, when it is usually paid, and when it must be."""
    if today > claim.due_by:
        return say("cases.status_claim_late", language, due=long_date(claim.due_by, language))
    filed = long_date(claim.filed_at.astimezone(WIB).date(), language)
    dates = {"usual": long_date(claim.usual_by, language), "due": long_date(claim.due_by, language)}
    return say("cases.status_claim", language, filed=filed, **dates)


def status_line(case: Case, language: str) -> str:
    """One case in a list."""
    following = WAYS[CaseKind(case.kind)].after(CaseState(case.state))
    line = say(
        "cases.status_case",
        language,
        kind=kind_name(case.kind, language),
        number=case.number,
        stage=stage_name(case.kind, case.state, language),
        day=long_date(case.state_since.astimezone(WIB).date(), language),
    )
    if following is None:
        return line
    return f"{line}\n{say('cases.status_next', language, stage=stage_name(case.kind, following, language))}"


def _photo_values(case: Case, language: str) -> dict[str, str]:
    reason = case.details.get("photo_reason", "other")
    words = str(case.details.get("photo_words") or "")
    said = say(f"cases.photo_reason_{reason}", language)
    return {"number": case.number, "reason": f"{said} {words}".strip()}


def _buttons(language: str, *names: str) -> tuple[Button, ...]:
    return tuple(Button(say(f"cases.button_{name}", language), _PAYLOADS[name]) for name in names)


def _visit_values(case: Case, language: str) -> dict[str, str]:
    details = case.details
    day = long_date(date.fromisoformat(details["day"]), language)
    return {"number": case.number, "day": day, **{name: details[name] for name in ("office", "city", "address")}}


def _visit_buttons(language: str) -> tuple[Button, ...]:
    return (
        Button(say("visits.button_change", language), "/plan_visit"),
        Button(say("visits.button_cancel", language), "/cancel_visit"),
    )

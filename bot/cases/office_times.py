"""Until when the office should have done its part: the desk's own goals, which nobody is promised."""

from datetime import datetime, timedelta

from bot.benefits.claim_times import due_on
from bot.benefits.service_hours import day_of
from bot.benefits.working_days import add_working_days
from bot.cases.models import Case
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB

RESET_USUALLY_WORKS_AFTER = timedelta(hours=24)
"""The branch's officers say "biasanya 1 x 24 jam"; no official text was found."""
READY_KEPT_FOR = timedelta(days=14)
"""A case that is ready, and of which nobody says anything, closes by itself after that."""
PHOTO_WAITS_FOR = timedelta(days=7)
"""After the reminder, until a claim without its photo is closed; it can be filed again."""
ALERT_AGAIN = timedelta(days=1)

_WORKING_DAYS = {
    CaseKind.BIOMETRIC_RESET: 1,
    CaseKind.DATA_CORRECTION: 3,
    CaseKind.CARD_CHECK: 3,
    CaseKind.APP_PROBLEM: 3,
    CaseKind.CONVERSATION: 3,
}


def office_until(case: Case) -> datetime | None:
    """The goal for a case's present state; None where the participant is to act, or nobody."""
    if case.closed_at or case.state == CaseState.READY or case.kind == CaseKind.VISIT:
        return None
    began = case.state_since.astimezone(WIB)
    if case.kind == CaseKind.CLAIM:
        day = due_on(day_of(case.opened_at)) + timedelta(days=1)
    else:
        day = add_working_days(began.date(), _WORKING_DAYS[CaseKind(case.kind)])
    return datetime.combine(day, began.time(), WIB)


def is_overdue(case: Case, now: datetime) -> bool:
    """Whether the office is later than its goal."""
    until = office_until(case)
    return until is not None and until <= now


def next_look(case: Case, now: datetime) -> datetime | None:
    """When the sweeper looks at a case that just entered its state; None once it is closed."""
    if case.closed_at:
        return None
    if case.kind in (CaseKind.CLAIM, CaseKind.VISIT) and case.due_at:
        return case.due_at  # the last day of a claim and the day of a visit don't move
    if case.state == CaseState.READY:
        return now + (RESET_USUALLY_WORKS_AFTER if case.kind == CaseKind.BIOMETRIC_RESET else READY_KEPT_FOR)
    if case.kind == CaseKind.DATA_CORRECTION:
        return now  # the register may show it corrected at any time
    return office_until(case)

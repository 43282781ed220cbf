"""The cases that wait for officers: what is to be done with each, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.benefits.working_days import add_working_days
from bot.cases.claim_photos import NEEDS_OFFICER, REFUSED, photo_came
from bot.cases.models import Case, Claim
from bot.cases.office_times import office_until
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB
from bot.conversation.models import Conversation

SOON = timedelta(hours=2)
MOST_SHOWN = 300
_END_OF_DAY = time(15, 30)
"""When the desk closes on a claim's last day."""


class Task(StrEnum):
    """What an officer does next with a case."""

    PHOTO = "photo"
    AGENDA = "agenda"
    """A claim whose face was recognised, and which nobody began with."""
    DETERMINATION = "determination"
    APPROVAL = "approval"
    PAYMENT = "payment"
    RESET = "biometric_reset"
    CORRECTION = "data_correction"
    CARD = "card_check"
    APP = "app_problem"


NOT_WORK = frozenset({CaseKind.CONVERSATION, CaseKind.VISIT})
"""A talk waits in the queue, and a plan is the participant's own."""


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """One line of the list."""

    case: Case
    task: Task
    channel: str
    due_at: datetime | None
    late: str
    """`ok`, `soon`, or `late`."""


def task_of(case: Case, claim: Claim | None) -> Task | None:
    """What waits for an officer; None where the participant's part comes next, or nothing at all."""
    if case.closed_at or case.state == CaseState.READY or case.kind in NOT_WORK:
        return None
    if case.kind != CaseKind.CLAIM:
        return Task(case.kind)
    if claim is None or case.state != CaseState.AGENDA:
        return Task(case.state)
    return {REFUSED: None, NEEDS_OFFICER: Task.PHOTO}.get(claim.face, Task.AGENDA)


def deadline(case: Case, claim: Claim | None, task: Task) -> datetime | None:
    """Until when an officer should have done it: the desk's goal, of a claim's later stages the rule's last day."""
    if claim is None:
        return office_until(case)
    if task is Task.PHOTO:
        came = photo_came(case, claim).astimezone(WIB)
        return datetime.combine(add_working_days(came.date(), 1), came.time(), WIB)
    return datetime.combine(claim.due_by, _END_OF_DAY, WIB)


async def waiting_cases(session: AsyncSession, now: datetime, wanted: Task | None = None) -> Sequence[WaitingCase]:
    """Every case that waits for officers, the nearest deadline first."""
    found = await session.execute(
        select(Case, Claim, Conversation.channel)
        .outerjoin(Claim, Claim.case_id == Case.id)
        .outerjoin(Conversation, Conversation.id == Case.conversation_id)
        .where(Case.closed_at.is_(None), Case.kind.not_in(NOT_WORK), Case.state != CaseState.READY)
        .order_by(Case.id)
    )
    rows = [
        _row(case, claim, task, channel, now)
        for case, claim, channel in found.tuples()
        if (task := task_of(case, claim)) and wanted in (None, task)
    ]
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or now, row.case.id))


def lateness(due_at: datetime | None, now: datetime) -> str:
    """The colour of a deadline."""
    if due_at is None or due_at - now > SOON:
        return "ok"
    return "soon" if due_at > now else "late"


def _row(case: Case, claim: Claim | None, task: Task, channel: str | None, now: datetime) -> WaitingCase:
    due_at = deadline(case, claim, task)
    return WaitingCase(case, task, channel or "–", due_at, lateness(due_at, now))

"""Appointments with a branch: the participant's own plan, kept as a case; no office gives out numbers through it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.service import PARTICIPANT, Cases
from bot.cases.stages import CaseKind, CaseState
from bot.conversation.models import Conversation

REMIND_AT = time(16)
"""On the day before, at the office's time."""
OVER_AT = time(16)
"""On the day itself: offices have closed."""


class Visits:
    """Works in the caller's transaction; a chat has one plan at a time."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now
        self._cases = Cases(session, now)

    async def plan(self, conversation: Conversation, day: date, zone: ZoneInfo, **office: str) -> Case:
        """Plan a visit, or change the plan; `office` says where: `office`, `city`, `address`."""
        case = await self.planned(conversation)
        if case is None:
            case, _ = await self._cases.open(CaseKind.VISIT, conversation)
        case.note(day=day.isoformat(), zone=zone.key, reminded=False, **office)
        case.due_at = self._next_due(case)
        return case

    async def planned(self, conversation: Conversation) -> Case | None:
        """The plan of this chat, or of its participant."""
        if conversation.participant_id:
            return await self._cases.open_one(conversation.participant_id, CaseKind.VISIT)
        own = select(Case).where(
            Case.conversation_id == conversation.id,
            Case.participant_id.is_(None),
            Case.kind == CaseKind.VISIT,
            Case.closed_at.is_(None),
        )
        found: Case | None = await self._session.scalar(own.order_by(Case.id.desc()).limit(1))
        return found

    async def cancel(self, conversation: Conversation) -> bool:
        """Drop the plan; False when there is none."""
        case = await self.planned(conversation)
        if case:
            self._cases.enter(case, CaseState.WITHDRAWN, PARTICIPANT)
        return case is not None

    def reminded(self, case: Case) -> None:
        """The participant was reminded; next it is looked at when the day is over."""
        case.note(reminded=True)
        case.due_at = self._next_due(case)

    def _next_due(self, case: Case) -> datetime:
        zone, day = ZoneInfo(case.details["zone"]), date.fromisoformat(case.details["day"])
        remind = datetime.combine(day - timedelta(days=1), REMIND_AT, zone)
        if remind > self._now and not case.details["reminded"]:
            return remind
        return datetime.combine(day, OVER_AT, zone)


def is_over(case: Case, now: datetime) -> bool:
    """Whether the day of a visit has passed."""
    day, zone = date.fromisoformat(case.details["day"]), ZoneInfo(case.details["zone"])
    return now >= datetime.combine(day, OVER_AT, zone)

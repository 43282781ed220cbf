"""Cases: opened once, moved on step by step, and every change told to the participant."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case, CaseEvent
from bot.cases.notices import tell
from bot.cases.numbers import case_id_in
from bot.cases.office_times import next_look
from bot.cases.phrasing import answered, moved
from bot.cases.stages import CLOSED, WAYS, CaseKind, CaseState
from bot.conversation.models import Conversation
from bot.errors import BadInput

SHOWN_AFTER_CLOSING = timedelta(days=30)

PARTICIPANT = "participant"
SYSTEM = "system"


class CaseNotFound(BadInput):
    """No case has this number."""


class StepNotPossible(BadInput):
    """The case is not where this could be done."""


class Cases:
    """Works in the caller's transaction."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def open(self, kind: CaseKind, conversation: Conversation, **details: Any) -> tuple[Case, bool]:
        """Open a case for the participant of this chat; gives the one that is open already, and whether it is new."""
        participant_id = conversation.participant_id
        if participant_id and (found := await self.open_one(participant_id, kind)):
            return found, False
        first = WAYS[kind].stages[0]
        case = Case(
            kind=kind,
            state=first,
            participant_id=participant_id,
            conversation_id=conversation.id,
            details_json=json.dumps(details),
            opened_at=self._now,
            state_since=self._now,
        )
        case.due_at = next_look(case, self._now)
        self._session.add(case)
        await self._session.flush()
        self.note(case, PARTICIPANT)
        return case, True

    async def open_one(self, participant_id: str, kind: CaseKind) -> Case | None:
        """The participant's open case of a kind."""
        case: Case | None = await self._session.scalar(
            select(Case).where(Case.participant_id == participant_id, Case.kind == kind, Case.closed_at.is_(None))
        )
        return case if case and case.closed_at is None else None

    async def find(self, number: str) -> Case:
        """The case with this number; raises `CaseNotFound`."""
        row = case_id_in(number)
        case = await self._session.get(Case, row) if row else None
        if case is None:
            raise CaseNotFound(f"there is no case {number}: check the number, which looks like JMO-000123-0")
        return case

    async def shown_to(self, participant_id: str) -> Sequence[Case]:
        """What the participant still wants to know of: what is open or was closed lately, newest first."""
        lately = self._now - SHOWN_AFTER_CLOSING
        own = select(Case).where(
            Case.participant_id == participant_id, or_(Case.closed_at.is_(None), Case.closed_at > lately)
        )
        return (await self._session.scalars(own.order_by(Case.id.desc()))).all()

    async def history(self, case: Case) -> Sequence[CaseEvent]:
        """What happened to a case, oldest first."""
        events = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.id)
        return (await self._session.scalars(events)).all()

    async def advance(self, case: Case, actor: str, note: str | None = None) -> CaseState:
        """Bring a case to its next stage and tell the participant; raises `StepNotPossible` at the end."""
        following = WAYS[CaseKind(case.kind)].after(CaseState(case.state))
        if following is None:
            raise StepNotPossible(f"case {case.number} is closed ({case.state}): there is no next stage")
        await self.move(case, following, actor, note)
        return following

    async def reject(self, case: Case, actor: str, reason: str) -> None:
        """Close a case without success; the reason is told to the participant."""
        if case.closed_at:
            raise StepNotPossible(f"case {case.number} is closed already ({case.state})")
        await self.move(case, CaseState.REJECTED, actor, reason)

    async def answer(self, case: Case, actor: str, words: str) -> None:
        """Close a case with what an officer found out, which the participant is told."""
        if case.closed_at:
            raise StepNotPossible(f"case {case.number} is closed already ({case.state})")
        self.enter(case, CaseState.DONE, actor, words)
        if chat := await self.chat_of(case):
            await tell(self._session, chat, answered(case, words, chat.language), self._now)

    def may_withdraw(self, case: Case) -> bool:
        """Whether the participant can still take it back."""
        return CaseState(case.state) in WAYS[CaseKind(case.kind)].withdrawable

    async def withdraw(self, case: Case) -> bool:
        """Take a case back; False where it is too late."""
        if not self.may_withdraw(case):
            return False
        self.enter(case, CaseState.WITHDRAWN, PARTICIPANT)
        return True

    async def move(self, case: Case, state: CaseState, actor: str, note: str | None = None) -> None:
        """Bring a case to a stage and tell the participant in the chat that it came from."""
        self.enter(case, state, actor, note)
        chat = await self.chat_of(case)
        if chat and (notice := moved(case, note, chat.language)):
            await tell(self._session, chat, notice, self._now)

    async def chat_of(self, case: Case) -> Conversation | None:
        """The chat that is told of this case; None once it belongs to nobody or to somebody else."""
        if case.conversation_id is None:
            return None
        chat = await self._session.get(Conversation, case.conversation_id)
        return chat if chat and chat.participant_id == case.participant_id else None

    def enter(self, case: Case, state: CaseState, actor: str, note: str | None = None) -> None:
        """Put a case into a stage without telling anybody: the participant did it, or is told otherwise."""
        case.state, case.state_since = state, self._now
        case.closed_at = self._now if state in CLOSED else None
        case.due_at = next_look(case, self._now)
        self.note(case, actor, note)

    def note(self, case: Case, actor: str, note: str | None = None, internal: bool = False) -> None:
        """Add to a case's history; what is internal is for officers alone."""
        event = CaseEvent(case_id=case.id, at=self._now, state=case.state, actor=actor, note=note, internal=internal)
        self._session.add(event)

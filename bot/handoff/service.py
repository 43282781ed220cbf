"""What happens to a hand-off: asked for, taken, talked, put back, ended, rated; in the caller's transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case
from bot.cases.service import PARTICIPANT, SYSTEM, Cases
from bot.cases.stages import CaseKind, CaseState
from bot.conversation.inbox import put_system_message
from bot.conversation.messages import Attachment, Reply
from bot.conversation.models import Author, Conversation, Floor, OutboxKind, OutboxRow, OutboxState
from bot.conversation.outbox import write
from bot.conversation.wakeups import Hint, notify
from bot.errors import BadInput
from bot.handoff import phrasing
from bot.handoff.hours import DeskHours, load_hours
from bot.handoff.models import OPEN_STATES, EndReason, Handoff, HandoffState, Reason, Topic
from bot.handoff.times import (
    FIRST_ANSWER,
    LOOK_AGAIN,
    MESSAGE_ANSWER,
    NOT_ASKED_AGAIN,
    OFFICER_SILENT,
    PARTICIPANT_SILENT,
    REOPEN_WITHIN,
    WRITING,
)

RESUME = "/resume_interrupted"

RATINGS = {"good": (True, 3), "fair": (True, 2), "unsolved": (False, 1)}
"""What a tap on the rating says: whether it was solved, and how it was."""
RATED = frozenset({EndReason.SOLVED, EndReason.PARTICIPANT_ENDED, EndReason.CALLED_BACK})
"""Ends after which it is asked; who is silent, or goes on with the assistant, can't say yet."""

_KINDS = {
    Topic.CLAIM: CaseKind.CLAIM,
    Topic.PHOTO: CaseKind.CLAIM,
    Topic.BIOMETRIC: CaseKind.BIOMETRIC_RESET,
    Topic.DATA: CaseKind.DATA_CORRECTION,
    Topic.CARD: CaseKind.CARD_CHECK,
    Topic.APP: CaseKind.APP_PROBLEM,
}
"""The cases that a topic is about."""


class HandoffNotFound(BadInput):
    """There is no such hand-off, or it is over."""


class AlreadyTaken(BadInput):
    """Another officer has this conversation."""

    def __init__(self, officer_id: int) -> None:
        super().__init__("another officer has this conversation")
        self.officer_id = officer_id


class NotYours(BadInput):
    """Only who has a conversation answers it."""


class Handoffs:
    """The hand-offs of all conversations."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    # Found

    async def open_one(self, conversation_id: int) -> Handoff | None:
        """The hand-off of a conversation that isn't over."""
        found: Handoff | None = await self._session.scalar(
            select(Handoff).where(Handoff.conversation_id == conversation_id, Handoff.ended_at.is_(None))
        )
        return found

    async def last_one(self, conversation_id: int) -> Handoff | None:
        """The newest hand-off of a conversation, over or not."""
        newest = select(Handoff).where(Handoff.conversation_id == conversation_id).order_by(Handoff.id.desc())
        found: Handoff | None = await self._session.scalar(newest.limit(1))
        return found

    async def locked(self, handoff_id: int) -> Handoff:
        """A hand-off to act on; on PostgreSQL others wait for this transaction. Raises `HandoffNotFound`.

        The conversation is locked first, as a turn does: who locks in the same order never waits in a circle.
        """
        await self._lock_chat(select(Handoff.conversation_id).where(Handoff.id == handoff_id).scalar_subquery())
        found = await self._session.get(Handoff, handoff_id, with_for_update=True, populate_existing=True)
        if found is None:
            raise HandoffNotFound(f"there is no hand-off {handoff_id}")
        return found

    # The participant's side

    async def ask(
        self,
        conversation: Conversation,
        topic: Topic,
        reason: Reason,
        tried: Mapping[str, Any] | None = None,
        case: Case | None = None,
    ) -> tuple[Handoff, Case, bool]:
        """Put a conversation into the queue, under an open case or one of its own; False if it was there before.

        A hand-off under way goes on under the case that a flow opened meanwhile, so that there is one number.
        """
        if found := await self.open_one(conversation.id):
            return found, await self._brought_under(found, topic, case), False
        case = case or await self._open_case_about(topic, conversation)
        if case is None:
            case, _ = await Cases(self._session, self._now).open(CaseKind.CONVERSATION, conversation, topic=topic)
        handoff = Handoff(
            case_id=case.id,
            conversation_id=conversation.id,
            topic=topic,
            reason=reason,
            tried_json=json.dumps(dict(tried or {})),
            asked_at=self._now,
            queued_at=self._now,
            participant_at=self._now,
        )
        self._session.add(handoff)
        self._wait(handoff, conversation)
        await self._session.flush()
        await self._tell_desks(conversation)
        return handoff, case, True

    async def call_back(self, handoff: Handoff, conversation: Conversation) -> tuple[datetime, datetime] | None:
        """Promise a window in which an officer comes back; None if the desk never opens. The assistant goes on."""
        if kept := _promise_under_way(handoff, self._now):
            return kept
        window = (await self.hours()).call_back_window(self._now)
        handoff.call_back_from, handoff.call_back_until = window or (None, None)
        if handoff.state != HandoffState.CALL_BACK:  # else the first promise stays what is measured
            handoff.promised_until = handoff.call_back_until
        due_at = window[1] if window else self._now + LOOK_AGAIN
        self._later(handoff, conversation, HandoffState.CALL_BACK, due_at)
        await self._tell_desks(conversation)
        return window

    async def begin_message(self, handoff: Handoff, conversation: Conversation) -> None:
        """What is written next is a message to be answered later; see `writes_message`."""
        handoff.officer_id, handoff.reminded_at, handoff.promised_until = None, None, None
        handoff.state, handoff.due_at = HandoffState.MESSAGE, self._now + WRITING
        conversation.floor = Floor.QUEUE
        await self._tell_desks(conversation)

    async def leave_message(self, handoff: Handoff, conversation: Conversation) -> datetime:
        """Take what was written as a message to be answered later; gives until when."""
        due_at = (await self.hours()).after(self._now, MESSAGE_ANSWER) or self._now + LOOK_AGAIN
        handoff.promised_until = handoff.promised_until or due_at
        self._later(handoff, conversation, HandoffState.MESSAGE, due_at)
        await self._tell_desks(conversation)
        return due_at

    async def wait_again(self, handoff: Handoff) -> None:
        """Back from a call-back or a message into the queue: the participant would rather wait."""
        self._wait(handoff, await self._conversation_of(handoff))
        handoff.call_back_from = handoff.call_back_until = handoff.promised_until = None
        await self._tell_desk_of(handoff.conversation_id)

    async def heard(self, handoff: Handoff) -> None:
        """The participant wrote something to people; an officer who owes an answer gets no more time by that."""
        if handoff.state == HandoffState.TALKING and not handoff.officer_owes:
            handoff.due_at = self._now + OFFICER_SILENT
        handoff.participant_at, handoff.reminded_at = self._now, None
        await self._tell_desk_of(handoff.conversation_id)

    async def reopen(self, conversation: Conversation) -> tuple[Handoff, Case] | None:
        """Take up the last hand-off again under its number; None when there is none of the last 24 hours."""
        last = await self.last_one(conversation.id)
        if last is None or last.ended_at is None or last.ended_at < self._now - REOPEN_WITHIN:
            return None
        case = await self._case_of(last)
        if not _is_of(conversation, case):
            return None
        if case.closed_at and case.kind == CaseKind.CONVERSATION:
            case = await self._opened_again(case)
        handoff, case, _ = await self.ask(conversation, Topic(last.topic), Reason.REOPENED, last.tried, case)
        return handoff, case

    async def rate(self, conversation: Conversation, said: str) -> Handoff | None:
        """Note what the participant thinks of the last hand-off, once; None if nothing is to be rated."""
        last = await self.last_one(conversation.id)
        if last is None or last.rating_asked_at is None or last.rating is not None or said not in RATINGS:
            return None
        last.solved, last.rating = RATINGS[said]
        await self._tell_desk_of(conversation.id)
        return last

    async def leave(self, conversation: Conversation, forget: bool = False) -> None:
        """The participant leaves the chat, or has it deleted: nothing of their talks is told to who comes next."""
        if handoff := await self.open_one(conversation.id):
            await self.close(handoff, conversation, EndReason.LEFT, PARTICIPANT, CaseState.WITHDRAWN)
        own = await self._session.scalars(select(Handoff).where(Handoff.conversation_id == conversation.id))
        for handoff in own.all():
            handoff.rating_asked_at = None
            handoff.tried_json = "{}" if forget else handoff.tried_json
            case = await self._case_of(handoff)
            if case.kind == CaseKind.CONVERSATION:
                case.conversation_id = None

    async def unreachable(self, conversation_id: int) -> bool:
        """Whether the last message could not be delivered, as the participant blocked the assistant or left."""
        said = select(OutboxRow.state).where(
            OutboxRow.conversation_id == conversation_id, OutboxRow.kind == OutboxKind.REPLY
        )
        last = await self._session.scalar(said.order_by(OutboxRow.id.desc()).limit(1))
        return last in (OutboxState.GONE, OutboxState.REFUSED)

    # The officer's side

    async def take(self, handoff: Handoff, officer_id: int, name: str) -> None:
        """Give an officer the floor. Raises `AlreadyTaken` or `HandoffNotFound`."""
        if handoff.state == HandoffState.ENDED:
            raise HandoffNotFound("this hand-off is over")
        if handoff.state == HandoffState.TALKING and handoff.officer_id != officer_id:
            raise AlreadyTaken(handoff.officer_id or 0)
        if handoff.state == HandoffState.TALKING:
            return
        conversation = await self._conversation_of(handoff)
        handoff.state, handoff.officer_id = HandoffState.TALKING, officer_id
        handoff.taken_at = handoff.taken_at or self._now
        handoff.officer_at, handoff.due_at, handoff.reminded_at = None, self._now + OFFICER_SILENT, None
        conversation.floor = Floor.AGENT
        case = await self._case_of(handoff)
        if case.kind == CaseKind.CONVERSATION:
            Cases(self._session, self._now).enter(case, CaseState.IN_PROGRESS, officer(name))
        await self._say(conversation, phrasing.joined(name, case.number, conversation.language))
        await self._tell_desks(conversation)

    async def begin(self, conversation: Conversation, topic: Topic, case: Case, officer_id: int, name: str) -> Handoff:
        """Let an officer begin to talk about a case; raises `AlreadyTaken` where another one talks already."""
        await self._lock_chat(conversation.id)
        under_way = await self.open_one(conversation.id)
        if under_way and under_way.state == HandoffState.TALKING and under_way.officer_id != officer_id:
            raise AlreadyTaken(under_way.officer_id or 0)
        handoff, _, _ = await self.ask(conversation, topic, Reason.FLOW, case=case)
        await self.take(handoff, officer_id, name)
        return handoff

    async def say(
        self, handoff: Handoff, officer_id: int, text: str, file: Attachment | None = None, key: str | None = None
    ) -> OutboxRow:
        """Send the officer's words, once for each key; raises `NotYours` unless the officer has the floor."""
        self._check(handoff, officer_id)
        conversation = await self._conversation_of(handoff)
        handoff.first_reply_at = handoff.first_reply_at or self._now
        handoff.officer_at, handoff.due_at, handoff.reminded_at = self._now, self._now + PARTICIPANT_SILENT, None
        reply = Reply(text, attachment=file)
        return await write(self._session, conversation, reply, self._now, Author.OFFICER, officer_id, key=key)

    async def transfer(
        self, handoff: Handoff, name: str, to_officer_id: int | None, topic: Topic | None = None
    ) -> None:
        """Put it back into the queue, for another officer or for whoever takes that topic; the participant is told.

        Who waits for a call-back or an answer isn't torn from the assistant: only who comes to them changes.
        """
        self._check_open(handoff)
        handoff.topic = topic or handoff.topic
        if handoff.state in (HandoffState.CALL_BACK, HandoffState.MESSAGE):
            handoff.officer_id = to_officer_id
            await self._tell_desk_of(handoff.conversation_id)
        else:
            await self._put_back(handoff, to_officer_id, phrasing.transferred)
        await self._note(handoff, f"transfer: {to_officer_id or handoff.topic}", name)

    async def requeue(self, handoff: Handoff) -> None:
        """Put it back because the officer was silent; the participant keeps their place."""
        await self._put_back(handoff, None, phrasing.requeued)

    async def hand_back(self, handoff: Handoff, name: str, step: str | None = None) -> None:
        """Give the floor back to the assistant, at what was interrupted or at a chosen step (a payload)."""
        await self.end(handoff, EndReason.HANDED_BACK, name, step)

    async def end(self, handoff: Handoff, reason: EndReason, name: str | None, step: str | None = None) -> None:
        """Close it and tell so, ask for a rating once, and let the assistant go on where an officer ends it."""
        self._check_open(handoff)
        conversation = await self._conversation_of(handoff)
        talked = handoff.state == HandoffState.TALKING or handoff.first_reply_at is not None
        interrupted = conversation.floor != Floor.BOT
        told = talked or name is not None
        actor, state = officer(name) if name else PARTICIPANT, CaseState.DONE if told else CaseState.WITHDRAWN
        case = await self.close(handoff, conversation, reason, actor, state)
        if told:
            rated = await self._to_be_rated(handoff)
            handoff.rating_asked_at = self._now if rated else None
            await self._say(conversation, phrasing.ended(reason, case.number, conversation.language, rated))
            await self._session.flush()  # said before what the assistant goes on with in the same turn
        if name and (step or interrupted):
            await put_system_message(self._session, conversation, f"resume:{handoff.id}", step or RESUME, self._now)

    async def stay_with_bot(self, handoff: Handoff) -> None:
        """The participant doesn't wait; nothing was asked of anybody yet."""
        await self.end(handoff, EndReason.STAYED_WITH_BOT, None)

    async def close(
        self, handoff: Handoff, conversation: Conversation, reason: EndReason, actor: str, state: CaseState
    ) -> Case:
        """End it, telling nobody; a case that was opened for the talk alone ends with its last hand-off."""
        handoff.state, handoff.ended_at, handoff.end_reason = HandoffState.ENDED, self._now, reason
        handoff.due_at = None
        conversation.floor = Floor.BOT
        case = await self._case_of(handoff)
        others = select(Handoff.id).where(
            Handoff.case_id == case.id, Handoff.id != handoff.id, Handoff.ended_at.is_(None)
        )
        if case.kind == CaseKind.CONVERSATION and not case.closed_at and not await self._session.scalar(others):
            Cases(self._session, self._now).enter(case, state, actor, reason)
        await self._session.flush()  # the same transaction may ask anew
        await self._tell_desks(conversation)
        return case

    async def hours(self) -> DeskHours:
        """The desk's calendar."""
        return await load_hours(self._session)

    async def conversation_of(self, handoff: Handoff) -> Conversation:
        """The chat of a hand-off."""
        return await self._conversation_of(handoff)

    async def case_of(self, handoff: Handoff) -> Case:
        """The case of a hand-off."""
        return await self._case_of(handoff)

    # Inside

    async def _lock_chat(self, conversation_id: int | ScalarSelect[int]) -> None:
        """Keep turns and other officers out of a chat; on SQLite its version does that at the commit."""
        locked = select(Conversation).where(Conversation.id == conversation_id).with_for_update(key_share=True)
        await self._session.scalar(locked.execution_options(populate_existing=True))

    async def _to_be_rated(self, handoff: Handoff) -> bool:
        """Whether to ask: where the matter was talked over, and not again for what was judged within the hour."""
        if handoff.first_reply_at is None or handoff.end_reason not in RATED:
            return False
        judged = select(Handoff.id).where(
            Handoff.case_id == handoff.case_id,
            Handoff.rating.is_not(None),
            Handoff.ended_at > self._now - NOT_ASKED_AGAIN,
        )
        return await self._session.scalar(judged.limit(1)) is None

    async def _open_case_about(self, topic: Topic, conversation: Conversation) -> Case | None:
        """The open case that the verified participant means."""
        kind = _KINDS.get(topic)
        if kind is None or conversation.verified_at is None or conversation.participant_id is None:
            return None
        return await Cases(self._session, self._now).open_one(conversation.participant_id, kind)

    async def _opened_again(self, case: Case) -> Case:
        """The closed case, or the participant's other one that was opened since."""
        cases = Cases(self._session, self._now)
        if case.participant_id and (other := await cases.open_one(case.participant_id, CaseKind.CONVERSATION)):
            return other
        cases.enter(case, CaseState.OPEN, PARTICIPANT)
        return case

    async def _brought_under(self, handoff: Handoff, topic: Topic, case: Case | None) -> Case:
        """The case of a hand-off under way, which may be one that a flow opened just now."""
        present = await self._case_of(handoff)
        if topic is Topic.FRAUD:
            handoff.topic = topic
        if case is None or case is present or present.kind != CaseKind.CONVERSATION:
            return present
        handoff.case_id, handoff.topic = case.id, topic
        Cases(self._session, self._now).enter(present, CaseState.WITHDRAWN, SYSTEM, case.number)
        await self._tell_desk_of(handoff.conversation_id)
        return case

    def _wait(self, handoff: Handoff, conversation: Conversation) -> None:
        handoff.state, handoff.queued_at = HandoffState.WAITING, self._now
        handoff.due_at, handoff.reminded_at = self._now + FIRST_ANSWER, None
        conversation.floor = Floor.QUEUE

    def _later(
        self, handoff: Handoff, conversation: Conversation, state: HandoffState, due_at: datetime | None
    ) -> None:
        handoff.state, handoff.officer_id, handoff.due_at, handoff.reminded_at = state, None, due_at, None
        conversation.floor = Floor.BOT

    async def _put_back(self, handoff: Handoff, officer_id: int | None, phrase: phrasing.AboutCase) -> None:
        conversation = await self._conversation_of(handoff)
        handoff.officer_id = officer_id
        self._wait(handoff, conversation)
        case = await self._case_of(handoff)
        await self._say(conversation, phrase(case.number, conversation.language))
        await self._tell_desks(conversation)

    async def _note(self, handoff: Handoff, note: str, name: str) -> None:
        Cases(self._session, self._now).note(await self._case_of(handoff), officer(name), note, internal=True)

    async def _say(self, conversation: Conversation, reply: Reply) -> None:
        await write(self._session, conversation, reply, self._now, Author.SYSTEM)

    async def _tell_desks(self, conversation: Conversation) -> None:
        await self._tell_desk_of(conversation.id)

    async def _tell_desk_of(self, conversation_id: int) -> None:
        await self._session.run_sync(notify, Hint.DESK, conversation_id)

    async def _conversation_of(self, handoff: Handoff) -> Conversation:
        return await self._session.get_one(Conversation, handoff.conversation_id)

    async def _case_of(self, handoff: Handoff) -> Case:
        return await self._session.get_one(Case, handoff.case_id)

    def _check(self, handoff: Handoff, officer_id: int) -> None:
        if handoff.state != HandoffState.TALKING or handoff.officer_id != officer_id:
            raise NotYours("take the conversation first: only who has it answers")

    def _check_open(self, handoff: Handoff) -> None:
        if handoff.state not in OPEN_STATES:
            raise HandoffNotFound("this hand-off is over")


def was_left(conversation: Conversation, handoff: Handoff) -> bool:
    """Whether the participant of a hand-off left the chat since: it is somebody else's, or nobody's."""
    return conversation.left_at is not None and handoff.asked_at <= conversation.left_at


def officer(name: str) -> str:
    """The actor of a case's history."""
    return f"officer:{name}"


def _is_of(conversation: Conversation, case: Case) -> bool:
    """Whether the chat still belongs to whom the case is about."""
    was_left = case.kind == CaseKind.CONVERSATION and case.conversation_id is None
    return not was_left and case.participant_id in (None, conversation.participant_id)


def _promise_under_way(handoff: Handoff, now: datetime) -> tuple[datetime, datetime] | None:
    """The window that was promised and isn't over: asked again, it doesn't move."""
    begins, until = handoff.call_back_from, handoff.call_back_until
    still = handoff.state == HandoffState.CALL_BACK and until is not None and until > now
    return (begins, until) if still and begins and until else None

"""What time does to hand-offs: nobody who waits for a person, or whom a person waits for, is forgotten."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.models import Author, Conversation
from bot.conversation.outbox import write
from bot.handoff import phrasing
from bot.handoff.hours import load_hours
from bot.handoff.models import EndReason, Handoff, HandoffState
from bot.handoff.service import MESSAGE_ANSWER, PARTICIPANT_SILENT, Handoffs
from bot.register.core_system import CoreSystem

MOST_AT_ONCE = 200
ALERT_AGAIN = timedelta(minutes=10)


async def act_on_handoffs(session: AsyncSession, core: CoreSystem, now: datetime) -> None:
    """Act on every hand-off whose deadline has passed, the longest waiting first."""
    due = (
        select(Handoff)
        .where(Handoff.due_at <= now, Handoff.ended_at.is_(None))
        .order_by(Handoff.due_at)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    for handoff in (await session.scalars(due)).all():
        conversation = await session.get_one(Conversation, handoff.conversation_id)
        await _ACTS[HandoffState(handoff.state)](session, handoff, conversation, now)


async def _nobody_came(session: AsyncSession, handoff: Handoff, conversation: Conversation, now: datetime) -> None:
    """While the desk is open: an apology once, and an alert each time. When it has closed: a call-back."""
    service = Handoffs(session, now)
    number = (await service.case_of(handoff)).number
    if not (await load_hours(session)).is_open(now):
        window = await service.call_back(handoff, conversation)
        if window:
            reply = phrasing.promised(number, window, conversation.language)
        else:
            handoff.due_at = now + timedelta(days=1)
            reply = phrasing.closed(number, None, None, conversation.language)
        await write(session, conversation, reply, now, Author.SYSTEM)
        return
    if handoff.reminded_at is None:
        reply = phrasing.still_waiting(number, conversation.language)
        await write(session, conversation, reply, now, Author.SYSTEM)
    handoff.reminded_at, handoff.due_at = now, now + ALERT_AGAIN


async def _somebody_is_silent(
    session: AsyncSession, handoff: Handoff, conversation: Conversation, now: datetime
) -> None:
    """The officer owes an answer: back into the queue. The participant does: a reminder, then the end."""
    service = Handoffs(session, now)
    if handoff.officer_at is None or handoff.first_reply_at is None or handoff.participant_at > handoff.officer_at:
        await service.requeue(handoff)
    elif handoff.reminded_at is None:
        number = (await service.case_of(handoff)).number
        await write(session, conversation, phrasing.are_you_there(number, conversation.language), now, Author.SYSTEM)
        handoff.reminded_at, handoff.due_at = now, now + PARTICIPANT_SILENT
    else:
        await service.end(handoff, EndReason.PARTICIPANT_SILENT, None)


async def _nobody_called_back(
    session: AsyncSession, handoff: Handoff, conversation: Conversation, now: datetime
) -> None:
    """The promise was broken: say so, and promise the next window."""
    window = (await load_hours(session)).call_back_window(now)
    handoff.reminded_at = now
    if window is None:
        handoff.due_at = now + timedelta(days=1)
        return
    handoff.call_back_from, handoff.call_back_until = window
    handoff.due_at = window[1]
    number = (await Handoffs(session, now).case_of(handoff)).number
    missed = phrasing.call_back_missed(number, window, conversation.language)
    await write(session, conversation, missed, now, Author.SYSTEM)


async def _message_unanswered(
    session: AsyncSession, handoff: Handoff, conversation: Conversation, now: datetime
) -> None:
    """An alert at the desk, again and again until it is answered."""
    hours = await load_hours(session)
    handoff.reminded_at, handoff.due_at = now, hours.after(now, MESSAGE_ANSWER) or now + timedelta(days=1)


_Act = Callable[[AsyncSession, Handoff, Conversation, datetime], Awaitable[None]]
_ACTS: dict[HandoffState, _Act] = {
    HandoffState.WAITING: _nobody_came,
    HandoffState.TALKING: _somebody_is_silent,
    HandoffState.CALL_BACK: _nobody_called_back,
    HandoffState.MESSAGE: _message_unanswered,
}

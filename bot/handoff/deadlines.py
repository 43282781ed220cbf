"""What time does to hand-offs: nobody who waits for a person, or whom a person waits for, is forgotten."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.models import Author, Conversation, Floor
from bot.conversation.outbox import write
from bot.handoff import phrasing
from bot.handoff.models import EndReason, Handoff, HandoffState
from bot.handoff.service import Handoffs
from bot.handoff.times import PARTICIPANT_SILENT
from bot.register.core_system import CoreSystem

MOST_AT_ONCE = 200
ALERT_AGAIN = timedelta(minutes=10)


async def act_on_handoffs(session: AsyncSession, core: CoreSystem, now: datetime) -> list[Handoff]:
    """Act on every hand-off whose deadline has passed, the longest waiting first; gives those where people are late."""
    due = (
        select(Conversation, Handoff)
        .join(Handoff, Handoff.conversation_id == Conversation.id)
        .where(Handoff.due_at <= now, Handoff.ended_at.is_(None))
        .order_by(Handoff.due_at)
        .limit(MOST_AT_ONCE)
        .with_for_update(skip_locked=True, key_share=True)
    )
    acted = [
        (handoff, await _ACTS[HandoffState(handoff.state)](session, handoff, conversation, now))
        for conversation, handoff in (await session.execute(due)).tuples().all()
    ]
    return [handoff for handoff, alone in acted if alone]


async def _nobody_came(session: AsyncSession, handoff: Handoff, conversation: Conversation, now: datetime) -> bool:
    """While the desk is open: an apology once, and an alert each time. When it has closed: a call-back."""
    service = Handoffs(session, now)
    number = (await service.case_of(handoff)).number
    hours = await service.hours()
    if not hours.is_open(now):
        window = await service.call_back(handoff, conversation)
        reply = phrasing.closed(number, window, hours.why_closed(now, conversation.language), conversation.language)
        await write(session, conversation, reply, now, Author.SYSTEM)
        return False
    if handoff.reminded_at is None:
        reply = phrasing.still_waiting(number, conversation.language)
        await write(session, conversation, reply, now, Author.SYSTEM)
    # Whoever it waited for isn't there: anybody may take it.
    handoff.officer_id, handoff.reminded_at, handoff.due_at = None, now, now + ALERT_AGAIN
    return True


async def _somebody_is_silent(
    session: AsyncSession, handoff: Handoff, conversation: Conversation, now: datetime
) -> bool:
    """The officer owes an answer: back into the queue. The participant does: a reminder, then the end."""
    service = Handoffs(session, now)
    if handoff.officer_owes:
        await service.requeue(handoff)
        return True
    if handoff.reminded_at is None:
        number = (await service.case_of(handoff)).number
        await write(session, conversation, phrasing.are_you_there(number, conversation.language), now, Author.SYSTEM)
        handoff.reminded_at, handoff.due_at = now, now + PARTICIPANT_SILENT
    else:
        await service.end(handoff, EndReason.PARTICIPANT_SILENT, None)
    return False


async def _nobody_called_back(
    session: AsyncSession, handoff: Handoff, conversation: Conversation, now: datetime
) -> bool:
    """The promise was broken: say so, and promise the next window."""
    promised = handoff.call_back_until
    service = Handoffs(session, now)
    window = await service.call_back(handoff, conversation)
    handoff.reminded_at = now
    if window and promised:
        number = (await service.case_of(handoff)).number
        missed = phrasing.call_back_missed(number, window, conversation.language)
        await write(session, conversation, missed, now, Author.SYSTEM)
    return True


async def _message_waits(session: AsyncSession, handoff: Handoff, conversation: Conversation, now: datetime) -> bool:
    """One that was announced and not written: the assistant goes on. One that was left: an alert, again and again."""
    service = Handoffs(session, now)
    announced = conversation.floor == Floor.QUEUE
    until = await service.leave_message(handoff, conversation)
    if announced:
        number = (await service.case_of(handoff)).number
        reply = phrasing.nothing_written(number, until, conversation.language)
        await write(session, conversation, reply, now, Author.SYSTEM)
        return False
    handoff.reminded_at = now
    return True


_Act = Callable[[AsyncSession, Handoff, Conversation, datetime], Awaitable[bool]]
"""Gives whether it is people who are late."""
_ACTS: dict[HandoffState, _Act] = {
    HandoffState.WAITING: _nobody_came,
    HandoffState.TALKING: _somebody_is_silent,
    HandoffState.CALL_BACK: _nobody_called_back,
    HandoffState.MESSAGE: _message_waits,
}

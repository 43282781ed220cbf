"""Who answers a message: while people have the floor, it goes to them, and the assistant is silent."""

from datetime import timedelta

from bot.conversation.messages import Kind, Reply
from bot.conversation.models import Author, Floor
from bot.conversation.people import Taken
from bot.conversation.turn_context import Turn
from bot.handoff import phrasing
from bot.handoff.models import EndReason, Handoff, HandoffState
from bot.handoff.queue import place_of, waiting_time
from bot.handoff.service import RESUME, Handoffs
from bot.handoff.words import ends_talk, leaves_queue

ACKNOWLEDGED_EVERY = timedelta(minutes=2)
"""More often than this a waiting participant isn't told that their words are kept."""
ALLOWED_WHILE_PAUSED = ("/human", "/handoff_", "/rate_handoff", "/logout", "/my_data", "/delete_my_data")


class PeoplesFloor:
    """`bot.conversation.people.People` on the hand-offs in the database."""

    async def take(self, turn: Turn) -> Taken | None:
        """Relay, acknowledge, or leave the message to the assistant."""
        if turn.conversation.floor == Floor.BOT:
            return self._while_paused(turn)
        handoff = await Handoffs(turn.session, turn.now).open_one(turn.conversation.id)
        if handoff is None:
            turn.conversation.floor = Floor.BOT
            return None
        if turn.conversation.floor == Floor.AGENT:
            return await self._to_officer(turn, handoff)
        return await self._in_queue(turn, handoff)

    async def _to_officer(self, turn: Turn, handoff: Handoff) -> Taken:
        if turn.message.text == "/handoff_end" or ends_talk(turn.message.text):
            await Handoffs(turn.session, turn.now).end(handoff, EndReason.PARTICIPANT_ENDED, None)
            return Taken(then=RESUME)
        turn.author = Author.SYSTEM
        await Handoffs(turn.session, turn.now).heard(handoff)
        if turn.message.kind is Kind.BUTTON:
            return Taken([phrasing.officer_has_floor(turn.language)])
        return Taken()

    async def _in_queue(self, turn: Turn, handoff: Handoff) -> Taken | None:
        """Words are kept for the officer; taps are answered by the assistant while the queue moves."""
        if turn.message.kind is Kind.BUTTON:
            return None
        if leaves_queue(turn.message.text):
            await Handoffs(turn.session, turn.now).stay_with_bot(handoff)
            return Taken([phrasing.stayed(turn.language)], then=RESUME)
        turn.author = Author.SYSTEM
        if handoff.state == HandoffState.MESSAGE:
            return Taken([await self._message(turn, handoff)])
        due = handoff.participant_at == handoff.asked_at or turn.now - handoff.participant_at >= ACKNOWLEDGED_EVERY
        await Handoffs(turn.session, turn.now).heard(handoff)
        return Taken([await self._place(turn, handoff)] if due else [])

    async def _message(self, turn: Turn, handoff: Handoff) -> Reply:
        service = Handoffs(turn.session, turn.now)
        await service.heard(handoff)
        until = await service.leave_message(handoff, turn.conversation)
        return phrasing.message_kept((await service.case_of(handoff)).number, until, turn.language)

    async def _place(self, turn: Turn, handoff: Handoff) -> Reply:
        place = await place_of(turn.session, handoff)
        wait = await waiting_time(turn.session, place, turn.now)
        return phrasing.kept_for_officer(place, wait, turn.language)

    def _while_paused(self, turn: Turn) -> Taken | None:
        if not turn.paused or turn.message.text.startswith(ALLOWED_WHILE_PAUSED):
            return None
        turn.author = Author.SYSTEM
        return Taken([phrasing.assistant_paused(turn.language)])

"""Who answers a message: while people have the floor, it goes to them, and the assistant is silent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.conversation.commands import command_to_payload
from bot.conversation.inbox import SYSTEM_KEY
from bot.conversation.messages import Kind, Reply
from bot.conversation.models import Author, Floor
from bot.conversation.people import Taken
from bot.conversation.tracker_store import active_form
from bot.conversation.turn_context import Turn
from bot.handoff import phrasing
from bot.handoff.models import EndReason, Handoff, HandoffState, Topic
from bot.handoff.queue import place_of, waiting_time
from bot.handoff.service import RESUME, Handoffs
from bot.handoff.words import asks_where, ends_talk, is_angry, leaves_queue
from bot.parsing.numbers import Kind as Number
from bot.texts import say

ACKNOWLEDGED_EVERY = timedelta(minutes=2)
"""More often than this a waiting participant isn't told that their words are kept."""
OWN_DATA = ("/logout", "/my_data", "/delete_my_data")
"""Obeyed whoever has the floor: the chat is the participant's."""
ALLOWED_WHILE_PAUSED = ("/human", "/handoff_", "/rate_handoff", *OWN_DATA)
HUMAN, STAY = "/human", "/handoff_stay"
TO_PEOPLE = ("/human", "/handoff")
"""How the buttons begin that lead to people already."""


class PeoplesFloor:
    """`bot.conversation.people.People` on the hand-offs in the database."""

    async def take(self, turn: Turn) -> Taken | None:
        """Relay, acknowledge, or leave the message to the assistant."""
        if turn.conversation.floor == Floor.BOT or _payload(turn).startswith(OWN_DATA):
            return self._while_paused(turn)
        handoff = await Handoffs(turn.session, turn.now).open_one(turn.conversation.id)
        if handoff is None:
            turn.conversation.floor = Floor.BOT
            return self._while_paused(turn)
        if turn.message.key.startswith(SYSTEM_KEY):  # people took the chat again before the assistant could go on
            return Taken()
        if turn.conversation.floor == Floor.AGENT:
            return await self._to_officer(turn, handoff)
        return await self._in_queue(turn, handoff) or self._while_paused(turn)

    def beside(self, turn: Turn, replies: Sequence[Reply]) -> list[Reply]:
        """The assistant's answer, and a person for who is angry or was not understood; no more is said of it."""
        angry = turn.message.kind is Kind.TEXT and is_angry(turn.message.text)
        if not replies or turn.conversation.floor != Floor.BOT or not turn.conversation.private:
            return _up_to_the_queue(replies)
        *most, last = replies
        offered_here = turn.offers_person is not None
        if (angry or offered_here) and not any(button.payload.startswith(TO_PEOPLE) for button in last.buttons):
            offered = phrasing.human(turn.language, Topic.COMPLAINT if angry else turn.offers_person or "")
            last = replace(last, buttons=(*last.buttons, offered))
        sorry = Reply(say("handoff.sorry", turn.language))
        if angry and not offered_here and sorry not in replies:
            return [sorry, *most, last]
        return [*most, last]

    async def _to_officer(self, turn: Turn, handoff: Handoff) -> Taken:
        handoffs = Handoffs(turn.session, turn.now)
        if turn.message.text == "/handoff_end" or ends_talk(turn.message.text):
            await handoffs.end(handoff, EndReason.PARTICIPANT_ENDED, None)
            return Taken(then=_goes_on_with(turn))
        turn.author = Author.SYSTEM
        if _payload(turn):
            return Taken([phrasing.officer_has_floor(turn.language)])
        await handoffs.heard(handoff)
        return Taken(_about_contents(turn, with_officer=True))

    async def _in_queue(self, turn: Turn, handoff: Handoff) -> Taken | None:
        """Words are kept for the officer; taps are answered by the assistant while the queue moves."""
        if turn.message.kind is Kind.TEXT and _payload(turn) == HUMAN:
            turn.author = Author.SYSTEM
            return Taken([await self._place(turn, handoff, phrasing.place_told)])
        if _payload(turn) or _was_begun_here(turn, handoff):
            return None
        if leaves_queue(turn.message.text):
            await Handoffs(turn.session, turn.now).stay_with_bot(handoff)
            return Taken([phrasing.stayed(turn.language)], then=_goes_on_with(turn))
        turn.author = Author.SYSTEM
        contents = _about_contents(turn, with_officer=False)
        if turn.message.kind is Kind.OTHER:
            return Taken(contents)
        if handoff.state == HandoffState.MESSAGE:
            return Taken([*contents, await self._message(turn, handoff)])
        return Taken([*contents, *await self._kept(turn, handoff)])

    async def _kept(self, turn: Turn, handoff: Handoff) -> list[Reply]:
        first = handoff.participant_at == handoff.asked_at
        due = first or turn.now - handoff.participant_at >= ACKNOWLEDGED_EVERY
        await Handoffs(turn.session, turn.now).heard(handoff)
        if asks_where(turn.message.text):
            return [await self._place(turn, handoff, phrasing.place_told)]
        return [await self._place(turn, handoff, phrasing.kept_for_officer)] if due else []

    async def _message(self, turn: Turn, handoff: Handoff) -> Reply:
        handoffs = Handoffs(turn.session, turn.now)
        await handoffs.heard(handoff)
        until = await handoffs.leave_message(handoff, turn.conversation)
        return phrasing.message_kept((await handoffs.case_of(handoff)).number, until, turn.language)

    async def _place(self, turn: Turn, handoff: Handoff, phrase: phrasing.AboutPlace) -> Reply:
        place = await place_of(turn.session, handoff)
        wait = await waiting_time(turn.session, place, turn.now)
        number = (await Handoffs(turn.session, turn.now).case_of(handoff)).number
        return phrase(number, place, wait, turn.language)

    def _while_paused(self, turn: Turn) -> Taken | None:
        if not turn.paused or _payload(turn).startswith(ALLOWED_WHILE_PAUSED):
            return None
        turn.author = Author.SYSTEM
        # After a talk nobody wrote anything: the assistant doesn't go on, and the question for a rating stays the last.
        return Taken([] if _payload(turn) == RESUME else [phrasing.assistant_paused(turn.language)])


def _up_to_the_queue(replies: Sequence[Reply]) -> list[Reply]:
    """Without what a form asks after the chat was put into the queue: it asks again when people are done."""
    queued = [at for at, reply in enumerate(replies) if any(one.payload == STAY for one in reply.buttons)]
    return list(replies[: queued[-1] + 1] if queued else replies)


def _goes_on_with(turn: Turn) -> str | None:
    """What was interrupted, unless the assistant is stopped."""
    return None if turn.paused else RESUME


def _payload(turn: Turn) -> str:
    """What was tapped, or the command that was typed; empty for words."""
    if turn.message.kind is Kind.BUTTON:
        return turn.message.text
    meant = command_to_payload(turn.message.text) if turn.message.kind is Kind.TEXT else ""
    return meant if meant.startswith("/") else ""


def _was_begun_here(turn: Turn, handoff: Handoff) -> bool:
    """Whether the assistant asks something that was begun by a tap in the queue: then it takes the answers."""
    return active_form(turn.conversation.tracker) not in (None, handoff.tried.get("form"))


def _about_contents(turn: Turn, with_officer: bool) -> list[Reply]:
    """What is said of a message that people don't get as it was sent; identities are deleted where they can be."""
    if turn.message.kind is Kind.OTHER:
        return [phrasing.cannot_relay(turn.language, with_officer)]
    if any(number.kind in (Number.NIK, Number.KPJ) for number in turn.personal.numbers):
        turn.delete_message = True
        return [phrasing.number_hidden(turn.language)]
    return []

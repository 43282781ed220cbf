"""Hand-off to people, as participants ask for it, wait for it, end it and judge it."""

from typing import Any

from rasa_sdk import Tracker

from bot.actions.base import Events, JmoAction, entity
from bot.conversation.messages import Reply
from bot.conversation.models import Floor
from bot.conversation.turn_context import Turn
from bot.handoff import phrasing
from bot.handoff.models import Handoff, HandoffState, Reason, Topic
from bot.handoff.queue import place_of, waiting_time
from bot.handoff.service import Handoffs
from bot.texts import say


class Human(JmoAction):
    """Puts the chat into the queue, or says when officers are there."""

    action_name = "action_human"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        turn.replies.append(await ask_for_person(turn, tracker, Topic.GENERAL, Reason.ASKED))
        return []


class StayWithBot(JmoAction):
    action_name = "action_handoff_stay"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        handoffs = Handoffs(turn.session, turn.now)
        if handoff := await handoffs.open_one(turn.conversation.id):
            await handoffs.stay_with_bot(handoff)
        turn.replies.append(Reply(say("handoff.stayed", turn.language), phrasing.buttons(turn.language, "menu")))
        return []


class CallBack(JmoAction):
    action_name = "action_handoff_call_back"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        handoff = await _asked_for(turn, tracker)
        handoffs = Handoffs(turn.session, turn.now)
        window = await handoffs.call_back(handoff, turn.conversation)
        number = (await handoffs.case_of(handoff)).number
        if window is None:
            turn.replies.append(phrasing.closed(number, None, None, turn.language))
        else:
            turn.replies.append(phrasing.promised(number, window, turn.language))
        return []


class LeaveMessage(JmoAction):
    """Asks for the message; what is written next is it."""

    action_name = "action_handoff_message"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        handoff = await _asked_for(turn, tracker)
        handoff.state = HandoffState.MESSAGE
        turn.conversation.floor = Floor.QUEUE
        case = await Handoffs(turn.session, turn.now).case_of(handoff)
        turn.replies.append(phrasing.write_now(case.number, turn.language))
        return []


class Reopen(JmoAction):
    action_name = "action_handoff_reopen"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        reopened = await Handoffs(turn.session, turn.now).reopen(turn.conversation)
        if reopened is None:
            buttons = phrasing.buttons(turn.language, "human", "menu")
            turn.replies.append(Reply(say("handoff.cannot_reopen", turn.language), buttons))
        else:
            handoff, case = reopened
            turn.replies.append(await told_where(turn, handoff, case.number))
        return []


class RateHandoff(JmoAction):
    """Takes the one tap afterwards."""

    action_name = "action_rate_handoff"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        handoffs = Handoffs(turn.session, turn.now)
        rated = await handoffs.rate(turn.conversation, entity(tracker, "rating") or "")
        if rated is None:
            turn.replies.append(_reply("nothing_to_rate", turn, "menu"))
        elif rated.solved:
            turn.replies.append(_reply("rated", turn, "menu"))
        else:
            number = (await handoffs.case_of(rated)).number
            turn.replies.append(_reply("rated_unsolved", turn, "reopen", "menu", number=number))
        return []


class ResumeInterrupted(JmoAction):
    """After a talk with an officer: the form that was interrupted asks its question again, else there is the menu."""

    action_name = "action_resume_interrupted"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if (tracker.active_loop or {}).get("name"):
            turn.replies.append(Reply(say("handoff.resumed", turn.language)))
        return []


async def ask_for_person(turn: Turn, tracker: Tracker, topic: Topic, reason: Reason, **tried: Any) -> Reply:
    """Put the chat into the queue and tell where it stands; outside the hours nobody is made to wait."""
    handoffs = Handoffs(turn.session, turn.now)
    known = {**_tried(tracker), **tried}
    handoff, case, new = await handoffs.ask(turn.conversation, topic, reason, known)
    if not new and handoff.state in (HandoffState.CALL_BACK, HandoffState.MESSAGE):
        await handoffs.wait_again(handoff)
    return await told_where(turn, handoff, case.number)


async def told_where(turn: Turn, handoff: Handoff, number: str) -> Reply:
    """The place in the queue, or when the desk opens."""
    hours = await Handoffs(turn.session, turn.now).hours()
    if not hours.is_open(turn.now):
        why = hours.why_closed(turn.now, turn.language)
        return phrasing.closed(number, hours.next_opening(turn.now), why, turn.language)
    place = await place_of(turn.session, handoff)
    return phrasing.queued(number, place, await waiting_time(turn.session, place, turn.now), turn.language)


async def _asked_for(turn: Turn, tracker: Tracker) -> Handoff:
    """The hand-off under way; asked for now where there is none."""
    known = _tried(tracker)
    handoff, _, _ = await Handoffs(turn.session, turn.now).ask(turn.conversation, Topic.GENERAL, Reason.ASKED, known)
    return handoff


def _tried(tracker: Tracker) -> dict[str, Any]:
    form = (tracker.active_loop or {}).get("name")
    intent = (tracker.latest_message.get("intent") or {}).get("name")
    return {"form": form, "intent": intent, "misunderstood": int(tracker.get_slot("misunderstood") or 0)}


def _reply(name: str, turn: Turn, *buttons: str, **values: object) -> Reply:
    return Reply(say(f"handoff.{name}", turn.language, **values), phrasing.buttons(turn.language, *buttons))

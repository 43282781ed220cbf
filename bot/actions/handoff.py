"""Hand-off to people, as participants ask for it, wait for it, end it and judge it."""

from typing import Any

from rasa_sdk import Tracker

from bot.actions.base import Events, JmoAction, entity
from bot.actions.topics import topic
from bot.cases.models import Case
from bot.conversation.messages import Button, Kind, Reply
from bot.conversation.tracker_store import recent_intents
from bot.conversation.turn_context import Turn
from bot.handoff import phrasing
from bot.handoff.models import Handoff, HandoffState, Reason, Topic
from bot.handoff.queue import place_of, waiting_time
from bot.handoff.service import Handoffs
from bot.handoff.words import is_angry, reports_fraud
from bot.texts import say

_TOPICS = {about.value: about for about in Topic}
_REASONS = {Topic.FRAUD: Reason.FRAUD, Topic.COMPLAINT: Reason.ANGER}
_TOPIC_OF_TROUBLE = {
    "face": Topic.BIOMETRIC,
    "data": Topic.DATA,
    "card": Topic.CARD,
    "merge": Topic.CARD,
    "claim": Topic.CLAIM,
}
"""By tree; the others are about the app."""


class Human(JmoAction):
    """Puts the chat into the queue, or says when officers are there."""

    action_name = "action_human"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if not turn.conversation.private:
            turn.replies.append(Reply(say("general.private_only", turn.language)))
            return []
        about = _TOPICS.get(entity(tracker, "topic") or "") or topic_of(tracker)
        reason = Reason.PAUSED if turn.paused else _REASONS.get(about, Reason.ASKED)
        turn.replies.append(await ask_for_person(turn, tracker, about, reason))
        return []


class Complaint(JmoAction):
    """Asks what happened; who is angry gets a person at once, and the choice to stay."""

    action_name = "action_complaint"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        angry = turn.message.kind is Kind.TEXT and is_angry(turn.message.text)
        if angry and may_leave_to_people(turn, tracker):
            turn.replies.append(Reply(say("handoff.sorry", turn.language)))
            turn.replies.append(await ask_for_person(turn, tracker, Topic.COMPLAINT, Reason.ANGER))
        else:
            turn.replies.append(topic("complaint", turn))
        return []


class Fraud(JmoAction):
    """Says first what protects; a report then goes to people before all others, a question may."""

    action_name = "action_fraud"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        advice = topic("fraud", turn)
        if reports_fraud(turn.message.text) and may_leave_to_people(turn, tracker):
            turn.replies.append(Reply(advice.text))
            turn.replies.append(await ask_for_person(turn, tracker, Topic.FRAUD, Reason.FRAUD))
        else:
            report = Button(say("handoff.button_report", turn.language), '/human{"topic":"fraud"}')
            turn.replies.append(Reply(advice.text, (report, *advice.buttons)))
        return []


async def still_called(turn: Turn) -> Reply | None:
    """The question whether an officer who is to come back should not; None where nobody is."""
    handoffs = Handoffs(turn.session, turn.now)
    handoff = await handoffs.open_one(turn.conversation.id)
    return phrasing.still_called((await handoffs.case_of(handoff)).number, turn.language) if handoff else None


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
        handoff, handoffs = await _asked_for(turn, tracker), Handoffs(turn.session, turn.now)
        window = await handoffs.call_back(handoff, turn.conversation)
        turn.replies.append(phrasing.promised((await handoffs.case_of(handoff)).number, window, turn.language))
        return []


class LeaveMessage(JmoAction):
    """Asks for the message; what is written next is it."""

    action_name = "action_handoff_message"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        handoff, handoffs = await _asked_for(turn, tracker), Handoffs(turn.session, turn.now)
        await handoffs.begin_message(handoff, turn.conversation)
        turn.replies.append(phrasing.write_now((await handoffs.case_of(handoff)).number, turn.language))
        return []


class Reopen(JmoAction):
    action_name = "action_handoff_reopen"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        reopened = await Handoffs(turn.session, turn.now).reopen(turn.conversation)
        if reopened is None:
            turn.replies.append(phrasing.cannot_reopen(turn.language))
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


def may_leave_to_people(turn: Turn, tracker: Tracker) -> bool:
    """Whether the chat may be put into the queue unasked: nobody is torn out of a form, and a group is no chat."""
    return turn.conversation.private and not turn.outside and not (tracker.active_loop or {}).get("name")


async def ask_for_person(turn: Turn, tracker: Tracker, about: Topic, reason: Reason, case: Case | None = None) -> Reply:
    """Put the chat into the queue and tell where it stands; outside the hours nobody is made to wait."""
    handoffs = Handoffs(turn.session, turn.now)
    handoff, case, new = await handoffs.ask(turn.conversation, about, reason, _tried(turn, tracker), case)
    waits = not new and handoff.state in (HandoffState.CALL_BACK, HandoffState.MESSAGE)
    if waits and (await handoffs.hours()).is_open(turn.now):
        await handoffs.wait_again(handoff)
    return await told_where(turn, handoff, case.number, "goes_on" if reason is Reason.FLOW else "queued")


async def told_where(turn: Turn, handoff: Handoff, number: str, said: str = "queued") -> Reply:
    """The place in the queue; while the desk is closed, when somebody comes back."""
    handoffs = Handoffs(turn.session, turn.now)
    hours = await handoffs.hours()
    if not hours.is_open(turn.now):
        window = await handoffs.call_back(handoff, turn.conversation)
        return phrasing.closed(number, window, hours.why_closed(turn.now, turn.language), turn.language)
    place = await place_of(turn.session, handoff)
    wait = await waiting_time(turn.session, place, turn.now)
    return phrasing.queued(number, place, wait, turn.language, said)


def topic_of(tracker: Tracker) -> Topic:
    """What a person is asked for about, as far as the form under way tells."""
    form = (tracker.active_loop or {}).get("name")
    if form == "trouble_form":
        return _TOPIC_OF_TROUBLE.get(tracker.get_slot("trouble") or "", Topic.APP)
    return Topic.CLAIM if form in ("claim_form", "claim_check_form") else Topic.GENERAL


async def _asked_for(turn: Turn, tracker: Tracker) -> Handoff:
    """The hand-off under way; asked for now where there is none."""
    handoffs, known = Handoffs(turn.session, turn.now), _tried(turn, tracker)
    handoff, _, _ = await handoffs.ask(turn.conversation, topic_of(tracker), Reason.ASKED, known)
    return handoff


def _tried(turn: Turn, tracker: Tracker) -> dict[str, Any]:
    """What the officer is told of the dialogue before: intents and a form, never words."""
    form = (tracker.active_loop or {}).get("name")
    misunderstood = int(tracker.get_slot("misunderstood") or 0)
    return {"form": form, "intents": recent_intents(turn.conversation.tracker), "misunderstood": misunderstood}


def _reply(name: str, turn: Turn, *buttons: str, **values: object) -> Reply:
    return Reply(say(f"handoff.{name}", turn.language, **values), phrasing.buttons(turn.language, *buttons))

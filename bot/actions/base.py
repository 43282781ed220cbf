"""What every action has in common: its turn, its level, its way out when the core system doesn't answer."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot import clock
from bot.conversation.messages import Button, IncomingMessage, Kind, Reply
from bot.conversation.models import Conversation
from bot.conversation.replies import with_few_buttons
from bot.conversation.turn_context import SAID, Turn, current_turn
from bot.errors import BadInput, CoreSystemUnavailable
from bot.identity import phrasing
from bot.identity.levels import Level, level_of
from bot.identity.outcomes import CodeSent, NextStep
from bot.identity.verification import Verification
from bot.texts import say, short_texts

Events = list[dict[str, Any]]

VERIFY_ACTION = "action_verify"
"""Asked in the middle of a verification, it doesn't replace the request that goes on afterwards."""

log = structlog.get_logger(__name__)


class OutsideAssistant(BadInput):
    """An action that needs the assistant's database runs on an action server of Rasa."""


class JmoAction(Action, ABC):
    """An action that works on the turn under way and collects replies."""

    @property
    @abstractmethod
    def action_name(self) -> str:
        """Its name in the domain; a class without one is no action yet."""

    def name(self) -> str:
        return self.action_name

    @abstractmethod
    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        """Do it: append to `turn.replies`, give the events."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> Events:
        turn = _turn_of(tracker)
        light = bool(turn.conversation.light)
        with short_texts(light):
            events = await self._answered(turn, tracker)
        for reply in turn.replies:
            _utter(dispatcher, with_few_buttons(reply) if light else reply, turn)
        turn.replies.clear()
        return [*events, FollowupAction("action_listen")] if self._ends_turn(tracker, events) else events

    async def _answered(self, turn: Turn, tracker: Tracker) -> Events:
        try:
            return await (await self._fitting(turn, tracker)).act(turn, tracker)
        except CoreSystemUnavailable:
            log.warning("the core system doesn't answer", action=self.action_name)
            turn.replies.append(_core_unavailable(turn.language, tracker))
        except OutsideAssistant:
            turn.replies.append(Reply(say("general.outside_assistant", turn.language)))
        return []

    @property
    def _is_of_a_form(self) -> bool:
        return self.action_name.startswith(("action_ask_", "validate_"))

    async def _fitting(self, turn: Turn, tracker: Tracker) -> "JmoAction":
        """This action; but the photo that a claim waits for is taken, whatever is written under it."""
        from bot.actions.claim_photo import NewClaimPhoto, is_photo_with_remark

        read_by_words = not turn.said and not self._is_of_a_form
        return NewClaimPhoto() if read_by_words and await is_photo_with_remark(turn, tracker) else self

    def _ends_turn(self, tracker: Tracker, events: Events) -> bool:
        """Whether nothing follows: then no policy has to be asked. A form asks and takes answers in its own run."""
        of_a_form = self._is_of_a_form or tracker.active_loop
        return not of_a_form and not any(event["event"] == "followup" for event in events)


class MemberAction(JmoAction):
    """An action about one participant's own data: verifies first, and goes on by itself after that."""

    level: ClassVar[Level] = Level.VERIFIED

    def level_for(self, tracker: Tracker) -> Level:
        """The level that this request needs."""
        return self.level

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if not turn.conversation.private:
            turn.replies.append(Reply(say("general.private_only", turn.language)))
            return []
        wanted = self.level_for(tracker)
        if level_of(turn.conversation, turn.now) < wanted:
            return await self._verify_first(turn, tracker, wanted)
        await self.answer(turn, tracker, turn.conversation.participant_id or "")
        return _forget_request(tracker)

    @abstractmethod
    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        """Answer the verified participant."""

    async def _verify_first(self, turn: Turn, tracker: Tracker, wanted: Level) -> Events:
        outcome = await verification(turn).begin(turn.conversation, wanted)
        if not isinstance(outcome, NextStep | CodeSent):
            turn.replies.append(phrasing.phrase(outcome, turn.language, turn.conversation.channel))
            return []
        turn.replies.append(Reply(phrasing.why(wanted, turn.language)))
        if isinstance(outcome, CodeSent):
            turn.replies.append(phrasing.phrase(outcome, turn.language))
            turn.asked = True
        if self.action_name == VERIFY_ACTION and tracker.get_slot("pending"):
            return [FollowupAction("verification_form")]
        pending = {"action": self.action_name, "entities": _entities(tracker), "form": _interrupted_form(tracker)}
        return [SlotSet("pending", pending), SlotSet("verified", None), FollowupAction("verification_form")]


def entity(tracker: Tracker, name: str) -> str | None:
    """The value of an entity of this request, also when it goes on after a verification."""
    return _entities(tracker).get(name)


def verification(turn: Turn) -> Verification:
    """The verification service of this turn."""
    return Verification(turn.session, turn.services.core(turn.session), turn.services.otp, turn.now)


def button(name: str, payload: str, language: str, **values: object) -> Button:
    """A button whose title is a general text."""
    return Button(say(f"general.button_{name}", language, **values), payload)


def _entities(tracker: Tracker) -> dict[str, str]:
    latest = {found["entity"]: found["value"] for found in tracker.latest_message.get("entities") or ()}
    return {**(tracker.get_slot("resumed_entities") or {}), **latest}


def _interrupted_form(tracker: Tracker) -> str | None:
    name: str | None = (tracker.active_loop or {}).get("name")
    return name if name != "verification_form" else (tracker.get_slot("pending") or {}).get("form")


def _forget_request(tracker: Tracker) -> Events:
    """Clear what was kept for going on after a verification, and take up the form that it interrupted."""
    pending = tracker.get_slot("pending")
    if not pending:
        return []
    events = [SlotSet("pending", None), SlotSet("resumed_entities", None)]
    return [*events, FollowupAction(pending["form"] or "action_listen")]


def _turn_of(tracker: Tracker) -> Turn:
    try:
        return current_turn()
    except LookupError:
        return _turn_outside(tracker)


def _turn_outside(tracker: Tracker) -> Turn:
    """Stand in for the turn on an action server of Rasa: texts and calculations work, personal data doesn't."""
    message = IncomingMessage("rasa", tracker.sender_id, "", Kind.TEXT, tracker.latest_message.get("text") or "")
    conversation = Conversation(
        channel="rasa",
        chat_id=tracker.sender_id,
        private=True,
        language="id",
        floor="bot",
        participant_id=None,
        phone_index=None,
        verified_at=None,
        confirmed_at=None,
    )
    return Turn(_NothingHere(), conversation, message, clock.now(), _NothingHere(), outside=True)  # type: ignore[arg-type]


class _NothingHere:
    def __getattr__(self, name: str) -> Any:
        raise OutsideAssistant("this needs the assistant's own server: start it with 'make run'")


def _core_unavailable(language: str, tracker: Tracker) -> Reply:
    texts = (say("general.core_unavailable", language), say("general.core_unavailable_next", language))
    intent = (tracker.latest_message.get("intent") or {}).get("name") or "menu"
    pending = tracker.get_slot("pending")
    retry = intent if not pending else pending["action"].removeprefix("action_")
    return Reply("\n".join(texts), (button("retry", f"/{retry}", language), button("human", "/human", language)))


def _utter(dispatcher: CollectingDispatcher, reply: Reply, turn: Turn) -> None:
    """Say it: in a turn by its place among what was said, so that Rasa neither copies nor keeps what is personal;
    on an action server of Rasa in Rasa's own form."""
    if turn.outside:
        buttons = [{"title": choice.title, "payload": choice.payload} for choice in reply.buttons]
        dispatcher.utter_message(text=reply.text, buttons=buttons)
    else:
        turn.said.append(reply)
        dispatcher.utter_message(json_message={SAID: len(turn.said) - 1})

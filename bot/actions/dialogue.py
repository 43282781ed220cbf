"""What keeps a dialogue going: cancel, misunderstandings, language."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from bot.actions.base import Events, JmoAction, button, entity, verification
from bot.actions.faq import BUTTON_OF_INTENT, answer_to, titles_for
from bot.actions.filing_replies import draft_kept
from bot.actions.handoff import ask_for_person, may_leave_to_people, still_called
from bot.actions.topics import PAYLOADS, next_steps, only_corrections, wish_in
from bot.conversation.messages import Button, Reply
from bot.conversation.tracker_store import recent_intents
from bot.conversation.turn_context import Turn
from bot.handoff.models import Reason, Topic
from bot.handoff.words import is_angry
from bot.learning.models import Why
from bot.texts import LANGUAGES, say
from bot.troubleshooting.messages import error_message_in
from bot.troubleshooting.words import says
from nlu.components.decision import MAY_BE_MEANT

OFFERED = 3
"""How many guesses a participant is shown, entries of the knowledge among them."""
GUESSES = 2
"""How many needs that may be meant come before entries of the knowledge."""
PATIENCE = 3

_TURNS_OFF = (
    "matikan",
    "nonaktifkan",
    "off",
    "hentikan",
    "mode biasa",
    "mode normal",
    "pakai gambar lagi",
    "tampilkan gambar",
    "with pictures",
)


class Cancel(JmoAction):
    """Leaves the form under way; what was typed for a simulation stays for the next one."""

    action_name = "action_cancel"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        form = (tracker.active_loop or {}).get("name")
        if form == "verification_form":
            await verification(turn).cancel(turn.conversation)
        if form == "claim_form":
            turn.replies.append(draft_kept(turn.language))
        elif form is None and (called := await still_called(turn)):
            turn.replies.append(called)
        else:
            name = "cancelled" if form else "nothing_to_cancel"
            turn.replies.append(Reply(say(f"general.{name}", turn.language), next_steps("cancel", turn.language)))
        gone = ("requested_slot", "verified", "pending", "resumed_entities")
        return [ActiveLoop(None), *(SlotSet(slot, None) for slot in gone)]


class Fallback(JmoAction):
    """Offers what may be meant; the third time in a row, a person. An error message of JMO is no misunderstanding."""

    action_name = "action_fallback"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if error_message_in(turn.message.text):
            return [FollowupAction("action_start_trouble")]
        if turn.said:  # the message was answered, and only what follows is open: nothing does
            return [FollowupAction("action_listen")]
        if is_angry(turn.message.text) and may_leave_to_people(turn, tracker):
            return [FollowupAction("action_complaint")]
        if put_right := only_corrections(turn):
            turn.replies += put_right
            return []
        if wish := await wish_in("nlu_fallback", turn, tracker):
            return [FollowupAction(wish)]
        if found := answer_to(turn):
            turn.replies.append(found)
            return [SlotSet("misunderstood", None)]
        turn.misunderstood = Why.NOT_UNDERSTOOD
        in_a_row = recent_intents(turn.conversation.tracker)[-1:] == ["nlu_fallback"]
        times = int(tracker.get_slot("misunderstood") or 0) + 1 if in_a_row else 1
        if times >= PATIENCE:
            await self._leave_to_people(turn, tracker)
        else:
            in_form = bool((tracker.active_loop or {}).get("name"))
            turn.replies.append(self._reply(in_form, tracker, turn))
        return [SlotSet("misunderstood", times % PATIENCE)]

    async def _leave_to_people(self, turn: Turn, tracker: Tracker) -> None:
        """Into the queue; in a form, which asks again, a person is offered beside its question."""
        if not may_leave_to_people(turn, tracker):
            turn.offers_person = ""
            turn.replies.append(Reply(say("general.fallback_third_in_form", turn.language)))
            return
        turn.misunderstood = Why.HANDED_OFF
        turn.replies.append(Reply(say("general.fallback_third", turn.language)))
        turn.replies.append(await ask_for_person(turn, tracker, Topic.GENERAL, Reason.MISUNDERSTOOD))

    def _reply(self, in_form: bool, tracker: Tracker, turn: Turn) -> Reply:
        language = turn.language
        sorry = say("general.fallback", language)
        if in_form:
            return Reply(sorry)
        titles = titles_for(turn)
        guesses = _guesses(tracker.latest_message, language)
        offered = (*guesses[:GUESSES], *titles, *guesses[GUESSES:])[:OFFERED]
        if offered:
            turn.misunderstood = Why.ASKED_BACK
            menu = button("menu", "/menu", language)
            return Reply(f"{sorry} {say('general.fallback_choose', language)}", (*offered, menu))
        return Reply(f"{sorry} {say('general.fallback_menu', language)}", next_steps("menu", language))


def _guesses(message: dict[str, Any], language: str) -> tuple[Button, ...]:
    named = [name for name in message.get(MAY_BE_MEANT) or () if name in BUTTON_OF_INTENT]
    return tuple(button(BUTTON_OF_INTENT[name], f"/{name}", language) for name in named)


class FollowUp(JmoAction):
    """Asks what a question is about that names nothing, after nothing was shown; or owns up to a wrong answer."""

    action_name = "action_follow_up"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if wish := await wish_in("follow_up", turn, tracker):
            return [FollowupAction(wish)]
        not_that = entity(tracker, "topic") == "not_that"
        name = "not_that" if not_that else "which_topic"
        turn.replies.append(Reply(say(f"context.{name}", turn.language), next_steps(name, turn.language)))
        return []


class ChangeLanguage(JmoAction):
    action_name = "action_change_language"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        wanted = entity(tracker, "language")
        if wanted not in LANGUAGES:
            buttons = tuple(
                button(f"language_{language}", f'/change_language{{"language":"{language}"}}', turn.language)
                for language in LANGUAGES
            )
            turn.replies.append(Reply(say("general.language_question", turn.language), buttons))
            return []
        turn.conversation.language = wanted
        turn.replies.append(Reply(say("general.language_changed", wanted), next_steps("menu", wanted)))
        return []


class LightMode(JmoAction):
    """Turns short texts without pictures on or off; the chat remembers it."""

    action_name = "action_light_mode"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        wanted = entity(tracker, "mode") or ("off" if says(turn.message.text, _TURNS_OFF) else "on")
        turn.conversation.light = wanted == "on"
        other = "light_off" if turn.conversation.light else "light_on"
        buttons = (button(other, PAYLOADS[other], turn.language), button("menu", "/menu", turn.language))
        turn.replies.append(Reply(say(f"general.light_{wanted}", turn.language), buttons))
        return []


class TakeValue(JmoAction):
    """A bare number outside of a form: a change of the simulation shown last, or a question back.

    A tap on an answer of a troubleshooting tree that was left goes on in that tree.
    """

    action_name = "action_take_value"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        from bot.actions.simulation import changes_of_last_simulation
        from bot.actions.troubleshooting import taken_up_by_tap

        if taken_up := taken_up_by_tap(tracker):
            return taken_up
        if error_message_in(turn.message.text):
            return [FollowupAction("action_start_trouble")]
        changes = changes_of_last_simulation(turn, tracker)
        if changes:
            return [*changes, FollowupAction(tracker.get_slot("simulation"))]
        if wish := await wish_in("inform", turn, tracker):
            return [FollowupAction(wish)]
        if put_right := only_corrections(turn):
            turn.replies += put_right
            return []
        from bot.actions.topics import topic

        if (tracker.active_loop or {}).get("name"):
            turn.replies.append(Reply(say("troubleshooting.not_understood", turn.language)))
            return []
        turn.replies.append(topic("inform", turn))
        return []

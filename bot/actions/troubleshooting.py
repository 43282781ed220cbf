"""Troubleshooting as a form: one slot, and a tree that knows what is to be asked next."""

from typing import Any

import structlog
from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from bot.actions.base import Events, JmoAction, MemberAction, button, entity
from bot.actions.claim_check_questions import DOES_NOT_KNOW
from bot.actions.handoff import ask_for_person
from bot.actions.topics import corrections, topic
from bot.actions.trouble_replies import case_offer, case_opened, end_replies, intro, question_reply, values
from bot.actions.wishes import goes_on, later
from bot.benefits import jht_rules
from bot.cases.incidents import Incidents, banner
from bot.cases.models import Case
from bot.cases.service import Cases
from bot.cases.stages import CaseKind
from bot.clock import WIB
from bot.conversation.messages import Kind, Reply
from bot.conversation.turn_context import Turn
from bot.errors import CoreSystemUnavailable
from bot.handoff.models import Reason, Topic
from bot.identity.levels import Level, level_of
from bot.parsing.claim_reasons import asks_to_claim_for
from bot.register.core_system import CardStatus
from bot.texts import say
from bot.troubleshooting.answers import answer_in, opening_answers
from bot.troubleshooting.catalogue import BEGINS, TREES
from bot.troubleshooting.messages import error_message_in
from bot.troubleshooting.record import MOST_TRIES, Record
from bot.troubleshooting.trees import Answers, CaseNeed, End, Node, Outcome, Place, Question, Switch, Tree, reached

FORM = "trouble_form"
ANSWERING = frozenset({"affirm", "deny", "inform", "nlu_fallback", "out_of_scope", "open_case"})
"""Intents of a message that may be an answer in words of its own; another intent is another wish."""
PATIENCE = 2
"""After so many answers that were not understood an officer is offered."""

_TALKED_OVER = {CaseKind.BIOMETRIC_RESET: Topic.BIOMETRIC, CaseKind.DATA_CORRECTION: Topic.DATA}

log = structlog.get_logger(__name__)


class StartTrouble(JmoAction):
    """Begins the tree of an intent, or of the error message in the text; goes on where it is under way already."""

    action_name = "action_start_trouble"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        text = "" if turn.message.kind is Kind.BUTTON else turn.message.text
        if _intent(tracker) == "no_smartphone" and asks_to_claim_for(text):
            return [FollowupAction("action_start_claim_check")]
        for incident in await Incidents(turn.session, turn.now).under_way(_intent(tracker)):
            turn.replies.append(banner(incident, turn.language))
        if _intent(tracker) == "claim_failed":
            turn.replies += corrections(turn)
        message = error_message_in(text)
        name = message.tree if message else _begun_by(_intent(tracker), text)
        if (tracker.active_loop or {}).get("name") == FORM and name == tracker.get_slot("trouble") and not message:
            return [FollowupAction(FORM)]
        tree, answers = TREES[name], dict(message.answers) if message else {}
        record = await record_of(turn)
        answers = opening_answers(tree, record, answers, text)
        return await self._begin(turn, tracker, tree, record, answers)

    async def _begin(
        self, turn: Turn, tracker: Tracker, tree: Tree, record: Record | None, answers: dict[str, str]
    ) -> Events:
        tree, answers, place = _follow_switches(tree, record, answers)
        begun = [SlotSet("trouble", tree.name), SlotSet("trouble_answers", answers), SlotSet("trouble_unclear", None)]
        if isinstance(place.node, End) and _form(tracker) != FORM:  # the form finishes by itself
            return [*begun, FollowupAction("action_finish_trouble")]
        if isinstance(place.node, Question) and not place.path:
            turn.replies.append(intro(tree, _values(turn, record), turn.language))
        return [*begun, SlotSet("requested_slot", None), FollowupAction(FORM)]


class TakeTroubleAnswer(JmoAction):
    """Takes a button, "ya", or the words of an option; anything else is left to the other rules."""

    action_name = "validate_trouble_form"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        name = tracker.get_slot("trouble")
        if tracker.get_slot("requested_slot") != "trouble_done" or name not in TREES:
            return []
        answers = dict(tracker.get_slot("trouble_answers") or {})
        record = await record_of(turn)
        tree, answers, place = _follow_switches(TREES[name], record, answers)
        intent = _intent(tracker)
        if later(turn.message.text):
            return []
        if goes_on(turn.message.text):
            return [SlotSet("trouble_answers", answers)]
        if intent == "change_input" and place.path:
            turn.replies.append(Reply(say("troubleshooting.back", turn.language)))
            return _taken({node: key for node, key in answers.items() if node != place.path[-1]})
        if choice := entity(tracker, "choice"):
            return _taken(_chosen(tree, answers, choice))
        if turn.message.kind is not Kind.TEXT or not isinstance(place.node, Question):
            return []
        found = answer_in(place.node, turn.message.text, intent, free=intent in ANSWERING or intent in BEGINS)
        if found:
            return _taken({**answers, place.name: found})
        if DOES_NOT_KNOW.fullmatch(turn.message.text.lower().strip()):
            turn.replies.append(Reply(say("troubleshooting.not_known", turn.language)))
            return [SlotSet("trouble_answers", answers), SlotSet("trouble_unclear", PATIENCE)]
        if message := error_message_in(turn.message.text):
            return [SlotSet("trouble", message.tree), *_taken(dict(message.answers))]
        return self._unclear(turn, tracker, answers) if intent in ANSWERING else []

    def _unclear(self, turn: Turn, tracker: Tracker, answers: dict[str, str]) -> Events:
        times = int(tracker.get_slot("trouble_unclear") or 0) + 1
        name = "not_understood_officer" if times >= PATIENCE else "not_understood"
        turn.replies.append(Reply(say(f"troubleshooting.{name}", turn.language)))
        return [SlotSet("trouble_answers", answers), SlotSet("trouble_unclear", times)]


class AskTrouble(JmoAction):
    """Asks the next question; at the end of the tree the form is done."""

    action_name = "action_ask_trouble_done"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        tree, answers, place, record = await place_of(turn, tracker)
        moved = [SlotSet("trouble", tree.name), SlotSet("trouble_answers", answers)]
        if not isinstance(place.node, Question):
            return [*moved, SlotSet("requested_slot", None)]
        if tree.name != tracker.get_slot("trouble") and not place.path:
            turn.replies.append(intro(tree, _values(turn, record), turn.language))
        reply = question_reply(tree, place, _values(turn, record), turn.language)
        if int(tracker.get_slot("trouble_unclear") or 0) >= PATIENCE:
            reply = Reply(reply.text, (*reply.buttons, button("human", "/human", turn.language)))
        turn.replies.append(reply)
        return moved


class FinishTrouble(JmoAction):
    """Says the way out."""

    action_name = "action_finish_trouble"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        tree, answers, place, record = await place_of(turn, tracker)
        interrupted = _form(tracker)
        if isinstance(place.node, End):
            case = None
            if record and place.node.outcome is Outcome.CASE:
                case = await open_case(turn, tree, place, answers, record)
            number = case.number if case else None
            turn.replies += end_replies(turn, place, record, _values(turn, record, answers), number)
            if case and not interrupted:
                turn.replies += await _to_people(turn, tracker, case, place.node)
        finished = [SlotSet("trouble", tree.name), SlotSet("trouble_answers", answers)]
        return [*finished, FollowupAction(interrupted)] if interrupted else finished


class OpenCase(MemberAction):
    """Brings to an officer what the tree could not solve.

    Whoever isn't verified is first told the way without verification. What the record shows after the
    verification may be a cause that the questions didn't find: then that is said, before any case.
    """

    action_name = "action_open_case"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if tracker.get_slot("trouble") not in TREES:
            turn.replies.append(topic("complaint", turn))
            return []
        verified = level_of(turn.conversation, turn.now) >= Level.VERIFIED
        if verified or entity(tracker, "sure") == "yes" or not turn.conversation.private:
            return await super().act(turn, tracker)
        turn.replies.append(case_offer(turn.language))
        return []

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        tree, answers, place, record = await place_of(turn, tracker)
        just_verified = bool(tracker.get_slot("pending"))
        unseen = reached(tree, None, answers)
        if just_verified and isinstance(place.node, End) and place.name != unseen.name:
            case = await open_case(turn, tree, place, answers, record) if place.node.outcome is Outcome.CASE else None
            number = case.number if case else None
            turn.replies += end_replies(turn, place, record, _values(turn, record, answers), number)
            turn.replies += await _to_people(turn, tracker, case, place.node) if case else []
            return
        ended = place if isinstance(place.node, End) else unseen
        case = await open_case(turn, tree, ended, answers, record)
        turn.replies.append(case_opened(case.number, turn.language))
        turn.replies += await _to_people(turn, tracker, case, ended.node)


async def _to_people(turn: Turn, tracker: Tracker, case: Case, node: Node) -> list[Reply]:
    """Into the queue under that case, where an officer has to talk to the participant; others are worked on alone."""
    about = _TALKED_OVER.get(CaseKind(case.kind))
    if about is None or (isinstance(node, End) and node.forward):  # the employer is to act first
        return []
    return [await ask_for_person(turn, tracker, about, Reason.FLOW, case)]


async def open_case(turn: Turn, tree: Tree, place: Place, answers: Answers, record: Record | None) -> Case:
    """Open the case of an end, or find the open one again."""
    need = place.node.case if isinstance(place.node, End) and place.node.case else CaseNeed.APP_PROBLEM
    details: dict[str, Any] = {
        "trouble": tree.name,
        "ended_at": place.name,
        "answers": {name: answers[name] for name in place.path},
        "at": turn.now.isoformat(timespec="seconds"),
        "channel": turn.conversation.channel,
    }
    if record and need is CaseNeed.DATA_CORRECTION:
        details["fields"] = [str(found) for found in record.differing] or [answers.get("data_field", "unknown")]
    if record and need is CaseNeed.BIOMETRIC_RESET:
        details |= {"failures": max(record.face_failures, MOST_TRIES), "phone": record.phone}
    case, _ = await Cases(turn.session, turn.now).open(CaseKind[need], turn.conversation, **details)
    return case


async def place_of(turn: Turn, tracker: Tracker) -> tuple[Tree, dict[str, str], Place, Record | None]:
    """Where this chat stands: the tree, its answers, the place, and the record that was looked at."""
    record = await record_of(turn)
    answers = dict(tracker.get_slot("trouble_answers") or {})
    tree, answers, place = _follow_switches(TREES[tracker.get_slot("trouble") or "problems"], record, answers)
    return tree, answers, place, record


async def is_left_open(turn: Turn, tracker: Tracker) -> bool:
    """Whether a tree was left at one of its questions."""
    if tracker.get_slot("trouble") not in TREES:
        return False
    _, _, place, _ = await place_of(turn, tracker)
    return isinstance(place.node, Question)


async def record_of(turn: Turn) -> Record | None:
    """What the register shows; None for who isn't verified, or while the register doesn't answer."""
    if turn.outside or level_of(turn.conversation, turn.now) < Level.VERIFIED:
        return None
    core, own = turn.services.core(turn.session), turn.conversation.participant_id or ""
    today = turn.now.astimezone(WIB).date()
    try:
        participant = await core.participant(own)
        cards = tuple(await core.cards(own))
        app = await core.app_state(own)
        balance = sum(balance.amount for balance in await core.balances(own, today))
    except CoreSystemUnavailable:
        log.warning("troubleshooting without the record: the core system doesn't answer")
        return None
    if participant is None:
        return None
    active = participant.status is CardStatus.ACTIVE
    limit = jht_rules.JMO_BALANCE_LIMIT.on(today).value
    return Record(participant.name, active, participant.phone, cards, app, balance, limit, today)


def _follow_switches(tree: Tree, record: Record | None, answers: dict[str, str]) -> tuple[Tree, dict[str, str], Place]:
    place = reached(tree, record, answers)
    while isinstance(place.node, Switch):
        tree, answers = TREES[place.node.tree], dict(place.node.answers)
        place = reached(tree, record, answers)
    return tree, answers, place


def _chosen(tree: Tree, answers: dict[str, str], choice: str) -> dict[str, str]:
    """The answers after a tap, also on a button of an earlier question; a button of another tree changes nothing."""
    name, _, rest = choice.partition(".")
    node, _, key = rest.partition(".")
    question = tree.nodes.get(node)
    fits = name == tree.name and isinstance(question, Question) and question.option(key)
    return {**answers, node: key} if fits else answers


def taken_up_by_tap(tracker: Tracker) -> Events:
    """What a tap on an answer does when its tree was left or finished: it goes on from there."""
    choice = entity(tracker, "choice") or ""
    name = choice.partition(".")[0]
    if name not in TREES:
        return []
    answers = dict(tracker.get_slot("trouble_answers") or {}) if name == tracker.get_slot("trouble") else {}
    chosen = _taken(_chosen(TREES[name], answers, choice))
    return [SlotSet("trouble", name), *chosen, SlotSet("requested_slot", None), FollowupAction(FORM)]


def _taken(answers: dict[str, str]) -> Events:
    return [SlotSet("trouble_answers", answers), SlotSet("trouble_unclear", None), SlotSet("misunderstood", None)]


def _begun_by(intent: str, text: str) -> str:
    """The tree of an intent; the menu's button for all of them asks which."""
    return "problems" if intent == "app_error" and not text else BEGINS.get(intent, "problems")


def _values(turn: Turn, record: Record | None, answers: dict[str, str] | None = None) -> dict[str, Any]:
    return values(turn.now, record, answers or {}, turn.language)


def _form(tracker: Tracker) -> str | None:
    name: str | None = (tracker.active_loop or {}).get("name")
    return name


def _intent(tracker: Tracker) -> str:
    return (tracker.latest_message.get("intent") or {}).get("name") or ""

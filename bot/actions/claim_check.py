"""May I claim, how much, by which way: from a few answers, and for who is verified from the register."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from bot.actions.base import Events, JmoAction, entity
from bot.actions.claim_check_questions import (
    CHOICES,
    FIRST_PAGE,
    PAGES,
    REASONS,
    SAYS_RESIGNED,
    YEARS_ALONE,
    does_not_know,
    question,
    read_answer,
    reason_answered,
    reason_named,
    reason_question,
)
from bot.actions.claim_check_replies import judgement
from bot.actions.simulation import asks_something
from bot.actions.topics import corrections, topic
from bot.actions.wishes import goes_on, later, wants_to_claim
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.claim_questions import UNKNOWN, ClaimQuestion, completed, facts_told, next_question
from bot.benefits.claims import assess
from bot.benefits.service_hours import day_of
from bot.cases.claim_record import ClaimRecord, claim_record
from bot.conversation.messages import Kind, Reply
from bot.conversation.turn_context import Turn
from bot.formatting import long_date
from bot.identity.levels import Level, level_of
from bot.parsing.claim_openings import told_besides
from bot.parsing.claim_reasons import claim_reason_in
from bot.texts import say

FORM = "claim_check_form"
_FIELDS = {"starting_balance": ClaimQuestion.BALANCE, "age": ClaimQuestion.AGE, "birth_date": ClaimQuestion.AGE}
_FIELDS |= {"years": ClaimQuestion.YEARS}
"""What the understanding calls the answers."""
_REASON_ITSELF = re.compile(r"\b(?:sebab|alasan|reason)", re.IGNORECASE)
_GOES_ON = frozenset({"claim_conditions", "claim_how", "inform", "change_input", "affirm", "deny", "nlu_fallback"})
_GOES_ON |= {"out_of_scope", "verify", "help"}
"""After these the reason is still asked for; who asks something else didn't want to be checked."""


_NO_REASON = frozenset({"inform", "affirm", "deny"})
"""Intents of an answer that gives no reason: what tells the reasons apart is explained."""


class StartClaimCheck(JmoAction):
    """Corrects what is outdated, then judges from the register, asks what the reason needs, or asks the reason."""

    action_name = "action_start_claim_check"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        put_right = corrections(turn)
        turn.replies += put_right
        name, in_check = reason_named(turn, tracker), _in_check(tracker)
        if name is None and not in_check and wants_to_claim(turn.message.text):
            name = claim_reason_in(turn.message.text)
        if put_right and name == "age56":  # "harus tunggu usia 56?" is no reason
            name = None
        if name == "partial" and await _is_old_enough(turn, tracker):
            turn.replies.append(Reply(say("claim_check.age_while_working", turn.language)))
            return []
        if name is None and in_check:
            return [] if put_right else _general(turn)
        if name in (None, FIRST_PAGE) and (record := await _record(turn)) and record.known_reason:
            return await _begin(turn, record.known_reason)
        if name is None and not put_right and not wants_to_claim(turn.message.text):
            _general(turn)
        goes_on = in_check or (name == "partial10" and _reason(tracker) is ClaimReason.PARTIAL_30)
        return await _begin(turn, name or FIRST_PAGE, _answers(tracker) if goes_on else {})


class TakeClaimCheckAnswer(JmoAction):
    """Takes a reason, a value, "tidak tahu", or the wish to answer again; anything else is left to the other rules."""

    action_name = "validate_claim_check_form"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if tracker.get_slot("requested_slot") != "claim_checked":
            return []
        reason, answers = _reason(tracker), _answers(tracker)
        if later(turn.message.text):
            return []
        again = reason is None and wants_to_claim(turn.message.text) and not claim_reason_in(turn.message.text)
        if again or goes_on(turn.message.text):
            return [SlotSet("claim_facts", answers)]
        if put_right := corrections(turn):
            turn.replies += put_right
            return await _take_besides(turn, reason, answers)
        if _intent(tracker) == "change_input" and _REASON_ITSELF.search(turn.message.text):
            return _to_ask(FIRST_PAGE, {})
        if reason is None:
            return await _take_reason(turn, tracker)
        return await _take_answer(turn, tracker, reason, answers)


class AskClaimCheck(JmoAction):
    action_name = "action_ask_claim_checked"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        reason = _reason(tracker)
        if reason is None:
            if turn.said and _intent(tracker) not in _GOES_ON:
                return [SlotSet("requested_slot", None)]
            page = tracker.get_slot("claim_reason") or FIRST_PAGE
            turn.replies.append(reason_question(page, turn.language, short=bool(turn.said)))
            return []
        asked = await _next(turn, reason, _answers(tracker))
        if asked is None:  # the register shows meanwhile what was to be asked
            return [SlotSet("requested_slot", None)]
        turn.replies.append(question(asked, reason, turn.language))
        return []


class ShowClaimCheck(JmoAction):
    action_name = "action_show_claim_check"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if reason := _reason(tracker):
            await _show(turn, reason, _answers(tracker))
        return [SlotSet("simulation", FORM)]


def ask_again(turn: Turn, tracker: Tracker) -> Events:
    """Take up a check that was answered: one answer, or the reason, is to be given again."""
    answers = _answers(tracker)
    if _REASON_ITSELF.search(turn.message.text) or not answers:
        return _asking(FIRST_PAGE, {})
    answers.pop(to_change(entity(tracker, "field"), answers) or "", None)
    return _asking(tracker.get_slot("claim_reason"), answers)


def to_change(field: str | None, answers: dict[str, Any]) -> str | None:
    """The answer that is to be given again: the one named, else the last."""
    named = _FIELDS.get(field or "")
    return named if named in answers else next(reversed(answers), None)


async def _take_reason(turn: Turn, tracker: Tracker) -> Events:
    """A reason or a page of reasons; who doesn't know is told what tells the commonest apart."""
    name = reason_answered(tracker.get_slot("claim_reason") or FIRST_PAGE, turn, tracker)
    if name is None and _intent(tracker) not in _NO_REASON:
        return []
    if name is None and tracker.get_slot("claim_reason") not in (None, FIRST_PAGE):
        return [SlotSet("claim_facts", _answers(tracker))]  # no answer to the page, which is asked again
    if name in (None, UNKNOWN, "left"):
        turn.replies.append(Reply(say("claim_check.which_reason", turn.language)))
        return _to_ask(FIRST_PAGE, {})
    return await _taken(turn, name or FIRST_PAGE, _answers(tracker))


async def _take_answer(turn: Turn, tracker: Tracker, reason: ClaimReason, answers: dict[str, Any]) -> Events:
    asked = await _next(turn, reason, answers)
    if asked is None:
        return [SlotSet("claim_checked", True)]
    if _intent(tracker) == "change_input":
        if other := _other_reason(turn, reason):
            return await _taken(turn, other, answers)
        asked = ClaimQuestion(to_change(entity(tracker, "field"), answers) or asked)
        answers.pop(asked, None)
    if besides := await _told_instead(turn, reason, asked):
        return await _after(turn, reason, {**answers, **besides})
    answer, problem = (UNKNOWN, None) if does_not_know(asked, turn, tracker) else read_answer(asked, turn, tracker)
    if problem:
        turn.replies.append(Reply(problem))
    if answer is not None:
        _echo(turn, asked, answer)
        return await _after(turn, reason, {**answers, asked: answer})
    if other := _other_reason(turn, reason):
        return await _taken(turn, other, answers)
    # A problem, a change, or a button of a question that is answered: what is open is asked again.
    handled = problem or entity(tracker, "choice") or answers != _answers(tracker)
    return [SlotSet("claim_facts", answers)] if handled else []


async def _take_besides(turn: Turn, reason: ClaimReason | None, answers: dict[str, Any]) -> Events:
    """What a message says besides the old rule that it repeats: the rule's own numbers are no answer."""
    if reason is not None:
        return await _after(turn, reason, {**answers, **await _told(turn, _name_of(reason))})
    name = claim_reason_in(turn.message.text)
    if name in (None, "age56", "older"):
        return [SlotSet("claim_facts", answers)]
    return await _taken(turn, name or FIRST_PAGE, answers)


async def _taken(turn: Turn, name: str, answers: dict[str, Any]) -> Events:
    """The reason is known, or asked on the page that it narrows to."""
    told = {**_kept(name, answers), **await _told(turn, name)}
    if name not in REASONS:
        return _to_ask(name, told)
    return [SlotSet("claim_reason", str(REASONS[name])), *await _after(turn, REASONS[name], told)]


async def _after(turn: Turn, reason: ClaimReason, answers: dict[str, Any]) -> Events:
    done = await _next(turn, reason, answers) is None
    return [SlotSet("claim_facts", answers), *([SlotSet("claim_checked", True)] if done else [])]


async def _begin(turn: Turn, wanted: str, answers: dict[str, Any] | None = None) -> Events:
    """Ask what is missing, and answer at once when nothing is."""
    name = wanted if wanted in PAGES or wanted in REASONS else _name_of(ClaimReason(wanted))
    told = {**_kept(name, answers or {}), **await _told(turn, name)}
    if name not in REASONS:
        return _asking(name, told)
    reason = REASONS[name]
    if await _next(turn, reason, told) is not None:
        return _asking(str(reason), told)
    await _show(turn, reason, told)
    over = [SlotSet("requested_slot", None), SlotSet("simulation", FORM), ActiveLoop(None)]
    return [*_to_ask(str(reason), told), *over, FollowupAction("action_listen")]


async def _show(turn: Turn, reason: ClaimReason, answers: Mapping[str, Any]) -> None:
    facts = await _facts(turn, reason, answers)
    turn.replies.append(judgement(assess(reason, facts, turn.now), turn.language))


async def _next(turn: Turn, reason: ClaimReason, answers: Mapping[str, Any]) -> ClaimQuestion | None:
    return next_question(reason, answers, await _facts(turn, reason, answers), day_of(turn.now))


async def _facts(turn: Turn, reason: ClaimReason, answers: Mapping[str, Any]) -> ClaimFacts:
    """What was told, under what the register shows; heirs ask about somebody else's savings."""
    told = facts_told(reason, answers, day_of(turn.now))
    record = None if reason is ClaimReason.DEATH else await _record(turn)
    return completed(record.facts, told) if record else told


async def _record(turn: Turn) -> ClaimRecord | None:
    if level_of(turn.conversation, turn.now) < Level.VERIFIED:
        return None
    core = turn.services.core(turn.session)
    return await claim_record(core, turn.conversation.participant_id or "", turn.now)


async def _is_old_enough(turn: Turn, tracker: Tracker) -> bool:
    """Whether the age is the reason, so that it doesn't matter whether they still work."""
    record = await _record(turn)
    of_age = record is not None and record.known_reason is ClaimReason.AGE_56
    return of_age or (_in_check(tracker) and _reason(tracker) is ClaimReason.AGE_56)


def _general(turn: Turn) -> Events:
    """The conditions of everybody."""
    turn.replies.append(Reply(topic("claim_conditions", turn).text))
    return []


async def _told_instead(turn: Turn, reason: ClaimReason, asked: ClaimQuestion) -> dict[str, Any]:
    """The number that answers another question: "sudah 12 tahun" is no "sudah" to whether a part was taken."""
    if asked not in CHOICES or not any(map(str.isdigit, turn.message.text)):
        return {}
    told = await _told(turn, _name_of(reason))
    if reason.is_partial and (years := YEARS_ALONE.fullmatch(turn.message.text.lower().strip())):
        told[ClaimQuestion.YEARS] = int(years["years"])
    return {} if asked in told else told


async def _told(turn: Turn, name: str) -> dict[str, Any]:
    """What a typed message answers besides the reason."""
    if turn.message.kind is not Kind.TEXT or turn.message.text.startswith("/"):
        return {}
    told = told_besides(name, turn.message.text, day_of(turn.now))
    if ClaimQuestion.LEFT_ON in told and await _record(turn) is None:
        _echo(turn, ClaimQuestion.LEFT_ON, told[ClaimQuestion.LEFT_ON])
    return dict(told)


def _echo(turn: Turn, asked: ClaimQuestion, answer: Any) -> None:
    """How a day was understood."""
    if asked is ClaimQuestion.LEFT_ON and answer != UNKNOWN:
        day = long_date(date.fromisoformat(answer), turn.language)
        turn.replies.append(Reply(say("claim_check.taken_left_on", turn.language, day=day)))


def _kept(name: str, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers that hold for another reason too; an heir's are about somebody else."""
    if name == "death" or ClaimQuestion.HEIR in answers:
        return {}
    own_to_partial = () if name.startswith("partial") else (ClaimQuestion.WORKING,)
    return {asked: answer for asked, answer in answers.items() if asked not in own_to_partial}


def _other_reason(turn: Turn, reason: ClaimReason) -> str | None:
    """Another reason that is named in the middle of a check: "bukan resign tapi phk"."""
    text = turn.message.text
    if turn.message.kind is not Kind.TEXT or text.startswith("/") or asks_something(text):
        return None
    name = claim_reason_in(text)
    if name == "resign" and not SAYS_RESIGNED.search(text):  # whoever has stopped has stopped for the reason told
        return None
    return name if name in REASONS and REASONS[name] is not reason else None


def _to_ask(wanted: str, answers: dict[str, Any]) -> Events:
    """The slots of a check with something still to be asked."""
    slots = {"claim_reason": wanted, "claim_facts": answers, "claim_checked": None}
    return [SlotSet(name, value) for name, value in slots.items()]


def _asking(wanted: str, answers: dict[str, Any]) -> Events:
    """Take up the form with something still to be asked."""
    return [*_to_ask(wanted, answers), SlotSet("requested_slot", None), FollowupAction(FORM)]


def _name_of(reason: ClaimReason) -> str:
    return next(name for name, named in REASONS.items() if named is reason)


def _reason(tracker: Tracker) -> ClaimReason | None:
    """The reason, unless a page of reasons is being asked."""
    kept = tracker.get_slot("claim_reason")
    return ClaimReason(kept) if kept and kept not in PAGES else None


def _answers(tracker: Tracker) -> dict[str, Any]:
    return dict(tracker.get_slot("claim_facts") or {})


def _in_check(tracker: Tracker) -> bool:
    return bool((tracker.active_loop or {}).get("name") == FORM)


def _intent(tracker: Tracker) -> str:
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")

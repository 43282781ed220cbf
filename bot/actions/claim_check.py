"""May I claim, how much, by which way: from a few answers, or for who is verified from the register."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from bot.actions.base import Events, JmoAction, button, entity
from bot.actions.claim_check_replies import judgement, other_reason_buttons, reason_buttons, unknown_button
from bot.actions.simulation import asks_something, read_input
from bot.actions.topics import corrections, topic
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.claims import assess
from bot.benefits.pension import birth_date_from_age
from bot.benefits.service_hours import day_of
from bot.cases.claim_record import claim_record
from bot.conversation.messages import Reply
from bot.conversation.turn_context import Turn
from bot.formatting import long_date
from bot.identity.levels import Level, level_of
from bot.parsing.spoken_days import parse_spoken_day
from bot.texts import say

FORM = "claim_check_form"
REASONS = {
    "resign": ClaimReason.RESIGNED,
    "phk": ClaimReason.LAID_OFF,
    "pkwt": ClaimReason.CONTRACT_ENDED,
    "age56": ClaimReason.AGE_56,
    "retired": ClaimReason.COMPANY_RETIREMENT,
    "bpu": ClaimReason.BPU_STOPPED,
    "abroad": ClaimReason.LEAVING_INDONESIA,
    "disability": ClaimReason.TOTAL_DISABILITY,
    "death": ClaimReason.DEATH,
    "partial10": ClaimReason.PARTIAL_10,
    "partial30": ClaimReason.PARTIAL_30,
}
"""What the understanding and the buttons call each reason."""
_OTHER = "other"
"""The button that shows the rarer reasons."""
_LEFT = (ClaimReason.RESIGNED, ClaimReason.LAID_OFF)
QUESTIONS = {
    **dict.fromkeys(_LEFT, ("left_on", "balance")),
    ClaimReason.AGE_56: ("age", "balance"),
    ClaimReason.PARTIAL_10: ("years", "balance"),
    ClaimReason.PARTIAL_30: ("years", "balance"),
}
"""What a reason needs to know; the others only the balance."""
_UNKNOWN = "unknown"
_FIELDS = {"starting_balance": "balance", "age": "age", "birth_date": "age", "years": "years"}
"""What the understanding calls the answers."""
_DOES_NOT_KNOW = re.compile(
    r"(?:(?:saya|sy|aku|maaf) )*"
    r"(?:(?:tidak|tdk|ga+k?|gk|g|ng+a+k?|eng+ak?|kurang|belum|blm) ?(?:tahu|tau|ingat|inget|yakin|pasti)"
    r"|lupa|entah(?:lah)?|lewati|lewatkan|skip|i don'?t know|not sure)"
    r"(?: (?:deh|ya|saja|aja|sih|kak|min|lagi|dulu))*[.!]*"
)
"""The whole of a message, so that "lupa kata sandi" stays the trouble that it is."""


class StartClaimCheck(JmoAction):
    """Corrects what is outdated, then judges from the register, asks what the reason needs, or asks the reason."""

    action_name = "action_start_claim_check"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        put_right = corrections(turn)
        turn.replies += put_right
        if entity(tracker, "reason") == _OTHER:
            turn.replies.append(Reply(say("claim_check.ask_other", turn.language), other_reason_buttons(turn.language)))
            return []
        reason = REASONS.get(entity(tracker, "reason") or "")
        if level_of(turn.conversation, turn.now) >= Level.VERIFIED:
            core = turn.services.core(turn.session)
            record = await claim_record(core, turn.conversation.participant_id or "", turn.now)
            turn.replies.append(judgement(record.judged(reason or record.known_reason, turn.now), turn.language))
            return []
        if reason is None:
            general = topic("claim_conditions", turn)
            ask = say("claim_check.ask_reason", turn.language)
            text = ask if put_right else f"{general.text}\n{ask}"
            turn.replies.append(Reply(text, reason_buttons(turn.language)))
            return []
        slots: dict[str, Any] = {
            "claim_reason": str(reason),
            "claim_facts": {},
            "claim_checked": None,
            "requested_slot": None,
        }
        return [*(SlotSet(name, value) for name, value in slots.items()), FollowupAction(FORM)]


class TakeClaimCheckAnswer(JmoAction):
    """Takes a value, "tidak tahu", or the wish to answer again; anything else is left to the other rules."""

    action_name = "validate_claim_check_form"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        asked, facts = next_question(tracker), dict(tracker.get_slot("claim_facts") or {})
        if tracker.get_slot("requested_slot") != "claim_checked" or asked is None:
            return []
        if (tracker.latest_message.get("intent") or {}).get("name") == "change_input":
            asked = to_change(entity(tracker, "field"), facts) or asked
            facts.pop(asked, None)
            if read_answer(asked, turn, tracker) == (None, None):
                return [SlotSet("claim_facts", facts)]
        tapped = entity(tracker, "choice") or ""
        if tapped.startswith(_UNKNOWN) and tapped != f"{_UNKNOWN}.{asked}":
            return [SlotSet("claim_facts", facts)]  # the button of a question that is answered
        unknown = tapped.startswith(_UNKNOWN) or _DOES_NOT_KNOW.fullmatch(turn.message.text.lower().strip())
        value, problem = (_UNKNOWN, None) if unknown else read_answer(asked, turn, tracker)
        if problem:
            turn.replies.append(Reply(problem))
        if value is None:
            return [SlotSet("claim_facts", facts)] if problem else []
        if asked == "left_on" and not unknown:
            day = long_date(date.fromisoformat(value), turn.language)
            turn.replies.append(Reply(say("claim_check.taken_left_on", turn.language, day=day)))
        facts[asked] = value
        done = all(name in facts for name in questions_of(tracker))
        return [SlotSet("claim_facts", facts), *([SlotSet("claim_checked", True)] if done else [])]


def to_change(field: str | None, facts: dict[str, Any]) -> str | None:
    """The answer that is to be given again: the one named, else the last."""
    named = _FIELDS.get(field or "")
    return named if named in facts else next(reversed(facts), None)


class AskClaimCheck(JmoAction):
    action_name = "action_ask_claim_checked"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        asked = next_question(tracker) or "balance"
        buttons = (unknown_button(asked, turn.language), button("cancel", "/cancel", turn.language))
        turn.replies.append(Reply(say(f"claim_check.ask_{asked}", turn.language), buttons))
        return []


class ShowClaimCheck(JmoAction):
    action_name = "action_show_claim_check"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        reason = ClaimReason(tracker.get_slot("claim_reason"))
        facts = facts_of(reason, tracker.get_slot("claim_facts") or {}, turn.now)
        turn.replies.append(judgement(assess(reason, facts, turn.now), turn.language))
        return [SlotSet("simulation", FORM)]


def ask_again(tracker: Tracker) -> Events:
    """Take up a check that was answered: one answer is to be given again."""
    facts = dict(tracker.get_slot("claim_facts") or {})
    facts.pop(to_change(entity(tracker, "field"), facts) or "", None)
    slots: dict[str, Any] = {"claim_facts": facts, "claim_checked": None, "requested_slot": None}
    return [*(SlotSet(name, value) for name, value in slots.items()), FollowupAction(FORM)]


def questions_of(tracker: Tracker) -> tuple[str, ...]:
    """What the reason of this check needs, in the order of asking."""
    return QUESTIONS.get(ClaimReason(tracker.get_slot("claim_reason")), ("balance",))


def next_question(tracker: Tracker) -> str | None:
    """What wasn't answered yet."""
    answered = tracker.get_slot("claim_facts") or {}
    return next((name for name in questions_of(tracker) if name not in answered), None)


def read_answer(asked: str, turn: Turn, tracker: Tracker) -> tuple[Any, str | None]:
    """The answer as it is kept, or the sentence that says why it can't be taken."""
    text = turn.message.text
    if asked == "left_on":
        asks = text.startswith("/") or asks_something(text)
        day = None if asks else parse_spoken_day(text, day_of(turn.now))
        return (day.isoformat() if day else None), None
    slot = {"balance": "starting_balance", "age": "claim_age", "years": "jp_years"}[asked]
    return read_input(slot, entity(tracker, "amount") or text, turn.language)


def facts_of(reason: ClaimReason, answers: Mapping[str, Any], now: datetime) -> ClaimFacts:
    """The facts that the answers give; what somebody says of themselves counts until the register says more."""
    known = {name: value for name, value in answers.items() if value != _UNKNOWN}
    day = day_of(now)
    left = date.fromisoformat(known["left_on"]) if "left_on" in known else None
    working = True if reason.is_partial else None if reason is ClaimReason.AGE_56 else False
    return ClaimFacts(
        birth_date=birth_date_from_age(known["age"], day) if "age" in known else None,
        left_on=left,
        still_working=working,
        membership_months=12 * known["years"] if "years" in known else None,
        balance=known.get("balance"),
        took_partial=None,
    )

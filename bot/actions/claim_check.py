"""May I claim, how much, by which way: from a few answers, or for who is verified from the register."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from bot.actions.base import Events, JmoAction, button, entity
from bot.actions.claim_check_replies import judgement, reason_buttons
from bot.actions.simulation import read_input
from bot.actions.topics import corrections, topic
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.claims import assess
from bot.benefits.months import add_months
from bot.benefits.pension import birth_date_from_age
from bot.benefits.service_hours import day_of
from bot.cases.claim_record import claim_record
from bot.conversation.messages import Reply
from bot.conversation.turn_context import Turn
from bot.identity.levels import Level, level_of
from bot.parsing.dates import parse_date
from bot.texts import say

FORM = "claim_check_form"
REASONS = {
    "resign": ClaimReason.RESIGNED,
    "phk": ClaimReason.LAID_OFF,
    "pkwt": ClaimReason.CONTRACT_ENDED,
    "age56": ClaimReason.AGE_56,
    "bpu": ClaimReason.BPU_STOPPED,
    "abroad": ClaimReason.LEAVING_INDONESIA,
    "disability": ClaimReason.TOTAL_DISABILITY,
    "death": ClaimReason.DEATH,
    "partial10": ClaimReason.PARTIAL_10,
    "partial30": ClaimReason.PARTIAL_30,
}
"""What the understanding calls each reason."""
_LEFT = (ClaimReason.RESIGNED, ClaimReason.LAID_OFF)
QUESTIONS = {
    **dict.fromkeys(_LEFT, ("left_on", "balance")),
    ClaimReason.AGE_56: ("age", "balance"),
    ClaimReason.PARTIAL_10: ("years", "balance"),
    ClaimReason.PARTIAL_30: ("years", "balance"),
}
"""What a reason needs to know; the others only the balance."""
_AGO = {"minggu": 7, "week": 7, "hari": 1, "day": 1}
_UNKNOWN = "unknown"


class StartClaimCheck(JmoAction):
    """Corrects what is outdated, then judges from the register, asks what the reason needs, or asks the reason."""

    action_name = "action_start_claim_check"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        put_right = corrections(turn)
        turn.replies += put_right
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
    action_name = "validate_claim_check_form"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        asked = next_question(tracker)
        if tracker.get_slot("requested_slot") != "claim_checked" or asked is None:
            return []
        known = entity(tracker, "choice") != _UNKNOWN
        value, problem = read_answer(asked, turn, tracker) if known else (_UNKNOWN, None)
        if problem:
            turn.replies.append(Reply(problem))
        if value is None:
            return [SlotSet("claim_facts", dict(tracker.get_slot("claim_facts") or {}))] if problem else []
        facts = {**(tracker.get_slot("claim_facts") or {}), asked: value}
        done = asked == questions_of(tracker)[-1]
        return [SlotSet("claim_facts", facts), *([SlotSet("claim_checked", True)] if done else [])]


class AskClaimCheck(JmoAction):
    action_name = "action_ask_claim_checked"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        asked = next_question(tracker) or "balance"
        unknown = reason_buttons(turn.language, _UNKNOWN)
        cancel = button("cancel", "/cancel", turn.language)
        turn.replies.append(Reply(say(f"claim_check.ask_{asked}", turn.language), (*unknown, cancel)))
        return []


class ShowClaimCheck(JmoAction):
    action_name = "action_show_claim_check"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        reason = ClaimReason(tracker.get_slot("claim_reason"))
        facts = facts_of(reason, tracker.get_slot("claim_facts") or {}, turn.now)
        turn.replies.append(judgement(assess(reason, facts, turn.now), turn.language))
        return []


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
        day = day_in(text, day_of(turn.now))
        return (day.isoformat() if day else None), None
    slot = {"balance": "starting_balance", "age": "claim_age", "years": "jp_years"}[asked]
    return read_input(slot, entity(tracker, "amount") or text, turn.language)


def day_in(text: str, today: date) -> date | None:
    """A day, also as "3 bulan lalu", "minggu lalu", "kemarin"; a number of months counts from today."""
    if found := parse_date(text, today):
        return found
    words = text.lower().replace("yg", "yang").split()
    if any(word in ("kemarin", "kmrn", "yesterday") for word in words):
        return today - timedelta(days=1)
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        count = int(before) if before.isdigit() and int(before) < 600 else 1
        if word in ("bulan", "bln", "month", "months"):
            return add_months(today, -count)
        if word in ("tahun", "thn", "year", "years"):
            return add_months(today, -12 * count)
        if days := _AGO.get(word.removesuffix("s")):
            return today - timedelta(days=days * count)
    return None


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

"""The verification as a form: one slot, and a service that knows what is to be asked next."""

import re

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from bot.actions.base import Events, JmoAction, MemberAction, button, verification
from bot.conversation.messages import Reply
from bot.conversation.turn_context import Turn
from bot.identity import phrasing
from bot.identity.answers import (
    Answer,
    GivenBirthDate,
    GivenCode,
    GivenNumber,
    Resend,
    SharedContact,
    SkipContact,
)
from bot.identity.outcomes import (
    Locked,
    NextStep,
    NoRegisteredNumber,
    NothingUnderWay,
    PrivateChatOnly,
    Step,
    Verified,
)
from bot.parsing.nik import NIK_LENGTH
from bot.parsing.numbers import KPJ_LENGTH, PersonalNumber, normal_phone
from bot.texts import say

OVER = (Locked, NoRegisteredNumber, NothingUnderWay, PrivateChatOnly)
"""Outcomes after which nothing is asked any more."""


class Verify(MemberAction):
    """Verification for its own sake."""

    action_name = "action_verify"

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        buttons = (
            button("balance", "/check_balance", turn.language),
            button("contributions", "/contributions", turn.language),
            button("card", "/show_card", turn.language),
        )
        turn.replies.append(Reply(say("member.verified_already", turn.language), buttons))


_NUMBER_UNKNOWN = re.compile(
    r"^(?:(?:saya|sy|aku|maaf|min|aduh) )*"
    r"(?:lupa|(?:tidak|tdk|ga+k?|gk|nda|ngga+k?|engga+k?|belum|blm|kurang) ?(?:tahu|tau|hafal|hapal|ingat|inget|punya)"
    r"|don'?t know|forgot)\b(?: (?:nik|kpj|nomor\w*|no|saya|sy|min|kak|ya|my|the|number))*[.!?]*$"
    r"|\b(?:nik|kpj)\w*\b.{0,20}\b(?:dimana|di mana|liat\w*|lihat\w*|where)\b",
    re.IGNORECASE,
)


class TakeVerificationAnswer(JmoAction):
    action_name = "validate_verification_form"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if tracker.get_slot("requested_slot") != "verified":
            return []
        answers = answers_in(turn, tracker)
        if not answers:
            return await self._where_the_number_is(turn, tracker)
        turn.delete_message = any(isinstance(answer, GivenNumber | GivenBirthDate | GivenCode) for answer in answers)
        outcome = await verification(turn).answer_many(turn.conversation, answers)
        taken = SlotSet("verification_answers", int(tracker.get_slot("verification_answers") or 0) + 1)
        if not isinstance(outcome, NextStep):
            turn.replies.append(phrasing.phrase(outcome, turn.language, turn.conversation.channel))
            turn.asked = True
        if isinstance(outcome, Verified):
            return [taken, SlotSet("verified", True)]
        return [taken, SlotSet("verified", False)] if isinstance(outcome, OVER) else [taken]

    async def _where_the_number_is(self, turn: Turn, tracker: Tracker) -> Events:
        """Help for who doesn't know the number that is asked; anything else is left to the other rules."""
        step = await verification(turn).current_step(turn.conversation)
        if step is not Step.NUMBER or not _NUMBER_UNKNOWN.search(turn.message.text):
            return []
        turn.replies.append(Reply(say("general.where_number", turn.language)))
        return [SlotSet("verification_answers", int(tracker.get_slot("verification_answers") or 0) + 1)]


class AskVerification(JmoAction):
    """Asks what the step needs, unless the outcome of this turn has just said it."""

    action_name = "action_ask_verified"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        step = await verification(turn).current_step(turn.conversation)
        if step and not turn.asked:
            turn.replies.append(phrasing.question(step, turn.language, turn.conversation.channel))
        return []


class Continue(JmoAction):
    """Goes on with what was asked for before the verification."""

    action_name = "action_continue"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        pending = tracker.get_slot("pending") or {}
        verified = tracker.get_slot("verified")
        done = [SlotSet("verified", None), SlotSet("verification_answers", None)]
        if not verified or not pending:
            return [*done, SlotSet("pending", None), FollowupAction(pending.get("form") or "action_listen")]
        return [*done, SlotSet("resumed_entities", pending["entities"]), FollowupAction(pending["action"])]


def answers_in(turn: Turn, tracker: Tracker) -> list[Answer]:
    """What this message answers to a verification, whichever step asked for it."""
    intent = (tracker.latest_message.get("intent") or {}).get("name")
    answers: list[Answer] = []
    if contact := turn.message.contact:
        digits = "".join(filter(str.isdigit, contact.phone))
        answers.append(SharedContact(normal_phone(digits) or f"+{digits}", contact.belongs_to_sender))
    if intent == "resend_code":
        answers.append(Resend())
    if intent == "skip_contact":
        answers.append(SkipContact())
    numbers = (_identity_number(number) for number in turn.personal.numbers)
    answers += [GivenNumber(number) for number in numbers if number]
    if turn.personal.birth_date:
        answers.append(GivenBirthDate(turn.personal.birth_date))
    if turn.personal.code:
        answers.append(GivenCode(turn.personal.code))
    return answers


def _identity_number(number: PersonalNumber) -> str | None:
    """The digits, if they may be a KPJ or NIK: eleven digits like a phone's are a KPJ where one is asked for."""
    return number.digits if len(number.digits) in (KPJ_LENGTH, NIK_LENGTH) else None

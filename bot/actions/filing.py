"""Filing a claim in the chat: a form of one slot, and a draft that knows what is to be asked next."""

import re
from typing import Any, ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet

from bot.actions.base import Events, JmoAction, MemberAction, button, entity
from bot.actions.claim_check_questions import FIRST_PAGE, REASONS, reason_answered
from bot.actions.face_photo import FILES, face_photo, is_face_photo
from bot.actions.filing_replies import (
    BANKS,
    already_filed,
    bank_in,
    question,
    reason_in_words,
    refusal,
    sent,
    session_over,
    waits,
)
from bot.actions.wishes import goes_on, later
from bot.benefits.claim_facts import ClaimReason
from bot.benefits.claim_questions import UNKNOWN
from bot.cases.claim_record import ClaimRecord, claim_record
from bot.cases.filing import Filing, FilingStep, reason_of, same_name
from bot.cases.models import ClaimDraft
from bot.cases.service import Cases
from bot.cases.stages import CaseKind
from bot.conversation.messages import Reply
from bot.conversation.turn_context import Turn
from bot.identity.levels import Level, level_of
from bot.photos.verifier import FaceDecision
from bot.texts import say

FORM = "claim_form"
_CHANGE = re.compile(r"\b(?:ganti|ubah|ralat|rubah|koreksi|change)\b", re.IGNORECASE)
_FIELDS = {
    "reason": re.compile(r"sebab|alasan|reason", re.IGNORECASE),
    "photo": re.compile(r"foto|wajah|photo", re.IGNORECASE),
    "account": re.compile(r"reken|norek|bank|account|atas nama", re.IGNORECASE),
}
"""What somebody who wants to change something calls it."""
_EDITED = {"reason": FilingStep.REASON, "account": FilingStep.BANK, "photo": FilingStep.PHOTO}


class FileClaim(MemberAction):
    """Begins a claim or goes on with its draft; where it can't be filed here, says why and which way is open."""

    action_name = "action_file_claim"
    level: ClassVar[Level] = Level.CONFIRMED

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        events = await super().act(turn, tracker)
        if level_of(turn.conversation, turn.now) < self.level or not await draft_here(turn):
            return events
        turn.asked = False  # what a verification of this turn said is no question of the form
        plain = [event for event in events if event["event"] != "followup"]
        return [*plain, SlotSet("requested_slot", None), SlotSet("claim_sent", None), FollowupAction(FORM)]

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        if case := await Cases(turn.session, turn.now).open_one(participant_id, CaseKind.CLAIM):
            turn.replies.append(already_filed(case, turn.language))
            return
        record = await record_of(turn)
        if not record.may_file_here(record.likely_reason, turn.now):
            turn.replies.append(refusal(record, record.likely_reason, turn.now, turn.language))
            return
        resumed = await Filing(turn.session, turn.now).begin(turn.conversation, record)
        turn.replies.append(Reply(say("filing.resumed" if resumed else "filing.begun", turn.language)))


class TakeClaimAnswer(JmoAction):
    """Takes what the step asks for, or a wish to change something; anything else is left to the other rules."""

    action_name = "validate_claim_form"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        draft = await draft_here(turn)
        if tracker.get_slot("requested_slot") != "claim_sent" or level_of(turn.conversation, turn.now) < Level.VERIFIED:
            return []
        if draft is None:
            return [SlotSet("claim_sent", False)]
        filing, record = Filing(turn.session, turn.now), await record_of(turn)
        taken = await _take(turn, tracker, filing, draft, record)
        return [SlotSet("claim_answers", int(tracker.get_slot("claim_answers") or 0) + 1)] if taken else []


class AskClaim(JmoAction):
    action_name = "action_ask_claim_sent"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        if turn.asked:
            return []
        draft = await draft_here(turn)
        if draft is None:
            turn.replies.append(session_over(turn.language))
            return []
        record = await record_of(turn)
        step = Filing(turn.session, turn.now).step(draft, record)
        turn.replies.append(question(step, draft, record, turn.now, turn.language))
        return []


class SendClaim(MemberAction):
    """Files the draft, once, while claims are taken."""

    action_name = "action_send_claim"
    level: ClassVar[Level] = Level.CONFIRMED

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        events = await super().act(turn, tracker)
        if level_of(turn.conversation, turn.now) < self.level:
            return events
        plain = [event for event in events if event["event"] != "followup"]
        draft = await draft_here(turn)
        if draft and Filing(turn.session, turn.now).step(draft, await record_of(turn)) is not FilingStep.SEND:
            turn.asked = False  # what a verification of this turn said is no question of the form
            return [*plain, SlotSet("requested_slot", None), FollowupAction(FORM)]
        return [*plain, ActiveLoop(None), SlotSet("requested_slot", None), FollowupAction("action_listen")]

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        filing, draft = Filing(turn.session, turn.now), await draft_here(turn)
        if draft is None:
            case = await Cases(turn.session, turn.now).open_one(participant_id, CaseKind.CLAIM)
            nothing = Reply(say("filing.nothing_to_send", turn.language), (button("menu", "/menu", turn.language),))
            turn.replies.append(already_filed(case, turn.language) if case else nothing)
            return
        record = await record_of(turn)
        if filing.step(draft, record) is not FilingStep.SEND:  # then the form asks for what is missing
            return
        reason = reason_of(draft, record)
        if not record.may_file_here(reason, turn.now):
            turn.replies.append(refusal(record, reason, turn.now, turn.language))
            return
        if opening := filing.wait_for_opening(draft):
            turn.replies.append(waits(opening, turn.language))
            return
        face = await turn.services.face_verifier.verify(participant_id, draft.photo or b"")
        if face is FaceDecision.NO_MATCH:
            filing.reopen(draft, FilingStep.PHOTO)
            turn.replies.append(Reply(say("filing.no_match", turn.language)))
            return
        case, new = await filing.send(draft, turn.conversation, record, face)
        turn.replies.append(sent(case, turn.now, turn.language) if new else already_filed(case, turn.language))


class DropClaim(MemberAction):
    """Forgets the draft; a claim that was sent is withdrawn, not dropped."""

    action_name = "action_drop_claim"

    async def act(self, turn: Turn, tracker: Tracker) -> Events:
        events = await super().act(turn, tracker)
        return [*events, ActiveLoop(None), SlotSet("requested_slot", None)]

    async def answer(self, turn: Turn, tracker: Tracker, participant_id: str) -> None:
        if draft := await draft_here(turn):
            await Filing(turn.session, turn.now).drop(draft)
        turn.replies.append(Reply(say("filing.dropped", turn.language), (button("menu", "/menu", turn.language),)))


async def draft_here(turn: Turn) -> ClaimDraft | None:
    """The draft of the verified participant of this chat."""
    if level_of(turn.conversation, turn.now) < Level.VERIFIED:
        return None
    draft = await Filing(turn.session, turn.now).draft_of(turn.conversation.participant_id or "")
    return None if draft in turn.session.deleted else draft


async def record_of(turn: Turn) -> ClaimRecord:
    """The register's view of the participant of this chat."""
    core = turn.services.core(turn.session)
    return await claim_record(core, turn.conversation.participant_id or "", turn.now)


async def _take(turn: Turn, tracker: Tracker, filing: Filing, draft: ClaimDraft, record: ClaimRecord) -> bool:
    intent = (tracker.latest_message.get("intent") or {}).get("name")
    choice = entity(tracker, "choice")
    if goes_on(turn.message.text) or later(turn.message.text):
        return goes_on(turn.message.text)
    step = filing.step(draft, record)
    if step is FilingStep.PHOTO and is_face_photo(turn, tracker):
        return await _take_photo(turn, filing, draft)
    if intent == "change_input" or _CHANGE.search(turn.message.text):
        return _change(turn, _field_in(turn.message.text), filing, draft)
    if turn.message.kind in FILES:
        return False
    text = "" if turn.message.text.startswith("/") else turn.message.text
    if step is FilingStep.REASON:
        return _take_reason(turn, tracker, filing, draft, record)
    fields = _answer(step, choice, intent, text, turn, record)
    if fields:
        filing.fill(draft, **fields)
    # A button of a question that is answered already: what is open is asked again.
    return bool(fields) or choice is not None


def _answer(
    step: FilingStep, choice: str | None, intent: str | None, text: str, turn: Turn, record: ClaimRecord
) -> dict[str, Any]:
    yes = choice == f"{step}_yes" or (intent == "affirm" and step in (FilingStep.BIODATA, FilingStep.CONSENT))
    own, account = record.participant.name, record.participant.account
    match step:
        case FilingStep.BIODATA if yes:
            return {"biodata": "ok"}
        case FilingStep.BANK if choice == "registered" and account:
            return {"bank": account.bank, "account": account.number, "holder": own}
        case FilingStep.BANK if bank := (choice if choice in BANKS else bank_in(text)):
            return {"bank": bank}
        case FilingStep.ACCOUNT if number := turn.personal.account:
            turn.delete_message = True
            return {"account": number}
        case FilingStep.HOLDER if yes or same_name(text, own):
            return {"holder": own}
        case FilingStep.HOLDER if text and intent not in ("cancel", "human") and "?" not in text:
            turn.replies.append(Reply(say("filing.other_holder", turn.language)))
            return {"holder": None}
        case FilingStep.NPWP if choice == "npwp_none":
            return {"npwp": "-"}
        case FilingStep.NPWP if (number := turn.personal.account) and len(number) in (15, 16):
            turn.delete_message = True
            return {"npwp": number}
        case FilingStep.CONSENT if yes:
            return {"consent": turn.now.isoformat()}
    return {}


def _take_reason(turn: Turn, tracker: Tracker, filing: Filing, draft: ClaimDraft, record: ClaimRecord) -> bool:
    chosen = (entity(tracker, "choice") or "").removeprefix("reason_")
    name = chosen or reason_answered(FIRST_PAGE, turn, tracker)
    if name == "older" and record.known_reason is not ClaimReason.AGE_56:
        name = "retired"  # the register knows the age
    reason = REASONS.get(name or "")
    if name is None:
        return False
    if reason is None:
        turn.replies.append(_more_about_reason(name, turn.language))
        turn.asked = True
    elif record.may_file_here(reason, turn.now):
        filing.fill(draft, reason=reason)
    else:
        turn.replies.append(refusal(record, reason, turn.now, turn.language))
        filing.fill(draft, reason=record.known_reason)
    return True


def _more_about_reason(name: str, language: str) -> Reply:
    """What tells the commonest apart, for who doesn't know; else it is to be told in words."""
    words = reason_in_words(language)
    if name not in (UNKNOWN, "left"):
        return words
    return Reply(say("claim_check.which_reason", language), words.buttons)


def _change(turn: Turn, field: str | None, filing: Filing, draft: ClaimDraft) -> bool:
    step = _EDITED.get(field or "")
    if step is None:
        buttons = tuple(
            button(f"change_{name}", f'/change_input{{"field":"{name}"}}', turn.language) for name in _EDITED
        )
        turn.replies.append(Reply(say("filing.change_what", turn.language), buttons))
        turn.asked = True
        return True
    filing.reopen(draft, step)
    return True


def _field_in(text: str) -> str | None:
    return next((field for field, words in _FIELDS.items() if words.search(text)), None)


async def _take_photo(turn: Turn, filing: Filing, draft: ClaimDraft) -> bool:
    photo, tries = await face_photo(turn, int(draft.fields.get("photo_tries", 0)))
    if photo is None:
        filing.fill(draft, photo_tries=tries)
    else:
        draft.photo = photo
        filing.fill(draft, photo="ok", photo_tries=None)
    return True

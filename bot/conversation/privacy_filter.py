"""Takes personal values out of a message before Rasa sees it and before it is kept."""

from dataclasses import replace
from datetime import datetime

from bot import clock
from bot.conversation.commands import command_to_payload
from bot.conversation.messages import IncomingMessage, Kind
from bot.conversation.models import Conversation
from bot.conversation.tracker_store import active_form
from bot.conversation.turn_context import PersonalValues
from bot.parsing.accounts import parse_account, redact_accounts
from bot.parsing.dates import find_date
from bot.parsing.numbers import parse_code, redact, redact_code

VERIFICATION_FORM = "verification_form"
CLAIM_FORM = "claim_form"

_PAYLOADS = {
    Kind.CONTACT: "/share_contact",
    Kind.PHOTO: "/send_photo",
    Kind.DOCUMENT: "/send_photo",
    Kind.LOCATION: "/send_location",
    Kind.OTHER: "/send_other",
}
"""What a message without words asks for."""


def take_out_personal_values(
    message: IncomingMessage, conversation: Conversation, now: datetime
) -> tuple[IncomingMessage, PersonalValues]:
    """The message as Rasa sees it and the inbox keeps it, and what was taken out of it.

    Contact and location are for the turn alone, which has the message as it came.
    Birth dates and one-time codes are taken out only while the verification asks for them: elsewhere a date
    is the answer to a harmless question, and six digits are an amount.
    """
    if message.kind is Kind.BUTTON:
        return replace(message, contact=None, location=None), PersonalValues()
    text, numbers = redact(message.text)
    personal = PersonalValues(tuple(numbers))
    if message.kind is Kind.TEXT:
        text = command_to_payload(text)
    form = active_form(conversation.tracker)
    if form == VERIFICATION_FORM and not text.startswith("/"):
        text, personal = _take_out_answers(text, personal, now)
    if form == CLAIM_FORM and not text.startswith("/"):
        text, personal = redact_accounts(text), replace(personal, account=parse_account(message.text))
    cleaned = replace(message, text=text or _PAYLOADS.get(message.kind, ""), contact=None, location=None)
    return cleaned, personal


def _take_out_answers(text: str, personal: PersonalValues, now: datetime) -> tuple[str, PersonalValues]:
    if dated := find_date(text, now.astimezone(clock.WIB).date()):
        day, start, end = dated
        return f"{text[:start]}<date>{text[end:]}", replace(personal, birth_date=day)
    return redact_code(text), replace(personal, code=parse_code(text))

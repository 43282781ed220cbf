"""Takes personal values out of a message before Rasa sees it and before it is kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot import clock
from bot.conversation.commands import command_to_payload
from bot.conversation.messages import IncomingMessage, Kind
from bot.conversation.models import Conversation
from bot.conversation.tracker_store import active_form
from bot.parsing.dates import find_date
from bot.parsing.numbers import PersonalNumber, find_code, redact

VERIFICATION_FORM = "verification_form"

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
) -> tuple[IncomingMessage, Sequence[PersonalNumber]]:
    """The message as Rasa sees it and the inbox keeps it, and what was taken out of it.

    Birth dates and one-time codes are taken out only while the verification asks for them: elsewhere a date
    is the answer to a harmless question, and six digits are an amount.
    """
    if message.kind is Kind.BUTTON:
        return message, ()
    text, found = redact(message.text)
    if message.kind is Kind.TEXT:
        text = command_to_payload(text)
    if active_form(conversation.tracker) == VERIFICATION_FORM and not text.startswith("/"):
        text, more = _take_out_answers(text, now)
        found = [*found, *more]
    cleaned = replace(message, text=text or _PAYLOADS.get(message.kind, ""), contact=None)
    return cleaned, found


def _take_out_answers(text: str, now: datetime) -> tuple[str, list[PersonalNumber]]:
    if dated := find_date(text, now.astimezone(clock.WIB).date()):
        day, start, end = dated
        return f"{text[:start]}<date>{text[end:]}", [PersonalNumber("date", day.isoformat(), start, end)]
    if code := find_code(text):
        return "<code>", [PersonalNumber("code", code, 0, len(text))]
    return text, []

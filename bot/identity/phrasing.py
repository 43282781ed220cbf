"""How outcomes of a verification are said."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.clock import WIB
from bot.conversation.messages import Button, Reply
from bot.identity.levels import Level
from bot.identity.outcomes import (
    CodeExpired,
    CodeNotSent,
    CodeSent,
    CodeWrong,
    Locked,
    NextStep,
    NoRegisteredNumber,
    NothingUnderWay,
    NotMatching,
    NotOwnContact,
    Outcome,
    PrivateChatOnly,
    Step,
    TooManyCodes,
    Verified,
)
from bot.texts import say

CHANNELS_THAT_DELETE = frozenset({"telegram"})
"""Where the message that carries a NIK or KPJ is deleted after reading, and the question says so."""


def why(wanted: Level, language: str) -> str:
    """Why a level is needed, to be said before the first question."""
    name = "why_confirmed" if wanted is Level.CONFIRMED else "why_verified"
    return say(f"verification.{name}", language)


def question(step: Step, language: str, channel: str = "") -> Reply:
    """What is asked at a step."""
    match step:
        case Step.CONTACT:
            text = say("verification.ask_contact", language)
            return Reply(text, _buttons(language, "skip", "cancel"), ask_contact=True)
        case Step.NUMBER:
            name = "ask_number_deleted" if channel in CHANNELS_THAT_DELETE else "ask_number"
            never_asked = say("verification.never_asked", language)
            text = say(f"verification.{name}", language, never_asked=never_asked)
            return Reply(text, _buttons(language, "cancel"))
        case Step.BIRTH_DATE:
            return Reply(say("verification.ask_birth_date", language), _buttons(language, "cancel"))
        case Step.CODE:
            return Reply(say("verification.ask_code", language), _buttons(language, "resend", "cancel"))
        case _:
            assert_never(step)


def phrase(outcome: Outcome, language: str, channel: str = "") -> Reply:
    """What the participant reads after an answer. `Verified` has no button: the request goes on."""
    match outcome:
        case NextStep(step):
            return question(step, language, channel)
        case CodeSent(last_digits, shown):
            text = say("verification.code_sent", language, last_digits=last_digits)
            return _ask_code(f"{text}\n\n{shown}" if shown else text, language)
        case Verified(first_name, level):
            name = "confirmed" if level is Level.CONFIRMED else "verified"
            return Reply(say(f"verification.{name}", language, name=first_name))
        case NotMatching(tries_left):
            text = say("verification.not_matching", language, tries_left=tries_left)
            return Reply(text, _buttons(language, "cancel"))
        case Locked(until):
            return Reply(say("verification.locked", language, time=_clock_time(until)))
        case CodeWrong(0):
            return _ask_code(say("verification.code_used_up", language), language)
        case CodeWrong(tries_left):
            return _ask_code(say("verification.code_wrong", language, tries_left=tries_left), language)
        case CodeExpired():
            return _ask_code(say("verification.code_expired", language), language)
        case TooManyCodes(retry_at):
            text = say("verification.too_many_codes", language, time=_clock_time(retry_at))
            return _ask_code(text, language)
        case CodeNotSent():
            return _ask_code(say("verification.code_not_sent", language), language)
        case NoRegisteredNumber():
            return Reply(say("verification.no_registered_number", language))
        case NotOwnContact():
            text = say("verification.not_own_contact", language)
            return Reply(text, _buttons(language, "skip", "cancel"), ask_contact=True)
        case PrivateChatOnly():
            return Reply(say("verification.private_chat_only", language))
        case NothingUnderWay():
            return Reply(say("verification.nothing_under_way", language))
        case _:
            assert_never(outcome)


_PAYLOADS = {"skip": "/skip_contact", "resend": "/resend_code", "cancel": "/cancel"}


def _ask_code(text: str, language: str) -> Reply:
    return Reply(text, _buttons(language, "resend", "cancel"))


def _buttons(language: str, *names: str) -> tuple[Button, ...]:
    return tuple(Button(say(f"verification.button_{name}", language), _PAYLOADS[name]) for name in names)


def _clock_time(moment: datetime) -> str:
    """The full minute in western Indonesian time at which `moment` has passed, as HH:MM."""
    return (moment + timedelta(minutes=1, microseconds=-1)).astimezone(WIB).strftime("%H:%M")

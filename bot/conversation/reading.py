"""What short words mean in a chat: typed buttons, questions about what was shown, corrections; what is kept of it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

from bot.conversation.choices import chosen, titled
from bot.conversation.context import Context
from bot.conversation.follow_ups import asks_what_if, follow_up, is_only_a_value, subject_of, without_correction
from bot.conversation.messages import Button, IncomingMessage, Kind, Reply
from bot.conversation.models import Floor
from bot.conversation.outbox import taken_offer
from bot.conversation.tracker_store import active_form
from bot.conversation.turn_context import Turn
from bot.texts import say

_VARIED = ("simulate_jht", "simulate_jp")
TAKE_VALUE = "/inform"
CHANGE_INPUT = "/change_input"
OFFERED_BESIDE = frozenset(
    "check_balance contributions statement simulate_jht simulate_jp show_card digital_card link_card data_update"
    " biometric_failed claim_conditions claim_how claim_status claim_failed login_failed registration_otp old_device"
    " app_error compatibility no_smartphone ask_jht ask_jp ask_jkp ask_bpu ask_pmi ask_rates ask_tax ask_account"
    " ask_jkk ask_jkm contact_branch plan_visit fraud human".split()
)
"""Needs that are offered beside an answer, as they were named too or may be meant instead: `context.need_<intent>`."""


def typed_choice(message: IncomingMessage, context: Context, floor: str, form: str | None) -> IncomingMessage | None:
    """The tap that a typed text stands for; an officer is told numbers, so there only a whole title is one."""
    if message.kind is not Kind.TEXT or not context.offered:
        return None
    if floor == Floor.AGENT:
        button = titled(message.text, context.offered)
    else:
        button = chosen(message.text, context.offered, in_form=form is not None)
    return replace(message, kind=Kind.BUTTON, text=button.payload) if button else None


def meant(turn: Turn, text: str, context: Context, form: str | None) -> str:
    """What a message to the assistant asks for, by what was shown: its own words, or the payload of a button."""
    if turn.message.kind is not Kind.TEXT or text.startswith("/"):
        return text
    if payload := follow_up(text, context.topic, in_form=form is not None):
        turn.message = replace(turn.message, kind=Kind.BUTTON, text=payload)
        return payload
    corrected = without_correction(text)
    if form is not None:
        return CHANGE_INPUT if corrected != text and is_only_a_value(corrected) else text
    if corrected != text:
        turn.message = replace(turn.message, text=without_correction(turn.message.text))
    varies = asks_what_if(corrected) and any(map(str.isdigit, corrected))
    return TAKE_VALUE if varies and subject_of(context.topic or "") in _VARIED else corrected


def after_turn(turn: Turn, replies: list[Reply], context: Context, form: str | None = None) -> list[Reply]:
    """The replies with a second need offered, once no form asks; and keep what was shown."""
    context = context.after(turn.understood, turn.shown, in_form=form is not None)
    if context.also not in OFFERED_BESIDE:
        context = replace(context, also=None)
    if context.also and _may_offer(turn, replies):
        replies = [*replies[:-1], _with(replies[-1], _need("also", context.also, turn.language))]
        context = replace(context, also=None)
    if form is None:
        replies = _or_else(turn, replies)
    context = context.showing(replies, taken_offer(turn.session, turn.conversation.id))
    turn.conversation.context = context.written()
    return replies


def _may_offer(turn: Turn, replies: Sequence[Reply]) -> bool:
    return _speaks(turn, replies) and active_form(turn.conversation.tracker) is None


def _speaks(turn: Turn, replies: Sequence[Reply]) -> bool:
    return bool(replies) and turn.conversation.floor == Floor.BOT


def _or_else(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """An answer that may not be what was meant asks so, with a button for each need that may be.

    Where it begins a form, that stands before the form's question, which stays the last thing said.
    """
    needs = turn.understood.or_else if turn.understood else ()
    buttons = [_need("meant", need, turn.language) for need in needs if need in OFFERED_BESIDE]
    if not buttons or not _speaks(turn, replies):
        return replies
    *before, last = replies
    texts = [last.text, say("context.is_it_not", turn.language)]
    if active_form(turn.conversation.tracker) is not None:
        texts.reverse()
    last = replace(last, text="\n\n".join(texts))
    return [*before, reduce(_with, buttons, last)]


def _need(how: str, intent: str, language: str) -> Button:
    need = say(f"context.need_{intent}", language)
    return Button(say(f"context.{how}", language, need=need), f"/{intent}")


def _with(reply: Reply, button: Button) -> Reply:
    """A reply with one more button, unless it leads there already."""
    if any(shown.payload == button.payload for shown in reply.buttons):
        return reply
    return replace(reply, buttons=(*reply.buttons, button))

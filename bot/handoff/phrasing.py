"""What participants are told about people: who joined, the queue, the end."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.clock import WIB
from bot.conversation.messages import Button, Reply
from bot.formatting import long_date
from bot.handoff.models import EndReason
from bot.handoff.queue import Wait
from bot.handoff.times import PARTICIPANT_SILENT, REOPEN_WITHIN
from bot.texts import say

AboutCase = Callable[[str, str], Reply]
"""A reply from a case number and a language."""
AboutPlace = Callable[[str, int, Wait | None, str], Reply]
"""A reply from a case number, a place in the queue, how long it takes, and a language."""

_PAYLOADS = {
    "stay": "/handoff_stay",
    "call_back": "/handoff_call_back",
    "message": "/handoff_message",
    "end": "/handoff_end",
    "reopen": "/handoff_reopen",
    "human": "/human",
    "menu": "/menu",
}
_RATINGS = ("good", "fair", "unsolved")


def buttons(language: str, *names: str) -> tuple[Button, ...]:
    """The buttons of hand-offs by their names."""
    return tuple(Button(say(f"handoff.button_{name}", language), _PAYLOADS[name]) for name in names)


def queued(number: str, place: int, wait: Wait | None, language: str, said: str = "queued") -> Reply:
    """The case, the place and the honest wait, with the ways out before it begins."""
    text = f"{say(f'handoff.{said}', language, number=number)}\n{_place(place, wait, language)}"
    return Reply(text, buttons(language, "call_back", "message", "stay"))


def closed(number: str, window: tuple[datetime, datetime] | None, why: str | None, language: str) -> Reply:
    """Nobody is at the desk: who comes back and when, or a message instead."""
    lines = [say("handoff.closed_because" if why else "handoff.closed", language, **({"why": why} if why else {}))]
    if window:
        lines.append(say("handoff.comes_back", language, number=number, window=_window(window, language)))
    else:
        lines.append(say("handoff.comes_back_sometime", language, number=number))
    lines.append(say("handoff.urgent", language))
    return Reply(" ".join(lines), buttons(language, "message", "stay"))


def kept_for_officer(number: str, place: int, wait: Wait | None, language: str) -> Reply:
    """That words are kept while the queue moves."""
    text = f"{say('handoff.kept', language, number=number)} {_place(place, wait, language)}"
    return Reply(text, buttons(language, "call_back", "stay"))


def place_told(number: str, place: int, wait: Wait | None, language: str) -> Reply:
    """Where somebody stands who asks."""
    text = f"{say('handoff.still_there', language, number=number)} {_place(place, wait, language)}"
    return Reply(text, buttons(language, "call_back", "message", "stay"))


def promised(number: str, window: tuple[datetime, datetime] | None, language: str) -> Reply:
    """The window of a call-back."""
    if window is None:
        return Reply(say("handoff.comes_back_sometime", language, number=number), buttons(language, "menu"))
    text = say("handoff.promised", language, number=number, window=_window(window, language))
    return Reply(text, buttons(language, "menu"))


def write_now(number: str, language: str) -> Reply:
    """Asks for the message that is to be left."""
    return Reply(say("handoff.write_now", language, number=number), buttons(language, "stay"))


def message_kept(number: str, until: datetime, language: str) -> Reply:
    """Until when a message that was left is answered."""
    text = say("handoff.message_kept", language, number=number, when=moment(until, language))
    return Reply(text, buttons(language, "menu"))


def joined(name: str, number: str, language: str) -> Reply:
    """Who speaks now."""
    return Reply(say("handoff.joined", language, name=name, number=number), buttons(language, "end"))


def transferred(number: str, language: str) -> Reply:
    """That another officer goes on."""
    return Reply(say("handoff.transferred", language, number=number), buttons(language, "call_back", "stay"))


def requeued(number: str, language: str) -> Reply:
    """That the officer was silent and another one is looked for."""
    return Reply(say("handoff.requeued", language, number=number), buttons(language, "call_back", "message", "stay"))


def still_waiting(number: str, language: str) -> Reply:
    """An apology when nobody came in time."""
    return Reply(
        say("handoff.still_waiting", language, number=number), buttons(language, "call_back", "message", "stay")
    )


def call_back_missed(number: str, window: tuple[datetime, datetime], language: str) -> Reply:
    """An apology when nobody came back in the promised window, with the next one."""
    text = say("handoff.call_back_missed", language, number=number, window=_window(window, language))
    return Reply(text, buttons(language, "human", "menu"))


def are_you_there(number: str, language: str) -> Reply:
    """A reminder to a participant who was asked something."""
    minutes = PARTICIPANT_SILENT // timedelta(minutes=1)
    return Reply(say("handoff.are_you_there", language, number=number, minutes=minutes), buttons(language, "end"))


def ended(reason: EndReason, number: str, language: str, rated: bool = True) -> Reply:
    """That it is over, and the one question afterwards."""
    name = "ended_silent" if reason is EndReason.PARTICIPANT_SILENT else "ended"
    text = say(f"handoff.{name}", language, number=number, hours=_hours_to_reopen())
    if not rated:
        return Reply(text, buttons(language, "reopen", "menu"))
    rating = tuple(
        Button(say(f"handoff.rating_{name}", language), f'/rate_handoff{{"rating":"{name}"}}') for name in _RATINGS
    )
    return Reply(f"{text} {say('handoff.rate', language)}", rating)


def nothing_written(number: str, until: datetime, language: str) -> Reply:
    """That a message was announced and none came."""
    text = say("handoff.nothing_written", language, number=number, when=moment(until, language))
    return Reply(text, buttons(language, "message", "menu"))


def cannot_relay(language: str, with_officer: bool) -> Reply:
    """That people can't be given this kind of message."""
    return Reply(say("handoff.cannot_relay", language), buttons(language, "end" if with_officer else "stay"))


def number_hidden(language: str) -> Reply:
    """That a personal number was not passed on."""
    return Reply(say("handoff.number_hidden", language))


def human(language: str, topic: str = "") -> Button:
    """A person, about a topic."""
    payload = f'/human{{"topic":"{topic}"}}' if topic else "/human"
    return Button(say("handoff.button_human", language), payload)


def not_reached(number: str, language: str) -> Reply:
    """That an officer called in vain, with the way back under the same number."""
    text = say("handoff.not_reached", language, number=number, hours=_hours_to_reopen())
    return Reply(text, buttons(language, "reopen", "menu"))


def cannot_reopen(language: str) -> Reply:
    """That the last talk ended too long ago, with a new one."""
    return Reply(say("handoff.cannot_reopen", language, hours=_hours_to_reopen()), buttons(language, "human", "menu"))


def stayed(language: str) -> Reply:
    """That nobody is waited for any more."""
    return Reply(say("handoff.stayed", language))


def still_called(number: str, language: str) -> Reply:
    """To who takes something back while an officer is still to come back to them."""
    return Reply(say("handoff.still_called", language, number=number), buttons(language, "stay", "menu"))


def officer_has_floor(language: str) -> Reply:
    """Why a tap does nothing now."""
    return Reply(say("handoff.officer_has_floor", language), buttons(language, "end"))


def assistant_paused(language: str) -> Reply:
    """That only people answer now."""
    return Reply(say("handoff.assistant_paused", language), buttons(language, "human"))


def _hours_to_reopen() -> int:
    return REOPEN_WITHIN // timedelta(hours=1)


def moment(at: datetime, language: str) -> str:
    """A day and a time as participants read it."""
    local = at.astimezone(WIB)
    return say("handoff.moment", language, day=long_date(local.date(), language), time=_clock(at))


def _window(window: tuple[datetime, datetime], language: str) -> str:
    begins, until = (at.astimezone(WIB) for at in window)
    if begins.date() != until.date():
        return f"{moment(begins, language)} – {moment(until, language)}"
    day = long_date(begins.date(), language)
    return say("handoff.window", language, day=day, begins=_clock(begins), until=_clock(until))


def _clock(at: datetime) -> str:
    return f"{at.astimezone(WIB):%H.%M}"


def _place(place: int, wait: Wait | None, language: str) -> str:
    if wait is None:
        return say("handoff.place", language, place=place)
    return say("handoff.place_and_wait", language, place=place, at_least=wait.at_least, at_most=wait.at_most)

"""How questions and ends of the troubleshooting trees are said."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.actions.base import button
from bot.actions.cards import card_picture, employer_of
from bot.actions.facts import facts
from bot.actions.topics import PAYLOADS
from bot.clock import WIB
from bot.conversation.messages import Button, Reply
from bot.conversation.turn_context import Turn
from bot.formatting import rupiah
from bot.parsing.numbers import mask
from bot.register.core_system import Card
from bot.texts import say
from bot.troubleshooting.record import Record, cards_of_cause
from bot.troubleshooting.trees import End, Outcome, Place, Question, Tree


def intro(tree: Tree, given: Mapping[str, Any], language: str) -> Reply:
    """The help most likely to work, for who wants no questions."""
    return Reply(say(f"troubleshooting.{tree.name}_intro", language, **given))


def question_reply(tree: Tree, place: Place, given: Mapping[str, Any], language: str) -> Reply:
    """The question with a button for each option that is shown."""
    assert isinstance(place.node, Question)
    buttons = tuple(
        Button(
            say(f"troubleshooting.option_{option.key}", language),
            f'/inform{{"choice":"{tree.name}.{place.name}.{option.key}"}}',
        )
        for option in place.node.options
        if option.shown
    )
    return Reply(say(f"troubleshooting.{place.name}", language, **given), buttons)


def case_opened(number: str, language: str) -> Reply:
    """An officer works on it."""
    return Reply(say("troubleshooting.case_opened", language, case=number), (button("menu", "/menu", language),))


def case_offer(language: str) -> Reply:
    """The ways to an officer for who isn't verified: here after verifying, or with what to bring."""
    lines = (say("troubleshooting.case_offered", language), say("troubleshooting.visit", language))
    visit = button("plan_visit", PAYLOADS["plan_visit"], language)
    return Reply("\n\n".join(lines), (_verify_for_case(language), visit, button("menu", "/menu", language)))


def end_replies(
    turn: Turn, place: Place, record: Record | None, given: Mapping[str, Any], case: str | None = None
) -> list[Reply]:
    """The way out, with the next steps, the card where it helps, and a text to forward; `case` was opened for it."""
    end, language = place.node, turn.language
    assert isinstance(end, End)
    lines = [say(f"troubleshooting.{place.name}", language, **given)]
    if case:
        lines.append(say("troubleshooting.case_opened", language, case=case))
    elif end.outcome is Outcome.CASE:
        lines.append(say("troubleshooting.case_offered", language))
    if end.outcome is not Outcome.FIX and not case:
        lines.append(say("troubleshooting.visit", language))
    buttons = _end_buttons(end, case, language)
    picture = card_picture(turn, record.name, _card_shown(record)) if end.card and record and record.cards else None
    if end.forward is None:
        return [Reply("\n\n".join(lines), buttons, picture)]
    lines.append(say("troubleshooting.forward_next", language))
    return [
        Reply("\n\n".join(lines)),
        Reply(say(f"troubleshooting.{end.forward}", language, **given), buttons, separate=True),
    ]


def _end_buttons(end: End, case: str | None, language: str) -> tuple[Button, ...]:
    first: tuple[Button, ...] = ()
    if end.outcome is Outcome.CASE and not case:
        first = (_verify_for_case(language), button("plan_visit", PAYLOADS["plan_visit"], language))
    elif end.outcome is Outcome.FIX and end.case:
        first = (button("still_failing", "/open_case", language),)
    return (*first, *(button(name, PAYLOADS[name], language) for name in (*end.buttons, "menu")))


def _verify_for_case(language: str) -> Button:
    return button("open_case", '/open_case{"sure":"yes"}', language)


def values(now: datetime, record: Record | None, answers: Mapping[str, str], language: str) -> dict[str, Any]:
    """What texts may mention. Without a record there is no name in them."""
    local = now.astimezone(WIB)
    own = {
        "name": record.name if record else say("troubleshooting.your_name", language),
        "kpj": mask(record.cards[-1].kpj) if record and record.cards else say("troubleshooting.your_kpj", language),
        "cards": _cards(cards_of_cause(record), language) if record else "",
        "balance": rupiah(record.balance) if record else "",
    }
    return {
        **facts(local.date(), language),
        **own,
        "field": _fields(record, answers, language),
        "in_one_hour": f"{local + timedelta(hours=1):%H.%M}",
        "in_two_hours": f"{local + timedelta(hours=2):%H.%M}",
    }


def _fields(record: Record | None, answers: Mapping[str, str], language: str) -> str:
    known = [str(field) for field in record.differing] if record else []
    names = known or [answers.get("data_field", "unknown")]
    return _joined([say(f"troubleshooting.field_{name}", language) for name in names], language)


def _cards(cards: tuple[Card, ...], language: str) -> str:
    lines = [
        say("troubleshooting.card_line", language, employer=employer_of(card, language), kpj=mask(card.kpj))
        for card in cards
    ]
    return _joined(lines, language)


def _joined(parts: list[str], language: str) -> str:
    *most, last = parts or [""]
    return f"{', '.join(most)} {say('troubleshooting.and', language)} {last}" if most else last


def _card_shown(record: Record) -> Card:
    return (cards_of_cause(record) or record.cards)[-1]

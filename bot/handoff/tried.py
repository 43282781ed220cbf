"""What the assistant understood before it handed off, as an officer reads it."""

from collections.abc import Mapping
from typing import Any

from bot.texts import say, texts


def tried_lines(tried: Mapping[str, Any], language: str) -> list[str]:
    """The intents in their order, the form that stopped, and how often in a row nothing was understood."""
    lines = []
    intents = [_named(f"handoff_tried.asked_{intent}", language) for intent in tried.get("intents") or ()]
    if known := ", ".join(filter(None, intents)):
        lines.append(say("handoff_tried.asked", language, intents=known))
    if form := _named(f"handoff_tried.form_{tried.get('form')}", language):
        lines.append(say("handoff_tried.stopped", language, form=form))
    if times := tried.get("misunderstood"):
        lines.append(say("handoff_tried.misunderstood", language, times=times))
    return lines


def _named(key: str, language: str) -> str | None:
    """What has no name is a tap that says nothing to an officer."""
    return texts(language).get(key)

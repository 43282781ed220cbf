"""Draws what a reply describes as data, when it is sent: a turn never waits for a picture."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any

from bot.conversation.messages import Document, Picture
from bot.errors import JmoError

Draw = Callable[[Mapping[str, Any]], bytes]

DRAWERS = {
    "jht_growth": "bot.pictures.charts:jht_growth",
    "balance_history": "bot.pictures.charts:balance_history",
    "member_card": "bot.pictures.card:member_card",
    "yearly_statement": "bot.pictures.statement:yearly_statement",
}
"""Which function draws a kind; imported at the first use, as drawing libraries are slow to start."""


_DESK = ThreadPoolExecutor(1, thread_name_prefix="pictures")
"""One picture at a time: the drawing libraries share fonts and caches, and the turns need the processor too."""


class UnknownPicture(JmoError):
    """Nothing can draw this kind of picture or document."""


async def render(picture: Picture) -> bytes:
    """The picture as PNG. Raises `UnknownPicture`."""
    return await _draw(picture)


async def render_document(document: Document) -> bytes:
    """The document as PDF. Raises `UnknownPicture`."""
    return await _draw(document)


async def _draw(described: Picture | Document) -> bytes:
    return await asyncio.get_running_loop().run_in_executor(_DESK, _load_and_draw, described)


def _load_and_draw(described: Picture | Document) -> bytes:
    return _drawer(described.kind)(described.data)


def _drawer(kind: str) -> Draw:
    if kind not in DRAWERS:
        raise UnknownPicture(f"there is no picture of the kind {kind!r}")
    module, _, name = DRAWERS[kind].partition(":")
    draw: Draw = getattr(import_module(module), name)
    return draw

"""The assistant in a terminal: buttons are numbered choices."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from bot import pictures
from bot.conversation.commands import command_to_payload
from bot.conversation.gateway import StoredReply
from bot.conversation.messages import Button, IncomingMessage, Kind, Reply
from bot.texts import say

CHANNEL = "terminal"
ANSWER_SECONDS = 30.0


class AnsweringGateway(Protocol):
    """What this channel needs of the core."""

    async def accept(self, message: IncomingMessage) -> bool: ...

    async def answers(self, message: IncomingMessage, timeout: float) -> list[StoredReply]: ...


async def chat(
    gateway: AnsweringGateway,
    console: Console,
    folder: Path,
    read_line: Callable[[], str] = lambda: input("> "),
    language: str = "id",
) -> None:
    """Talk until the end of the input; pictures and documents are saved in `folder`."""
    chat_id = uuid4().hex
    buttons: tuple[Button, ...] = ()
    console.print(say("terminal.welcome", language))
    while (line := await _read(read_line)) is not None:
        if not line.strip():
            continue
        message = to_message(line, chat_id, buttons)
        await gateway.accept(message)
        for answer in await gateway.answers(message, ANSWER_SECONDS):
            buttons = answer.reply.buttons
            await _show(answer, console, folder, language)
    console.print(say("terminal.goodbye", language))


def to_message(line: str, chat_id: str, buttons: tuple[Button, ...]) -> IncomingMessage:
    """What was typed: the number of a button, a command, or words."""
    choice = line.strip()
    if choice.isdecimal() and 1 <= int(choice) <= len(buttons):
        return _message(chat_id, Kind.BUTTON, buttons[int(choice) - 1].payload)
    text = command_to_payload(line)
    return _message(chat_id, Kind.BUTTON if text.startswith("/") else Kind.TEXT, text)


def _message(chat_id: str, kind: Kind, text: str) -> IncomingMessage:
    return IncomingMessage(CHANNEL, chat_id, uuid4().hex, kind, text)


async def _read(read_line: Callable[[], str]) -> str | None:
    try:
        return await asyncio.to_thread(read_line)
    except EOFError:
        return None


async def _show(answer: StoredReply, console: Console, folder: Path, language: str) -> None:
    console.print(Panel(with_bold(answer.reply.text), title="JMO", title_align="left", width=min(console.width, 90)))
    for number, button in enumerate(answer.reply.buttons, start=1):
        console.print(f"  [bold cyan]{number}[/] {escape(button.title)}")
    if saved := await _save(answer.id, answer.reply, folder):
        console.print(say("terminal.saved", language, path=saved), style="dim")


def with_bold(text: str) -> str:
    """`*bold*` in rich's markup; an asterisk without its partner stays."""
    parts = escape(text).split("*")
    if len(parts) % 2 == 0:
        return escape(text)
    return "".join(f"[bold]{part}[/bold]" if position % 2 else part for position, part in enumerate(parts))


async def _save(id: int, reply: Reply, folder: Path) -> Path | None:
    if reply.picture:
        path, data = folder / f"{id}.png", await pictures.render(reply.picture)
    elif reply.document:
        path, data = folder / reply.document.filename, await pictures.render_document(reply.document)
    else:
        return None
    await asyncio.to_thread(path.write_bytes, data)
    return path

"""The assistant in a terminal: answers in bubbles, buttons as numbered choices."""

import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from prompt_toolkit import PromptSession
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot import pictures
from bot.channels.media import RenderDocument, RenderPicture
from bot.conversation.commands import command_to_payload
from bot.conversation.messages import Button, IncomingMessage, Kind, Reply
from bot.conversation.replies import StoredReply
from bot.texts import say

CHANNEL = "terminal"
ANSWER_SECONDS = 30.0
WIDEST = 90
"""Columns; longer lines are hard to read."""

ReadLine = Callable[[], Awaitable[str]]
"""Gives what was typed; raises `EOFError` at the end."""

_BOLD = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")


class AnsweringGateway(Protocol):
    """What this channel needs of the core."""

    async def accept(self, message: IncomingMessage) -> bool: ...

    async def answers(self, message: IncomingMessage, timeout: float) -> list[StoredReply]: ...


async def chat(
    gateway: AnsweringGateway,
    console: Console,
    folder: Path,
    read_line: ReadLine | None = None,
    language: str = "id",
    render_picture: RenderPicture = pictures.render,
    render_document: RenderDocument = pictures.render_document,
    timeout: float = ANSWER_SECONDS,
) -> None:
    """Talk until the end of the input; pictures and documents are saved in `folder`, `timeout` is in seconds."""
    read_line = read_line or prompt()
    chat_id = uuid4().hex
    choices: Sequence[Button] = ()
    console.print(say("terminal.welcome", language), style="dim")
    while (line := await _next_line(read_line)) is not None:
        if not line.strip():
            continue
        message = to_message(line, chat_id, choices)
        await gateway.accept(message)
        try:
            with console.status(say("terminal.working", language)):
                answers = await gateway.answers(message, timeout)
        except TimeoutError:
            console.print(say("terminal.late", language), style="yellow")
            continue
        choices = [button for answer in answers for button in answer.reply.buttons]
        for answer in answers:
            _show_bubble(console, answer.reply, language)
            await _save_files(console, answer, folder, language, render_picture, render_document)
        _show_choices(console, choices, language)
    console.print(say("terminal.goodbye", language))


def prompt() -> ReadLine:
    """Lines from the keyboard, with editing and what was typed before."""
    session: PromptSession[str] = PromptSession("> ")
    return session.prompt_async


def to_message(line: str, chat_id: str, choices: Sequence[Button]) -> IncomingMessage:
    """What was typed: the number of a choice, a command, or words.

    A line that begins with a space is never a choice, so that a number can be an answer too.
    """
    if re.fullmatch(r"[1-9][0-9]?\s*", line) and int(line) <= len(choices):
        return _message(chat_id, Kind.BUTTON, choices[int(line) - 1].payload)
    text = command_to_payload(line.encode("utf-8", "replace").decode().strip())
    return _message(chat_id, Kind.BUTTON if text.startswith("/") else Kind.TEXT, text)


def with_bold(text: str) -> Text:
    """`*bold*` in bold; nothing in the text is taken as markup of the terminal."""
    result, end = Text(), 0
    for found in _BOLD.finditer(text):
        result.append(text[end : found.start()]).append(found[1], "bold")
        end = found.end()
    return result.append(text[end:])


def _message(chat_id: str, kind: Kind, text: str) -> IncomingMessage:
    return IncomingMessage(CHANNEL, chat_id, uuid4().hex, kind, text)


async def _next_line(read_line: ReadLine) -> str | None:
    try:
        return await read_line()
    except (EOFError, KeyboardInterrupt):
        return None


def _show_bubble(console: Console, reply: Reply, language: str) -> None:
    title = say("terminal.assistant", language)
    width = min(console.width, WIDEST)
    console.print(Panel(with_bold(reply.text), title=title, title_align="left", width=width, border_style="green"))


def _show_choices(console: Console, choices: Sequence[Button], language: str) -> None:
    for number, button in enumerate(choices, start=1):
        console.print(Text.assemble((f"  {number} ", "bold cyan"), button.title))
    if choices:
        console.print(say("terminal.choose", language), style="dim")


async def _save_files(
    console: Console,
    answer: StoredReply,
    folder: Path,
    language: str,
    render_picture: RenderPicture,
    render_document: RenderDocument,
) -> None:
    picture, document = answer.reply.picture, answer.reply.document
    if picture:
        path = _save(folder / f"{picture.kind}-{answer.id}.png", await render_picture(picture))
        _tell(console, say("terminal.picture_saved", language, what=picture.alt, path=path))
    if document:
        path = _save(folder / Path(document.filename).name, await render_document(document))
        _tell(console, say("terminal.document_saved", language, path=path))


def _save(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def _tell(console: Console, text: str) -> None:
    console.print(Text(text, "dim"), soft_wrap=True)

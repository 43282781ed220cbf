"""Several things said in one turn make as few messages as possible: a chat takes one a second."""

from collections.abc import Iterable
from dataclasses import replace

from bot.conversation.messages import Reply


def merged(replies: Iterable[Reply]) -> list[Reply]:
    """Join a plain text with what follows it; the buttons and the picture of the last one stay."""
    result: list[Reply] = []
    for reply in replies:
        if result and _is_plain(result[-1]) and reply.document is None:
            result[-1] = replace(reply, text=_joined(result[-1].text, reply.text))
        else:
            result.append(reply)
    return result


def _is_plain(reply: Reply) -> bool:
    return reply.picture is None and reply.document is None


def _joined(first: str, second: str) -> str:
    return "\n\n".join(text for text in (first, second) if text)

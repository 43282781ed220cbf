"""What a turn says: as few messages as possible, as a chat takes one a second; and at hand for who waits for it."""

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.conversation.messages import IncomingMessage, Reply

MOST_AT_HAND = 256
FEW_BUTTONS = 3
_SOURCE = re.compile(r"\(.*\)")
"""A line of its own that only names laws or dates."""
_FIGURE = re.compile(r"\d[\d.,]*\d")


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A reply with the id of its row, under which its picture can be fetched."""

    id: int
    reply: Reply


class RepliesAtHand:
    """The replies of the last turns of this process, for callers that wait for them.

    They are committed already: whoever doesn't find them here finds them in the database.
    """

    def __init__(self) -> None:
        self._replies: OrderedDict[tuple[str, str], list[StoredReply]] = OrderedDict()

    def keep(self, message: IncomingMessage, replies: list[StoredReply]) -> None:
        """Keep the replies to a message until they are taken, or many others came."""
        self._replies[message.channel, message.key] = replies
        if len(self._replies) > MOST_AT_HAND:
            self._replies.popitem(last=False)

    def take(self, message: IncomingMessage) -> list[StoredReply] | None:
        """The replies to a message, once."""
        return self._replies.pop((message.channel, message.key), None)


def merged(replies: Iterable[Reply]) -> list[Reply]:
    """Join a plain text with what follows it; the buttons and the picture of the last one stay."""
    result: list[Reply] = []
    for reply in replies:
        if result and _is_plain(result[-1]) and reply.document is None and not reply.separate:
            result[-1] = replace(reply, text=_joined(result[-1].text, reply.text))
        else:
            result.append(reply)
    return result


def lightened(reply: Reply) -> Reply:
    """The reply for who has little network: figures instead of a picture, and no lines that only name sources."""
    text = "\n".join(line for line in reply.text.splitlines() if not _SOURCE.fullmatch(line))
    alt = reply.picture.alt if reply.picture else ""
    says_it_all = all(figure in text for figure in _FIGURE.findall(alt))
    return replace(reply, text=text if says_it_all else _joined(text, alt), picture=None)


def with_few_buttons(reply: Reply) -> Reply:
    """The reply with three buttons, or as many as it has answers; of those that only lead on the first ones stay."""
    answers = [button for button in reply.buttons if "{" in button.payload]
    leading_on = [button for button in reply.buttons if button not in answers]
    kept = {*answers, *leading_on[: max(FEW_BUTTONS - len(answers), 0)]}
    return replace(reply, buttons=tuple(button for button in reply.buttons if button in kept))


def _is_plain(reply: Reply) -> bool:
    return reply.picture is None and reply.document is None and not reply.separate


def _joined(first: str, second: str) -> str:
    return "\n\n".join(text for text in (first, second) if text)

"""People's side of a chat, as the turn sees it: whether a person has the floor, and what is said then."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.conversation.messages import Reply
from bot.conversation.turn_context import Turn


@dataclass(frozen=True, slots=True)
class Taken:
    """A message that was not for the assistant."""

    replies: Sequence[Reply] = ()
    then: str | None = None
    """What the assistant goes on with in the same turn, as if it had been tapped."""


class People(Protocol):
    """Asked before the assistant in every turn."""

    async def take(self, turn: Turn) -> Taken | None:
        """Take the message to a person; None where the assistant answers."""
        ...

    def beside(self, turn: Turn, replies: Sequence[Reply]) -> list[Reply]:
        """The assistant's answer with what people add to it."""
        ...

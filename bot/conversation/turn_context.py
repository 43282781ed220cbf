"""The turn that is under way: what actions and the tracker store work on."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from bot.conversation.context import Understood
from bot.conversation.messages import IncomingMessage, Reply
from bot.conversation.models import Author, Conversation
from bot.parsing.numbers import PersonalNumber

if TYPE_CHECKING:
    from bot.learning.models import Why
    from bot.services import Services


@dataclass(frozen=True, slots=True)
class PersonalValues:
    """The personal values of a message, which neither Rasa nor a log ever sees."""

    numbers: tuple[PersonalNumber, ...] = ()
    birth_date: date | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)
    account: str | None = field(default=None, repr=False)
    """A number given while a claim is filed: of an account or for the tax."""


@dataclass
class Turn:
    """One incoming message being answered, inside one database transaction."""

    session: AsyncSession
    conversation: Conversation
    message: IncomingMessage
    now: datetime
    services: "Services"
    personal: PersonalValues = PersonalValues()
    replies: list[Reply] = field(default_factory=list)
    """What the action under way says."""
    said: list[Reply] = field(default_factory=list)
    """What the turn's actions said so far; Rasa is given only the places in this list."""
    guesses: tuple[tuple[str, float], ...] = ()
    """What the message may ask for, the likeliest first, once Rasa read it; a fallback is none."""
    intent: str | None = None
    """What the message was taken for; None where Rasa wasn't asked."""
    misunderstood: "Why | None" = None
    """The assistant didn't understand the message, and knows it."""
    understood: Understood | None = None
    """What the message asked for, once Rasa read it."""
    shown: str | None = None
    """What was shown instead of what was understood: a payload that shows it again."""
    outside: bool = False
    """On an action server of Rasa, where there is no database and no participant."""
    asked: bool = False
    """What is to be done next was said already, so that a form needn't ask."""
    offers_person: str | None = None
    """A person is to be offered beside what is said, about this topic; empty for what the form tells."""
    paused: bool = False
    """The assistant is stopped: only people answer."""
    for_people: bool = False
    """A person gets this message, and what it says of a place is kept for them."""
    author: Author = Author.BOT
    """Who says what this turn says."""
    delete_message: bool = False
    """The participant's message carried personal numbers: ask the channel to delete it."""

    @property
    def language(self) -> str:
        return self.conversation.language


SAID = "said"
"""The key under which Rasa is given the place of a reply."""

_current: ContextVar[Turn] = ContextVar("current_turn")


def current_turn() -> Turn:
    """The turn under way; raises `LookupError` outside of one."""
    return _current.get()


def enter_turn(turn: Turn) -> None:
    """Make `turn` the current one for the running task."""
    _current.set(turn)

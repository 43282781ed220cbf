"""Keeps what was misunderstood, in the turn that shows it; a turn that was understood asks the database nothing."""

import json
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.clock import WIB
from bot.conversation.messages import IncomingMessage, Kind
from bot.conversation.models import InboxRow
from bot.conversation.privacy_filter import CLAIM_FORM, VERIFICATION_FORM
from bot.conversation.tracker_store import FALLBACK
from bot.conversation.turn_context import Turn
from bot.learning.likeness import Signature, mark, same_need, signature
from bot.learning.models import Misunderstood, Why
from bot.learning.redaction import redacted
from bot.parsing.wrong_answers import says_wrong_answer

SOON = timedelta(minutes=5)
"""In which the same question in other words is about the answer, and not another day's question."""
PERSONAL_FORMS = frozenset({VERIFICATION_FORM, CLAIM_FORM})
"""What is typed into these is somebody's data, whatever it looks like: none of it is kept."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How a chat's last typed message was understood."""

    inbox_id: int
    at: datetime
    words: Signature
    guesses: tuple[tuple[str, float], ...]
    form: str | None
    kept: bool = False
    """It is among the misunderstood already; what comes next may tell what it meant."""
    mark: int = 0
    """Of the very words: who asks the same again word for word looks anew, and puts nothing in other words."""
    or_else: tuple[str, ...] = ()
    """The needs that were offered beside an answer that wasn't sure."""

    @classmethod
    def read(cls, stored: str | None) -> "Heard | None":
        """What was written; None where nothing was, or an earlier version wrote less."""
        values: list[Any] = json.loads(stored) if stored else []
        if len(values) < len(fields(cls)):
            return None
        inbox_id, at, words, guesses, form, kept, said, or_else = values
        pairs = tuple((name, confidence) for name, confidence in guesses)
        return cls(inbox_id, datetime.fromisoformat(at), frozenset(words), pairs, form, kept, said, tuple(or_else))

    def written(self) -> str:
        at, words = self.at.isoformat(), sorted(self.words)
        values = [self.inbox_id, at, words, self.guesses, self.form, self.kept, self.mark, self.or_else]
        return json.dumps(values, separators=(",", ":"))


async def keep_if_misunderstood(turn: Turn, message: IncomingMessage, form: str | None, inbox_id: int) -> None:
    """Keep this message, or the one before it, where this turn shows that it was misunderstood.

    `message` has its personal values taken out; `form` was under way when it came.
    """
    if turn.intent is None:  # a person has the floor
        turn.conversation.last_heard = None
        return
    last = Heard.read(turn.conversation.last_heard)
    typed = message.kind is not Kind.BUTTON and bool(message.text) and not message.text.startswith("/")
    complains = typed and form is None and says_wrong_answer(message.text)
    words, said = (signature(message.text), mark(message.text)) if typed else (frozenset(), 0)
    or_else = turn.understood.or_else if turn.understood else ()
    heard = Heard(inbox_id, turn.now, words, turn.guesses, form, mark=said, or_else=or_else)
    if last and last.kept and not complains:
        await _note_what_was_meant(turn, last)
    elif last and message.kind is Kind.BUTTON and turn.intent in last.or_else:
        await _keep_last(turn, last, Why.MEANT_OTHER)
    elif last and (why := _why_last_was_wrong(last, heard, complains)):
        await _keep_last(turn, last, why)
    if complains:
        turn.conversation.last_heard = _as_kept(last) if last else None
    elif not typed or form in PERSONAL_FORMS:
        turn.conversation.last_heard = None
    else:
        if turn.misunderstood:
            _keep(turn, message.text, heard, turn.misunderstood)
        turn.conversation.last_heard = _as_kept(heard) if turn.misunderstood else heard.written()


def _why_last_was_wrong(last: Heard, heard: Heard, complains: bool) -> Why | None:
    if last.kept:
        return None
    if complains:
        return Why.SAID_WRONG
    if last.mark == heard.mark:
        return None
    soon = heard.at - last.at <= SOON and last.form is None and heard.form not in PERSONAL_FORMS
    return Why.REPHRASED if soon and same_need(last.words, heard.words) else None


async def _keep_last(turn: Turn, last: Heard, why: Why) -> None:
    row = await turn.session.get(InboxRow, last.inbox_id)
    if row is None:  # deleted meanwhile
        return
    meant = None if why is Why.SAID_WRONG else _told(turn)
    _keep(turn, IncomingMessage.from_json(json.loads(row.payload)).text, last, why, meant)


async def _note_what_was_meant(turn: Turn, last: Heard) -> None:
    if meant := _told(turn):
        kept = await turn.session.scalar(select(Misunderstood).where(Misunderstood.inbox_id == last.inbox_id))
        if kept is not None:
            kept.meant = meant


def _told(turn: Turn) -> str | None:
    """What this message asks for, which the one before may have meant."""
    return None if turn.misunderstood or turn.intent == FALLBACK else turn.intent


def _keep(turn: Turn, text: str, heard: Heard, why: Why, meant: str | None = None) -> None:
    turn.session.add(
        Misunderstood(
            conversation_id=turn.conversation.id,
            inbox_id=heard.inbox_id,
            text=redacted(text, turn.now.astimezone(WIB).date()),
            language=turn.language,
            why=why,
            guesses_json=json.dumps(heard.guesses),
            form=heard.form,
            meant=meant,
            kept_at=turn.now,
        )
    )


def _as_kept(heard: Heard) -> str:
    return replace(heard, kept=True).written()

"""What was said in a chat, by whom, and what became of it: as officers read it, with nothing personal in clear."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.models import Case, CaseEvent
from bot.channels.media import attachment_path, picture_path
from bot.conversation.commands import COMMANDS
from bot.conversation.inbox import SYSTEM_KEY
from bot.conversation.messages import IncomingMessage, Kind, Reply
from bot.conversation.models import Conversation, InboxRow, InboxState, OutboxKind, OutboxRow, OutboxState
from bot.handoff.models import Handoff, Officer
from bot.handoff.service import was_left
from bot.parsing.numbers import redact

SHOWN_AT_ONCE = 200
YOUNGEST = 14
"""Years; nobody younger may work."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACEHOLDER = re.compile(r"<(?:nik|kpj|phone|email|number|date|code|account)>")
_LONG_DATE = re.compile(r"\b\d{1,2} [^\W\d]+ (\d{4})\b")
"""As `bot.formatting.long_date` writes it, in any language."""
_MASK = "••••"
_TYPED = {payload: f"/{name}" for name, payload in COMMANDS.items()}
"""Payloads that were typed as commands."""
_SHOWS_NUMBERS = frozenset({"member_card"})
"""Pictures on which personal numbers stand; officers unmask those beside the chat, with a reason."""


@dataclass(frozen=True)
class Entry:
    """One line of the transcript."""

    id: str
    at: datetime
    author: str
    """`participant`, `bot`, `officer`, `system`, `note` or `event`."""
    text: str = ""
    name: str = ""
    """Which officer."""
    number: str = ""
    """Of the case that an event belongs to."""
    state: str = ""
    """The case's state after an event; of a message that goes out, what became of it."""
    buttons: tuple[str, ...] = ()
    picture: str = ""
    alt: str = ""
    file: str = ""
    """The kind of a file: `photo`, `document`, or `hidden` where personal numbers stand on it."""
    file_path: str = ""
    file_name: str = ""
    location: tuple[float, float] | None = None

    @property
    def cursor(self) -> int:
        """Microseconds; grows with time."""
        return (self.at - _EPOCH) // timedelta(microseconds=1)


async def transcript(session: AsyncSession, handoff: Handoff, after: int = 0, before: int | None = None) -> list[Entry]:
    """The last entries of a hand-off's chat after a cursor and before another, oldest first."""
    chat = await session.get_one(Conversation, handoff.conversation_id)
    conversation_id, (begins, ends) = chat.id, _owned(chat, handoff)
    since = max(_EPOCH + timedelta(microseconds=after), begins)
    until = min(_EPOCH + timedelta(microseconds=before), ends) if before else ends
    entries = [
        *await _heard(session, conversation_id, since, until),
        *await _said(session, conversation_id, since, until),
        *await _happened(session, conversation_id, since, until, Case.opened_at.between(begins, ends)),
    ]
    return sorted(entries, key=lambda entry: entry.at)[-SHOWN_AT_ONCE:]


def _owned(chat: Conversation, handoff: Handoff) -> tuple[datetime, datetime]:
    """From when until when the chat belonged to whom the hand-off was for: others may have had it before or since."""
    latest = datetime.max.replace(tzinfo=UTC)
    if chat.left_at is None:
        return _EPOCH, latest
    return (_EPOCH, chat.left_at + timedelta(microseconds=1)) if was_left(chat, handoff) else (chat.left_at, latest)


async def _heard(session: AsyncSession, conversation_id: int, since: datetime, until: datetime) -> list[Entry]:
    """What the participant wrote. A message that waits for its turn still has its personal numbers: it comes later."""
    query = (
        select(InboxRow)
        .where(InboxRow.conversation_id == conversation_id, InboxRow.state != InboxState.OPEN)
        .where(InboxRow.received_at > since, InboxRow.received_at < until, InboxRow.key.not_like(f"{SYSTEM_KEY}%"))
        .order_by(InboxRow.received_at.desc())
        .limit(SHOWN_AT_ONCE)
    )
    rows = (await session.scalars(query)).all()
    messages = [(row, IncomingMessage.from_json(json.loads(row.payload))) for row in rows]
    tapped = {message.text for _, message in messages if message.text.startswith("/")}
    titles = await _titles(session, conversation_id, until) if tapped else {}
    return [_of_participant(row, message, titles) for row, message in messages]


async def _titles(session: AsyncSession, conversation_id: int, until: datetime) -> dict[str, str]:
    """Under which titles payloads were offered."""
    rows = await _replies(session, conversation_id, _EPOCH, until)
    return {button.payload: button.title for _, reply, _ in rows for button in reply.buttons}


def _of_participant(row: InboxRow, message: IncomingMessage, titles: dict[str, str]) -> Entry:
    is_command = message.text.startswith("/")
    text = titles.get(message.text) or _TYPED.get(message.text, "")
    attachment = message.attachment
    return Entry(
        id=f"in{row.id}",
        at=row.received_at,
        author="participant",
        text=masked(text if is_command else message.text),
        file="" if attachment is None else "photo" if message.kind is Kind.PHOTO else "document",
        file_path=f"berkas/{row.id}" if attachment else "",
        file_name=masked(attachment.name) if attachment else "",
        location=message.location,
        state="other" if message.kind is Kind.OTHER else "contact" if message.kind is Kind.CONTACT else "",
    )


async def _said(session: AsyncSession, conversation_id: int, since: datetime, until: datetime) -> list[Entry]:
    replies = await _replies(session, conversation_id, since, until)
    return [_of_ours(row, reply, name or "") for row, reply, name in replies]


async def _replies(
    session: AsyncSession, conversation_id: int, since: datetime, until: datetime
) -> Sequence[tuple[OutboxRow, Reply, str | None]]:
    query = (
        select(OutboxRow, Officer.name)
        .outerjoin(Officer, Officer.id == OutboxRow.officer_id)
        .where(OutboxRow.conversation_id == conversation_id, OutboxRow.kind == OutboxKind.REPLY)
        .where(OutboxRow.created_at > since, OutboxRow.created_at < until)
        .order_by(OutboxRow.created_at.desc())
        .limit(SHOWN_AT_ONCE)
    )
    rows = (await session.execute(query)).tuples()
    return [(row, Reply.from_json(json.loads(row.payload)), name) for row, name in rows if row.payload]


def _of_ours(row: OutboxRow, reply: Reply, name: str) -> Entry:
    picture, attachment = reply.picture, reply.attachment
    hidden = reply.document is not None or (picture is not None and picture.kind in _SHOWS_NUMBERS)
    path = attachment_path(row.id, attachment.mime) if attachment else ""
    is_image = attachment is not None and attachment.mime.startswith("image/")
    return Entry(
        id=f"out{row.id}",
        at=row.created_at,
        author=row.author,
        text=masked(without_birth_dates(reply.text, row.created_at.date())),
        name=name,
        state=_delivery(row),
        buttons=tuple(button.title for button in reply.buttons),
        picture=path if is_image else picture_path(row.id) if picture and not hidden else "",
        alt=masked(picture.alt) if picture else attachment.name if attachment else "",
        file="hidden" if hidden else "document" if attachment and not is_image else "",
        file_path="" if is_image else path,
        file_name=_file_name(reply),
    )


def _file_name(reply: Reply) -> str:
    if reply.document:
        return reply.document.filename
    return reply.attachment.name if reply.attachment else masked(reply.picture.alt) if reply.picture else ""


def _delivery(row: OutboxRow) -> str:
    """`waiting`, `late`, `fetched` (its channel fetches it), `sent`, `refused` or `gone`."""
    if row.state == OutboxState.OPEN:
        return "late" if row.attempts else "waiting"
    return {OutboxState.READY: "fetched"}.get(OutboxState(row.state), OutboxState(row.state).value)


async def _happened(
    session: AsyncSession, conversation_id: int, since: datetime, until: datetime, whose: ColumnElement[bool]
) -> Iterable[Entry]:
    """The history of cases that the chat's owner opened in it, and the notes among officers."""
    query = (
        select(CaseEvent, Case)
        .join(Case, Case.id == CaseEvent.case_id)
        .where(Case.conversation_id == conversation_id, whose, CaseEvent.at > since, CaseEvent.at < until)
        .order_by(CaseEvent.at.desc())
        .limit(SHOWN_AT_ONCE)
    )
    return [
        Entry(
            id=f"ev{event.id}",
            at=event.at,
            author="note" if event.internal else "event",
            text=masked(event.note or ""),
            name=event.actor.removeprefix("officer:"),
            number=case.number,
            state=event.state,
        )
        for event, case in (await session.execute(query)).tuples()
    ]


def masked(text: str) -> str:
    """The text without personal numbers."""
    return _PLACEHOLDER.sub(_MASK, redact(text)[0])


def without_birth_dates(text: str, today: date) -> str:
    """What the assistant said, without days on which a participant can have been born: a claim shows its biodata."""
    return _LONG_DATE.sub(lambda day: _MASK if today.year - int(day[1]) >= YOUNGEST else day[0], text)

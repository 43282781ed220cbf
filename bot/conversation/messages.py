"""What comes in from a channel and what goes out to it: the only types that channels know."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import Any

BUTTON_PAYLOAD_LIMIT = 64
"""Bytes; Telegram's limit for callback data."""


class Kind(StrEnum):
    """What a participant sent."""

    TEXT = "text"
    BUTTON = "button"
    CONTACT = "contact"
    PHOTO = "photo"
    DOCUMENT = "document"
    LOCATION = "location"
    OTHER = "other"
    """Voice, video, sticker and whatever a platform invents."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A phone number that the platform vouches for, or not."""

    phone: str
    belongs_to_sender: bool


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that stays with the channel until somebody needs it."""

    ref: str
    """The channel's own name of the file."""
    mime: str
    name: str = ""
    size: int | None = None
    """Bytes, if the channel says."""


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """One message of a participant.

    `text` is the typed text, the caption of a file, or a button's payload (`/intent{"entity":"value"}`).
    """

    channel: str
    chat_id: str
    key: str
    """Unique within the channel; the same key is the same message delivered again."""
    kind: Kind
    text: str = ""
    message_id: str | None = None
    private: bool = True
    """False in groups, where nothing personal is said."""
    language: str | None = None
    """What the platform says of the user's language, e.g. `id` or `en-GB`."""
    contact: Contact | None = None
    attachment: Attachment | None = None
    location: tuple[float, float] | None = None
    """Latitude and longitude in degrees."""

    def to_json(self) -> dict[str, Any]:
        return _fields_of(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "IncomingMessage":
        values = dict(data)
        values["kind"] = Kind(values["kind"])
        if values.get("contact"):
            values["contact"] = Contact(**values["contact"])
        if values.get("attachment"):
            values["attachment"] = Attachment(**values["attachment"])
        if values.get("location"):
            values["location"] = tuple(values["location"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Button:
    """A choice; its payload comes back as the text of a message of kind BUTTON."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture described as data, drawn by `bot.pictures` when it is sent."""

    kind: str
    data: Mapping[str, Any]
    alt: str
    """What the picture shows, for those who can't see it."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file described as data, written by `bot.pictures` when it is sent."""

    kind: str
    data: Mapping[str, Any]
    filename: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to a participant. `*bold*` is the only markup in `text`."""

    text: str
    buttons: tuple[Button, ...] = field(default=())
    picture: Picture | None = None
    document: Document | None = None
    attachment: Attachment | None = None
    """A file that an officer sends; its bytes are an `Upload` of this chat."""
    ask_contact: bool = False
    """Offer the platform's button that shares the user's own phone number."""
    separate: bool = False
    """A message of its own, so that it can be forwarded as it is."""

    def to_json(self) -> dict[str, Any]:
        return _fields_of(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Reply":
        values = dict(data)
        values["buttons"] = tuple(Button(**button) for button in values.get("buttons", ()))
        values["picture"] = Picture(**values["picture"]) if values.get("picture") else None
        values["document"] = Document(**values["document"]) if values.get("document") else None
        values["attachment"] = Attachment(**values["attachment"]) if values.get("attachment") else None
        return cls(**values)


def _fields_of(value: Any) -> dict[str, Any]:
    """Like `dataclasses.asdict`, but without copying what isn't a dataclass: a chart has hundreds of points."""
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return _fields_of(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value

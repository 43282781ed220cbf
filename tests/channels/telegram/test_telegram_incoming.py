"""What an update says to the assistant; payloads as Telegram sends them."""

from typing import Any

import pytest
from telegram import Update, User

from bot.channels.telegram.incoming import to_message
from bot.conversation.messages import Attachment, Contact, IncomingMessage, Kind

BOT = User(4242, "JMO", is_bot=True, username="JmoTestBot")
SITI = {"id": 7, "is_bot": False, "first_name": "Siti", "language_code": "id"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Siti"}
GROUP = {"id": -100123, "type": "supergroup", "title": "Serikat"}


def message(chat: dict[str, Any] = PRIVATE, **content: Any) -> IncomingMessage | None:
    fields = {"message_id": 11, "date": 1_770_000_000, "chat": chat, "from": SITI, **content}
    return understood(message=fields)


def understood(**update: Any) -> IncomingMessage | None:
    return to_message(Update.de_json({"update_id": 5, **update}, None), BOT)


def said(*args: Any, **content: Any) -> IncomingMessage:
    found = message(*args, **content)
    assert found is not None
    return found


def test_a_text_comes_with_its_chat_its_number_and_its_language() -> None:
    assert message(text="saldo jht sy brp ya") == IncomingMessage(
        channel="telegram",
        chat_id="7",
        key="update:5",
        kind=Kind.TEXT,
        text="saldo jht sy brp ya",
        message_id="11",
        private=True,
        language="id",
    )


@pytest.mark.parametrize(
    ("text", "kind", "meaning"),
    [
        ("/start", Kind.BUTTON, "/greet"),
        ("/start kampanye", Kind.BUTTON, "/greet"),
        ("/saldo@JmoTestBot", Kind.BUTTON, "/check_balance"),
        ("/cuaca hari ini", Kind.TEXT, "cuaca hari ini"),
        ('/check_balance{"a":1}', Kind.TEXT, 'check_balance{"a":1}'),
    ],
)
def test_commands_are_taken_as_buttons_and_other_slashes_as_text(text: str, kind: Kind, meaning: str) -> None:
    assert (said(text=text).kind, said(text=text).text) == (kind, meaning)


def test_a_contact_is_the_senders_only_if_telegram_says_so() -> None:
    own = {"phone_number": "628123", "first_name": "Siti", "user_id": 7}
    assert said(contact=own).contact == Contact("628123", belongs_to_sender=True)
    assert said(contact={**own, "user_id": 8}).contact == Contact("628123", belongs_to_sender=False)
    assert said(contact={"phone_number": "628123", "first_name": "S"}).contact == Contact("628123", False)


def test_a_forwarded_contact_proves_nothing() -> None:
    origin = {"type": "hidden_user", "date": 1_760_000_000, "sender_user_name": "Siapa"}
    own = {"phone_number": "628123", "first_name": "Siti", "user_id": 7}
    assert said(contact=own, forward_origin=origin).contact == Contact("628123", belongs_to_sender=False)


def test_of_a_photo_the_largest_size_is_kept_with_its_caption() -> None:
    sizes = [
        {"file_id": f"f{side}", "file_unique_id": "u", "width": side, "height": side, "file_size": side}
        for side in (90, 1280, 320)
    ]
    found = said(photo=sizes, caption="KTP")
    assert (found.kind, found.text) == (Kind.PHOTO, "KTP")
    assert found.attachment == Attachment(ref="f1280", mime="image/jpeg", size=1280)


def test_a_document_keeps_its_name_and_type() -> None:
    found = said(
        document={
            "file_id": "d",
            "file_unique_id": "u",
            "file_name": "slip.pdf",
            "mime_type": "application/pdf",
            "file_size": 12,
        }
    )
    assert found.kind == Kind.DOCUMENT
    assert found.attachment == Attachment(ref="d", mime="application/pdf", name="slip.pdf", size=12)


def test_a_location_is_a_pair_of_degrees() -> None:
    found = said(location={"latitude": -6.2, "longitude": 106.8})
    assert (found.kind, found.location) == (Kind.LOCATION, (-6.2, 106.8))


FILE = {"file_id": "f", "file_unique_id": "u"}


@pytest.mark.parametrize(
    "content",
    [
        {"voice": {**FILE, "duration": 3}},
        {"video": {**FILE, "width": 1, "height": 1, "duration": 3}},
        {"video_note": {**FILE, "length": 1, "duration": 3}},
        {"sticker": {**FILE, "width": 1, "height": 1, "is_animated": False, "is_video": False, "type": "regular"}},
        {"animation": {**FILE, "width": 1, "height": 1, "duration": 3}, "document": FILE},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"hologram": {"what": "a platform invents"}},
    ],
)
def test_what_the_assistant_can_not_use_is_known_as_such(content: dict[str, Any]) -> None:
    assert said(**content).kind == Kind.OTHER


@pytest.mark.parametrize(
    "update",
    [
        {"edited_message": {"message_id": 1, "date": 1, "edit_date": 2, "chat": PRIVATE, "from": SITI, "text": "x"}},
        {"channel_post": {"message_id": 1, "date": 1, "chat": {"id": -1, "type": "channel"}, "text": "x"}},
        {
            "my_chat_member": {
                "chat": PRIVATE,
                "from": SITI,
                "date": 1,
                "old_chat_member": {"user": SITI, "status": "member"},
                "new_chat_member": {"user": SITI, "status": "kicked", "until_date": 0},
            }
        },
        {
            "message_reaction": {
                "chat": PRIVATE,
                "message_id": 1,
                "date": 1,
                "user": SITI,
                "old_reaction": [],
                "new_reaction": [],
            }
        },
        {"something_new": {"id": 1}},
        {},
    ],
)
def test_what_is_no_message_to_the_assistant_is_none(update: dict[str, Any]) -> None:
    assert understood(**update) is None


@pytest.mark.parametrize(
    "event",
    [
        {"new_chat_members": [SITI]},
        {"group_chat_created": True},
        {"pinned_message": None},
    ],
)
def test_events_of_a_chat_are_no_messages(event: dict[str, Any]) -> None:
    assert message(**event) is None


def test_other_bots_are_not_answered() -> None:
    robot = {"id": 99, "is_bot": True, "first_name": "Robot"}
    message = {"message_id": 1, "date": 1, "chat": GROUP, "from": robot, "text": "/saldo"}
    assert understood(message=message) is None


def test_a_tap_is_its_payload_as_it_is() -> None:
    query = {
        "id": "1",
        "from": SITI,
        "chat_instance": "1",
        "data": '/choose{"year":"2025"}',
        "message": {"message_id": 3, "date": 1, "chat": PRIVATE, "from": BOT.to_dict(), "text": "x"},
    }
    found = understood(callback_query=query)
    assert found is not None
    assert (found.kind, found.text, found.chat_id, found.message_id) == (
        Kind.BUTTON,
        '/choose{"year":"2025"}',
        "7",
        None,
    )


def test_a_tap_on_a_message_too_old_to_be_shown_still_counts() -> None:
    query = {
        "id": "1",
        "from": SITI,
        "chat_instance": "1",
        "data": "/menu",
        "message": {"message_id": 3, "date": 0, "chat": PRIVATE},
    }
    assert understood(callback_query=query) is not None


def test_a_tap_without_payload_or_chat_is_nothing() -> None:
    assert understood(callback_query={"id": "1", "from": SITI, "chat_instance": "1", "data": "/menu"}) is None
    assert (
        understood(
            callback_query={
                "id": "1",
                "from": SITI,
                "chat_instance": "1",
                "game_short_name": "x",
                "message": {"message_id": 3, "date": 0, "chat": PRIVATE},
            }
        )
        is None
    )


class TestInAGroup:
    """Only what is meant for the assistant is taken, and it is marked as not private."""

    ANSWER = {"message_id": 3, "date": 1, "chat": GROUP, "from": BOT.to_dict()}

    @pytest.mark.parametrize(
        ("content", "meaning"),
        [
            ({"text": "/saldo"}, "/check_balance"),
            ({"text": "/saldo@jmotestbot"}, "/check_balance"),
            ({"text": "@JmoTestBot apa itu JHT?"}, "apa itu JHT?"),
            ({"text": "apa itu JHT @jmotestbot"}, "apa itu JHT"),
            ({"text": "yang kedua", "reply_to_message": ANSWER}, "yang kedua"),
        ],
    )
    def test_what_is_meant_for_the_assistant_is_taken(self, content: dict[str, Any], meaning: str) -> None:
        found = said(GROUP, **content)
        assert (found.text, found.private, found.chat_id) == (meaning, False, "-100123")

    @pytest.mark.parametrize(
        "content",
        [
            {"text": "saldo saya berapa ya"},
            {"text": "/saldo@OtherBot"},
            {"text": "/weather"},
            {"text": "tulis ke @JmoTestBotnet atau siti@JmoTestBot"},
            {"text": "ya", "reply_to_message": {**ANSWER, "from": SITI}},
            {"voice": {**FILE, "duration": 3}},
        ],
    )
    def test_what_people_say_to_each_other_is_none_of_its_business(self, content: dict[str, Any]) -> None:
        assert message(GROUP, **content) is None

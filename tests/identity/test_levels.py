"""What a chat may see follows from what it has proven, and when."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.models import Conversation
from bot.identity.levels import Level, end_if_idle, end_session, level_of

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
IDLE = timedelta(minutes=30)


def chat(**facts: object) -> Conversation:
    return Conversation(**{"channel": "web", "chat_id": "1", "private": True, "last_message_at": NOON, **facts})


def verified(**facts: object) -> Conversation:
    return chat(participant_id="p1", verified_at=NOON, **facts)


@pytest.mark.parametrize(
    ("conversation", "level"),
    [
        (chat(), Level.ANONYMOUS),
        (chat(phone_index="abc"), Level.KNOWN),
        (chat(participant_id="p1"), Level.KNOWN),
        (verified(), Level.VERIFIED),
        (verified(confirmed_at=NOON), Level.CONFIRMED),
        (chat(participant_id="p1", confirmed_at=NOON), Level.KNOWN),
        (verified(confirmed_at=NOON, private=False), Level.ANONYMOUS),
        (chat(phone_index="abc", private=False), Level.ANONYMOUS),
    ],
)
def test_level(conversation: Conversation, level: Level) -> None:
    assert level_of(conversation, NOON) is level


def test_confirmation_is_over_after_five_minutes_and_verification_is_not() -> None:
    conversation = verified(confirmed_at=NOON)
    end = NOON + timedelta(minutes=5)
    assert level_of(conversation, end - MOMENT) is Level.CONFIRMED
    assert level_of(conversation, end) is Level.VERIFIED


def test_session_ends_after_thirty_idle_minutes_and_the_chat_stays_known() -> None:
    conversation = verified(confirmed_at=NOON)
    assert not end_if_idle(conversation, NOON + IDLE - MOMENT, IDLE)
    assert level_of(conversation, NOON) is Level.CONFIRMED
    assert end_if_idle(conversation, NOON + IDLE, IDLE)
    assert level_of(conversation, NOON) is Level.KNOWN
    assert conversation.participant_id == "p1"
    assert conversation.confirmed_at is None


def test_nothing_ends_in_an_idle_chat_that_was_not_verified() -> None:
    assert not end_if_idle(chat(phone_index="abc"), NOON + IDLE, IDLE)


def test_leaving_forgets_who_it_was() -> None:
    conversation = verified(phone_index="abc", confirmed_at=NOON)
    end_session(conversation, NOON)
    assert level_of(conversation, NOON) is Level.ANONYMOUS
    assert conversation.confirmed_at is None

"""How far a chat is trusted."""

from datetime import datetime, timedelta
from enum import IntEnum

from bot.conversation.models import Conversation

CONFIRMATION_LASTS = timedelta(minutes=5)


class Level(IntEnum):
    """What a chat has proven; each level includes the lower ones."""

    ANONYMOUS = 0
    """Information, and simulations of typed numbers."""
    KNOWN = 1
    """The chat verified before, or shared its own phone number."""
    VERIFIED = 2
    """Balance, contributions, card, status."""
    CONFIRMED = 3
    """Claims, account number, changes of data: a code was entered within the last minutes."""


def level_of(conversation: Conversation, now: datetime) -> Level:
    """The level of a chat at this moment; a group has none, whoever writes in it."""
    if not conversation.private:
        return Level.ANONYMOUS
    if conversation.participant_id and conversation.verified_at:
        return Level.CONFIRMED if _freshly_confirmed(conversation, now) else Level.VERIFIED
    if conversation.participant_id or conversation.phone_index:
        return Level.KNOWN
    return Level.ANONYMOUS


def end_if_idle(conversation: Conversation, now: datetime, idle: timedelta) -> bool:
    """End a verified session in which nobody wrote for `idle`; True when there was one to end.

    Call it before `last_message_at` is set to the new message. The chat stays KNOWN.
    """
    if conversation.verified_at is None or now - conversation.last_message_at < idle:
        return False
    conversation.verified_at = conversation.confirmed_at = None
    return True


def end_session(conversation: Conversation, now: datetime) -> None:
    """Forget who this chat is (*keluar*)."""
    conversation.left_at = now
    conversation.verified_at = conversation.confirmed_at = None
    conversation.participant_id = conversation.phone_index = None


def _freshly_confirmed(conversation: Conversation, now: datetime) -> bool:
    return conversation.confirmed_at is not None and now - conversation.confirmed_at < CONFIRMATION_LASTS

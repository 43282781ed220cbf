"""That an officer is typing, shown by a channel's own sign."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import select

from bot.conversation.models import Conversation
from bot.conversation.typing import OfficerTypes
from bot.conversation.wakeups import Hint
from tests.conversation.conftest import Process

pytestmark = pytest.mark.asyncio


async def test_the_sign_is_shown_once_in_the_chat_where_the_officer_types(process: Process) -> None:
    shown: list[str] = []

    @asynccontextmanager
    async def working(chat_id: str) -> AsyncIterator[None]:
        shown.append(chat_id)
        yield

    for chat in ("7", "8"):
        await process.hears(chat, "halo")
    await process.works()
    async with process.sessions() as session:
        conversation = (await session.scalars(select(Conversation).where(Conversation.chat_id == "7"))).one()
    signs = OfficerTypes(process.sessions, {conversation.channel: working}, seconds=0)
    for hint in (Hint.OUTBOX, Hint.OFFICER_TYPES, Hint.OFFICER_TYPES):
        signs.heard(hint, conversation.id)
    await signs.settled()
    assert shown == ["7"]
    OfficerTypes(process.sessions, {}).heard(Hint.OFFICER_TYPES, conversation.id)
    assert shown == ["7"]

"""The webhook: nothing is acknowledged before it is stored, and only Telegram may post."""

import json

import httpx
import pytest
from sqlalchemy.exc import OperationalError
from starlette.applications import Starlette

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.webhook import BODY_LIMIT, PATH, SECRET_HEADER
from bot.conversation.messages import Button, Reply
from tests.channels.telegram.conftest import Inbox, make_channel, running
from tests.fakes.telegram_api import SECRET, FakeTelegram, server_error

pytestmark = pytest.mark.asyncio


@pytest.fixture
def channel(telegram: FakeTelegram, inbox: Inbox) -> TelegramChannel:
    return make_channel(telegram, inbox, public_url="https://jmo.example/")


async def test_updates_arrive_by_post_and_are_acknowledged(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    async with running(channel, telegram):
        telegram.user_sends_text(7, "halo")
        telegram.user_sends_text(8, "/saldo")
        await telegram.until(lambda: not telegram.updates)
    assert inbox.texts == ["halo", "/check_balance"]
    assert telegram.webhook["url"] == "https://jmo.example/telegram/webhook"
    assert telegram.webhook["secret_token"] == SECRET
    assert telegram.webhook_answers == [200, 200]


async def test_edits_and_reactions_are_not_even_asked_for(
    telegram: FakeTelegram,
    channel: TelegramChannel,
) -> None:
    async with running(channel, telegram):
        assert telegram.allowed == ["message", "callback_query"]


async def test_what_can_not_be_stored_is_sent_again_until_it_is(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    inbox.failures = [OperationalError("INSERT", {}, Exception("disk full"))] * 2
    async with running(channel, telegram):
        telegram.user_sends_text(7, "halo")
        await telegram.until(lambda: not telegram.updates)
    assert telegram.webhook_answers == [503, 503, 200]
    assert inbox.texts == ["halo"]


async def test_an_update_that_comes_again_is_acknowledged_and_not_taken_twice(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    async with running(channel, telegram):
        telegram.user_sends_text(7, "halo")
        again = dict(telegram.updates[0])
        await telegram.until(lambda: not telegram.updates)
        assert await post(channel, again) == 200
    assert inbox.texts == ["halo"]


async def test_an_update_that_nobody_can_read_is_acknowledged_and_does_not_block_the_next(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    async with running(channel, telegram):
        telegram.push("message", {"message_id": "?"})
        telegram.user_sends_text(7, "halo")
        await telegram.until(lambda: not telegram.updates)
    assert inbox.texts == ["halo"]


async def test_a_tap_goes_both_ways(telegram: FakeTelegram, channel: TelegramChannel, inbox: Inbox) -> None:
    telegram.open_chat(7)
    async with running(channel, telegram):
        await channel.messenger.send("7", Reply("Pilih", (Button("Menu", "/menu"),)), "id")
        telegram.user_taps(7, "Menu")
        await inbox.has(1)
        await telegram.until(lambda: not telegram.unanswered)
    assert inbox.texts == ["/menu"]


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ünicode"])
async def test_whoever_does_not_know_the_secret_is_turned_away(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
    secret: str | None,
) -> None:
    async with running(channel, telegram):
        assert await post(channel, {"update_id": 1}, secret=secret) == 401
    assert inbox.messages == []


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]", b'"text"', b"{}", b'{"update_id": "1"}'])
async def test_what_is_no_update_is_a_bad_request(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    body: bytes,
) -> None:
    async with running(channel, telegram):
        assert await post(channel, body) == 400


async def test_a_body_larger_than_any_update_is_not_read(
    telegram: FakeTelegram,
    channel: TelegramChannel,
) -> None:
    async with running(channel, telegram):
        assert await post(channel, b" " * (BODY_LIMIT + 1)) == 413


async def test_before_the_bot_knows_its_name_telegram_is_asked_to_come_again(
    channel: TelegramChannel,
) -> None:
    assert await post(channel, {"update_id": 1}) == 503


async def test_trouble_when_the_webhook_is_set_is_waited_out(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    telegram.will_fail("setWebhook", server_error())
    async with running(channel, telegram):
        assert telegram.webhook
    assert len(inbox.pauses) == 1


async def test_without_a_public_address_there_is_no_route(telegram: FakeTelegram, inbox: Inbox) -> None:
    assert make_channel(telegram, inbox).routes == []


async def post(
    channel: TelegramChannel,
    update: dict[str, object] | bytes,
    secret: str | None = SECRET,
) -> int:
    """Post to the webhook as somebody who may or may not know the secret."""
    body = update if isinstance(update, bytes) else json.dumps(update).encode()
    headers = [] if secret is None else [(SECRET_HEADER.encode(), secret.encode())]
    transport = httpx.ASGITransport(Starlette(routes=channel.routes))
    async with httpx.AsyncClient(transport=transport, base_url="https://jmo.example") as client:
        return (await client.post(PATH, content=body, headers=headers)).status_code

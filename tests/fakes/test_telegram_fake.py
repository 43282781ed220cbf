"""The fake Bot API is as strict as the real one: a test against it must not pass by luck."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.fakes.telegram_api import TOKEN, FakeTelegram, drop, flood

pytestmark = pytest.mark.asyncio

LONG_BUTTON = json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]})


class Client:
    """Calls the Bot API without any library."""

    def __init__(self, telegram: FakeTelegram, http: httpx.AsyncClient) -> None:
        self.telegram = telegram
        self.http = http

    async def call(self, method: str, token: str = TOKEN, **fields: Any) -> tuple[int, dict[str, Any]]:
        answer = await self.http.post(f"{self.telegram.address}/bot{token}/{method}", data=fields)
        return answer.status_code, answer.json()


@pytest_asyncio.fixture
async def client() -> AsyncIterator[Client]:
    async with FakeTelegram() as telegram, httpx.AsyncClient(trust_env=False, timeout=5) as http:
        telegram.open_chat(7)
        yield Client(telegram, http)


@pytest.mark.parametrize(
    ("method", "fields", "reason"),
    [
        ("sendMessage", {"chat_id": 7, "text": "x" * 4097}, "too long"),
        ("sendMessage", {"chat_id": 7, "text": "😀" * 2049}, "too long"),
        ("sendMessage", {"chat_id": 7, "text": "  "}, "empty"),
        ("sendMessage", {"chat_id": 7, "text": "<b></b>", "parse_mode": "HTML"}, "empty"),
        ("sendMessage", {"chat_id": 7, "text": "<b>x", "parse_mode": "HTML"}, "parse entities"),
        ("sendMessage", {"chat_id": 7, "text": "<b><i>x</b></i>", "parse_mode": "HTML"}, "parse entities"),
        ("sendMessage", {"chat_id": 7, "text": "a < b", "parse_mode": "HTML"}, "parse entities"),
        ("sendMessage", {"chat_id": 7, "text": "<tr>x</tr>", "parse_mode": "HTML"}, "unsupported start tag"),
        ("sendMessage", {"chat_id": 8, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 7, "text": "x", "txet": "y"}, "unknown fields"),
        ("sendMessage", {"chat_id": 7}, "must be given"),
        ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": LONG_BUTTON}, "BUTTON_DATA_INVALID"),
        ("deleteMessage", {"chat_id": 7, "message_id": 99}, "not found"),
        ("answerCallbackQuery", {"callback_query_id": "99"}, "query ID is invalid"),
        ("setWebhook", {"url": "http://jmo.example"}, "HTTPS"),
        ("setWebhook", {"url": "https://jmo.example", "secret_token": "not allowed"}, "unallowed characters"),
        ("getFile", {"file_id": "unknown"}, "wrong file_id"),
    ],
)
async def test_it_refuses_what_the_real_one_refuses(
    client: Client,
    method: str,
    fields: dict[str, Any],
    reason: str,
) -> None:
    status, answer = await client.call(method, **fields)
    assert status == 400 and reason in answer["description"]


async def test_it_refuses_to_edit_a_message_into_itself(client: Client) -> None:
    _, sent = await client.call("sendMessage", chat_id=7, text="sama")
    number = sent["result"]["message_id"]
    assert (await client.call("editMessageText", chat_id=7, message_id=number, text="sama"))[0] == 400
    assert (await client.call("editMessageText", chat_id=7, message_id=number, text="lain"))[0] == 200


async def test_it_knows_its_token_and_its_methods(client: Client) -> None:
    assert (await client.call("getMe", token="1:wrong"))[0] == 401
    assert (await client.call("getYou"))[0] == 404
    assert (await client.call("getMe"))[0] == 200


async def test_updates_come_until_the_next_offset_acknowledges_them(client: Client) -> None:
    client.telegram.user_sends_text(7, "satu")
    client.telegram.user_sends_text(7, "dua")
    for _ in range(2):
        _, answer = await client.call("getUpdates")
        assert [update["message"]["text"] for update in answer["result"]] == ["satu", "dua"]
    _, answer = await client.call("getUpdates", offset=answer["result"][0]["update_id"] + 1)
    assert [update["message"]["text"] for update in answer["result"]] == ["dua"]


async def test_a_long_poll_ends_as_soon_as_somebody_writes(client: Client) -> None:
    poll = asyncio.create_task(client.call("getUpdates", timeout=60))
    await client.telegram.until(lambda: client.telegram.poller is not None)
    client.telegram.user_sends_text(7, "halo")
    _, answer = await poll
    assert len(answer["result"]) == 1


async def test_a_second_poll_ends_the_first_with_a_conflict(client: Client) -> None:
    first = asyncio.create_task(client.call("getUpdates", timeout=60))
    await client.telegram.until(lambda: client.telegram.poller is not None)
    second = await client.call("getUpdates")
    assert (await first)[0] == 409 and second[0] == 200


async def test_nobody_polls_while_there_is_a_webhook(client: Client) -> None:
    client.telegram.webhook = {"url": "https://jmo.example", "secret_token": ""}
    assert (await client.call("getUpdates"))[0] == 409
    await client.call("deleteWebhook")
    assert (await client.call("getUpdates"))[0] == 200


async def test_faults_come_as_often_as_they_were_asked_for(client: Client) -> None:
    client.telegram.will_fail("getMe", flood(3), drop)
    status, answer = await client.call("getMe")
    assert (status, answer["parameters"]) == (429, {"retry_after": 3})
    with pytest.raises(httpx.HTTPError):
        await client.call("getMe")
    assert (await client.call("getMe"))[0] == 200

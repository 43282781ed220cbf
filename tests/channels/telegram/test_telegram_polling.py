"""Long polling, through the library's real request path against the fake Bot API."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.polling import TOLERATED_CONFLICTS
from bot.conversation.messages import Button, Kind, Reply
from tests.channels.telegram.conftest import PNG, Inbox, make_channel, running
from tests.fakes.telegram_api import FakeTelegram, drop, flood, refusal, server_error

pytestmark = pytest.mark.asyncio

CONFLICT = "Conflict: terminated by other getUpdates request"


async def test_what_people_say_arrives_in_order(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    async with running(channel):
        telegram.user_sends_text(7, "halo")
        telegram.user_sends_text(8, "saldo jht sy brp ya")
        telegram.user_sends_text(7, "/simulasi")
        first, _, third = await inbox.has(3)
    assert inbox.texts == ["halo", "saldo jht sy brp ya", "/simulate_jht"]
    assert (first.channel, first.chat_id, first.kind, first.private) == ("telegram", "7", Kind.TEXT, True)
    assert (first.language, third.kind) == ("id", Kind.BUTTON)


async def test_what_was_said_while_the_bot_was_away_is_not_lost(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    telegram.user_sends_text(7, "masih tutup?")
    async with running(channel):
        await inbox.has(1)
    assert inbox.texts == ["masih tutup?"]


async def test_an_update_is_acknowledged_only_after_it_was_stored(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    inbox.failures = [OperationalError("INSERT", {}, Exception("disk full"))] * 2
    async with running(channel):
        telegram.user_sends_text(7, "satu")
        telegram.user_sends_text(7, "dua")
        await inbox.has(2)
        await telegram.until(lambda: not telegram.updates)
    assert inbox.texts == ["satu", "dua"]
    assert len(inbox.pauses) == 2


async def test_an_edit_is_no_new_message(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    message_id = telegram.user_sends_text(7, "upah sy 5jt")
    telegram.user_edits(7, message_id, "upah sy 6jt")
    async with running(channel):
        telegram.user_sends_text(7, "lanjut")
        await inbox.has(2)
    assert inbox.texts == ["upah sy 5jt", "lanjut"]


async def test_an_update_that_nobody_can_read_is_skipped_and_named_in_the_log(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    number = telegram.push("message", {"message_id": "?", "text": "rahasia"})
    telegram.user_sends_text(7, "halo")
    with capture_logs() as logs:
        async with running(channel):
            await inbox.has(1)
            await telegram.until(lambda: not telegram.updates)
    assert inbox.texts == ["halo"]
    [entry] = [entry for entry in logs if entry["log_level"] == "warning"]
    assert entry["update"] == str(number)[-6:]
    assert "rahasia" not in str(logs)


@pytest.mark.parametrize("trouble", [server_error(), drop, flood(3)])
async def test_trouble_on_the_way_is_waited_out_and_logged_once(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
    trouble: object,
) -> None:
    telegram.will_fail("getUpdates", trouble, trouble)  # type: ignore[arg-type]
    with capture_logs() as logs:
        async with running(channel):
            telegram.user_sends_text(7, "halo")
            await inbox.has(1)
    assert inbox.texts == ["halo"]
    assert len(inbox.pauses) == 2 and all(1 <= pause <= 30 for pause in inbox.pauses)
    assert len([entry for entry in logs if entry["log_level"] == "warning"]) == 1


async def test_pauses_grow_and_end_at_half_a_minute(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    telegram.will_fail("getUpdates", *[server_error()] * 12)
    telegram.user_sends_text(7, "halo")
    async with running(channel):
        await inbox.has(1)
    assert inbox.pauses[0] <= 2
    assert all(15 <= pause <= 30 for pause in inbox.pauses[5:])


async def test_a_server_that_can_not_be_reached_at_the_start_is_tried_again(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    telegram.will_fail("getMe", drop, server_error())
    telegram.will_fail("deleteWebhook", server_error())
    async with running(channel):
        assert len(inbox.pauses) == 3


async def test_a_wrong_token_ends_telegram_with_one_sentence_that_does_not_show_it(
    telegram: FakeTelegram,
    inbox: Inbox,
) -> None:
    channel = make_channel(telegram, inbox, telegram_bot_token="4242:secret-but-wrong")
    with capture_logs() as logs:
        task = asyncio.create_task(channel.run())
        await _until_it_stops(channel)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert "@BotFather" in channel.problem
    assert "secret-but-wrong" not in str(logs) + channel.problem


async def test_a_second_poller_ends_polling_with_one_sentence_and_what_waits_still_goes_out(
    telegram: FakeTelegram,
    channel: TelegramChannel,
) -> None:
    telegram.open_chat(7)
    telegram.will_fail("getUpdates", *[refusal(409, CONFLICT)] * (TOLERATED_CONFLICTS + 1))
    async with running(channel):
        await _until_it_stops(channel)
        await channel.messenger.send("7", Reply("masih ada"), "id")
    assert "Another process" in channel.problem
    assert telegram.chats[7].shown[0].text == "masih ada"


async def test_a_process_that_was_just_replaced_does_not_end_its_successor(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    telegram.will_fail("getUpdates", refusal(409, CONFLICT))
    async with running(channel):
        telegram.user_sends_text(7, "halo")
        await inbox.has(1)
    assert channel.problem == ""


async def test_a_webhook_of_before_is_taken_down_first(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    telegram.webhook = {"url": "https://old.example", "secret_token": ""}
    async with running(channel):
        telegram.user_sends_text(7, "halo")
        await inbox.has(1)
    assert telegram.webhook == {}


async def test_the_commands_are_offered_in_both_languages(
    telegram: FakeTelegram,
    channel: TelegramChannel,
) -> None:
    async with running(channel):
        pass
    assert ("saldo", "Cek saldo JHT") in telegram.commands[""]
    assert telegram.commands[""] == telegram.commands["id"]
    assert ("saldo", "Check the JHT balance") in telegram.commands["en"]


async def test_a_tap_arrives_as_the_buttons_payload_and_its_clock_stops(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    telegram.open_chat(7)
    async with running(channel):
        await channel.messenger.send("7", Reply("Pilih", (Button("Cek saldo", "/check_balance"),)), "id")
        telegram.user_taps(7, "Cek saldo")
        [tap] = await inbox.has(1)
        await telegram.until(lambda: not telegram.unanswered)
    assert (tap.kind, tap.text, tap.message_id) == (Kind.BUTTON, "/check_balance", None)


async def test_a_tap_counts_even_if_its_clock_can_not_be_stopped(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    telegram.open_chat(7)
    telegram.will_fail("answerCallbackQuery", server_error())
    async with running(channel):
        telegram.user_taps_data(7, 1, "/menu")
        telegram.user_sends_text(7, "halo")
        await inbox.has(2)
        await telegram.until(lambda: "answerCallbackQuery" in telegram.calls)
    assert inbox.texts == ["/menu", "halo"]


async def test_typing_is_shown_while_a_turn_works(telegram: FakeTelegram, channel: TelegramChannel) -> None:
    telegram.open_chat(7)
    async with running(channel):
        async with channel.working("7"):
            await telegram.until(lambda: len(telegram.chats[7].actions) >= 3)
        async with asyncio.timeout(5):
            while channel._reception._courtesies:
                await asyncio.sleep(0.001)
    assert set(telegram.chats[7].actions) == {"typing"}


async def test_a_turn_does_not_mind_if_typing_can_not_be_shown(
    telegram: FakeTelegram,
    channel: TelegramChannel,
) -> None:
    telegram.user_blocks(7)
    async with running(channel), channel.working("7"):
        await telegram.until(lambda: "sendChatAction" in telegram.calls)


async def test_a_photo_can_be_fetched_later(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    inbox: Inbox,
) -> None:
    content = PNG * 10
    async with running(channel):
        telegram.user_sends_photo(7, content, "KTP saya")
        [message] = await inbox.has(1)
        assert message.attachment is not None
        assert (message.kind, message.text, message.attachment.size) == (Kind.PHOTO, "KTP saya", len(content))
        assert await channel.read(message) == content


async def _until_it_stops(channel: TelegramChannel) -> None:
    async with asyncio.timeout(5):
        while not channel.problem:
            await asyncio.sleep(0.001)

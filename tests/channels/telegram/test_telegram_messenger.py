"""Replies as a chat shows them, through the library's real request path against the strict fake."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.channels.telegram import TelegramChannel, client, files
from bot.channels.telegram.messenger import TelegramMessenger
from bot.conversation.files import SIZE_LIMIT, FileTrouble, FileUnavailable
from bot.conversation.messages import Attachment, Button, Document, IncomingMessage, Kind, Picture, Reply
from bot.errors import ChatGone, DeliverLater, DeliveryRefused
from bot.texts import say
from tests.channels.telegram.conftest import PDF, PNG, Inbox, make_channel
from tests.fakes.telegram_api import (
    FakeTelegram,
    Fault,
    drop,
    flood,
    lost_answer,
    refusal,
    server_error,
    silence,
)

pytestmark = pytest.mark.asyncio

CHART = Picture("jht_growth", {}, alt="Grafik saldo tiga tahun")


@pytest_asyncio.fixture
async def messenger(telegram: FakeTelegram, channel: TelegramChannel) -> AsyncIterator[TelegramMessenger]:
    telegram.open_chat(7)
    telegram.open_chat(-100)
    yield channel.messenger
    await channel._bot.initialize()
    await channel._bot.shutdown()


async def test_bold_is_bold_and_everything_else_is_as_typed(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    number = await messenger.send("7", Reply("Saldo *Rp9.850.000* <per> 1 & 2 * 3"), "id")
    [shown] = telegram.chats[7].shown
    assert shown.text == "Saldo Rp9.850.000 <per> 1 & 2 * 3"
    assert "<b>Rp9.850.000</b>" in shown.source
    assert number == str(shown.message_id)


async def test_buttons_stand_one_a_row_and_short_ones_in_pairs(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    titles = ["Ya", "Tidak", "Rincian iuran per tahun", "Menu"]
    await messenger.send("7", Reply("Pilih", tuple(Button(title, "/menu") for title in titles)), "id")
    assert telegram.chats[7].shown[0].buttons == [["Ya", "Tidak"], ["Rincian iuran per tahun"], ["Menu"]]


async def test_a_long_text_comes_in_pieces_with_the_buttons_below_the_last(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    lines = [f"{number}. " + "iuran " * 20 for number in range(100)]
    await messenger.send("7", Reply("\n".join(lines), (Button("Menu", "/menu"),)), "id")
    shown = telegram.chats[7].shown
    assert len(shown) > 2
    assert [message.buttons for message in shown[:-1]] == [[]] * (len(shown) - 1)
    assert shown[-1].buttons == [["Menu"]]
    assert "\n".join(message.text for message in shown).split() == "\n".join(lines).split()


async def test_the_number_is_asked_for_with_a_key_of_its_own_beside_the_other_choices(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("7", Reply("Nomor HP Anda?", (Button("Batal", "/stop"),), ask_contact=True), "id")
    [shown] = telegram.chats[7].shown
    assert shown.keyboard == [[say("telegram.share_contact", "id")], ["Batal"]]
    assert shown.markup["keyboard"][0][0]["request_contact"] is True
    assert shown.markup["one_time_keyboard"] is True


async def test_the_key_is_labelled_in_the_language_of_the_chat(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("7", Reply("Your number?", ask_contact=True), "en")
    assert telegram.chats[7].shown[0].keyboard == [[say("telegram.share_contact", "en")]]


async def test_the_next_reply_puts_the_keys_away(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("7", Reply("Nomor HP Anda?", ask_contact=True), "id")
    await messenger.send("7", Reply("Terima kasih"), "id")
    assert telegram.chats[7].shown[-1].markup == {"remove_keyboard": True}


async def test_groups_are_never_asked_for_a_number(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("-100", Reply("Nomor HP Anda?", ask_contact=True), "id")
    assert telegram.chats[-100].shown[0].markup == {}


async def test_a_picture_carries_its_text_and_buttons(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("7", Reply("Hasil *simulasi*", (Button("Ubah upah", "/x"),), picture=CHART), "id")
    [shown] = telegram.chats[7].shown
    assert (shown.photo, shown.text, shown.buttons) == (PNG, "Hasil simulasi", [["Ubah upah"]])


async def test_a_picture_without_a_text_says_what_it_shows(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("7", Reply("", picture=CHART), "id")
    assert (telegram.chats[7].shown[0].photo, telegram.chats[7].shown[0].text) == (PNG, CHART.alt)


async def test_a_text_too_long_for_a_caption_follows_the_picture(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("7", Reply("iuran " * 300, (Button("Menu", "/menu"),), picture=CHART), "id")
    picture, text = telegram.chats[7].shown
    assert (picture.photo, picture.text, picture.buttons) == (PNG, CHART.alt, [])
    assert (text.photo, text.buttons) == (None, [["Menu"]])


async def test_a_picture_that_can_not_be_drawn_is_told_in_words(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("7", Reply("Hasil simulasi", picture=Picture("broken", {}, "Grafik")), "id")
    assert [shown.text for shown in telegram.chats[7].shown] == ["Grafik", "Hasil simulasi"]


async def test_a_picture_that_can_not_be_drawn_and_says_nothing_is_left_out(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    await messenger.send("7", Reply("Hasil simulasi", picture=Picture("broken", {}, "")), "id")
    assert [shown.text for shown in telegram.chats[7].shown] == ["Hasil simulasi"]


async def test_a_document_comes_under_its_name(telegram: FakeTelegram, messenger: TelegramMessenger) -> None:
    statement = Document("statement", {}, "laporan-2025.pdf")
    await messenger.send("7", Reply("Laporan Anda", document=statement), "id")
    [shown] = telegram.chats[7].shown
    assert (shown.document, shown.filename, shown.text) == (PDF, "laporan-2025.pdf", "Laporan Anda")


async def test_a_text_whose_markup_telegram_does_not_read_goes_out_plain(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    telegram.will_fail("sendMessage", refusal(400, "Bad Request: can't parse entities: unexpected end tag"))
    await messenger.send("7", Reply("Saldo *Anda*", (Button("Menu", "/menu"),)), "id")
    [shown] = telegram.chats[7].shown
    assert (shown.text, shown.buttons) == ("Saldo *Anda*", [["Menu"]])


@pytest.mark.parametrize(
    ("fault", "expected", "seconds"),
    [
        (flood(17), DeliverLater, 17),
        (server_error(), DeliverLater, None),
        (drop, DeliverLater, None),
        (lost_answer, DeliverLater, None),
        (refusal(502, "Bad Gateway"), DeliverLater, None),
        (refusal(401, "Unauthorized"), DeliverLater, 60),
        (refusal(403, "Forbidden: bot was blocked by the user"), ChatGone, None),
        (refusal(403, "Forbidden: user is deactivated"), ChatGone, None),
        (refusal(403, "Forbidden: bot was kicked from the supergroup chat"), ChatGone, None),
        (refusal(400, "Bad Request: chat not found"), ChatGone, None),
        (refusal(400, "Bad Request: not enough rights to send text messages to the chat"), DeliveryRefused, None),
    ],
)
async def test_each_failure_says_what_to_do(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
    fault: Fault,
    expected: type[Exception],
    seconds: float | None,
) -> None:
    telegram.will_fail("sendMessage", fault)
    with pytest.raises(expected) as failure:
        await messenger.send("7", Reply("halo"), "id")
    assert getattr(failure.value, "seconds", None) == seconds


async def test_a_chat_that_never_was_is_gone(messenger: TelegramMessenger) -> None:
    with pytest.raises(ChatGone):
        await messenger.send("999", Reply("halo"), "id")


async def test_a_server_that_is_silent_is_tried_later(
    telegram: FakeTelegram,
    inbox: Inbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "READ_SECONDS", 0.05)
    telegram.open_chat(7)
    telegram.will_fail("sendMessage", silence)
    with pytest.raises(DeliverLater):
        await make_channel(telegram, inbox).messenger.send("7", Reply("halo"), "id")


@pytest.mark.parametrize("reply", [Reply(""), Reply("x", (Button("Menu", "/" + "x" * 64),))])
async def test_a_reply_that_telegram_never_takes_is_refused(
    messenger: TelegramMessenger,
    reply: Reply,
) -> None:
    with pytest.raises(DeliveryRefused):
        await messenger.send("7", reply, "id")


async def test_the_message_with_the_numbers_is_deleted(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    number = telegram.user_sends_text(7, "NIK saya ...")
    await messenger.delete("7", str(number))
    assert number not in telegram.chats[7].own


async def test_a_message_that_is_gone_or_too_old_counts_as_deleted(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    old = telegram.user_sends_text(7, "NIK saya ...")
    telegram.too_old.add(old)
    await messenger.delete("7", str(old))
    await messenger.delete("7", "123456")


async def test_a_deletion_that_does_not_come_through_is_tried_later(
    telegram: FakeTelegram,
    messenger: TelegramMessenger,
) -> None:
    telegram.will_fail("deleteMessage", server_error())
    with pytest.raises(DeliverLater):
        await messenger.delete("7", "1")


def sent(ref: str) -> IncomingMessage:
    """A photo as the channel would have taken it."""
    return IncomingMessage("telegram", "7", "update:1", Kind.PHOTO, attachment=Attachment(ref, "image/jpeg"))


async def test_a_file_over_the_limit_is_not_fetched(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    messenger: TelegramMessenger,
) -> None:
    ref = telegram.keeps_file(b"x")
    telegram.sizes[ref] = SIZE_LIMIT + 1
    with pytest.raises(FileUnavailable, match="20 MB"):
        await channel.read(sent(ref))


@pytest.mark.parametrize(("said", "true"), [(11, 5), (5, 11)])
async def test_a_server_without_the_limit_does_not_get_a_larger_file_through(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    messenger: TelegramMessenger,
    monkeypatch: pytest.MonkeyPatch,
    said: int,
    true: int,
) -> None:
    monkeypatch.setattr(files, "SIZE_LIMIT", 10)
    ref = telegram.keeps_file(b"x" * true)
    telegram.sizes[ref] = said
    with pytest.raises(FileUnavailable):
        await channel.read(sent(ref))


async def test_a_file_that_telegram_forgot_is_asked_for_again(
    channel: TelegramChannel,
    messenger: TelegramMessenger,
) -> None:
    with pytest.raises(FileUnavailable, match="again"):
        await channel.read(sent("unknown"))


async def test_a_file_is_out_of_reach_while_telegram_is(
    telegram: FakeTelegram,
    channel: TelegramChannel,
    messenger: TelegramMessenger,
) -> None:
    ref = telegram.keeps_file(b"x")
    telegram.will_fail("getFile", server_error())
    with pytest.raises(FileUnavailable) as raised:
        await channel.read(sent(ref))
    assert raised.value.trouble is FileTrouble.OUT_OF_REACH


async def test_what_an_officer_sent_goes_out_as_a_file_with_its_words(
    telegram: FakeTelegram, messenger: TelegramMessenger
) -> None:
    letter = Attachment("kept", "application/pdf", "surat.pdf")
    await messenger.send("7", Reply("Ini *suratnya*.", attachment=letter), "id")
    await messenger.send("7", Reply("", attachment=Attachment("kept", "image/png", "foto.png")), "id")
    document, photo = telegram.chats[7].shown
    assert (document.document, document.filename, document.text) == (PDF, "surat.pdf", "Ini suratnya.")
    assert photo.photo == PNG


async def test_a_file_that_is_no_longer_kept_is_refused(messenger: TelegramMessenger) -> None:
    with pytest.raises(DeliveryRefused):
        await messenger.send("7", Reply("Ini.", attachment=Attachment("swept", "application/pdf", "surat.pdf")), "id")

"""Light mode: short texts without pictures, remembered."""

from collections import defaultdict
from collections.abc import Sequence

import time_machine

from bot import clock
from bot.clock import WIB
from bot.conversation.gateway import Gateway
from bot.conversation.messages import Reply
from tests.chat.conftest import Chat
from tests.chat.troubleshooting.conftest import PEOPLE
from tests.photos.faces import good_face


async def test_pictures_are_left_out_and_their_figures_said(chat: Chat) -> None:
    await chat.says("nyalakan mode hemat")
    chat.replied(contains="Mode hemat menyala", buttons=["Matikan mode hemat"])
    await chat.says("simulasi jht gaji 5jt 5 tahun")
    await chat.says("0")
    chat.replied(contains="Rp19.409.470")
    assert chat.replies[-1].picture is None


async def test_it_is_remembered_until_turned_off(chat: Chat) -> None:
    await chat.says("mode hemat")
    await chat.says("verifikasi")
    await chat.verifies(*PEOPLE["Rahmat"])
    await chat.says("lihat kartu saya")
    assert not any(reply.picture for reply in chat.replies)
    await chat.says("matikan mode hemat")
    chat.replied(contains="Mode hemat mati")
    await chat.says("lihat kartu saya")
    chat.replied(picture="member_card")


async def test_the_lack_of_network_offers_it(chat: Chat) -> None:
    await chat.says("di kampung saya sinyal susah")
    await chat.taps("Mode hemat")
    chat.replied(contains="menyala")


async def test_sources_are_left_out(chat: Chat) -> None:
    await chat.says("mode hemat")
    await chat.says("apa itu jht")
    chat.replied(contains="Jaminan Hari Tua", without="PP 46/2015")


SAID = (
    "halo",
    "apa itu jp",
    "simulasi jht gaji 5jt 10 tahun",
    "0",
    "kode 040 itu apa",
    "foto wajah gagal 3 kali",
    "lewat mana klaim jht",
    "saldo jht saya berapa",
)


def size(replies: Sequence[Reply]) -> int:
    """Bytes of what is shown."""
    shown = [text for reply in replies for text in (reply.text, *(button.title for button in reply.buttons))]
    return len("".join(shown).encode())


async def test_the_same_conversation_is_much_shorter(chat: Chat, gateway: Gateway) -> None:
    light = Chat(gateway, chat_id="light")
    await light.says("mode hemat")
    sizes: dict[str, int] = defaultdict(int)
    for said in SAID:
        for one in (chat, light):
            await one.says(said)
            sizes[one.chat_id] += size(one.replies)
        assert len(light.text) < 350, light.text
    assert sizes["light"] < 0.7 * sizes[chat.chat_id]


async def test_the_verdict_the_way_and_the_money_stay(chat: Chat) -> None:
    await chat.says("mode hemat")
    await chat.says("verifikasi")
    await chat.verifies(*PEOPLE["Rahmat"])
    await chat.says("apakah saya bisa klaim jht")
    chat.replied(contains=["Ya, Anda boleh klaim JHT", "Ajukan di chat ini", "*Rp9.850.000*"], without="✅")
    await chat.says("saya mau klaim 30 % untuk beli rumah")
    chat.replied(contains=["❌", "hanya selama masih bekerja"])


async def test_a_claim_is_filed_with_short_questions(chat: Chat) -> None:
    with time_machine.travel(clock.now().astimezone(WIB).replace(hour=10), tick=True):
        await chat.says("mode hemat")
        await chat.says("saya mau ajukan klaim di chat ini")
        await chat.verifies(*PEOPLE["Rahmat"])
        chat.replied(contains=["Rahmat Wijaya", "17 Mei 1994", "Benar?"], without="•\u0020")
        await chat.taps("Sudah benar")
        await chat.taps("Pakai yang terdaftar")
        await chat.sends_photo(good_face())
        chat.replied(contains=["*Rp9.850.000*", "setuju data serta foto Anda dipakai"])


async def test_there_are_three_buttons_and_what_is_left_out_is_understood(chat: Chat) -> None:
    await chat.says("mode hemat")
    await chat.says("menu")
    assert [button.title for button in chat.replies[-1].buttons] == ["Saldo JHT", "Klaim JHT", "Kendala aplikasi"]
    await chat.says("2")
    chat.replied(contains="Lapak Asik")
    await chat.says("rincian iuran")
    chat.replied(contains="NIK")


async def test_turned_off_the_texts_are_whole_again(chat: Chat) -> None:
    await chat.says("mode hemat")
    await chat.says("matikan mode hemat")
    await chat.says("apa itu jp")
    chat.replied(contains="JMO tidak menampilkan saldo JP")


async def test_an_office_is_named_with_its_hours_and_without_a_map(chat: Chat) -> None:
    await chat.says("mode hemat")
    await chat.says("kantor cabang di meulaboh")
    chat.replied(["Kantor Cabang Meulaboh", "WIB"], without="maps.google")
    assert len(chat.text) < 400

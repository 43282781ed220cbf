"""Light mode: short texts without pictures, remembered."""

from tests.chat.conftest import Chat
from tests.chat.troubleshooting.conftest import PEOPLE


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

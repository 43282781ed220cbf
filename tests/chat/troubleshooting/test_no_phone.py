"""No smartphone, no network, an elderly parent."""

from tests.chat.conftest import Chat


async def test_a_relatives_phone(chat: Chat) -> None:
    await chat.says("saya tidak punya hp android")
    chat.replied(contains="keluarga")
    await chat.says("ada")
    chat.replied(contains=["HP keluarga", "KTP dan nomor KPJ", "*keluar*"])


async def test_the_phones_of_the_branch(chat: Chat) -> None:
    await chat.says("saya tidak punya hp android")
    await chat.says("tidak ada")
    chat.replied(contains=["HP dan wifi disediakan", "175", "Yang dibawa: KTP", "Senin–Jumat"])


async def test_no_network(chat: Chat) -> None:
    await chat.says("di kampung saya sinyal susah")
    chat.replied(contains=["mode hemat", "wifi gratis", "Yang dibawa"])


async def test_an_elderly_parent(chat: Chat) -> None:
    await chat.says("bapak saya gaptek ga bisa pakai hp")
    chat.replied(contains=["mendampingi", "petugas membantu", "Yang dibawa"])

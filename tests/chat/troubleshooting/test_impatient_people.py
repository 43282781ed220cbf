"""Trees with people who don't know, take back, repeat themselves, or leave it for later."""

import pytest

from tests.chat.conftest import Chat

CARD = "Apa yang Anda lihat di menu Kartu Digital"


@pytest.mark.parametrize("answer", ["nda tau", "ga ngerti", "bingung"])
async def test_who_does_not_know_is_offered_a_person_at_once(chat: Chat, answer: str) -> None:
    await chat.says("kartu digital gak muncul min")
    await chat.says(answer)
    chat.replied(["Tidak apa-apa", CARD], buttons=["Bicara dengan petugas"])


async def test_the_old_card_is_named_in_ones_own_words(chat: Chat) -> None:
    await chat.says("kartu saya ga ada")
    await chat.says("yg lama yg hilang")
    chat.replied("Tambah KPJ", without="belum menangkap")


async def test_a_slip_at_the_first_question_asks_it_again(chat: Chat) -> None:
    await chat.says("kartu digital gak muncul min")
    await chat.says("eh salah")
    chat.replied(["kita ulangi", CARD], without="simulasi")


async def test_the_refusal_repeated_is_no_wish_to_stop(chat: Chat) -> None:
    await chat.says("klaim di jmo ditolak")
    chat.replied("tanda silang")
    await chat.says("tidak dapat dilanjutkan")
    chat.replied("Ketiga syarat di JMO", without="batalkan")


async def test_left_for_later_and_gone_on_with(chat: Chat) -> None:
    await chat.says("pengkinian gagal trs")
    await chat.says("namanya beda")
    await chat.says("nanti aja")
    chat.replied("saya batalkan", without="Data mana yang berbeda")
    await chat.says("lanjut")
    chat.replied("Data mana yang berbeda")


async def test_the_way_to_an_officer_has_few_lines(chat: Chat) -> None:
    await chat.says("foto wajah gagal 3 kali")
    chat.replied(["terkunci", "175", "Yang dibawa"])
    assert len([line for line in chat.text.splitlines() if line]) <= 6

"""A message with two needs: the main one is answered, the second offered."""

from bot.register.demo_people import DEMO_PEOPLE
from tests.chat.conftest import Chat

RAHMAT = DEMO_PEOPLE[0]


async def test_the_second_need_is_offered_beside_the_answer(chat: Chat) -> None:
    await chat.says("apa itu jkp sekalian mau tanya kantor cabang terdekat")
    chat.replied("SIAPKERJA", buttons=["Sekalian: kantor terdekat?"])
    await chat.taps("Sekalian: kantor terdekat?")
    chat.replied("175")


async def test_the_offer_is_taken_by_a_yes(chat: Chat) -> None:
    await chat.says("apa itu jkp sekalian mau tanya kantor cabang terdekat")
    await chat.says("boleh")
    chat.replied("175", without="SIAPKERJA")


async def test_the_offer_waits_until_the_form_of_the_first_need_is_over(chat: Chat) -> None:
    await chat.says("mau cek saldo sama kartu saya ga muncul")
    chat.replied("NIK", without="Sekalian")
    await chat.verifies(RAHMAT.nik, f"{RAHMAT.birth_date:%d-%m-%Y}")
    chat.replied("Saldo JHT Anda", buttons=["Sekalian: kartu digital?"])
    await chat.says("ya")
    chat.replied(without="Saldo JHT Anda")


async def test_an_offer_is_made_once(chat: Chat) -> None:
    await chat.says("apa itu jkp sekalian mau tanya kantor cabang terdekat")
    await chat.says("apa itu jkm")
    assert not [button for button in chat.replies[-1].buttons if button.title.startswith("Sekalian")]


async def test_a_need_with_its_story_is_one(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo, padahal saldo saya masih banyak")
    assert not [button for button in chat.replies[-1].buttons if button.title.startswith("Sekalian")]


async def test_an_answer_to_a_form_has_no_second_need(chat: Chat) -> None:
    await chat.says("tidak bisa login jmo")
    await chat.says("tombol login diam dan mau cek saldo saya")
    assert not [button for button in chat.replies[-1].buttons if button.title.startswith("Sekalian")]

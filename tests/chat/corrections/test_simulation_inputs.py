"""Amounts that can't be taken, and inputs that are changed afterwards."""

import pytest

from tests.chat.conftest import Chat


@pytest.mark.parametrize("wage", ["0", "-5jt", "900 triliun"])
async def test_a_wage_that_cannot_be_gets_one_sentence_and_the_same_question(chat: Chat, wage: str) -> None:
    await chat.says("simulasi jht")
    await chat.says(wage)
    chat.replied(contains=["Upah sebulan yang bisa saya hitung antara", "Berapa upah Anda sebulan?"])


async def test_an_unclear_amount_is_asked_back_and_never_guessed(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("5m")
    chat.replied(contains=["kurang jelas", "Berapa upah Anda sebulan?"])


async def test_one_input_of_the_result_can_be_changed_by_its_button(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    await chat.says("0")
    await chat.taps("Ganti lama")
    chat.replied(contains="Berapa tahun iuran dibayarkan?", without="Berapa upah")
    await chat.says("10 tahun")
    chat.replied(contains="setelah 10 tahun: Rp44.181.419")


async def test_an_input_can_be_changed_in_words_with_its_new_value(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    await chat.says("0")
    await chat.says("ganti upahnya jadi 6jt")
    chat.replied(contains=["setelah 5 tahun", "upah tetap Rp6.000.000"])


async def test_an_answer_given_before_can_be_taken_back_in_the_middle(chat: Chat) -> None:
    await chat.says("simulasi jht")
    await chat.says("5jt")
    await chat.says("ganti upahnya")
    chat.replied(contains="Berapa upah Anda sebulan?")
    await chat.says("6jt")
    chat.replied(contains="Berapa tahun iuran dibayarkan?")


async def test_a_follow_up_changes_the_simulation_shown_last(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    await chat.says("0")
    await chat.says("kalau 10 tahun")
    chat.replied(contains="setelah 10 tahun: Rp44.181.419")


async def test_the_rate_is_five_percent_until_it_is_changed(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    await chat.says("0")
    await chat.taps("Ganti pengembangan")
    chat.replied(contains="Berapa persen hasil pengembangan setahun?")
    await chat.says("50%")
    chat.replied(contains=["antara 0 dan 20 persen", "Berapa persen hasil pengembangan setahun?"])
    await chat.says("6,5%")
    chat.replied(contains=["setelah 5 tahun", "pengembangan 6,5 % setahun"])


async def test_a_rate_can_be_changed_in_words(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 5jt selama 5 tahun")
    await chat.says("0")
    await chat.says("ganti bunganya jadi 6%")
    chat.replied(contains="pengembangan 6 % setahun")


async def test_what_is_changed_while_the_form_asks_is_said_back(chat: Chat) -> None:
    await chat.says("simulasi jht gaji 4 juta 10 tahun")
    await chat.says("kalau 15 tahun?")
    chat.replied(["Baik, 15 tahun", "Berapa saldo JHT Anda sekarang"])
    await chat.says("ganti upahnya jadi 6 juta")
    chat.replied(["Baik, upahnya Rp6.000.000", "Berapa saldo JHT Anda sekarang"])
    await chat.says("0")
    chat.replied(["setelah 15 tahun", "upah tetap Rp6.000.000"], without="Baik,")

"""The language follows who writes, and never a single word."""

import pytest

from tests.chat.conftest import Chat


async def test_it_follows_there_and_back(chat: Chat) -> None:
    await chat.says("what is JHT")
    chat.replied("old-age savings")
    await chat.says("apa itu jkk")
    chat.replied("kecelakaan kerja")


@pytest.mark.parametrize("word", ["ok", "hello", "thanks", "menu", "cancel"])
async def test_one_word_switches_nothing(chat: Chat, word: str) -> None:
    await chat.says("apa itu jkk")
    await chat.says(word)
    await chat.says("menu")
    chat.replied("Silakan pilih")


async def test_one_indonesian_word_switches_nothing_back(chat: Chat) -> None:
    await chat.says("what is JHT")
    await chat.says("saldo")
    chat.replied("Please type your NIK")


async def test_by_command(chat: Chat) -> None:
    await chat.says("/bahasa")
    await chat.says("english")
    await chat.says("menu")
    chat.replied("Please choose")


@pytest.mark.parametrize("greeting", ["peue haba", "sugeng enjing mas", "kumaha damang", "kulo nuwun", "sampurasun"])
async def test_greetings_of_the_regions_are_answered_kindly_in_indonesian(chat: Chat, greeting: str) -> None:
    await chat.says(greeting)
    chat.replied(["Terima kasih atas sapaannya", "Apa yang bisa saya bantu?"])


async def test_other_greetings_are_answered_as_ever(chat: Chat) -> None:
    await chat.says("halo min")
    chat.replied("Halo", without="sapaannya")

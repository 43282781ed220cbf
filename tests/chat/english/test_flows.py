"""Every flow in English, which begins by itself where somebody clearly writes it."""

import pytest

from bot.register.demo_people import DEMO_PEOPLE
from tests.chat.conftest import Chat

RAHMAT = DEMO_PEOPLE[0]


async def test_what_belongs_to_a_member(chat: Chat) -> None:
    await chat.says("check my balance")
    chat.replied("Please type your NIK", buttons=["Cancel"])
    await chat.says(RAHMAT.nik)
    chat.replied("birth date")
    await chat.says(f"{RAHMAT.birth_date:%d-%m-%Y}")
    await chat.says(chat.text.split("Your code: ")[1][:6])
    chat.replied("Your JHT balance is Rp9.850.000")
    await chat.says("show my contributions")
    chat.replied("Your JHT contributions")
    await chat.says("show my card")
    chat.replied("Your membership card")
    await chat.says("send me my yearly statement")
    chat.replied("Your JHT statement", document="yearly_statement")
    await chat.says("I want to file a claim here")
    await chat.says(chat.text.split("Your code: ")[1][:6])
    chat.replied(["Your confirmation", "Is it right?"])


async def test_a_jht_simulation(chat: Chat) -> None:
    await chat.says("I want to simulate my jht")
    chat.replied("What is your monthly wage?")
    await chat.says("5 million")
    await chat.says("10 years")
    await chat.says("0")
    chat.replied("Estimated JHT after 10 years: Rp44.181.419")
    await chat.says("what if 5 years?")
    chat.replied("Estimated JHT after 5 years")
    await chat.says("change the wage to 6 million")
    chat.replied("constant wage Rp6.000.000")
    await chat.says("no wait, I mean 8 million")
    chat.replied("constant wage Rp8.000.000")


async def test_a_pension_simulation(chat: Chat) -> None:
    for text in ("how much will my pension be", "35 years old", "6 million", "5 years"):
        await chat.says(text)
    chat.replied("Estimated JP")


@pytest.mark.parametrize(
    ("said", "end"),
    [
        (("my digital card doesn't show up", "loading"), "Still blank?"),
        (("my data update keeps failing", "data doesn't match", "name", "yes"), "HR corrects it"),
        (("face verification keeps failing", "only once", "still fails", "still fails"), "An officer"),
        (("I can't log in to JMO", "forgot my password", "yes"), "Lupa Kata Sandi"),
    ],
)
async def test_troubles(chat: Chat, said: tuple[str, ...], end: str) -> None:
    for text in said:
        await chat.says(text)
    chat.replied(end)


async def test_a_claim_check(chat: Chat) -> None:
    await chat.says("can I claim JHT if I resigned?")
    await chat.says("3 months ago")
    await chat.says("10 million")
    chat.replied("you may claim JHT")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("where is my claim", "Track a claim"),
        ("where is the nearest branch", "Branch offices"),
        ("I want to talk to a human", "JMO-000001-8"),
        ("what is the job loss benefit", "laid off"),
        ("my claim was rejected with code 040", "040"),
    ],
)
async def test_questions(chat: Chat, text: str, answer: str) -> None:
    await chat.says(text)
    chat.replied(answer, without=["Maaf", "Silakan"])


async def test_a_visit(chat: Chat) -> None:
    for text in ("where is the nearest branch", "Bandung", "I want to plan a visit", "1", "tomorrow"):
        await chat.says(text)
    chat.replied("Noted: office")
    await chat.says("cancel my visit")
    chat.replied("is cancelled")


async def test_leaving_a_form_and_not_being_understood(chat: Chat) -> None:
    await chat.says("I want to simulate my jht")
    await chat.says("never mind")
    chat.replied("cancelled")
    await chat.says("qwe zxcv asd")
    chat.replied("I didn't catch")
    await chat.says("not that")
    chat.replied("I got you wrong")


async def test_questions_about_what_was_shown_and_a_second_need(chat: Chat) -> None:
    await chat.says("what is JKP")
    await chat.says("what are the requirements?")
    chat.replied("laid off")
    await chat.says("how much do I get?")
    chat.replied("60 %")
    await chat.says("what is JKP and where is the nearest branch")
    chat.replied(buttons=["Also: JKP?"])

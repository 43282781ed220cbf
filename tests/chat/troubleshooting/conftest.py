"""Participants of the demonstration, verified where a test wants the record looked at."""

import pytest_asyncio

from tests.chat.conftest import Chat

PEOPLE = {
    "Rahmat": ("1199011705940001", "17-05-1994"),
    "Dewi": ("1199014311880002", "03-11-1988"),
    "Agus": ("1199012602850003", "26-02-1985"),
    "Nur": ("1199014908960004", "09-08-1996"),
    "Yusuf": ("1199013001910005", "30-01-1991"),
    "Putri": ("1199016104030006", "21-04-2003"),
    "Hendra": ("1199011212900007", "12-12-1990"),
    "Maria": ("1199016807930012", "28-07-1993"),
}


@pytest_asyncio.fixture
async def verified(chat: Chat, request: object) -> Chat:
    """The chat of the person whom the test names."""
    await chat.says("verifikasi")
    await chat.verifies(*PEOPLE[request.param])  # type: ignore[attr-defined]
    return chat

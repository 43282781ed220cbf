"""Signing in: the right password, lock-out, sessions that end."""

import asyncio
from datetime import timedelta

import pytest
import time_machine

from bot import clock
from bot.desk.officers import DEMO_PASSWORD
from bot.desk.sign_in import IDLE_SESSION, LONGEST_SESSION
from bot.desk.visit import SIGNING_IN
from tests.desk.conftest import Browser

pytestmark = pytest.mark.asyncio


async def test_an_officer_signs_in_and_out(browser: Browser) -> None:
    assert (await browser.get("/petugas")).headers["location"] == "/petugas/masuk"
    assert (await browser.signs_in("rina")).status_code == 303
    page = await browser.get("/petugas")
    assert "Rina" in page.text
    assert (await browser.sends("/petugas/keluar")).status_code == 303
    assert (await browser.get("/petugas")).status_code == 303


async def test_a_link_leads_to_its_page_after_the_sign_in(browser: Browser) -> None:
    asked = await browser.get("/petugas/kasus/JMO-000001-8")
    assert asked.headers["location"] == "/petugas/masuk?lanjut=%2Fpetugas%2Fkasus%2FJMO-000001-8"
    form = {"username": "rina", "password": DEMO_PASSWORD}
    signed_in = await browser.post(asked.headers["location"], data=form)
    assert signed_in.headers["location"] == "/petugas/kasus/JMO-000001-8"
    for elsewhere in ("https://elsewhere.example/petugas/", "//elsewhere.example/petugas/", "/chat", ""):
        signed_in = await browser.post("/petugas/masuk", params={"lanjut": elsewhere}, data=form)
        assert signed_in.headers["location"] == "/petugas"


async def test_an_unknown_name_and_a_wrong_password_are_answered_alike(browser: Browser) -> None:
    unknown = await browser.signs_in("nobody")
    wrong = await browser.signs_in("rina", "wrong password")
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.text == wrong.text


async def test_many_sign_ins_at_once_wait_for_each_other(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    running: list[int] = [0, 0]

    async def slow(*_: object) -> bool:
        running[0] += 1
        running[1] = max(running)
        await asyncio.sleep(0.01)
        running[0] -= 1
        return False

    monkeypatch.setattr("bot.desk.sign_in.is_right", slow)
    form = {"username": "rina", "password": "wrong password"}
    answers = await asyncio.gather(*(browser.post("/petugas/masuk", data=form) for _ in range(6)))
    assert {answer.status_code for answer in answers} == {401}
    assert running == [0, SIGNING_IN]


@pytest.mark.parametrize("idle", [IDLE_SESSION, LONGEST_SESSION])
async def test_a_session_ends(idle: timedelta, browser: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as time:
        await browser.signs_in("rina")
        time.shift(idle - timedelta(seconds=1) if idle == IDLE_SESSION else timedelta(minutes=50))
        assert (await browser.get("/petugas")).status_code == 200
        time.shift(idle + timedelta(seconds=1))
        assert (await browser.get("/petugas")).status_code == 303

"""Signing in: the right password, lock-out, sessions that end."""

from datetime import timedelta

import pytest
import time_machine

from bot import clock
from bot.desk.sign_in import IDLE_SESSION, LOCKED_FOR, LONGEST_SESSION, TRIES
from tests.desk.conftest import Browser

pytestmark = pytest.mark.asyncio


async def test_an_officer_signs_in_and_out(browser: Browser) -> None:
    assert (await browser.get("/petugas")).headers["location"] == "/petugas/masuk"
    assert (await browser.signs_in("rina")).status_code == 303
    page = await browser.get("/petugas")
    assert "Rina" in page.text
    assert (await browser.sends("/petugas/keluar")).status_code == 303
    assert (await browser.get("/petugas")).status_code == 303


async def test_an_unknown_name_and_a_wrong_password_are_answered_alike(browser: Browser) -> None:
    unknown = await browser.signs_in("nobody")
    wrong = await browser.signs_in("rina", "wrong password")
    assert unknown.status_code == wrong.status_code == 401
    assert unknown.text == wrong.text


async def test_five_wrong_passwords_lock_the_account_for_a_while(browser: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as time:
        for _ in range(TRIES):
            await browser.signs_in("rina", "wrong password")
        assert (await browser.signs_in("rina")).status_code == 401
        time.shift(LOCKED_FOR + timedelta(seconds=1))
        assert (await browser.signs_in("rina")).status_code == 303


@pytest.mark.parametrize("idle", [IDLE_SESSION, LONGEST_SESSION])
async def test_a_session_ends(idle: timedelta, browser: Browser) -> None:
    with time_machine.travel(clock.now(), tick=False) as time:
        await browser.signs_in("rina")
        time.shift(idle - timedelta(seconds=1) if idle == IDLE_SESSION else timedelta(minutes=50))
        assert (await browser.get("/petugas")).status_code == 200
        time.shift(idle + timedelta(seconds=1))
        assert (await browser.get("/petugas")).status_code == 303

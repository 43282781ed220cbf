"""Guessing passwords locks whoever guesses, for longer and longer, and no officer out of their own browser."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
import time_machine
from sqlalchemy import func, select
from starlette.applications import Starlette

from bot import clock
from bot.desk import sign_in_limits
from bot.desk.models import SignInTries
from bot.desk.routes import desk_routes
from bot.desk.sign_in_limits import BY_ACCOUNT, BY_PLACE, COUNTED_FOR, Limit
from bot.desk.visit import DeskParts
from tests.desk.conftest import HOST, Browser
from tests.desk.waiting import Sessions

pytestmark = pytest.mark.asyncio
WRONG = "wrong password"
OFFICE, CAFE = "192.0.2.10", "198.51.100.7"
A_SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def at(parts: DeskParts, address: str, https: bool = False) -> Browser:
    """A new browser at a network address, before a process of its own."""
    own = DeskParts(parts.sessions, parts.wakeups, parts.services)
    transport = httpx.ASGITransport(Starlette(routes=desk_routes(own)), client=(address, 1234))
    host = HOST.replace("http:", "https:") if https else HOST
    return Browser(transport=transport, base_url=host, headers={"accept": "text/html"})


async def guesses(browser: Browser, username: str, times: int = BY_PLACE.tries) -> list[httpx.Response]:
    return [await browser.signs_in(username, f"{WRONG} {number}") for number in range(times)]


async def is_let_in(browser: Browser, username: str = "rina") -> bool:
    return (await browser.signs_in(username)).status_code == 303


async def test_five_wrong_passwords_lock_a_place_for_a_while(parts: DeskParts, time: time_machine.Traveller) -> None:
    await guesses(at(parts, CAFE), "rina")
    time.shift(BY_PLACE.first_lock - A_SECOND)
    assert not await is_let_in(at(parts, CAFE))
    time.shift(2 * A_SECOND)
    assert await is_let_in(at(parts, CAFE))


async def test_guesses_from_elsewhere_keep_no_officer_out(parts: DeskParts) -> None:
    await guesses(at(parts, CAFE), "rina", 2 * BY_PLACE.tries)
    assert await is_let_in(at(parts, OFFICE))


async def test_a_place_is_locked_for_one_account_only(parts: DeskParts) -> None:
    await guesses(at(parts, OFFICE), "rina")
    assert await is_let_in(at(parts, OFFICE), "sari")


async def test_each_lock_is_longer_than_the_last(parts: DeskParts, time: time_machine.Traveller) -> None:
    await guesses(at(parts, CAFE), "rina")
    time.shift(BY_PLACE.first_lock + A_SECOND)
    await guesses(at(parts, CAFE), "rina", 1)
    time.shift(BY_PLACE.first_lock + A_SECOND)
    assert not await is_let_in(at(parts, CAFE))
    time.shift(BY_PLACE.first_lock)
    assert await is_let_in(at(parts, CAFE))


async def test_wrong_passwords_of_long_ago_do_not_count(parts: DeskParts, time: time_machine.Traveller) -> None:
    await guesses(at(parts, OFFICE), "rina", BY_PLACE.tries - 1)
    time.shift(COUNTED_FOR)
    await guesses(at(parts, OFFICE), "rina", 1)
    assert await is_let_in(at(parts, OFFICE))


async def test_the_right_password_forgets_the_wrong_ones(parts: DeskParts) -> None:
    for _ in range(2):
        await guesses(at(parts, OFFICE), "rina", BY_PLACE.tries - 1)
        assert await is_let_in(at(parts, OFFICE))


async def test_many_places_together_lock_the_account_but_not_in_its_own_browser(
    parts: DeskParts, time: time_machine.Traveller
) -> None:
    own = at(parts, OFFICE)
    await own.signs_in("rina")
    for number in range(BY_ACCOUNT.tries):
        await guesses(at(parts, f"203.0.113.{number}"), "rina", 1)
    assert not await is_let_in(at(parts, CAFE))
    assert await is_let_in(own)
    time.shift(BY_ACCOUNT.first_lock + A_SECOND)
    assert await is_let_in(at(parts, CAFE))


async def test_who_guesses_beside_an_officer_keeps_them_not_out_of_their_browser(parts: DeskParts) -> None:
    own = at(parts, OFFICE)
    await own.signs_in("rina")
    await guesses(at(parts, OFFICE), "rina")
    assert not await is_let_in(at(parts, OFFICE))
    assert await is_let_in(own)


async def test_a_known_browser_may_guess_no_more_often(parts: DeskParts) -> None:
    own = at(parts, OFFICE)
    await own.signs_in("rina")
    await guesses(own, "rina")
    assert not await is_let_in(own)


@pytest.mark.parametrize("forged", ["", "x", "x.", ".", "x." + "0" * 64])
async def test_a_forged_browser_is_unknown(forged: str, parts: DeskParts) -> None:
    own = at(parts, CAFE)
    await own.signs_in("rina")
    (name,) = [name for name in own.cookies if "device" in name]
    forger = at(parts, CAFE)
    forger.cookies.set(name, forged, path="/petugas")
    await guesses(forger, "rina")
    assert not await is_let_in(at(parts, CAFE))


async def test_the_browser_of_one_officer_is_not_known_to_another(parts: DeskParts) -> None:
    own = at(parts, OFFICE)
    await own.signs_in("sari")
    await guesses(at(parts, OFFICE), "rina")
    assert not await is_let_in(own)


async def test_a_browser_that_two_officers_share_is_known_to_both(parts: DeskParts) -> None:
    shared = at(parts, OFFICE)
    for username in ("rina", "sari"):
        await shared.signs_in(username)
    for username in ("rina", "sari"):
        await guesses(at(parts, OFFICE), username)
        assert await is_let_in(shared, username)


@pytest.mark.parametrize("https", [False, True])
async def test_scripts_and_other_sites_do_not_get_the_cookie(https: bool, parts: DeskParts) -> None:
    answer = await at(parts, OFFICE, https).signs_in("rina")
    (cookie,) = [cookie for cookie in answer.headers.get_list("set-cookie") if "device" in cookie]
    assert {"HttpOnly", "SameSite=strict", "Path=/petugas"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; "), cookie.startswith("__Secure-")) == (https, https)


async def test_an_unknown_name_is_counted_and_answered_as_a_known_one(parts: DeskParts, sessions: Sessions) -> None:
    known = await guesses(at(parts, CAFE), "rina", BY_PLACE.tries + 1)
    unknown = await guesses(at(parts, CAFE), "nobody", BY_PLACE.tries + 1)
    assert [(answer.status_code, answer.text) for answer in known] == [
        (answer.status_code, answer.text) for answer in unknown
    ]
    async with sessions() as session:
        accounts = select(SignInTries.account, func.count(), func.sum(SignInTries.failures)).group_by(
            SignInTries.account
        )
        assert [tuple(counts) for _, *counts in await session.execute(accounts)] == [(2, 2 * BY_PLACE.tries)] * 2


async def test_a_locked_place_costs_a_password_check_too(parts: DeskParts, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    async def check(password: str, _: str | None) -> bool:
        checked.append(password)
        return False

    monkeypatch.setattr("bot.desk.sign_in.is_right", check)
    await guesses(at(parts, CAFE), "rina", BY_PLACE.tries + 1)
    assert len(checked) == BY_PLACE.tries + 1


async def test_neither_names_nor_addresses_are_stored(parts: DeskParts, sessions: Sessions) -> None:
    await guesses(at(parts, CAFE), "rina", 1)
    async with sessions() as session:
        rows = (await session.execute(select(SignInTries.account, SignInTries.place))).all()
    assert len(rows) == 2 and "rina" not in str(rows) and CAFE not in str(rows)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8::1", "2001:db8::ffff:1", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.10", "::ffff:192.0.2.11", False),
        (OFFICE, CAFE, False),
    ],
)
async def test_a_place_is_an_address_or_the_network_of_one(first: str, second: str, same: bool) -> None:
    places = [sign_in_limits.places_of(address, None) for address in (first, second)]
    assert (places[0] == places[1]) is same


async def test_a_lock_does_not_grow_for_ever() -> None:
    limit = Limit(5, timedelta(minutes=15), timedelta(hours=12))
    locks = [limit.lock_after(failures) for failures in (4, 5, 6, 7, 11, 500)]
    assert locks == [None, *(timedelta(minutes=minutes) for minutes in (15, 30, 60, 720, 720))]

"""What an open page is told, without a browser."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import event

from bot.conversation.wakeups import Hint
from bot.desk import live as live_module
from bot.desk.live import Live, Watcher
from bot.desk.sign_in import IDLE_SESSION
from bot.desk.visit import DeskParts
from tests.desk.conftest import Browser
from tests.desk.waiting import Sessions, somebody_waits

pytestmark = pytest.mark.asyncio
PATIENCE_SECONDS = 5.0


async def heard(stream: AsyncIterator[str]) -> list[str]:
    """The names of the next events."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        return [line.removeprefix("event: ") for line in (await anext(stream)).splitlines() if line[:5] == "event"]


async def test_a_page_hears_of_its_conversation_and_of_the_queue() -> None:
    live = Live()
    page, queue = live.events(Watcher(1, "Rina", 7)), live.events(Watcher(1, "Rina"))
    assert await heard(page) == ["connected"] and await heard(queue) == ["connected"]
    live.heard(Hint.OUTBOX, 7)
    live.heard(Hint.OUTBOX, 8)
    live.heard(Hint.PARTICIPANT_TYPES, 7)
    live.heard(Hint.DESK, 8)
    assert await heard(page) == ["present", "talk", "typing", "queue"]
    assert await heard(queue) == ["queue"]


async def test_what_happens_often_is_told_once() -> None:
    live = Live()
    page = live.events(Watcher(1, "Rina", 7))
    await heard(page)
    await heard(page)
    for _ in range(50):
        live.heard(Hint.OUTBOX, 7)
    live.heard(Hint.DESK, 7)
    assert await heard(page) == ["talk", "queue"]


async def test_the_queue_is_told_of_at_most_once_in_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "CALM_SECONDS", 0.3)
    monkeypatch.setattr(live_module, "HEARTBEAT_SECONDS", 0.02)
    live = Live()
    queue = live.events(Watcher(1, "Rina"))
    assert await heard(queue) == ["connected"]
    live.heard(Hint.DESK, 7)
    assert await heard(queue) == ["queue"]
    live.heard(Hint.DESK, 8)
    assert await anext(queue) == ":\n\n"
    while not (told := await heard(queue)):
        live.heard(Hint.DESK, 9)
    assert told == ["queue"]


async def test_officers_see_who_else_has_the_conversation_open() -> None:
    live = Live()
    rina, sari = live.events(Watcher(1, "Rina", 7)), live.events(Watcher(2, "Sari", 7))
    assert await heard(rina) == ["connected"] and await heard(rina) == ["present"]
    assert await heard(sari) == ["connected"]
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert json.loads((await anext(rina)).split("data: ")[1]) == ["Sari"]
    assert live.others(7, 1) == ["Sari"]
    await sari.aclose()  # type: ignore[attr-defined]
    assert live.others(7, 1) == []
    assert await heard(rina) == ["present"]


async def test_a_quiet_stream_beats_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live_module, "HEARTBEAT_SECONDS", 0.01)
    monkeypatch.setattr(live_module, "STREAM_SECONDS", 0.05)
    live = Live()
    told = [part async for part in live.events(Watcher(1, "Rina"))]
    assert "connected" in told[0] and told[1] == ":\n\n"
    assert live.others(7, 2) == []


async def test_the_stream_holds_nothing_of_the_database(
    browser: Browser, parts: DeskParts, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_module, "STREAM_SECONDS", 0.2)
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    engine = sessions.kw["bind"].sync_engine
    out: list[int] = []
    event.listen(engine, "checkout", lambda *_: out.append(1))
    event.listen(engine, "checkin", lambda *_: out.pop())
    looked: list[int] = []

    def look(*_: object) -> bool:
        looked.append(len(out))
        return False

    monkeypatch.setattr(Watcher, "tell", look)
    answer = await browser.get(f"/petugas/peristiwa?percakapan={handoff.id}")
    assert "event: connected" in answer.text
    assert looked and set(looked) == {0}


async def test_a_stream_of_nothing_is_not_found(browser: Browser) -> None:
    await browser.signs_in("rina")
    assert (await browser.get("/petugas/peristiwa?percakapan=99")).status_code == 404


async def test_a_deed_is_told_to_the_pages_that_are_open(
    browser: Browser, parts: DeskParts, sessions: Sessions
) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    page = parts.live.events(Watcher(2, "Sari", handoff.conversation_id))
    await heard(page)
    await heard(page)
    await browser.sends(f"/petugas/percakapan/{handoff.id}/ambil")
    assert set(await heard(page)) == {"talk", "queue"}


async def test_who_types_is_passed_on_only_by_who_has_the_floor(
    browser: Browser, parts: DeskParts, sessions: Sessions
) -> None:
    given: list[Hint] = []
    parts.wakeups.listen(lambda hint, _: given.append(hint))
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    await browser.sends(f"/petugas/percakapan/{handoff.id}/mengetik")
    assert Hint.OFFICER_TYPES not in given
    await browser.sends(f"/petugas/percakapan/{handoff.id}/ambil")
    await browser.sends(f"/petugas/percakapan/{handoff.id}/mengetik")
    assert Hint.OFFICER_TYPES in given


async def test_what_a_page_asks_by_itself_keeps_no_session_alive(browser: Browser, sessions: Sessions) -> None:
    import time_machine

    from bot import clock

    with time_machine.travel(clock.now(), tick=False) as time:
        await browser.signs_in("rina")
        time.shift(IDLE_SESSION / 2)
        assert (await browser.get("/petugas/antrean")).status_code == 200
        time.shift(IDLE_SESSION * 0.6)
        assert (await browser.get("/petugas")).status_code == 303

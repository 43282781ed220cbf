"""Whoever is refused is told so in their language: officers on a page, scripts in a sentence."""

import pytest
from sqlalchemy.orm.exc import StaleDataError

from bot.cases.service import CaseNotFound
from bot.desk import queue_page
from bot.desk.visit import BODY_LIMIT, sentence_of
from bot.handoff.service import Handoffs
from tests.desk.conftest import Browser
from tests.desk.waiting import Sessions, somebody_waits

pytestmark = pytest.mark.asyncio
ENGLISH = ("cursor", "Conflict", "Not Found", "Forbidden", "Bad Request", "Too Large", "there is no", "this hand-off")


async def is_told(browser: Browser, method: str, path: str, status: int, said: str, **request: object) -> None:
    """On a page with a way back, and by a script in the sentence alone."""
    as_page = await browser.request(method, path, **request)  # type: ignore[arg-type]
    assert (as_page.status_code, said in as_page.text, 'href="/petugas"' in as_page.text) == (status, True, True)
    assert "default-src" in as_page.headers["content-security-policy"]
    by_script = await browser.request(method, path, **{**request, "headers": {"accept": "*/*", "x-csrf": browser.csrf}})  # type: ignore[arg-type]
    if status != 403:
        assert by_script.status_code == status and by_script.text.startswith(said)
        assert by_script.headers["content-type"].startswith("text/plain")
    assert not [words for words in ENGLISH for answer in (as_page, by_script) if words in answer.text]


async def test_what_does_not_exist(browser: Browser) -> None:
    await browser.signs_in("rina")
    await is_told(browser, "GET", "/petugas/percakapan/999", 404, "Halaman atau kasus ini tidak ada")
    await is_told(browser, "GET", "/petugas/kasus/JMO-999999-9", 404, "Halaman atau kasus ini tidak ada")


async def test_what_is_not_allowed(browser: Browser) -> None:
    await browser.signs_in("rina")
    await is_told(browser, "GET", "/petugas/papan", 403, "Anda tidak berwenang")
    await is_told(browser, "POST", "/petugas/hadir", 403, "Anda tidak berwenang", data={"csrf": "old"})


async def test_an_address_that_makes_no_sense(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    await is_told(browser, "GET", f"/petugas/percakapan/{handoff.id}/baru?sesudah=x", 409, "Ini tidak bisa dilakukan")


async def test_a_form_that_can_not_be_read_or_is_too_large(browser: Browser) -> None:
    await browser.signs_in("rina")
    large = {"csrf": browser.csrf, "text": "x" * (BODY_LIMIT + 1)}
    await is_told(browser, "POST", "/petugas/hadir", 413, "Berkas terlalu besar: paling besar 5 MB", data=large)
    many = {"csrf": browser.csrf}, [("file", ("a.png", b"1")), ("file", ("b.png", b"2"))]
    await is_told(browser, "POST", "/petugas/hadir", 400, "Isian tidak terbaca", data=many[0], files=many[1])


async def test_what_others_change_all_the_time(
    browser: Browser, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)

    async def never(*_: object) -> None:
        raise StaleDataError

    monkeypatch.setattr(Handoffs, "take", never)
    path = f"/petugas/percakapan/{handoff.id}/ambil"
    await is_told(browser, "POST", path, 409, "Data ini sedang diubah", data={"csrf": browser.csrf})


async def test_what_is_worded_for_programs_is_said_to_nobody(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "JMO-1" not in sentence_of(CaseNotFound("there is no case JMO-1"))
    await browser.signs_in("rina")

    def refuse(*_: object) -> None:
        raise CaseNotFound("there is no case JMO-1")

    monkeypatch.setattr(queue_page.Filters, "of", refuse)
    await is_told(browser, "GET", "/petugas", 409, "Ini tidak bisa dilakukan")


async def test_what_is_over_is_said_to_be_over(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.sends(f"{path}/ambil")
    await browser.sends(f"{path}/tutup", reason="solved")
    for deed, fields in (("pindah", {"to": "topic:card"}), ("kembali", {"step": "menu"})):
        answer = await browser.sends(f"{path}/{deed}", **fields)
        assert answer.status_code == 409 and "sudah selesai" in answer.text

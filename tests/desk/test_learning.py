"""Misunderstood messages at the desk: grouped, decided, by one supervisor at a time."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.desk.learning_page import intent_names
from bot.learning.models import Misunderstood, State, Why
from bot.privacy.audit import AuditEntry
from nlu.benchmark import own_examples
from tests.desk.conftest import Browser

Sessions = async_sessionmaker[AsyncSession]


async def put(sessions: Sessions, *said: str, days_ago: int = 0, **values: object) -> None:
    async with sessions.begin() as session:
        for text in said:
            known = {
                "language": "id",
                "why": Why.ASKED_BACK,
                "guesses_json": json.dumps([["ask_jht", 0.4], ["ask_tax", 0.2]]),
                "kept_at": clock.now() - timedelta(days=days_ago),
            }
            session.add(Misunderstood(text=text, **{**known, **values}))


async def states(sessions: Sessions) -> dict[str, tuple[str, str | None, str | None]]:
    async with sessions() as session:
        return {row.text: (row.state, row.intent, row.note) for row in await session.scalars(select(Misunderstood))}


def groups(page: str) -> list[str]:
    """The ids of each group, as its form sends them."""
    return re.findall(r'name="ids" value="([\d,]+)"', page)


async def test_alike_messages_are_one_group_with_examples_and_guesses(browser: Browser, sessions: Sessions) -> None:
    await put(sessions, "kode 040 apa min", "alamat kantor bandung", "kode 040 apa kak", meant="claim_failed")
    await browser.signs_in("budi")
    page = (await browser.get("/petugas/belajar")).text
    assert groups(page) == ["1,3", "2"]
    assert "kode 040 apa min" in page and "tentang JHT 40%" in page
    assert '<option value="claim_failed" selected>' in page


async def test_a_group_is_given_a_topic(browser: Browser, sessions: Sessions) -> None:
    await put(sessions, "kode 040 apa min", "kode 040 apa kak", "alamat kantor bandung")
    await browser.signs_in("budi")
    answer = await browser.sends("/petugas/belajar", ids="1,2", decision="assign", topic="claim_failed")
    assert answer.status_code == 303
    page = (await browser.get(answer.headers["location"])).text
    assert "2 pesan diberi topik." in page and groups(page) == ["3"]
    assert (await states(sessions))["kode 040 apa min"] == (State.ASSIGNED, "claim_failed", None)
    async with sessions() as session:
        entry = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "learning.decided"))).one()
    assert entry.reason == "2 messages seen as open: claim_failed"


async def test_a_group_becomes_a_note_for_an_entry(browser: Browser, sessions: Sessions) -> None:
    await put(sessions, "bisa bayar pakai apa")
    await browser.signs_in("budi")
    await browser.sends("/petugas/belajar", ids="1", decision="entry", note="Cara membayar")
    assert await states(sessions) == {"bisa bayar pakai apa": (State.ENTRY, None, "Cara membayar")}
    page = (await browser.get("/petugas/belajar?state=entry")).text
    assert "Cara membayar" in page and groups(page) == ["1"]


async def test_a_group_is_dismissed_and_taken_up_again(browser: Browser, sessions: Sessions) -> None:
    await put(sessions, "asdf")
    await browser.signs_in("budi")
    await browser.sends("/petugas/belajar", ids="1", decision="dismiss")
    assert (await states(sessions))["asdf"][0] == State.DISMISSED
    await browser.sends("/petugas/belajar", ids="1", decision="reopen", state="dismissed")
    assert (await states(sessions))["asdf"][0] == State.OPEN


async def test_the_second_of_two_supervisors_changes_nothing(
    browser: Browser, another: Browser, sessions: Sessions
) -> None:
    await put(sessions, "kode 040 apa min")
    await browser.signs_in("budi")
    await another.signs_in("dewi")
    await browser.sends("/petugas/belajar", ids="1", decision="assign", topic="claim_failed")
    answer = await another.sends("/petugas/belajar", ids="1", decision="dismiss")
    assert answer.status_code == 409 and "baru saja diputuskan rekan Anda" in answer.text
    assert (await states(sessions))["kode 040 apa min"][:2] == (State.ASSIGNED, "claim_failed")


async def test_what_a_colleague_decided_meanwhile_stays_and_the_rest_is_decided(
    browser: Browser, sessions: Sessions
) -> None:
    await put(sessions, "kode 040 apa min")
    await put(sessions, "kode 040 apa kak", state=State.DISMISSED)
    await browser.signs_in("budi")
    answer = await browser.sends("/petugas/belajar", ids="1,2", decision="assign", topic="claim_failed")
    page = (await browser.get(answer.headers["location"])).text
    assert "1 pesan diberi topik." in page and "1 pesan lain sudah diputuskan rekan Anda" in page
    assert (await states(sessions))["kode 040 apa kak"][0] == State.DISMISSED


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"decision": "assign", "topic": ""}, "Pilih topiknya dulu."),
        ({"decision": "assign", "topic": "nlu_fallback"}, "Pilih topiknya dulu."),
        ({"decision": "entry", "note": " "}, "Tulis dulu apa yang perlu dijawab."),
    ],
)
async def test_what_is_missing_is_said(browser: Browser, sessions: Sessions, fields: dict[str, str], said: str) -> None:
    await put(sessions, "kode 040 apa min")
    await browser.signs_in("budi")
    answer = await browser.sends("/petugas/belajar", ids="1", **fields)
    assert answer.status_code == 409 and said in answer.text
    assert (await states(sessions))["kode 040 apa min"][0] == State.OPEN


@pytest.mark.parametrize("fields", [{"decision": "burn", "ids": "1"}, {"decision": "dismiss", "ids": "x"}])
async def test_a_form_that_is_not_ours_is_refused(browser: Browser, sessions: Sessions, fields: dict[str, str]) -> None:
    await put(sessions, "kode 040 apa min")
    await browser.signs_in("budi")
    assert (await browser.sends("/petugas/belajar", **fields)).status_code == 409
    assert (await states(sessions))["kode 040 apa min"][0] == State.OPEN


async def test_a_note_is_not_lost_when_something_is_missing(browser: Browser, sessions: Sessions) -> None:
    await put(sessions, "kode 040 apa min")
    await browser.signs_in("budi")
    answer = await browser.sends("/petugas/belajar", ids="1", decision="assign", topic="", note="arti kode")
    assert 'value="arti kode"' in answer.text


async def test_only_the_period_that_was_asked_for_is_shown(browser: Browser, sessions: Sessions) -> None:
    await put(sessions, "kode 040 apa min", days_ago=40)
    await put(sessions, "alamat kantor bandung")
    await browser.signs_in("budi")
    assert groups((await browser.get("/petugas/belajar")).text) == ["2"]
    first = (clock.today() - timedelta(days=60)).isoformat()
    longer = await browser.get(f"/petugas/belajar?period=own&from={first}&to={clock.today()}")
    assert set(groups(longer.text)) == {"1", "2"}


async def test_what_participants_wrote_is_escaped(browser: Browser, sessions: Sessions) -> None:
    await put(sessions, "<script>alert(1)</script>")
    await browser.signs_in("budi")
    page = (await browser.get("/petugas/belajar")).text
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page


def test_every_intent_that_words_can_mean_can_be_chosen() -> None:
    assert set(intent_names()) == set(own_examples()[1])

"""Searching: by number, KPJ and name; what is found is masked, and every search leaves a trace."""

import pytest
from sqlalchemy import select

from bot.cases.numbers import case_number
from bot.cases.stages import CaseKind
from bot.privacy.audit import AuditEntry
from bot.register.models import CardRow, ParticipantRow
from tests.desk.conftest import Browser
from tests.desk.waiting import Sessions, somebody_waits
from tests.desk.waiting_cases import waits

pytestmark = pytest.mark.asyncio


async def a_participant(sessions: Sessions) -> tuple[ParticipantRow, CardRow]:
    async with sessions() as session:
        found = select(ParticipantRow, CardRow).join(CardRow, CardRow.participant_id == ParticipantRow.id).limit(1)
        return (await session.execute(found)).tuples().one()


async def test_a_case_is_found_by_its_number(browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions)
    await browser.signs_in("rina")
    page = (await browser.sends("/petugas/cari", asked=case_number(handoff.case_id).lower())).text
    assert f'href="/petugas/percakapan/{handoff.id}"' in page


async def test_a_case_without_a_talk_leads_to_its_own_page(browser: Browser, sessions: Sessions) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    await browser.signs_in("rina")
    assert (
        f'href="/petugas/kasus/{waiting.number}"' in (await browser.sends("/petugas/cari", asked=waiting.number)).text
    )


@pytest.mark.parametrize("how", ["kpj", "nik", "name"])
async def test_cases_are_found_by_who_it_is_and_shown_masked(how: str, browser: Browser, sessions: Sessions) -> None:
    participant, card = await a_participant(sessions)
    handoff = await somebody_waits(sessions, participant_id=participant.id)
    await browser.signs_in("rina")
    asked = {"kpj": card.kpj, "nik": participant.nik, "name": participant.name.lower()}[how]
    page = (await browser.sends("/petugas/cari", asked=asked)).text
    assert f'href="/petugas/percakapan/{handoff.id}"' in page
    for personal in (participant.nik, card.kpj, participant.name, asked):
        assert personal not in page
    assert participant.nik[-4:] in page


async def test_who_has_no_case_is_told_apart_from_nobody(browser: Browser, sessions: Sessions) -> None:
    _, card = await a_participant(sessions)
    await browser.signs_in("rina")
    assert "belum punya kasus" in (await browser.sends("/petugas/cari", asked=card.kpj)).text
    nobody = (await browser.sends("/petugas/cari", asked="tidak ada siapa siapa")).text
    assert "0 kasus" in nobody and "belum punya kasus" not in nobody


async def test_every_search_leaves_a_trace_without_what_was_typed(browser: Browser, sessions: Sessions) -> None:
    participant, card = await a_participant(sessions)
    await browser.signs_in("rina")
    await browser.sends("/petugas/cari", asked=card.kpj)
    await browser.sends("/petugas/cari", asked="tidak ada siapa siapa")
    async with sessions() as session:
        traces = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "desk.searched"))).all()
    assert [(trace.subject, trace.reason) for trace in traces] == [(participant.id, "number"), (None, "name")]

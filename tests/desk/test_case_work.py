"""The work itself: each deed once, logged, and told to the participant."""

import asyncio
import re
from datetime import datetime, timedelta

import httpx
import pytest
import time_machine
from sqlalchemy import select
from starlette.applications import Starlette

from bot import clock
from bot.cases.models import Claim
from bot.cases.service import Cases
from bot.cases.stages import CaseKind, CaseState
from bot.clock import WIB
from bot.conversation.models import Conversation, OutboxRow
from bot.desk.interview import WRONG_ANSWERS, month_in, same_employer
from bot.desk.routes import desk_routes
from bot.desk.visit import DeskParts
from bot.handoff.models import Handoff, Reason, Topic
from bot.handoff.service import Handoffs
from bot.register.core_system import Biometric, Programme
from bot.register.demo_people import DEMO_PEOPLE
from bot.register.sql import SqlCoreSystem
from tests.desk.conftest import HOST, Browser
from tests.desk.waiting_cases import Sessions, audited, case_named, handed_off, handoffs, told, waits

YUSUF = DEMO_PEOPLE[4]
_VERSION = re.compile(r'name="version" value="(\d+)"')


async def does(browser: Browser, number: str, deed: str, **fields: str) -> str:
    """Open the case, send the form, and read the page that follows."""
    page = await browser.get(f"/petugas/kasus/{number}")
    return await does_on(browser, page.text, number, deed, **fields)


async def does_on(browser: Browser, page: str, number: str, deed: str, **fields: str) -> str:
    """Send the form of a page that was opened earlier."""
    version = _VERSION.search(page)
    assert version
    answer = await browser.sends(f"/petugas/kasus/{number}/{deed}", version=version[1], **fields)
    return (await browser.get(answer.headers["location"])).text if answer.status_code == 303 else answer.text


async def last_month_paid(sessions: Sessions) -> str:
    async with sessions() as session:
        paid = await SqlCoreSystem(session).contributions(YUSUF.id, Programme.JHT)
        return f"{max(one.month for one in paid):%m/%Y}"


# A claim's photo and stages


async def test_an_accepted_photo_brings_the_claim_to_its_next_stage(browser: Browser, sessions: Sessions) -> None:
    number = (await waits(sessions, CaseKind.CLAIM)).number
    await browser.signs_in("rina")
    assert "Foto diterima" in await does(browser, number, "foto/terima")
    assert (await case_named(sessions, number)).state == CaseState.DETERMINATION
    async with sessions() as session:
        assert (await session.scalars(select(Claim.face))).one() == "match"
    assert len(await told(sessions)) == 1 and "Penetapan" in (await told(sessions))[0]
    deeds = [entry for entry in await audited(sessions) if entry[1] == "desk.photo_accepted"]
    assert deeds == [("officer:1", "desk.photo_accepted", "P000001", f"{number}: the face matches")]


async def test_a_refused_photo_is_explained_and_asked_for_anew(browser: Browser, sessions: Sessions) -> None:
    number = (await waits(sessions, CaseKind.CLAIM)).number
    await browser.signs_in("rina")
    assert "Foto baru diminta" in await does(browser, number, "foto/tolak", reason="covered")
    (message,) = await told(sessions)
    assert "kacamata" in message and "/new_claim_photo" in message
    assert (await case_named(sessions, number)).state == CaseState.AGENDA
    assert number not in (await browser.get("/petugas/kasus")).text
    assert "Foto terakhir ditolak" in (await browser.get(f"/petugas/kasus/{number}")).text
    assert ("officer:1", "desk.photo_refused", "P000001", f"{number}: covered") in await audited(sessions)


@pytest.mark.parametrize("fields", [{}, {"reason": "ugly"}, {"reason": "other"}])
async def test_a_photo_is_not_refused_without_a_reason(
    browser: Browser, sessions: Sessions, fields: dict[str, str]
) -> None:
    number = (await waits(sessions, CaseKind.CLAIM)).number
    await browser.signs_in("rina")
    assert "Pilih alasan" in await does(browser, number, "foto/tolak", **fields)
    assert await told(sessions) == []


async def test_a_claim_is_moved_on_to_its_payment_and_each_stage_is_told(browser: Browser, sessions: Sessions) -> None:
    number = (await waits(sessions, CaseKind.CLAIM)).number
    await browser.signs_in("rina")
    assert "baru saja diubah" in await does(browser, number, "maju")
    await does(browser, number, "foto/terima")
    for _ in range(3):
        assert "Kasus dilanjutkan" in await does(browser, number, "maju")
    case = await case_named(sessions, number)
    assert case.state == CaseState.DONE and case.closed_at
    assert len(await told(sessions)) == 4


async def test_a_rejection_tells_the_reason(browser: Browser, sessions: Sessions) -> None:
    number = (await waits(sessions, CaseKind.CLAIM)).number
    await browser.signs_in("rina")
    assert "Tulis alasan" in await does(browser, number, "tolak", words=" ")
    await does(browser, number, "tolak", words="Rekening bukan atas nama sendiri")
    assert "Rekening bukan atas nama sendiri" in (await told(sessions))[0]
    assert (await case_named(sessions, number)).state == CaseState.REJECTED
    assert (await audited(sessions))[-1][1] == "desk.rejected"


# The reset after an interview


async def answers(browser: Browser, number: str, **said: str) -> list[str]:
    pages = [await does(browser, number, "wawancara", question=name, said=words) for name, words in said.items()]
    return ["fits" if "Cocok." in page else "not" if "Tidak cocok." in page else page for page in pages]


async def test_a_reset_needs_enough_right_answers(browser: Browser, sessions: Sessions) -> None:
    number = (await waits(sessions, CaseKind.BIOMETRIC_RESET, 5, failures=3, trouble="face")).number
    await browser.signs_in("rina")
    assert "belum cukup" in await does(browser, number, "reset")
    said = {"name": "yusuf maulani", "birth_date": "30 januari 1991", "phone": YUSUF.phone}
    assert await answers(browser, number, **said) == ["fits"] * 3
    assert "belum cukup" in await does(browser, number, "reset")
    assert await answers(browser, number, kpj=YUSUF.kpj(0)) == ["fits"]
    assert "belum cukup" in await does(browser, number, "reset")
    assert await answers(browser, number, last_contribution=await last_month_paid(sessions)) == ["fits"]
    assert "Biometrik direset" in await does(browser, number, "reset")
    async with sessions() as session:
        app = await SqlCoreSystem(session).app_state(YUSUF.id)
        assert app and app.biometric is Biometric.OK
    (message,) = await told(sessions)
    assert "biasanya" in message
    assert (await case_named(sessions, number)).state == CaseState.READY
    trail = [entry[1] for entry in await audited(sessions)]
    assert trail == ["interview.match"] * 5 + ["desk.reset"]


async def test_the_desk_never_says_what_the_right_answer_is_nor_keeps_what_was_said(
    browser: Browser, sessions: Sessions
) -> None:
    number = (await waits(sessions, CaseKind.BIOMETRIC_RESET, 5)).number
    await browser.signs_in("rina")
    page = await does(browser, number, "wawancara", question="birth_date", said="29-01-1991")
    assert "Tidak cocok." in page and "1991" not in page
    page = await does(browser, number, "wawancara", question="birth_date", said="30-01-1991")
    assert "Cocok." in page and "1991" not in page
    assert not any("1991" in reason for *_, reason in await audited(sessions))
    assert "1991" not in (await case_named(sessions, number)).details_json


async def test_guessing_ends_for_everybody_and_opens_again_a_day_later(browser: Browser, sessions: Sessions) -> None:
    number = (await waits(sessions, CaseKind.BIOMETRIC_RESET, 5)).number
    with time_machine.travel(clock.now(), tick=True) as time:
        await browser.signs_in("rina")
        for guess in range(WRONG_ANSWERS):
            assert await answers(browser, number, birth_date=f"{guess + 1}-02-1991") == ["not"]
        await browser.signs_in("sari")
        page = await does(browser, number, "wawancara", question="name", said="Yusuf Maulani")
        assert "dikunci 24 jam" in page and "Cocok." not in page
        time.shift(timedelta(hours=24, minutes=1))
        await browser.signs_in("sari")
        assert await answers(browser, number, name="Yusuf Maulani") == ["fits"]


async def test_what_the_officer_had_shown_proves_nothing(browser: Browser, sessions: Sessions) -> None:
    number = (await waits(sessions, CaseKind.BIOMETRIC_RESET, 5)).number
    await browser.signs_in("rina")
    await browser.sends(f"/petugas/kasus/{number}/tampilkan", field="phone", reason="call", of=YUSUF.id)
    page = await does(browser, number, "wawancara", question="phone", said=YUSUF.phone)
    assert "baru saja Anda tampilkan" in page
    assert await answers(browser, number, name="Yusuf Maulani") == ["fits"]
    await browser.signs_in("sari")
    assert await answers(browser, number, phone=YUSUF.phone) == ["fits"]


@pytest.mark.parametrize(
    ("shown", "question", "said"), [("nik", "birth_date", "30-01-1991"), ("claim_holder", "name", "Yusuf Maulani")]
)
async def test_what_another_field_gives_away_proves_nothing_either(
    browser: Browser, sessions: Sessions, shown: str, question: str, said: str
) -> None:
    number = (await waits(sessions, CaseKind.BIOMETRIC_RESET, 5)).number
    await waits(sessions, CaseKind.CLAIM, 5)
    await browser.signs_in("rina")
    await browser.sends(f"/petugas/kasus/{number}/tampilkan", field=shown, reason="call", of=YUSUF.id)
    assert "baru saja Anda tampilkan" in await does(browser, number, "wawancara", question=question, said=said)


async def test_right_answers_count_for_an_hour_and_a_wrong_one_takes_its_own_back(
    browser: Browser, sessions: Sessions
) -> None:
    number = (await waits(sessions, CaseKind.BIOMETRIC_RESET, 5)).number
    right = {"name": "Yusuf Maulani", "birth_date": "30-01-1991", "employer": "contoh tekstil", "kpj": YUSUF.kpj(0)}
    with time_machine.travel(clock.now(), tick=True) as time:
        await browser.signs_in("rina")
        assert await answers(browser, number, **right) == ["fits"] * 4
        assert await answers(browser, number, name="Yusuf Maulana") == ["not"]
        assert "belum cukup" in await does(browser, number, "reset")
        assert await answers(browser, number, name="Yusuf Maulani") == ["fits"]
        for _ in range(3):
            time.shift(timedelta(minutes=25))
            await browser.get("/petugas/kasus")
        assert "belum cukup" in await does(browser, number, "reset")


@pytest.mark.parametrize(
    ("said", "employer", "same"),
    [
        ("contoh tekstil nusantara", "PT Contoh Tekstil Nusantara", True),
        ("pt. contoh tekstil", "PT Contoh Tekstil Nusantara", True),
        ("contoh", "PT Contoh Tekstil Nusantara", False),
        ("contoh samudra", "PT Contoh Tekstil Nusantara", False),
        ("pt", "PT Contoh Tekstil Nusantara", False),
        ("mandiri", None, True),
        ("contoh tekstil", None, False),
    ],
)
def test_an_employer_is_named_by_two_words(said: str, employer: str | None, same: bool) -> None:
    assert same_employer(said, employer) is same


@pytest.mark.parametrize(
    ("said", "month"),
    [("Juli 2026", 7), ("07/2026", 7), ("okt 2026", 10), ("2026", None), ("13/2026", None), ("entah 2026", None)],
)
def test_a_month_is_said_with_its_year(said: str, month: int | None) -> None:
    found = month_in(said)
    assert (found.month if found else None) == month


# Corrections, cards, problems of the app


async def test_a_correction_is_shown_by_the_register_and_leads_through_the_update(
    browser: Browser, sessions: Sessions
) -> None:
    number = (await waits(sessions, CaseKind.DATA_CORRECTION, 4, fields=["name"])).number
    await browser.signs_in("rina")
    assert "Perbaikan dicatat" in await does(browser, number, "koreksi")
    async with sessions() as session:
        app = await SqlCoreSystem(session).app_state("P000004")
        assert app and app.differing_fields == ()
    (message,) = await told(sessions)
    assert "Pengkinian Data" in message and "/data_update" in message
    assert "baru saja diubah" in (await browser.sends(f"/petugas/kasus/{number}/koreksi", version="1")).text
    assert (await audited(sessions))[-1][1] == "desk.corrected"


@pytest.mark.parametrize("kind", [CaseKind.CARD_CHECK, CaseKind.APP_PROBLEM])
async def test_an_answer_closes_the_case_and_reaches_the_participant(
    browser: Browser, sessions: Sessions, kind: CaseKind
) -> None:
    number = (await waits(sessions, kind, trouble="card")).number
    await browser.signs_in("rina")
    assert "Kasus dilanjutkan" in await does(browser, number, "maju")
    assert "Jawaban terkirim" in await does(browser, number, "jawab", words="KPJ lama Anda sudah kami tautkan.")
    assert "KPJ lama Anda sudah kami tautkan." in (await told(sessions))[-1]
    assert (await case_named(sessions, number)).state == CaseState.DONE
    assert (await audited(sessions))[-1] == ("officer:1", "desk.answered", "P000001", f"{number}: answered")


async def test_a_note_is_for_officers_alone(browser: Browser, sessions: Sessions) -> None:
    number = (await waits(sessions, CaseKind.CARD_CHECK)).number
    await browser.signs_in("rina")
    assert "Catatan disimpan" in await does(browser, number, "catatan", words="Cek lagi besok")
    assert "Cek lagi besok" in (await browser.get(f"/petugas/kasus/{number}")).text
    assert await told(sessions) == []
    async with sessions() as session:
        (event,) = [
            one for one in await Cases(session, clock.now()).history(await case_named(sessions, number)) if one.internal
        ]
        assert event.actor == "officer:Rina"


async def test_the_history_says_notes_in_words_and_shows_no_personal_number(
    browser: Browser, sessions: Sessions
) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    await browser.signs_in("rina")
    await does(browser, waiting.number, "catatan", words=f"NIK di KTP: {DEMO_PEOPLE[0].nik}")
    async with sessions.begin() as session:
        case = await Cases(session, clock.now()).find(waiting.number)
        Cases(session, clock.now()).note(case, "officer:Rina", "transfer: fraud", internal=True)
    page = (await browser.get(f"/petugas/kasus/{waiting.number}")).text
    assert DEMO_PEOPLE[0].nik not in page and "NIK di KTP: ••••" in page
    assert "transfer: fraud" not in page


# Together


async def test_of_two_officers_the_second_is_told_and_nothing_happens_twice(
    browser: Browser, sessions: Sessions
) -> None:
    number = (await waits(sessions, CaseKind.CLAIM)).number
    await browser.signs_in("rina")
    seen = (await browser.get(f"/petugas/kasus/{number}")).text
    await does(browser, number, "foto/terima")
    await browser.signs_in("sari")
    answer = await does_on(browser, seen, number, "foto/tolak", reason="dark")
    assert "diubah petugas lain" in answer and "Penetapan" in answer
    async with sessions() as session:
        assert (await session.scalars(select(Claim.face))).one() == "match"
    assert len(await told(sessions)) == 1
    assert [entry[1] for entry in await audited(sessions)] == ["desk.photo_accepted"]


async def test_at_the_very_same_moment_one_of_two_officers_is_refused(
    browser: Browser, parts: DeskParts, sessions: Sessions
) -> None:
    number = (await waits(sessions, CaseKind.CLAIM)).number
    await browser.signs_in("rina")
    version = _VERSION.search((await browser.get(f"/petugas/kasus/{number}")).text)
    assert version
    app = Starlette(routes=desk_routes(parts))
    async with Browser(transport=httpx.ASGITransport(app), base_url=HOST, headers={"accept": "text/html"}) as other:
        await other.signs_in("sari")
        path = f"/petugas/kasus/{number}/foto/terima"
        both = await asyncio.gather(*(one.sends(path, version=version[1]) for one in (browser, other)))
    assert sorted(answer.status_code for answer in both) == [303, 409]
    assert len(await told(sessions)) == 1
    assert [entry[1] for entry in await audited(sessions)] == ["desk.photo_accepted"]


@pytest.mark.parametrize(("deed", "words"), [("maju", ""), ("tolak", "Terlambat"), ("catatan", "Sudah dicek")])
async def test_nothing_is_done_on_a_page_that_is_out_of_date(
    browser: Browser, sessions: Sessions, deed: str, words: str
) -> None:
    number = (await waits(sessions, CaseKind.CLAIM)).number
    await browser.signs_in("rina")
    await does(browser, number, "foto/terima")
    seen = (await browser.get(f"/petugas/kasus/{number}")).text
    await does(browser, number, "maju")
    assert "diubah petugas lain" in await does_on(browser, seen, number, deed, words=words)
    assert (await case_named(sessions, number)).state == CaseState.APPROVAL
    assert len(await told(sessions)) == 2


async def test_at_night_the_participant_is_told_in_the_morning(browser: Browser, sessions: Sessions) -> None:
    night = clock.now().astimezone(WIB).replace(hour=22, minute=0)
    with time_machine.travel(night, tick=True):
        number = (await waits(sessions, CaseKind.CARD_CHECK)).number
        await browser.signs_in("rina")
        await does(browser, number, "jawab", words="Sudah bisa.")
    async with sessions() as session:
        due: datetime | None = (await session.scalars(select(OutboxRow.not_before))).one()
        assert due and due.astimezone(WIB).hour == 6


async def test_an_officer_begins_to_talk_from_a_case(browser: Browser, sessions: Sessions) -> None:
    waiting = await waits(sessions, CaseKind.DATA_CORRECTION, 4)
    await browser.signs_in("rina")
    answer = await browser.sends(f"/petugas/kasus/{waiting.number}/hubungi")
    (handoff,) = await handoffs(sessions)
    assert answer.headers["location"] == f"/petugas/percakapan/{handoff.id}"
    assert (handoff.state, handoff.officer_id, handoff.topic) == ("talking", 1, "data")
    assert waiting.number in (await told(sessions))[0]
    assert (await audited(sessions))[-1][1] == "desk.contacted"


async def test_nobody_talks_into_another_officers_talk(browser: Browser, sessions: Sessions) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    handoff = await handed_off(sessions, waiting.conversation_id)
    async with sessions.begin() as session:
        await Handoffs(session, clock.now()).take(await session.get_one(Handoff, handoff), 2, "Sari")
    await browser.signs_in("rina")
    answer = await browser.sends(f"/petugas/kasus/{waiting.number}/hubungi")
    assert answer.status_code == 409 and "petugas lain" in answer.text


async def test_who_is_refused_a_talk_moves_it_under_no_other_case(browser: Browser, sessions: Sessions) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    async with sessions.begin() as session:
        chat = await session.get_one(Conversation, waiting.conversation_id)
        handoff, talk, _ = await Handoffs(session, clock.now()).ask(chat, Topic.GENERAL, Reason.ASKED)
        await Handoffs(session, clock.now()).take(handoff, 2, "Sari")
    await browser.signs_in("rina")
    assert (await browser.sends(f"/petugas/kasus/{waiting.number}/hubungi")).status_code == 409
    (kept,) = await handoffs(sessions)
    assert (kept.case_id, kept.topic) == (talk.id, "general")
    assert (await case_named(sessions, talk.number)).state == CaseState.IN_PROGRESS


async def test_whose_chat_is_gone_is_said_to_be_out_of_reach(browser: Browser, sessions: Sessions) -> None:
    waiting = await waits(sessions, CaseKind.CARD_CHECK)
    async with sessions.begin() as session:
        (await session.get_one(Conversation, waiting.conversation_id)).participant_id = None
    await browser.signs_in("rina")
    assert "tidak lagi terhubung" in (await browser.get(f"/petugas/kasus/{waiting.number}")).text
    answer = await browser.sends(f"/petugas/kasus/{waiting.number}/hubungi")
    assert answer.status_code == 409 and "lewat telepon" in answer.text


# The list


async def test_the_list_shows_what_waits_the_nearest_deadline_first(browser: Browser, sessions: Sessions) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 9, 0, tzinfo=WIB), tick=True) as time:
        card = (await waits(sessions, CaseKind.CARD_CHECK, 2)).number
        time.shift(timedelta(minutes=10))
        claim = (await waits(sessions, CaseKind.CLAIM)).number
        await browser.signs_in("rina")
        page = (await browser.get("/petugas/kasus")).text
        assert page.index(claim) < page.index(card) and "sisa 23 jam" in page and "sisa 2 hari" in page
        oldest = (await browser.get("/petugas/kasus?urut=masuk")).text
        assert oldest.index(card) < oldest.index(claim)
        only = (await browser.get("/petugas/kasus?jenis=card_check")).text
        assert card in only and claim not in only
        assert claim in (await browser.get("/petugas/kasus?jenis=nonsense")).text
        time.shift(timedelta(hours=25))
        await browser.signs_in("rina")
        late = (await browser.get("/petugas/kasus?lewat=1")).text
        assert claim in late and card not in late and "lewat 1 jam" in late

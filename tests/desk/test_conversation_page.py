"""What an officer reads of a chat, and does to it."""

import asyncio
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from bot import clock
from bot.cases.models import CaseEvent
from bot.cases.service import Cases
from bot.cases.stages import CaseKind
from bot.conversation.messages import Attachment, Kind, Picture, Reply
from bot.conversation.models import Author, Conversation, Floor, InboxRow, InboxState, OutboxRow, OutboxState
from bot.conversation.outbox import write
from bot.formatting import long_date
from bot.handoff.models import EndReason, Handoff, HandoffState, Reason, Topic
from bot.handoff.service import Handoffs
from bot.identity.levels import end_session
from bot.privacy.audit import AuditEntry
from bot.register.demo_people import DEMO_PEOPLE
from bot.texts import say
from tests.desk.conftest import Browser
from tests.desk.waiting import Sessions, hears, said_by_participant, somebody_waits, stored, texts_in_order

pytestmark = pytest.mark.asyncio
NIK = "1199011705940001"


async def test_the_whole_chat_is_there_and_who_said_what_is_told_apart(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.sends(f"{path}/ambil")
    await browser.sends(f"{path}/kirim", text="Selamat pagi, saya cek dulu.")
    await browser.sends(f"{path}/catatan", text="Sudah dua kali bertanya.")
    page = (await browser.get(path)).text
    assert texts_in_order(
        page, 'entry participant"', "belum cair", 'entry bot"', "Bagian mana", "Foto", 'entry event"', "dibuka",
        'entry system"', "bergabung", 'entry officer"', "Selamat pagi", 'entry note"', "Sudah dua kali",
    )  # fmt: skip


async def test_what_is_said_in_bold_is_bold_and_what_looks_like_html_is_not(
    browser: Browser, sessions: Sessions
) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    await hears(sessions, handoff, "saya *bingung* <script>alert(1)</script>")
    page = (await browser.get(f"/petugas/percakapan/{handoff.id}")).text
    assert "saya <strong>bingung</strong> &lt;script&gt;" in page


async def test_no_personal_number_is_shown(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    await hears(sessions, handoff, "nik saya <nik>")
    async with sessions.begin() as session:
        conversation = await session.get_one(Conversation, handoff.conversation_id)
        waiting = said_by_participant(conversation, f"belum giliran {NIK}", clock.now())
        waiting.state = InboxState.OPEN
        session.add(waiting)
        card = Picture("member_card", {}, f"Kartu {NIK}")
        await write(session, conversation, Reply(f"NIK Anda {NIK}", picture=card), clock.now())
    page = (await browser.get(f"/petugas/percakapan/{handoff.id}")).text
    assert "nik saya ••••" in page
    assert "NIK Anda ••••" in page
    assert NIK not in page and "/media/" not in page
    assert "belum giliran" not in page  # what waits for its turn still has all that was written


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_birth_date_in_the_biodata_of_a_claim_is_hidden_and_other_dates_are_not(
    browser: Browser, sessions: Sessions, language: str
) -> None:
    handoff, born, filed = await somebody_waits(sessions), date(1994, 8, 17), date(2026, 11, 24)
    values = {"name": "Rahmat", "nik": "••••0001", "phone": "••••", "reason": "-", "born": long_date(born, language)}
    async with sessions.begin() as session:
        conversation = await session.get_one(Conversation, handoff.conversation_id)
        await write(session, conversation, Reply(say("filing.ask_biodata", language, **values)), clock.now())
        await write(session, conversation, Reply(f"Diajukan {long_date(filed, language)}"), clock.now())
    await browser.signs_in("rina")
    page = (await browser.get(f"/petugas/percakapan/{handoff.id}")).text
    assert long_date(born, language) not in page and long_date(filed, language) in page


async def test_a_payload_is_shown_as_what_was_offered(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    async with sessions.begin() as session:
        conversation = await session.get_one(Conversation, handoff.conversation_id)
        session.add(said_by_participant(conversation, "/send_photo", clock.now(), Kind.BUTTON))
    page = (await browser.get(f"/petugas/percakapan/{handoff.id}")).text
    assert '<p class="text">Foto</p>' in page
    assert "/send_photo" not in page


async def test_news_comes_after_a_cursor_with_what_may_have_come_late(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions, at=clock.now() - timedelta(minutes=5))
    cursor = int((clock.now() - timedelta(minutes=2)).timestamp() * 1_000_000)
    await hears(sessions, handoff, "halo bu")
    news = (await browser.get(f"/petugas/percakapan/{handoff.id}/baru", params={"sesudah": cursor})).text
    assert "halo bu" in news and 'id="state"' in news
    assert "belum cair" not in news
    assert (await browser.get(f"/petugas/percakapan/{handoff.id}/baru", params={"sesudah": "x"})).status_code == 409


async def test_earlier_messages_can_be_asked_for(
    browser: Browser, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    await hears(sessions, handoff, *(f"pesan ke {number:03}" for number in range(210)))
    path = f"/petugas/percakapan/{handoff.id}"
    page = (await browser.get(path)).text
    assert "belum cair" not in page and 'id="older"' in page
    oldest = page.split('data-at="')[1].split('"')[0]
    older = (await browser.get(f"{path}/lama", params={"sebelum": oldest})).text
    assert "belum cair" in older


async def test_only_who_took_it_answers(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    answer = await browser.sends(f"{path}/kirim", text="halo, apa kabar")
    assert answer.status_code == 409
    assert "tidak sedang Anda pegang" in answer.text
    assert ">halo, apa kabar</textarea>" in answer.text
    await browser.sends(f"{path}/ambil")
    assert (await browser.sends(f"{path}/kirim", text="halo, apa kabar")).status_code == 303
    async with sessions() as session:
        words = (await session.scalars(select(OutboxRow).where(OutboxRow.author == Author.OFFICER))).all()
    assert len(words) == 1


async def test_who_comes_second_is_told_who_came_first(browser: Browser, another: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    await another.signs_in("sari")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}/ambil"
    answers = await asyncio.gather(browser.sends(path), another.sends(path))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    first = "Rina" if answers[0].status_code == 303 else "Sari"
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert f"{first} sudah lebih dulu mengambil" in refused.text
    assert f"{first} sedang menangani percakapan ini" in refused.text


async def test_transferred_to_an_officer_it_waits_for_them(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.sends(f"{path}/ambil")
    officers = (await browser.get(path)).text
    sari = officers.split(">Sari")[0].rsplit('value="', 1)[1].rstrip('"')
    assert (await browser.sends(f"{path}/pindah", to=sari)).headers["location"] == "/petugas"
    assert "untuk Sari" in (await browser.get("/petugas")).text
    assert (await stored(sessions, handoff)).state == HandoffState.WAITING
    assert "Dipindahkan ke petugas lain" in (await browser.get(path)).text


async def test_transferred_to_a_topic_anybody_takes_it(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    await browser.sends(f"/petugas/percakapan/{handoff.id}/pindah", to="topic:biometric")
    moved = await stored(sessions, handoff)
    assert (moved.topic, moved.officer_id) == (Topic.BIOMETRIC, None)
    assert (await browser.sends(f"/petugas/percakapan/{handoff.id}/pindah", to="topic:nothing")).status_code == 409


async def test_handed_back_the_assistant_goes_on_at_the_chosen_step(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.sends(f"{path}/ambil")
    await browser.sends(f"{path}/kembali", step="data_update")
    async with sessions() as session:
        conversation = await session.get_one(Conversation, handoff.conversation_id)
        step = (await session.scalars(select(InboxRow).where(InboxRow.state == InboxState.OPEN))).one()
    assert conversation.floor == Floor.BOT
    assert '"/data_update"' in step.payload
    assert (await stored(sessions, handoff)).end_reason == EndReason.HANDED_BACK


async def test_closed_with_a_reason_and_then_only_to_be_read(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.sends(f"{path}/ambil")
    assert (await browser.sends(f"{path}/tutup", reason="because")).status_code == 409
    await browser.sends(f"{path}/tutup", reason="solved")
    assert (await stored(sessions, handoff)).end_reason == EndReason.SOLVED
    page = (await browser.get(path)).text
    assert "Percakapan ini sudah selesai" in page and "Selesai dijawab" in page
    assert f"{path}/tutup" not in page and f"{path}/ambil" not in page


async def test_what_another_officer_has_only_a_supervisor_closes(
    browser: Browser, another: Browser, sessions: Sessions
) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.sends(f"{path}/ambil")
    await another.signs_in("sari")
    assert (await another.sends(f"{path}/tutup", reason="solved")).status_code == 409
    await another.signs_in("budi")
    assert (await another.sends(f"{path}/tutup", reason="solved")).status_code == 303


async def test_a_participant_who_blocked_the_assistant_is_shown_loudly(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions, channel="telegram")
    path = f"/petugas/percakapan/{handoff.id}"
    assert "memblokir" not in (await browser.get(path)).text
    async with sessions.begin() as session:
        for row in await session.scalars(select(OutboxRow)):
            row.state = OutboxState.GONE
    page = (await browser.get(path)).text
    assert "pesan Anda tidak sampai" in page
    assert "✕ Tidak sampai: peserta memblokir" in page


async def test_a_message_posted_again_under_its_key_is_said_once(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.sends(f"{path}/ambil")
    for key in ("a1", "a1", "b2"):
        await browser.sends(f"{path}/kirim", text="Mohon tunggu.", key=key)
    async with sessions() as session:
        of_officer = select(OutboxRow.key).where(OutboxRow.author == Author.OFFICER).order_by(OutboxRow.id)
        keys = (await session.scalars(of_officer)).all()
    assert [str(key).partition(":")[2] for key in keys] == ["a1", "b2"]


async def test_every_deed_leaves_a_trace(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions, participant_id="p1")
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.sends(f"{path}/ambil")
    await browser.sends(f"{path}/kirim", text="halo")
    await browser.sends(f"{path}/catatan", text="catatan")
    await browser.sends(f"{path}/tutup", reason="solved")
    async with sessions() as session:
        deeds = (await session.scalars(select(AuditEntry.action).where(AuditEntry.subject == "p1"))).all()
        events = (await session.scalars(select(CaseEvent))).all()
    assert deeds == ["desk.taken", "desk.said", "desk.noted", "desk.closed"]
    assert [event.internal for event in events if event.note == "catatan"] == [True]


async def test_a_location_is_a_link_and_a_photo_is_behind_a_click(browser: Browser, sessions: Sessions) -> None:
    await browser.signs_in("rina")
    handoff = await somebody_waits(sessions)
    async with sessions.begin() as session:
        conversation = await session.get_one(Conversation, handoff.conversation_id)
        photo = Attachment("ref", "image/jpeg")
        session.add(said_by_participant(conversation, "/send_photo", clock.now(), Kind.PHOTO, attachment=photo))
        session.add(said_by_participant(conversation, "", clock.now(), Kind.LOCATION, location=(-6.2, 106.8)))
    page = (await browser.get(f"/petugas/percakapan/{handoff.id}")).text
    assert "-6.20000, 106.80000" in page
    assert "Tampilkan foto dari peserta" in page


async def test_what_is_not_there_is_not_found(browser: Browser) -> None:
    await browser.signs_in("rina")
    assert (await browser.get("/petugas/percakapan/999")).status_code == 404
    assert (await browser.sends("/petugas/percakapan/999/ambil")).status_code == 404


async def test_who_left_a_chat_and_who_came_next_are_told_apart(browser: Browser, sessions: Sessions) -> None:
    earlier, later = DEMO_PEOPLE[0], DEMO_PEOPLE[1]
    first = await somebody_waits(sessions, participant_id=earlier.id, verified_at=clock.now())
    async with sessions.begin() as session:
        chat = await session.get_one(Conversation, first.conversation_id)
        claim, _ = await Cases(session, clock.now()).open(CaseKind.CARD_CHECK, chat)
        left_at = clock.now() + timedelta(minutes=1)
        await Handoffs(session, left_at).leave(chat)
        end_session(chat, left_at)
    with time_machine.travel(left_at + timedelta(minutes=1)):
        await hears(sessions, first, "halo dari orang berikutnya")
        async with sessions.begin() as session:
            chat = await session.get_one(Conversation, first.conversation_id)
            chat.participant_id, chat.verified_at = later.id, clock.now()
            Cases(session, clock.now()).note(await session.merge(claim), "officer:Rina", "kasus orang pertama")
            second, _, _ = await Handoffs(session, clock.now()).ask(chat, Topic.GENERAL, Reason.ASKED)
        await browser.signs_in("rina")
        before, after = [f"/petugas/percakapan/{handoff.id}" for handoff in (first, second)]
        page = (await browser.get(before)).text
        assert "belum cair" in page and "orang berikutnya" not in page
        page = (await browser.get(after)).text
        assert "orang berikutnya" in page and not any(word in page for word in ("belum cair", "kasus orang pertama"))
        assert "Data kepesertaan" not in (await browser.get(f"{before}/samping")).text
        panel = (await browser.get(f"{after}/samping")).text
        assert "Data kepesertaan" in panel and "Percakapan sebelumnya" not in panel
        answer = await browser.sends(f"{before}/tampilkan", field="nik", reason="call", of=later.id)
        assert answer.status_code == 404 and later.nik not in answer.text


@pytest.mark.parametrize("reason", EndReason)
async def test_however_a_talk_ended_its_pages_open(browser: Browser, sessions: Sessions, reason: EndReason) -> None:
    handoff = await somebody_waits(sessions)
    async with sessions.begin() as session:
        await Handoffs(session, clock.now()).end(await session.get_one(Handoff, handoff.id), reason, None)
        chat = await session.get_one(Conversation, handoff.conversation_id)
        again, _, _ = await Handoffs(session, clock.now()).ask(chat, Topic.GENERAL, Reason.ASKED)
    await browser.signs_in("budi")
    paths = (f"percakapan/{handoff.id}", f"percakapan/{again.id}/samping", "papan/ekspor")
    assert {(await browser.get(f"/petugas/{path}")).status_code for path in paths} == {200}

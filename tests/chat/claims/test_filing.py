"""A claim filed in the chat, from the first question to the money."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.cases.models import Case, Claim, ClaimDraft
from bot.cases.stages import CaseState
from bot.clock import WIB
from bot.conversation.gateway import Gateway
from bot.conversation.models import InboxRow, OutboxRow, Upload
from bot.operations import advance
from bot.register.demo_people import DEMO_PEOPLE
from bot.register.models import CardRow, ParticipantRow
from bot.register.sql import SqlCoreSystem
from tests.cases.deadlines import act_on_deadlines
from tests.chat.conftest import Chat
from tests.photos.faces import faceless, good_face

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]


def at(hour: int) -> datetime:
    """Today at an hour of western Indonesia."""
    return clock.now().astimezone(WIB).replace(hour=hour, minute=0, second=0, microsecond=0)


@pytest.fixture(autouse=True)
def in_service_hours() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(at(10), tick=True) as traveller:
        yield traveller


async def begins(chat: Chat, number: int = 1) -> None:
    """Ask to file, and verify on the way."""
    person = DEMO_PEOPLE[number - 1]
    await chat.says("saya mau ajukan klaim di chat ini")
    await chat.verifies(person.nik, f"{person.birth_date:%d-%m-%Y}")


async def fills_in(chat: Chat) -> None:
    """Answer everything up to the button that sends."""
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.taps("Pakai yang terdaftar")
    await chat.sends_photo(good_face())
    await chat.taps("Benar dan setuju")


def titles(chat: Chat) -> list[str]:
    return [button.title for button in chat.replies[-1].buttons]


async def claims(sessions: Sessions) -> int:
    async with sessions() as session:
        return await session.scalar(select(func.count()).select_from(Claim)) or 0


async def test_from_the_first_question_to_the_receipt(chat: Chat, sessions: Sessions) -> None:
    await begins(chat)
    chat.replied(["Rahmat Wijaya", "mengundurkan diri"], without=DEMO_PEOPLE[0].nik, buttons=["Sudah benar"])
    await chat.taps("Sudah benar")
    chat.replied("bank mana", buttons=["Pakai yang terdaftar", "BRI"])
    await chat.says("ke bca aja")
    chat.replied("nomor rekening BCA")
    await chat.says("1234 567 890")
    chat.replied("atas nama siapa")
    await chat.says("rahmat WIJAYA")
    chat.replied("foto wajah")
    await chat.sends_photo(good_face())
    chat.replied(["BCA ••••••7890", "Rp9.850.000", "pajak Rp0", "setuju"], without="1234567890")
    await chat.taps("Benar dan setuju")
    await chat.taps("Kirim")
    chat.replied(["JMO-000001-8", "sudah diajukan", "paling lambat"])
    async with sessions() as session:
        claim = (await session.scalars(select(Claim))).one()
        assert (claim.gross, claim.net, claim.account_number) == (9_850_000, 9_850_000, "1234567890")
        assert claim.photo.startswith(b"\xff\xd8") and claim.face == "needs_officer"
        kept = " ".join(await session.scalars(select(InboxRow.payload)))
        assert "567 890" not in kept
    await chat.says("status klaim saya")
    chat.replied(["JMO-000001-8", "Agenda Klaim", "Diajukan"], buttons=["Tarik klaim"])


async def test_tapped_twice_or_filed_again_it_is_one_claim(chat: Chat, sessions: Sessions) -> None:
    await fills_in(chat)
    await chat.taps("Kirim")
    for again in ("/send_claim", "/file_claim"):
        await chat.presses(again)
        chat.replied(["sudah punya klaim", "JMO-000001-8"])
    assert await claims(sessions) == 1


async def test_a_question_in_between_is_answered_and_the_step_asked_again(chat: Chat) -> None:
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.says("iuran jht berapa persen sih")
    chat.replied(["5,7", "bank mana"])


async def test_left_and_resumed_days_later_nothing_is_asked_twice(
    chat: Chat, sessions: Sessions, in_service_hours: time_machine.Traveller
) -> None:
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.says("batal")
    chat.replied("tersimpan", buttons=["Lanjutkan pengajuan", "Hapus draf"])
    in_service_hours.shift(timedelta(days=2))
    async with sessions.begin() as session:
        await act_on_deadlines(session, SqlCoreSystem(session), clock.now())
    async with sessions.begin() as session:
        await act_on_deadlines(session, SqlCoreSystem(session), clock.now())
        unasked = (await session.scalars(select(OutboxRow.payload).where(OutboxRow.inbox_id.is_(None)))).all()
        assert len(unasked) == 1 and "belum dikirim" in unasked[0]
    await chat.says("lanjutkan pengajuan saya")
    await chat.verifies(DEMO_PEOPLE[0].nik, "17-05-1994")
    chat.replied(["saya lanjutkan", "bank mana"], without="Apakah sudah benar")


async def test_left_for_later_it_goes_on_with_a_word(chat: Chat) -> None:
    await begins(chat)
    await chat.says("lanjut")
    assert chat.text.startswith("Ini data Anda")
    await chat.taps("Sudah benar")
    await chat.says("bca")
    await chat.says("12345678901")
    chat.replied("atas nama siapa")
    await chat.says("nanti aja")
    chat.replied("tersimpan; lanjutkan kapan saja", without="Nama itu berbeda")
    await chat.says("lanjut")
    chat.replied(["saya lanjutkan", "atas nama siapa"])


async def test_a_field_is_changed_without_asking_the_others(chat: Chat) -> None:
    await fills_in(chat)
    await chat.says("ganti rekeningnya")
    chat.replied("Uang ditransfer ke bank mana?")
    await chat.says("bri")
    await chat.says("555566667777")
    await chat.taps("Atas nama saya")
    chat.replied(["BRI ••••••••7777", "setuju"])


async def test_an_account_of_somebody_else_is_refused(chat: Chat) -> None:
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.taps("BRI")
    await chat.says("555566667777")
    await chat.says("Siti Aminah")
    chat.replied(["berbeda dengan nama peserta", "atas nama siapa"])


async def test_a_photo_without_a_face_is_asked_again_and_the_third_goes_to_an_officer(chat: Chat) -> None:
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.taps("Pakai yang terdaftar")
    await chat.says("sudah saya kirim kok")
    chat.replied("foto wajah")
    for _ in range(2):
        await chat.sends_photo(faceless())
        chat.replied("wajah", without="Ringkasan")
    await chat.sends_photo(faceless())
    chat.replied(["petugas yang akan menilainya", "Ringkasan"])


@pytest.mark.parametrize("caption", ["ini ya min", "ganti fotonya yg ini", "foto wajah gagal terus", "cek saldo dong"])
async def test_what_is_written_under_the_photo_is_only_a_remark(chat: Chat, caption: str) -> None:
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.taps("Pakai yang terdaftar")
    await chat.sends_photo(good_face(), caption)
    chat.replied("Foto wajah: ada", buttons=["Benar dan setuju"])
    assert len(chat.replies) == 1


@pytest.mark.parametrize(
    ("caption", "answer"),
    [
        ("batal", "tersimpan; lanjutkan kapan saja"),
        ("/menu", "Silakan pilih"),
        ("mau bicara dengan petugas", "petugas"),
    ],
)
async def test_a_wish_under_the_photo_is_followed_instead(chat: Chat, caption: str, answer: str) -> None:
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.taps("Pakai yang terdaftar")
    await chat.sends_photo(good_face(), caption)
    chat.replied(answer, without="Foto wajah: ada")


async def test_at_night_the_draft_waits_and_is_filed_the_next_day(
    chat: Chat, sessions: Sessions, in_service_hours: time_machine.Traveller
) -> None:
    await fills_in(chat)
    in_service_hours.move_to(at(22))
    await chat.presses("/send_claim")
    await chat.verifies(DEMO_PEOPLE[0].nik, "17-05-1994")
    chat.replied(["06.00", "tersimpan"])
    assert await claims(sessions) == 0
    in_service_hours.shift(timedelta(hours=8))
    async with sessions.begin() as session:
        await act_on_deadlines(session, SqlCoreSystem(session), clock.now())
    async with sessions() as session:
        assert await session.scalar(select(func.count()).where(OutboxRow.inbox_id.is_(None))) == 1
    await chat.presses("/send_claim")
    await chat.verifies(DEMO_PEOPLE[0].nik, "17-05-1994")
    chat.replied("sudah diajukan")
    assert await claims(sessions) == 1


@pytest.mark.parametrize(
    ("number", "why"),
    [
        (2, "masih bekerja"),
        (3, "Rp42.000.000"),
        (4, "Pengkinian data belum selesai"),
        (11, "Belum 1 bulan"),
        (12, "Pengkinian data belum selesai"),
    ],
)
async def test_who_may_not_file_here_is_told_why_and_the_way_on(
    chat: Chat, sessions: Sessions, number: int, why: str
) -> None:
    await begins(chat, number)
    chat.replied(["belum bisa diajukan", why], buttons=["Cabang terdekat"])
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(ClaimDraft)) == 0


async def test_after_an_old_partial_claim_the_tax_number_is_asked(chat: Chat, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        long_ago = clock.today() - timedelta(days=1100)
        await session.execute(
            update(ParticipantRow).where(ParticipantRow.id == "P000001").values(partial_claim_on=long_ago)
        )
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.taps("Pakai yang terdaftar")
    chat.replied("NPWP")
    await chat.taps("Tidak punya NPWP")
    await chat.sends_photo(good_face())
    chat.replied("pajak Rp591.000")


async def test_each_stage_is_told_and_a_late_claim_too(
    chat: Chat, sessions: Sessions, in_service_hours: time_machine.Traveller
) -> None:
    await fills_in(chat)
    await chat.taps("Kirim")
    async with sessions.begin() as session:
        await advance(session, clock.now(), "JMO-000001-8", None)
    in_service_hours.shift(timedelta(days=20))
    for _ in range(2):
        async with sessions.begin() as session:
            await act_on_deadlines(session, SqlCoreSystem(session), clock.now())
    async with sessions() as session:
        unasked = (await session.scalars(select(OutboxRow.payload).where(OutboxRow.inbox_id.is_(None)))).all()
        assert len(unasked) == 2
        assert "Penetapan" in unasked[0] and "melewati batas" in unasked[1]
        assert (await session.scalars(select(Case.state))).one() == CaseState.DETERMINATION


async def test_a_draft_is_deleted_on_wish(chat: Chat, sessions: Sessions) -> None:
    await begins(chat)
    await chat.says("hapus draf klaim saya")
    chat.replied("sudah saya hapus")
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(ClaimDraft)) == 0
    await chat.says("bri")
    chat.replied(without="nomor rekening")


async def test_a_claim_sent_in_another_chat_is_not_begun_anew_here(
    chat: Chat, gateway: Gateway, sessions: Sessions
) -> None:
    await begins(chat)
    other = Chat(gateway, chat_id="elsewhere", sessions=sessions)
    await begins(other)
    for title in ("Sudah benar", "Pakai yang terdaftar"):
        await other.taps(title)
    await other.sends_photo(good_face())
    for title in ("Benar dan setuju", "Kirim"):
        await other.taps(title)
    await chat.says("halo")
    chat.replied(["JMO-000001-8", "Agenda Klaim"], without="kode")
    assert await claims(sessions) == 1


async def test_the_reason_is_changed_and_one_that_this_chat_cannot_take_is_explained(chat: Chat) -> None:
    await fills_in(chat)
    await chat.taps("Ubah")
    await chat.taps("Ubah sebab")
    chat.replied("Menurut data kami sebabnya mengundurkan diri")
    assert titles(chat) == ["Resign", "Lainnya"]
    await chat.taps("Lainnya")
    chat.replied("Tulis saja sebabnya")
    await chat.says("saya di phk")
    chat.replied(["Sebab: PHK", "setuju"])
    await chat.says("ganti sebabnya")
    await chat.says("cacat total tetap")
    chat.replied(["belum bisa diajukan", "Sebab: mengundurkan diri"])


async def test_a_bank_that_is_not_listed_is_taken_by_its_name(chat: Chat) -> None:
    await begins(chat)
    await chat.taps("Sudah benar")
    await chat.says("bpd bali")
    chat.replied("nomor rekening Bpd Bali")


async def test_above_the_limit_the_way_and_the_documents_of_the_reason_are_named(chat: Chat) -> None:
    await begins(chat, 3)
    chat.replied(["Lapak Asik", "surat keterangan berhenti", "Rp42.000.000"], buttons=["Cabang terdekat"])


async def test_the_photo_is_kept_with_the_claim_alone(chat: Chat, sessions: Sessions) -> None:
    await fills_in(chat)
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Upload)) == 0


async def test_a_report_that_the_app_refuses_the_claim_is_no_claim(chat: Chat, sessions: Sessions) -> None:
    await chat.says("verifikasi")
    await chat.verifies(DEMO_PEOPLE[0].nik, "17-05-1994")
    await chat.says("klaim di jmo muncul kode 040")
    await chat.says("masih gagal, buatkan laporan")
    async with sessions() as session:
        assert (await session.scalars(select(Case.kind))).all() == ["app_problem"]
    await chat.says("saya mau ajukan klaim di chat ini")
    await chat.says(chat.code)
    chat.replied("Apakah sudah benar", without="sudah punya klaim")


@pytest.fixture
async def silent_register(sessions: Sessions) -> None:
    """Nobody wrote down why the last work ended."""
    async with sessions.begin() as session:
        await session.execute(update(CardRow).values(leave_reason=None))


@pytest.mark.usefixtures("silent_register")
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("kontraknya abis", "kontrak berakhir"),
        ("2", "PHK"),
        ("yg pertama", "mengundurkan diri"),
        ("sy pensiun", "usia pensiun perusahaan"),
        ("warung saya tutup", "berhenti sebagai peserta mandiri"),
    ],
)
async def test_a_register_without_the_reason_has_it_asked(chat: Chat, answer: str, reason: str) -> None:
    await begins(chat)
    chat.replied("Apa sebab Anda berhenti bekerja")
    assert titles(chat) == ["Resign", "PHK", "Kontrak habis", "Lainnya"]
    await chat.says(answer)
    chat.replied(["Rahmat Wijaya", f"Sebab klaim: {reason}"], buttons=["Sudah benar"])


@pytest.mark.usefixtures("silent_register")
async def test_in_the_waiting_month_only_an_ended_contract_is_offered(chat: Chat) -> None:
    await begins(chat, 11)
    assert titles(chat) == ["Kontrak habis", "Lainnya"]
    await chat.says("saya resign")
    chat.replied(["Belum 1 bulan", "mulai"])


@pytest.mark.usefixtures("silent_register")
async def test_who_does_not_know_the_reason_is_told_what_tells_them_apart(chat: Chat) -> None:
    await begins(chat)
    await chat.says("ga tau")
    chat.replied("itu *resign*")
    await chat.says("saya diberhentikan")
    chat.replied("Sebab klaim: PHK")

"""A photo that an officer refuses is sent anew in the chat, and nothing is filed anew."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.cases.claim_photos import ClaimPhotos
from bot.cases.models import Case, Claim
from bot.cases.stages import CaseState
from bot.conversation.models import OutboxRow, Upload
from bot.register.sql import SqlCoreSystem
from tests.cases.deadlines import act_on_deadlines
from tests.chat.claims.test_filing import at, fills_in
from tests.chat.conftest import Chat
from tests.photos.faces import faceless, good_face

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture(autouse=True)
def in_service_hours() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(at(10), tick=True) as traveller:
        yield traveller


async def files(chat: Chat) -> None:
    await fills_in(chat)
    await chat.taps("Kirim")


async def refuses(sessions: Sessions, reason: str = "blurred", words: str = "") -> None:
    async with sessions.begin() as session:
        case, claim = (await session.scalars(select(Case))).one(), (await session.scalars(select(Claim))).one()
        await ClaimPhotos(session, clock.now()).refuse(case, claim, "officer:Rina", reason, words)


async def face(sessions: Sessions) -> str:
    async with sessions() as session:
        return (await session.scalars(select(Claim.face))).one()


async def unasked(sessions: Sessions) -> list[str]:
    async with sessions() as session:
        return list(await session.scalars(select(OutboxRow.payload).where(OutboxRow.inbox_id.is_(None))))


async def test_the_participant_is_told_why_and_sends_another_photo(chat: Chat, sessions: Sessions) -> None:
    await files(chat)
    await refuses(sessions)
    told = (await unasked(sessions))[0]
    assert "Fotonya buram" in told and "tidak perlu diajukan ulang" in told and "/new_claim_photo" in told
    await chat.says("status klaim saya")
    chat.replied(["Menunggu foto wajah baru", "buram"], buttons=["Kirim foto baru"])
    await chat.taps("Kirim foto baru")
    chat.replied(["JMO-000001-8", "tempat terang"])
    await chat.sends_photo(good_face())
    chat.replied(["JMO-000001-8", "diperiksa petugas"])
    assert await face(sessions) == "needs_officer"
    async with sessions() as session:
        assert await session.scalar(select(func.count()).select_from(Claim)) == 1
        assert await session.scalar(select(func.count()).select_from(Upload)) == 0


async def test_the_photo_is_taken_without_the_button_too_and_a_bad_one_is_asked_again(
    chat: Chat, sessions: Sessions
) -> None:
    await files(chat)
    await refuses(sessions)
    await chat.sends_photo(faceless())
    chat.replied("wajah", without="diperiksa petugas")
    assert await face(sessions) == "refused"
    await chat.sends_photo(good_face())
    chat.replied("diperiksa petugas")


@pytest.mark.parametrize(
    "caption",
    ["ini foto baru saya", "foto wajah gagal terus min, ini lagi", "berapa lama lagi klaim saya cair", "asdf"],
)
async def test_what_is_written_under_the_photo_is_only_a_remark(chat: Chat, sessions: Sessions, caption: str) -> None:
    await files(chat)
    await refuses(sessions)
    await chat.sends_photo(faceless(), caption)
    chat.replied("wajah", without=["diperiksa petugas", "Maaf"])
    await chat.sends_photo(good_face(), caption)
    chat.replied(["JMO-000001-8", "diperiksa petugas"])
    assert len(chat.replies) == 1


@pytest.mark.parametrize(
    ("caption", "answer"),
    [("batal", "Tidak ada yang sedang berjalan"), ("/menu", "Silakan pilih"), ("muncul kode 040", "Lapak Asik")],
)
async def test_a_wish_under_the_photo_is_followed_instead(
    chat: Chat, sessions: Sessions, caption: str, answer: str
) -> None:
    await files(chat)
    await refuses(sessions)
    await chat.sends_photo(good_face(), caption)
    chat.replied(answer)
    assert await face(sessions) == "refused"


async def test_without_a_claim_that_waits_a_caption_is_read(chat: Chat) -> None:
    await files(chat)
    await chat.sends_photo(good_face(), "apa itu jht")
    chat.replied("Jaminan Hari Tua")


async def test_whoever_is_not_verified_any_more_verifies_first(
    chat: Chat, sessions: Sessions, in_service_hours: time_machine.Traveller
) -> None:
    await files(chat)
    await refuses(sessions, "other", "Mohon tanpa topi.")
    assert "Mohon tanpa topi." in (await unasked(sessions))[0]
    in_service_hours.shift(timedelta(hours=3))
    await chat.sends_photo(good_face())
    chat.replied("NIK")
    await chat.verifies("1199011705940001", "17-05-1994")
    chat.replied("Kirim satu foto wajah baru")
    await chat.sends_photo(good_face())
    chat.replied("diperiksa petugas")


async def test_a_photo_that_nobody_waits_for_is_asked_about(chat: Chat, sessions: Sessions) -> None:
    await files(chat)
    await chat.sends_photo(good_face())
    chat.replied("belum tahu maksudnya")
    await chat.presses("/new_claim_photo")
    chat.replied("Tidak ada foto yang sedang ditunggu")
    assert await face(sessions) == "needs_officer"


async def test_a_photo_that_never_comes_is_reminded_of_once_and_then_the_claim_is_closed(
    chat: Chat, sessions: Sessions, in_service_hours: time_machine.Traveller
) -> None:
    await files(chat)
    await refuses(sessions)
    for days in (1, 1, 7):
        in_service_hours.shift(timedelta(days=days, minutes=1))
        async with sessions.begin() as session:
            await act_on_deadlines(session, SqlCoreSystem(session), clock.now())
    _, reminder, closed = await unasked(sessions)
    assert "masih menunggu foto" in reminder
    assert "tidak dapat diproses" in closed and "mengajukan lagi" in closed
    async with sessions() as session:
        assert (await session.scalars(select(Case.state))).one() == CaseState.REJECTED


async def test_with_the_new_photo_the_days_are_counted_anew(
    chat: Chat, sessions: Sessions, in_service_hours: time_machine.Traveller
) -> None:
    await files(chat)
    async with sessions() as session:
        before = (await session.scalars(select(Claim.due_by))).one()
    await refuses(sessions)
    in_service_hours.shift(timedelta(days=5))
    await chat.presses("/new_claim_photo")
    await chat.verifies("1199011705940001", "17-05-1994")
    await chat.sends_photo(good_face())
    async with sessions() as session:
        case, claim = (await session.scalars(select(Case))).one(), (await session.scalars(select(Claim))).one()
        assert claim.due_by > before and case.due_at and case.due_at.date() > claim.due_by

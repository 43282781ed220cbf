"""Files that participants sent, seen by officers; files that officers send."""

import pytest
from sqlalchemy import select

from bot import clock
from bot.channels.media import attachment_path
from bot.channels.uploads import StoredFiles
from bot.conversation.files import FilesByChannel
from bot.conversation.messages import Attachment, Kind
from bot.conversation.models import Author, Conversation, InboxRow, OutboxRow, Upload
from bot.handoff.models import Handoff
from bot.privacy.audit import AuditEntry
from tests.desk.conftest import Browser
from tests.desk.waiting import Sessions, said_by_participant, somebody_waits

pytestmark = pytest.mark.asyncio
PNG = b"\x89PNG\r\n\x1a\n and the rest"
PDF = b"%PDF-1.7 and the rest"


@pytest.fixture
def files(sessions: Sessions) -> FilesByChannel:
    return FilesByChannel({"web": StoredFiles(sessions)})


async def sent(sessions: Sessions, handoff: Handoff, data: bytes, kind: Kind = Kind.PHOTO) -> InboxRow:
    """A file that the participant sent."""
    async with sessions.begin() as session:
        chat = await session.get_one(Conversation, handoff.conversation_id)
        session.add(Upload(id="ref", channel=chat.channel, chat_id=chat.chat_id, mime="image/png", data=data))
        row = said_by_participant(chat, "", clock.now(), kind, attachment=Attachment("ref", "image/png", "ktp.png"))
        session.add(row)
    return row


async def test_a_photo_is_shown_and_the_look_is_noted(browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions, participant_id="p1")
    row = await sent(sessions, handoff, PNG)
    await browser.signs_in("rina")
    answer = await browser.get(f"/petugas/berkas/{row.id}")
    assert (answer.content, answer.headers["content-type"]) == (PNG, "image/png")
    assert answer.headers["cache-control"] == "no-store"
    async with sessions() as session:
        seen = (await session.scalars(select(AuditEntry).where(AuditEntry.action == "desk.file_seen"))).one()
    assert seen.subject == "p1"


async def test_what_is_no_picture_is_only_downloaded(browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions)
    row = await sent(sessions, handoff, b"<script>alert(1)</script>", Kind.DOCUMENT)
    await browser.signs_in("rina")
    answer = await browser.get(f"/petugas/berkas/{row.id}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")


async def test_files_of_chats_that_nobody_handed_off_are_not_there(browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions)
    row = await sent(sessions, handoff, PNG)
    async with sessions.begin() as session:
        await session.delete(await session.get_one(Handoff, handoff.id))
    await browser.signs_in("rina")
    assert (await browser.get(f"/petugas/berkas/{row.id}")).status_code == 404
    assert (await browser.get("/petugas/berkas/99")).status_code == 404


async def test_a_file_that_is_no_longer_kept_is_not_found(browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions)
    row = await sent(sessions, handoff, PNG)
    async with sessions.begin() as session:
        await session.delete(await session.get_one(Upload, "ref"))
    await browser.signs_in("rina")
    assert (await browser.get(f"/petugas/berkas/{row.id}")).status_code == 404


@pytest.mark.parametrize(("data", "mime"), [(PNG, "image/png"), (PDF, "application/pdf")])
async def test_an_officer_sends_a_file(data: bytes, mime: str, browser: Browser, sessions: Sessions) -> None:
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.signs_in("rina")
    await browser.sends(f"{path}/ambil")
    answer = await browser.post(f"{path}/kirim", data={"csrf": browser.csrf}, files={"file": ("../surat", data)})
    assert answer.status_code == 303
    async with sessions() as session:
        kept = (await session.scalars(select(Upload))).one()
        row = (await session.scalars(select(OutboxRow).where(OutboxRow.author == Author.OFFICER))).one()
        chat = await session.get_one(Conversation, handoff.conversation_id)
    assert (kept.data, kept.mime, kept.chat_id) == (data, mime, chat.chat_id)
    assert '"surat"' in row.payload
    assert attachment_path(row.id, mime) in (await browser.get(path)).text


@pytest.mark.parametrize("data", [b"MZ a program", PNG + bytes(5 * 1024 * 1024)], ids=["a program", "too large"])
async def test_what_does_not_fit_is_refused_and_the_words_stay(
    data: bytes, browser: Browser, sessions: Sessions
) -> None:
    handoff = await somebody_waits(sessions)
    path = f"/petugas/percakapan/{handoff.id}"
    await browser.signs_in("rina")
    await browser.sends(f"{path}/ambil")
    form = {"csrf": browser.csrf, "text": "ini suratnya"}
    answer = await browser.post(f"{path}/kirim", data=form, files={"file": ("surat.pdf", data)})
    assert answer.status_code == 409
    assert "Hanya foto" in answer.text and "ini suratnya</textarea>" in answer.text
    async with sessions() as session:
        assert (await session.scalars(select(Upload))).all() == []

"""The calls that the page makes: whose chat it is, what is taken and what is refused."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import time_machine
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.applications import Starlette

from bot.channels.uploads import FILE_LIMIT, read_upload
from bot.channels.web import TYPING_SIGNS
from bot.channels.webchat.rate_limit import RateLimit
from bot.conversation.messages import Attachment, Button, Kind, Picture, Reply
from bot.conversation.models import Upload
from tests.channels.web.conftest import ADDRESS, OURS, Visitor
from tests.fakes.chat_gateway import FakeGateway

JPEG = b"\xff\xd8\xff\xe0 a photo"
PDF = b"%PDF-1.7 a letter"


async def test_what_is_said_is_taken_in_and_answered(visitor: Visitor, gateway: FakeGateway) -> None:
    assert (await visitor.says("saldo jht")).status_code == 202
    await gateway.answers(gateway.accepted[0], 5)
    assert [(m["author"], m["text"]) for m in await visitor.sees()] == [
        ("participant", "saldo jht"),
        ("bot", "Anda menulis: saldo jht"),
    ]


async def test_buttons_and_pictures_are_shown(visitor: Visitor, gateway: FakeGateway) -> None:
    gateway.answer = lambda _: [Reply("Ini.", (Button("Menu", "/menu"),), Picture("g", {}, "Grafik saldo"))]
    await visitor.says("grafik")
    await gateway.answers(gateway.accepted[0], 5)
    shown = (await visitor.sees())[-1]
    assert shown["buttons"] == [{"title": "Menu", "payload": "/menu"}]
    assert shown["picture"].startswith("/media/1-") and shown["alt"] == "Grafik saldo"


@pytest.mark.parametrize(
    ("content", "kind", "meant"),
    [
        ({"text": "/saldo"}, Kind.BUTTON, "/check_balance"),
        ({"text": "/approve_claim"}, Kind.TEXT, "approve_claim"),
        ({"payload": "/details"}, Kind.BUTTON, "/details"),
    ],
)
async def test_only_buttons_and_known_commands_are_payloads(
    visitor: Visitor, gateway: FakeGateway, content: dict[str, str], kind: Kind, meant: str
) -> None:
    await visitor.client.post("/chat/messages", json={"key": "k", **content}, headers=OURS)
    assert [(m.kind, m.text) for m in gateway.accepted] == [(kind, meant)]


async def test_the_same_key_is_the_same_message(visitor: Visitor, gateway: FakeGateway) -> None:
    await visitor.sees()
    first, again = await visitor.says("halo", key="k"), await visitor.says("halo", key="k")
    assert (first.json(), again.json()) == ({"new": True}, {"new": False})
    assert len(gateway.accepted) == 1


async def test_the_language_of_the_page_goes_with_the_message(visitor: Visitor, gateway: FakeGateway) -> None:
    await visitor.client.get("/?lang=en")
    await visitor.says("balance")
    assert gateway.accepted[0].language == "en"


async def test_nobody_reads_another_chat(visitor: Visitor, other_visitor: Visitor) -> None:
    await visitor.says("rahasia")
    assert await other_visitor.sees() == []


async def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: Visitor) -> None:
    cookie = (await visitor.client.get("/chat/history")).headers["set-cookie"]
    assert cookie.startswith("jmo_chat=")
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Secure" not in cookie


async def test_behind_https_the_cookie_is_for_this_host_alone(visitor: Visitor) -> None:
    response = await visitor.client.get("/chat/history", headers={"X-Forwarded-Proto": "https"})
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-jmo_chat=") and "Secure" in cookie and "Path=/" in cookie


async def test_the_id_of_a_chat_does_not_open_it(
    visitor: Visitor, other_visitor: Visitor, gateway: FakeGateway
) -> None:
    await visitor.says("rahasia")
    token, chat_id = visitor.client.cookies["jmo_chat"], gateway.accepted[0].chat_id
    assert chat_id == hashlib.sha256(token.encode()).hexdigest()
    other_visitor.client.cookies["jmo_chat"] = chat_id
    assert await other_visitor.sees() == []


async def test_a_new_chat_leaves_the_old_one_behind(visitor: Visitor, gateway: FakeGateway) -> None:
    await visitor.says("lama")
    await visitor.client.post("/chat/reset", headers=OURS)
    assert await visitor.sees() == []
    await visitor.says("baru")
    assert gateway.accepted[0].chat_id != gateway.accepted[1].chat_id


@pytest.mark.parametrize(
    "headers", [{}, {"X-Chat": "1", "Origin": "https://elsewhere.example"}, {"X-Chat": "1", "Origin": "null"}]
)
@pytest.mark.parametrize("address", ["/chat/messages", "/chat/files", "/chat/reset"])
async def test_other_sites_can_t_post(
    visitor: Visitor, gateway: FakeGateway, address: str, headers: dict[str, str]
) -> None:
    response = await visitor.client.post(address, json={"key": "k", "text": "halo"}, headers=headers)
    assert response.status_code == 403
    assert "halaman chat" in response.json()["error"]
    assert gateway.accepted == []


async def test_a_form_is_no_message(visitor: Visitor) -> None:
    response = await visitor.client.post("/chat/messages", data={"key": "k", "text": "halo"}, headers=OURS)
    assert response.status_code == 415


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({"text": "halo"}, 400),
        ({"key": "a b", "text": "halo"}, 400),
        ({"key": "k", "text": "   "}, 400),
        ({"key": "k", "payload": "approve"}, 400),
        ({"key": "k", "payload": "/" + "a" * 64}, 400),
        ({"key": "k", "text": "a" * 2001}, 413),
        ({"key": "k", "text": "a" * 20_000}, 413),
        (["halo"], 400),
    ],
)
async def test_bad_input_gets_one_sentence(visitor: Visitor, gateway: FakeGateway, content: Any, status: int) -> None:
    response = await visitor.client.post("/chat/messages", json=content, headers=OURS)
    assert response.status_code == status
    assert response.json()["error"].endswith(".")
    assert gateway.accepted == []


async def test_who_writes_too_fast_is_told_to_wait(visitor: Visitor, other_visitor: Visitor) -> None:
    await visitor.sees()
    with time_machine.travel(datetime(2026, 11, 24, 5, tzinfo=UTC), tick=False) as clock:
        statuses = [(await visitor.says("halo")).status_code for _ in range(21)]
        assert statuses == [202] * 20 + [429]
        refused = await visitor.says("halo")
        assert refused.json()["wait"] == 61 and "61 detik" in refused.json()["error"]
        assert (await other_visitor.says("halo")).status_code == 202
        clock.shift(timedelta(seconds=61))
        assert (await visitor.says("halo")).status_code == 202


def test_quiet_chats_are_forgotten() -> None:
    limit = RateLimit()
    with time_machine.travel(datetime(2026, 11, 24, 5, tzinfo=UTC), tick=False) as clock:
        limit.take("quiet")
        clock.shift(timedelta(seconds=30))
        limit.take("busy")
        clock.shift(timedelta(seconds=31))
        limit.take("busy")
    assert list(limit._sent) == ["busy"]


async def test_a_photo_is_kept_encrypted(
    visitor: Visitor, gateway: FakeGateway, sessions: async_sessionmaker[AsyncSession]
) -> None:
    assert (await visitor.sends_file(JPEG, caption="/approve ktp saya")).status_code == 202
    (message,) = gateway.accepted
    assert (message.kind, message.text) == (Kind.PHOTO, "approve ktp saya")
    assert message.attachment and message.attachment.mime == "image/jpeg"
    upload = await read_upload(sessions, message.attachment.ref)
    assert upload and upload.data == JPEG and upload.chat_id == message.chat_id
    async with sessions() as session:
        assert b"a photo" not in await session.scalar(text("SELECT data FROM uploads"))


async def test_a_pdf_is_kept_as_a_document_under_its_name(
    visitor: Visitor, gateway: FakeGateway, sessions: async_sessionmaker[AsyncSession]
) -> None:
    assert (await visitor.sends_file(PDF, name="../surat.pdf")).status_code == 202
    (message,) = gateway.accepted
    assert message.kind is Kind.DOCUMENT and message.attachment
    assert (message.attachment.mime, message.attachment.name) == ("application/pdf", "surat.pdf")
    upload = await read_upload(sessions, message.attachment.ref)
    assert upload and upload.data == PDF


async def test_a_photo_sent_again_is_kept_once(
    visitor: Visitor, gateway: FakeGateway, sessions: async_sessionmaker[AsyncSession]
) -> None:
    await visitor.sees()
    for _ in range(2):
        await visitor.sends_file(JPEG, key="k")
    async with sessions() as session:
        assert len((await session.scalars(select(Upload.id))).all()) == 1
    assert len(gateway.accepted) == 1


@pytest.mark.parametrize("data", [b"", b"<svg onload=alert(1)>", b"GIF89a", b"PDF-1.7", b"RIFF1234WAVE"])
async def test_what_is_neither_a_photo_nor_a_pdf_is_refused(
    visitor: Visitor, gateway: FakeGateway, data: bytes
) -> None:
    response = await visitor.sends_file(data)
    assert response.status_code == 415
    assert "bukan foto atau PDF" in response.json()["error"]
    assert gateway.accepted == []


@pytest.mark.parametrize("size", [FILE_LIMIT + 1, FILE_LIMIT + 100_000])
async def test_a_huge_file_is_refused(visitor: Visitor, gateway: FakeGateway, size: int) -> None:
    response = await visitor.sends_file(JPEG.ljust(size, b"\0"))
    assert response.status_code == 413
    assert gateway.accepted == []


async def test_a_broken_form_gets_one_sentence(visitor: Visitor) -> None:
    headers = {**OURS, "Content-Type": "multipart/form-data; boundary=x"}
    response = await visitor.client.post("/chat/files", content=b"--y\r\nnonsense", headers=headers)
    assert response.status_code == 400
    assert "tidak dapat dibaca" in response.json()["error"]


@pytest.mark.parametrize("after", ["", "-1", "abc", "9" * 30, "²"])
async def test_a_wrong_cursor_means_the_beginning(visitor: Visitor, after: str) -> None:
    await visitor.says("halo")
    response = await visitor.client.get("/chat/history", params={"after": after})
    assert response.json()["messages"][0]["text"] == "halo"


async def test_history_may_be_kept_by_nobody(visitor: Visitor) -> None:
    assert (await visitor.client.get("/chat/history")).headers["cache-control"] == "no-store"


async def test_without_a_chat_there_are_no_events(app: Starlette) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ADDRESS) as client:
        assert (await client.get("/chat/events")).status_code == 204


async def test_who_types_is_passed_on_without_the_words(visitor: Visitor, gateway: FakeGateway) -> None:
    await visitor.says("halo")
    answer = await visitor.client.post("/chat/typing", headers=OURS)
    assert answer.status_code == 204
    assert gateway.typed == [gateway.accepted[0].chat_id]


async def test_too_many_signs_of_typing_are_left_unsaid(visitor: Visitor, gateway: FakeGateway) -> None:
    await visitor.says("halo")
    for _ in range(TYPING_SIGNS + 5):
        await visitor.client.post("/chat/typing", headers=OURS)
    assert len(gateway.typed) == TYPING_SIGNS


async def test_other_sites_and_strangers_tell_of_no_typing(visitor: Visitor, gateway: FakeGateway) -> None:
    assert (await visitor.client.post("/chat/typing", headers=OURS)).status_code == 204  # holds no chat yet
    await visitor.says("halo")
    assert (await visitor.client.post("/chat/typing")).status_code == 403
    assert gateway.typed == []


async def test_what_an_officer_sent_is_shown_as_picture_or_document(visitor: Visitor, gateway: FakeGateway) -> None:
    await visitor.says("halo")
    chat_id = gateway.accepted[0].chat_id
    for mime in ("image/png", "application/pdf"):
        gateway.say("web", chat_id, Reply("Ini.", attachment=Attachment("ref", mime, "surat")), author="officer")
    picture, document = (await visitor.sees())[-2:]
    assert picture["picture"].endswith(".png") and "document" not in picture
    assert document["document"].endswith(".pdf") and document["name"] == "surat" and "picture" not in document

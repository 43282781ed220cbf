"""Pictures and documents by links that can't be guessed."""

from collections.abc import AsyncIterator

import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette

from bot.channels.media import attachment_path, document_path, media_routes, picture_path
from bot.conversation.messages import Attachment, Document, Picture, Reply
from tests.fakes.chat_gateway import FakeGateway

STATEMENT = Document("yearly_statement", {}, "saldo tahun 2025.pdf")


async def draw(picture: Picture) -> bytes:
    return f"png of {picture.kind}".encode()


async def read(attachment: Attachment) -> bytes | None:
    return f"file {attachment.ref}".encode() if attachment.ref == "kept" else None


async def write(document: Document) -> bytes:
    return f"pdf of {document.kind}".encode()


@pytest_asyncio.fixture
async def client(gateway: FakeGateway) -> AsyncIterator[httpx.AsyncClient]:
    gateway.say("web", "chat", Reply("Grafik", picture=Picture("jht_growth", {}, "Grafik")))
    gateway.say("web", "chat", Reply("Berkas", document=STATEMENT))
    app = Starlette(routes=media_routes(gateway, draw, write, read))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://jmo.test") as client:
        yield client


async def test_a_picture_is_drawn_and_kept_by_the_browser_alone(client: httpx.AsyncClient) -> None:
    response = await client.get(picture_path(1))
    assert response.content == b"png of jht_growth"
    assert response.headers["content-type"] == "image/png"
    assert response.headers["cache-control"].startswith("private, max-age=")


async def test_a_document_has_its_name(client: httpx.AsyncClient) -> None:
    response = await client.get(document_path(2))
    assert response.content == b"pdf of yearly_statement"
    assert response.headers["content-type"] == "application/pdf"
    assert "saldo%20tahun%202025.pdf" in response.headers["content-disposition"]


@pytest.mark.parametrize(
    "path",
    [
        picture_path.__name__,
        "/media/1.png",
        "/media/1-" + "0" * 64 + ".png",
        "/media/" + "9" * 5000 + "-" + "0" * 64 + ".png",
        "/media/²-" + "0" * 64 + ".png",
    ],
)
async def test_a_guessed_link_leads_nowhere(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_a_link_opens_nothing_but_its_own_file(client: httpx.AsyncClient) -> None:
    token = picture_path(1).partition("-")[2].removesuffix(".png")
    for path in (f"/media/2-{token}.png", f"/media/1-{token}.pdf", f"/media/01-{token}.png", f"/media/2-{token}.pdf"):
        assert (await client.get(path)).status_code == 404


async def test_a_reply_without_that_file_is_not_found(client: httpx.AsyncClient) -> None:
    for path in (document_path(1), picture_path(2), picture_path(99)):
        assert (await client.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("mime", "other"),
    [
        ("image/jpeg", "image/png"),
        ("image/png", "image/webp"),
        ("image/webp", "application/pdf"),
        ("application/pdf", "image/jpeg"),
    ],
)
async def test_what_an_officer_sent_is_fetched_by_its_link(
    mime: str, other: str, client: httpx.AsyncClient, gateway: FakeGateway
) -> None:
    letter = Attachment("kept", mime, "surat anda")
    sent = gateway.say("web", "chat", Reply("", attachment=letter))
    response = await client.get(attachment_path(sent.id, mime))
    assert (response.content, response.headers["content-type"]) == (b"file kept", mime)
    assert "surat%20anda" in response.headers["content-disposition"]
    assert (await client.get(attachment_path(sent.id, other))).status_code == 404


async def test_what_is_no_longer_kept_is_not_found(client: httpx.AsyncClient, gateway: FakeGateway) -> None:
    sent = gateway.say("web", "chat", Reply("", attachment=Attachment("swept", "image/png")))
    assert (await client.get(attachment_path(sent.id, "image/png"))).status_code == 404

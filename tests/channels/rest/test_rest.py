"""REST as Rasa's tools speak it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.media import attachment_path, picture_path
from bot.channels.rest import BODY_LIMIT, rest_routes
from bot.conversation.messages import Attachment, Button, Document, IncomingMessage, Kind, Picture, Reply
from tests.fakes.chat_gateway import FakeGateway

HERE = ("127.0.0.1", 50_000)
WEBHOOK = "/webhooks/rest/webhook"
MESSAGES = "/webhooks/rest/messages"


def client_of(gateway: FakeGateway, caller: tuple[str, int] = HERE, **options: Any) -> httpx.AsyncClient:
    app = Starlette(routes=rest_routes(gateway, **options))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=caller), base_url="http://jmo.test")


async def post(gateway: FakeGateway, content: Any, **options: Any) -> httpx.Response:
    async with client_of(gateway, **options) as client:
        return await client.post(WEBHOOK, json=content)


def always(*replies: Reply) -> Callable[[IncomingMessage], Sequence[Reply]]:
    return lambda _: replies


async def test_a_message_is_answered_with_a_list() -> None:
    response = await post(FakeGateway(), {"sender": "budi", "message": "saldo"})
    assert response.status_code == 200
    assert response.json() == [{"recipient_id": "budi", "text": "Anda menulis: saldo"}]


async def test_buttons_pictures_and_documents_have_their_keys() -> None:
    reply = Reply("Ini.", (Button("Simulasi", "/simulate"),), Picture("g", {}, "Grafik"), Document("d", {}, "a.pdf"))
    (answer,) = (await post(FakeGateway(always(reply)), {"sender": "budi", "message": "halo"})).json()
    assert answer["buttons"] == [{"title": "Simulasi", "payload": "/simulate"}]
    assert answer["image"] == "http://jmo.test" + picture_path(1)
    assert answer["attachment"].endswith(".pdf")


async def test_a_picture_is_found_under_the_public_address() -> None:
    gateway = FakeGateway(always(Reply("Ini.", picture=Picture("g", {}, "Grafik"))))
    response = await post(gateway, {"sender": "budi", "message": "halo"}, public_url="https://jmo.example/")
    assert response.json()[0]["image"] == "https://jmo.example" + picture_path(1)


@pytest.mark.parametrize(
    ("typed", "meant", "kind"),
    [
        ("/details", "/details", Kind.BUTTON),
        ('/simulate{"years": "5"}', '/simulate{"years": "5"}', Kind.BUTTON),
        ("/saldo", "/check_balance", Kind.BUTTON),
        ("saldo / iuran", "saldo / iuran", Kind.TEXT),
    ],
)
async def test_a_slash_makes_a_button_or_a_command(typed: str, meant: str, kind: Kind) -> None:
    gateway = FakeGateway()
    await post(gateway, {"sender": "budi", "message": typed})
    assert [(m.text, m.kind) for m in gateway.accepted] == [(meant, kind)]


async def test_the_same_message_id_is_the_same_message() -> None:
    gateway = FakeGateway()
    content = {"sender": "budi", "message": "saldo", "message_id": "m-1", "metadata": {"any": "thing"}}
    first, again = await post(gateway, content), await post(gateway, content)
    assert first.json() == again.json()
    assert len(gateway.accepted) == 1


async def test_two_senders_may_use_the_same_message_id() -> None:
    gateway = FakeGateway()
    for sender in ("budi", "siti"):
        await post(gateway, {"sender": sender, "message": "saldo", "message_id": "1"})
    assert [m.chat_id for m in gateway.accepted] == ["budi", "siti"]


async def test_an_answer_that_takes_long_can_be_collected() -> None:
    gateway = FakeGateway()
    gateway.hold()
    late = await post(gateway, {"sender": "budi", "message": "saldo"}, timeout=0.01)
    assert late.status_code == 504
    assert "is not lost" in late.json()["error"]
    gateway.go_on()
    again = {"sender": "budi", "message": "saldo", "message_id": late.json()["message_id"]}
    assert (await post(gateway, again)).json()[0]["text"] == "Anda menulis: saldo"
    assert len(gateway.accepted) == 1


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        ({"message": "halo"}, 400, '"sender" is missing'),
        ({"sender": "  ", "message": "halo"}, 400, '"sender" is missing'),
        ({"sender": 7, "message": "halo"}, 400, '"sender" is missing'),
        ({"sender": "a\u0000b", "message": "halo"}, 400, "printable"),
        ({"sender": "a" * 256, "message": "halo"}, 400, "at most 255"),
        ({"sender": "budi"}, 400, '"message" is missing'),
        ({"sender": "budi", "message": ""}, 400, '"message" is missing'),
        ({"sender": "budi", "message": ["halo"]}, 400, '"message" is missing'),
        ({"sender": "budi", "message": "a" * 4097}, 413, "longer than 4096"),
        ({"sender": "budi", "message": "halo", "message_id": "a b"}, 400, '"message_id"'),
        ({"sender": "budi", "message": "halo", "message_id": 5}, 400, '"message_id"'),
        (["halo"], 400, "JSON object"),
        ({"sender": "budi", "message": "a" * BODY_LIMIT}, 413, "larger than"),
    ],
)
async def test_bad_input_gets_one_sentence(content: Any, status: int, sentence: str) -> None:
    gateway = FakeGateway()
    response = await post(gateway, content)
    assert response.status_code == status
    assert sentence in response.json()["error"]
    assert gateway.accepted == []


@pytest.mark.parametrize("body", [b"", b"halo", b"\xff\xfe", b"[" * 20_000, b"{'sender': 'budi'}"])
async def test_what_is_not_json_gets_one_sentence(body: bytes) -> None:
    async with client_of(FakeGateway()) as client:
        response = await client.post(WEBHOOK, content=body)
    assert response.status_code == 400
    assert "JSON object" in response.json()["error"]


async def test_halves_of_characters_do_no_harm() -> None:
    gateway = FakeGateway()
    async with client_of(gateway) as client:
        response = await client.post(WEBHOOK, content=b'{"sender": "budi", "message": "sal\\ud83ddo\\u0000"}')
    assert response.status_code == 200
    assert gateway.accepted[0].text == "sal?do"


async def test_health_is_rasa_s() -> None:
    async with client_of(FakeGateway()) as client:
        assert (await client.get("/webhooks/rest/")).json() == {"status": "ok"}


async def test_without_a_token_only_this_machine_is_answered() -> None:
    gateway = FakeGateway()
    content = {"sender": "budi", "message": "saldo"}
    assert (await post(gateway, content, caller=("10.0.0.7", 50_000))).status_code == 403
    async with client_of(gateway) as client:
        for header in ({"X-Forwarded-For": "10.0.0.7"}, {"Origin": "https://elsewhere.example"}):
            assert (await client.post(WEBHOOK, json=content, headers=header)).status_code == 403
    assert gateway.accepted == []


async def test_with_a_token_whoever_has_it_is_answered() -> None:
    gateway = FakeGateway()
    content = {"sender": "budi", "message": "saldo"}
    async with client_of(gateway, ("10.0.0.7", 50_000), token="rahasia") as client:
        assert (await client.post(WEBHOOK, json=content)).status_code == 401
        assert (await client.post(WEBHOOK + "?token=salah", json=content)).status_code == 401
        assert (await client.post(WEBHOOK + "?token=rahasia", json=content)).status_code == 200
        bearer = {"Authorization": "Bearer rahasia"}
        assert (await client.post(WEBHOOK, json=content, headers=bearer)).status_code == 200


@pytest.mark.parametrize(("mime", "key"), [("image/png", "image"), ("application/pdf", "attachment")])
async def test_what_an_officer_sent_is_under_the_key_of_its_kind(mime: str, key: str) -> None:
    reply = Reply("Ini.", attachment=Attachment("ref", mime, "surat"))
    (answer,) = (await post(FakeGateway(always(reply)), {"sender": "budi", "message": "halo"})).json()
    assert answer[key] == "http://jmo.test" + attachment_path(1, mime)


async def fetched(gateway: FakeGateway, asked: dict[str, str], **client_options: Any) -> httpx.Response:
    async with client_of(gateway, **client_options) as client:
        return await client.get(MESSAGES, params=asked)


async def test_the_words_of_an_officer_are_fetched_once_with_the_last_id() -> None:
    gateway = FakeGateway()
    gateway.say_unasked("rest", "budi", Reply("Rina bergabung."), "system")
    gateway.say_unasked("rest", "budi", Reply("Selamat pagi", (Button("Menu", "/menu"),)), "officer", "Rina")
    gateway.say_unasked("rest", "ani", Reply("untuk Ani"), "officer", "Rina")
    joined, greeted = (await fetched(gateway, {"sender": "budi"})).json()
    assert (joined["text"], joined["author"], "officer" in joined) == ("Rina bergabung.", "system", False)
    assert (greeted["text"], greeted["author"], greeted["officer"]) == ("Selamat pagi", "officer", "Rina")
    assert greeted["recipient_id"] == "budi" and greeted["buttons"] == [{"title": "Menu", "payload": "/menu"}]
    assert datetime.fromisoformat(greeted["at"]).tzinfo
    assert (await fetched(gateway, {"sender": "budi", "after": str(joined["id"])})).json() == [greeted]
    assert (await fetched(gateway, {"sender": "budi", "after": str(greeted["id"])})).json() == []


async def test_a_file_of_an_officer_has_its_link() -> None:
    gateway = FakeGateway()
    letter = Reply("", attachment=Attachment("ref", "application/pdf", name="surat.pdf"))
    gateway.say_unasked("rest", "budi", letter, "officer", "Rina")
    [said] = (await fetched(gateway, {"sender": "budi"})).json()
    assert said["attachment"] == "http://jmo.test" + attachment_path(said["id"], "application/pdf")


async def test_whoever_may_not_write_for_somebody_may_not_read_either() -> None:
    gateway, elsewhere = FakeGateway(), ("10.0.0.7", 50_000)
    gateway.say_unasked("rest", "budi", Reply("rahasia"), "officer", "Rina")
    budi, guarded = {"sender": "budi"}, {"caller": elsewhere, "token": "kunci"}
    assert (await fetched(gateway, budi, caller=elsewhere)).status_code == 403
    assert (await fetched(gateway, budi, **guarded)).status_code == 401
    assert (await fetched(gateway, {**budi, "token": "salah"}, **guarded)).status_code == 401
    assert len((await fetched(gateway, {**budi, "token": "kunci"}, **guarded)).json()) == 1


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({}, "sender"),
        ({"sender": " "}, "sender"),
        ({"sender": "x" * 256}, "sender"),
        ({"sender": "budi", "after": "x"}, "after"),
        ({"sender": "budi", "after": "-1"}, "after"),
        ({"sender": "budi", "after": "9" * 19}, "after"),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(asked: dict[str, str], why: str) -> None:
    answer = await fetched(FakeGateway(), asked)
    assert answer.status_code == 400 and f'"{why}"' in answer.json()["error"]

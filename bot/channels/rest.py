"""REST, by Rasa's own contract, so that Rasa's tools can drive the assistant.

The caller chooses the sender's id and thereby whose chat it is. So the channel answers only programs on this
machine, unless a token is set; whoever opens it further puts their own authentication before it.
"""

import hmac
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from ipaddress import ip_address
from typing import Any, Protocol
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.http_input import Endpoint, Malformed, Refused, TooLarge, cleaned, is_key, json_object, refusing
from bot.channels.media import attachment_path, document_path, picture_path
from bot.conversation.commands import command_to_payload
from bot.conversation.gateway import Unasked
from bot.conversation.messages import IncomingMessage, Kind
from bot.conversation.replies import StoredReply

CHANNEL = "rest"
BODY_LIMIT = 32 * 1024
"""Bytes."""
MESSAGE_LIMIT = 4096
"""Characters, as on Telegram."""
SENDER_LIMIT = 255
MOST_AT_ONCE = 100
"""Messages; whoever gets so many asks again."""
_OF_SOMEBODY_ELSE = frozenset({b"forwarded", b"x-forwarded-for", b"x-real-ip", b"origin"})
"""Headers of a proxy or a browser."""

Base = Callable[[], str]
"""Where files are fetched from; worked out only where there is one."""


class AnsweringGateway(Protocol):
    """What this channel needs of the core."""

    async def accept(self, message: IncomingMessage, awaits_answer: bool = False) -> bool: ...

    async def answers(self, message: IncomingMessage, timeout: float) -> list[StoredReply]: ...

    async def unasked(self, channel: str, chat_id: str, after: int, limit: int) -> list[Unasked]: ...


def rest_routes(gateway: AnsweringGateway, public_url: str = "", token: str = "", timeout: float = 30.0) -> list[Route]:
    """Health at `/webhooks/rest/`, messages at `/webhooks/rest/webhook`, and at `/webhooks/rest/messages` what is said
    unasked, such as an officer's words: `?sender=…`, and `&after=…` with the `id` of the last one that the caller has.

    `token` is asked for as `?token=…`, as Rasa does, or as a bearer token; `timeout` is in seconds.
    """

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def receive(request: Request) -> Response:
        message = _to_message(await _content(request))
        await gateway.accept(message, awaits_answer=True)
        try:
            replies = await gateway.answers(message, timeout)
        except TimeoutError:
            raise _not_ready(message, timeout) from None
        return JSONResponse([_to_json(reply, message.chat_id, base_of(request)) for reply in replies])

    async def tell_unasked(request: Request) -> Response:
        sender, after = _sender(request.query_params), _after(request.query_params.get("after", "0"))
        said = await gateway.unasked(CHANNEL, sender, after, MOST_AT_ONCE)
        return JSONResponse([_unasked_json(one, sender, base_of(request)) for one in said])

    def base_of(request: Request) -> Base:
        return lambda: public_url.rstrip("/") or str(request.base_url).rstrip("/")

    return [
        Route("/webhooks/rest/", health, methods=["GET"]),
        Route("/webhooks/rest/webhook", refusing(_guarded(receive, token)), methods=["POST"]),
        Route("/webhooks/rest/messages", refusing(_guarded(tell_unasked, token)), methods=["GET"]),
    ]


def _guarded(endpoint: Endpoint, token: str) -> Endpoint:
    async def answer(request: Request) -> Response:
        if token and not hmac.compare_digest(_given_token(request).encode(), token.encode()):
            raise Refused("the token is missing or wrong: give it as ?token=… or as Authorization: Bearer …", 401)
        if not token and not _is_from_this_machine(request):
            raise Refused("without a token the REST channel answers only programs on its own machine", 403)
        return await endpoint(request)

    return answer


def _given_token(request: Request) -> str:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer if scheme.lower() == "bearer" else request.query_params.get("token", "")


def _is_from_this_machine(request: Request) -> bool:
    """A browser or a proxy on this machine speaks for somebody else."""
    if request.client is None or not _OF_SOMEBODY_ELSE.isdisjoint(name for name, _ in request.headers.raw):
        return False
    return _is_loopback(request.client.host)


@lru_cache(maxsize=64)
def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


async def _content(request: Request) -> dict[str, Any]:
    try:
        return await json_object(request, BODY_LIMIT)
    except TooLarge:
        raise Refused(f"the request is larger than {BODY_LIMIT} bytes", 413) from None
    except Malformed:
        raise Refused('the body must be a JSON object such as {"sender": "…", "message": "…"}') from None


def _to_message(content: dict[str, Any]) -> IncomingMessage:
    sender, message_id = _sender(content), _message_id(content)
    text = _text(content)
    payload = command_to_payload(text)
    if text.startswith("/"):
        text = payload if payload.startswith("/") else text
    return IncomingMessage(
        channel=CHANNEL,
        chat_id=sender,
        key=f"{sender}:{message_id}",
        kind=Kind.BUTTON if text.startswith("/") else Kind.TEXT,
        text=text,
        message_id=message_id,
    )


def _sender(content: Mapping[str, Any]) -> str:
    sender = content.get("sender")
    if not isinstance(sender, str) or not sender.strip():
        raise Refused('"sender" is missing: give the id of the chat as a text')
    if len(sender) > SENDER_LIMIT or not sender.isprintable():
        raise Refused(f'"sender" must be at most {SENDER_LIMIT} printable characters')
    return sender


def _after(given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise Refused('"after" must be the "id" of the last message that you have')
    return int(given)


def _message_id(content: dict[str, Any]) -> str:
    message_id = content.get("message_id")
    if message_id is None:
        return uuid4().hex
    if not is_key(message_id):
        raise Refused('"message_id" must be 1 to 64 letters, digits, dots, dashes or underscores')
    return str(message_id)


def _text(content: dict[str, Any]) -> str:
    message = content.get("message")
    if not isinstance(message, str) or not message.strip():
        raise Refused('"message" is missing: give what the participant wrote as a text')
    if len(message) > MESSAGE_LIMIT:
        raise Refused(f'"message" is longer than {MESSAGE_LIMIT} characters', 413)
    return cleaned(message).strip()


def _not_ready(message: IncomingMessage, timeout: float) -> Refused:
    sentence = (
        f"the answer is not ready after {timeout:g} seconds and is not lost: "
        "send the same sender and message with this message_id to collect it"
    )
    return Refused(sentence, 504, message_id=message.message_id)


def _to_json(stored: StoredReply, recipient: str, base: Base) -> dict[str, Any]:
    reply = stored.reply
    content: dict[str, Any] = {
        "recipient_id": recipient,
        "text": reply.text,
        "buttons": _buttons(reply.buttons),
        "image": base() + picture_path(stored.id) if reply.picture else "",
        "attachment": base() + document_path(stored.id) if reply.document else "",
    }
    if reply.attachment:
        kind = "image" if reply.attachment.mime.startswith("image/") else "attachment"
        content[kind] = base() + attachment_path(stored.id, reply.attachment.mime)
    return {name: value for name, value in content.items() if value}


def _unasked_json(said: Unasked, recipient: str, base: Base) -> dict[str, Any]:
    who = {"author": said.author, **({"officer": said.officer} if said.officer else {})}
    return {"id": said.stored.id, **_to_json(said.stored, recipient, base), **who, "at": said.at.isoformat()}


def _buttons(buttons: Sequence[Any]) -> list[dict[str, str]]:
    return [{"title": button.title, "payload": button.payload} for button in buttons]

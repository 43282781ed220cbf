"""Reads what a client posted, never more than allowed, and refuses bad input with one sentence."""

import json
import re
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from bot.errors import BadInput

Endpoint = Callable[[Request], Awaitable[Response]]

_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")


class Refused(BadInput):
    """A request that is not taken; the message is the sentence for the client."""

    def __init__(self, sentence: str, status: int = 400, **extra: Any) -> None:
        super().__init__(sentence)
        self.status = status
        self.extra = extra
        """What the client's program needs to know besides the sentence."""


class TooLarge(Exception):
    """The body is longer than allowed."""


class Malformed(Exception):
    """The body is not a JSON object."""


def refusing(endpoint: Endpoint) -> Endpoint:
    """Answer a `Refused` as `{"error": sentence}` with its status."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Refused as refused:
            return JSONResponse({"error": str(refused), **refused.extra}, refused.status)

    return answer


def limited(request: Request, limit: int) -> Request:
    """The same request, whose body raises `TooLarge` when it grows beyond `limit` bytes."""
    taken = 0

    async def receive() -> Message:
        nonlocal taken
        message = await request.receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLarge
        return message

    return Request(request.scope, receive)


async def json_object(request: Request, limit: int) -> dict[str, Any]:
    """The posted JSON object; raises `TooLarge` or `Malformed`."""
    body = await limited(request, limit).body()
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(content, dict):
        raise Malformed
    return content


def cleaned(text: str) -> str:
    """The text without what no database stores: NUL and halves of characters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def is_key(value: object) -> bool:
    """Whether a client's idempotency key is one: 1 to 64 letters, digits, dots, dashes or underscores."""
    return isinstance(value, str) and _KEY.fullmatch(value) is not None

"""Webhook: Telegram posts each update to this server, and posts it again until it hears 200."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Bot, Update

from bot.channels.telegram.client import read_update

PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
BODY_LIMIT = 1_000_000
"""Bytes; files are not part of updates, which are a few kilobytes long."""

log = structlog.get_logger(__name__)


class BodyTooLarge(Exception):
    """Nothing that Telegram sends is that large."""


def webhook_route(
    bot: Bot,
    secret: str,
    receive: Callable[[Update], Awaitable[None]],
    is_ready: Callable[[], bool],
) -> Route:
    """The route for Telegram's posts: 200 only after the update is stored, 503 when it should come again."""

    async def endpoint(request: Request) -> Response:
        if not _is_telegram(request, secret):
            return _answer(401, "The secret token is missing or wrong.")
        try:
            data = _as_update(await _body(request))
        except BodyTooLarge:
            return _answer(413, f"An update has at most {BODY_LIMIT} bytes.")
        except ValueError:
            return _answer(400, "The body must be an update in JSON.")
        if not is_ready():
            return _answer(503, "Not ready yet; send it again.")
        return await _receive(read_update(data, bot), receive)

    return Route(PATH, endpoint, methods=["POST"])


async def _receive(update: Update | None, receive: Callable[[Update], Awaitable[None]]) -> Response:
    if update is None:
        return _answer(200, "Skipped: it can't be understood.")
    try:
        await receive(update)
    except Exception:
        log.exception("an update can't be stored; Telegram will send it again")
        return _answer(503, "It can't be stored now; send it again.")
    return _answer(200, "Stored.")


def _is_telegram(request: Request, secret: str) -> bool:
    shown = request.headers.get(SECRET_HEADER, "")
    return bool(secret) and hmac.compare_digest(shown.encode(), secret.encode())


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise BodyTooLarge
    return bytes(body)


def _as_update(body: bytes) -> dict[str, Any]:
    """Raises `ValueError` for anything that has no update's number."""
    data = json.loads(body)
    if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
        raise ValueError("not an update")
    return data


def _answer(status: int, sentence: str) -> Response:
    return PlainTextResponse(sentence + "\n", status)

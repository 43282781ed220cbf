"""The web chat: a page at `/` and the calls that it makes below `/chat/`."""

from pathlib import PurePath
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.channels.http_input import Malformed, Refused, TooLarge, is_key, json_object, limited, refusing
from bot.channels.uploads import FILE_LIMIT, file_type, store_upload
from bot.channels.webchat.identity import chat_id_of, give_token, new_token, token_of
from bot.channels.webchat.messages import (
    CHANNEL,
    TEXT_LIMIT,
    file_message,
    is_payload,
    tapped_message,
    typed_message,
)
from bot.channels.webchat.news import ChatGateway, events, history
from bot.channels.webchat.page import STATIC, language_of, page, static
from bot.channels.webchat.rate_limit import RateLimit
from bot.conversation.messages import IncomingMessage
from bot.settings import Settings
from bot.texts import say

BODY_LIMIT = 16 * 1024
"""Bytes."""
FORM_OVERHEAD = 16 * 1024
"""Bytes that a form needs besides its file."""
NAME_LENGTH = 80
TYPING_SIGNS = 30
"""That a chat may give in a minute."""
_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_STREAM = {**_PRIVATE, "X-Accel-Buffering": "no"}


def web_routes(
    gateway: ChatGateway,
    sessions: async_sessionmaker[AsyncSession],
    settings: Settings,
    rate_limit: RateLimit | None = None,
) -> list[BaseRoute]:
    """The page, its files and its calls."""
    chat = _WebChat(gateway, sessions, settings, rate_limit or RateLimit())
    compressed = [Middleware(GZipMiddleware, minimum_size=600)]
    return [
        Route("/", page, methods=["GET"]),
        Route(f"{STATIC}/{{name}}", static, methods=["GET"]),
        Route("/chat/messages", refusing(chat.take_message), methods=["POST"]),
        Route("/chat/files", refusing(chat.take_file), methods=["POST"]),
        Route("/chat/typing", refusing(chat.take_typing), methods=["POST"]),
        Route("/chat/history", refusing(chat.tell_history), methods=["GET"], middleware=compressed),
        Route("/chat/events", refusing(chat.tell_news), methods=["GET"]),
        Route("/chat/reset", refusing(chat.start_anew), methods=["POST"]),
    ]


class _WebChat:
    def __init__(
        self,
        gateway: ChatGateway,
        sessions: async_sessionmaker[AsyncSession],
        settings: Settings,
        rate_limit: RateLimit,
    ) -> None:
        self._gateway = gateway
        self._sessions = sessions
        self._public_host = urlsplit(settings.public_url).netloc
        self._rate_limit = rate_limit
        self._typing_limit = RateLimit(messages=TYPING_SIGNS)

    async def take_message(self, request: Request) -> Response:
        """A text or a tapped button: `{"key", "text"}` or `{"key", "payload"}`."""
        self._refuse_other_sites(request)
        content = await self._json(request)
        token = token_of(request) or new_token()
        message = _to_message(request, chat_id_of(token), content)
        self._refuse_floods(request, message.chat_id)
        return await self._accept(request, token, message)

    async def take_file(self, request: Request) -> Response:
        """A form with `key`, `file` (a photo or a PDF) and perhaps `caption`."""
        self._refuse_other_sites(request)
        token = token_of(request) or new_token()
        chat_id = chat_id_of(token)
        self._refuse_floods(request, chat_id)
        key, name, data, caption = await _file_form(request)
        mime = file_type(data)
        if mime is None:
            raise _refused(request, "file_type", 415)
        file = await store_upload(self._sessions, CHANNEL, chat_id, key, mime, data, name)
        message = file_message(chat_id, key, file, caption, language_of(request))
        return await self._accept(request, token, message)

    async def take_typing(self, request: Request) -> Response:
        """Somebody is typing; too many signs are left unsaid."""
        self._refuse_other_sites(request)
        token = token_of(request)
        if token and not self._typing_limit.take(chat_id_of(token)):
            await self._gateway.participant_types(CHANNEL, chat_id_of(token))
        return Response(status_code=204, headers=_PRIVATE)

    async def tell_history(self, request: Request) -> Response:
        """The messages after `?after=`, without it the last ones. A new visitor gets the secret of a chat."""
        token = token_of(request) or new_token()
        content = await history(self._gateway, chat_id_of(token), _cursor(request.query_params.get("after")))
        response = JSONResponse(content, headers=_PRIVATE)
        give_token(request, response, token)
        return response

    async def tell_news(self, request: Request) -> Response:
        """Server-sent events after the `Last-Event-ID`, or after `?after=`."""
        token = token_of(request)
        if token is None:
            return Response(status_code=204)  # tells the browser not to come again by itself
        after = _cursor(request.headers.get("last-event-id") or request.query_params.get("after"))
        stream = events(self._gateway, chat_id_of(token), after)
        return StreamingResponse(stream, media_type="text/event-stream", headers=_STREAM)

    async def start_anew(self, request: Request) -> Response:
        """A new chat; nobody holds the old one's secret any more."""
        self._refuse_other_sites(request)
        response = JSONResponse({"status": "ok"}, headers=_PRIVATE)
        give_token(request, response, new_token())
        return response

    async def _accept(self, request: Request, token: str, message: IncomingMessage) -> Response:
        is_new = await self._gateway.accept(message)
        response = JSONResponse({"new": is_new}, 202, headers=_PRIVATE)
        give_token(request, response, token)
        return response

    def _refuse_other_sites(self, request: Request) -> None:
        """Only our own page may post: others can't set this header, and browsers tell where a post comes from."""
        origin = request.headers.get("origin")
        ours = {request.headers.get("host"), self._public_host} - {None, ""}
        if "x-chat" not in request.headers or (origin is not None and urlsplit(origin).netloc not in ours):
            raise _refused(request, "other_site", 403)

    def _refuse_floods(self, request: Request, chat_id: str) -> None:
        wait = self._rate_limit.take(chat_id)
        if wait:
            raise _refused(request, "too_many", 429, wait=wait)

    async def _json(self, request: Request) -> dict[str, Any]:
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            raise _refused(request, "unreadable", 415)
        try:
            return await json_object(request, BODY_LIMIT)
        except TooLarge:
            raise _refused(request, "too_long", 413) from None
        except Malformed:
            raise _refused(request, "unreadable", 400) from None


def _to_message(request: Request, chat_id: str, content: dict[str, Any]) -> IncomingMessage:
    key, text, payload = content.get("key"), content.get("text"), content.get("payload")
    language = language_of(request)
    if not is_key(key):
        raise _refused(request, "unreadable", 400)
    if is_payload(payload):
        return tapped_message(chat_id, str(key), str(payload), language)
    if not isinstance(text, str) or not text.strip():
        raise _refused(request, "unreadable", 400)
    if len(text) > TEXT_LIMIT:
        raise _refused(request, "too_long", 413)
    return typed_message(chat_id, str(key), text, language)


async def _file_form(request: Request) -> tuple[str, str, bytes, str]:
    """The key, the file's name and bytes, and the caption."""
    try:
        bounded = limited(request, FILE_LIMIT + FORM_OVERHEAD)
        async with bounded.form(max_files=1, max_fields=2, max_part_size=BODY_LIMIT) as form:
            key, file, caption = form.get("key"), form.get("file"), form.get("caption", "")
            if not is_key(key) or not isinstance(file, UploadFile) or not isinstance(caption, str):
                raise _refused(request, "unreadable", 400)
            data = await file.read(FILE_LIMIT + 1)
    except TooLarge:
        raise _refused(request, "file_size", 413) from None
    except (MultiPartException, HTTPException, UnicodeDecodeError):
        raise _refused(request, "unreadable", 400) from None
    if len(data) > FILE_LIMIT:
        raise _refused(request, "file_size", 413)
    return str(key), PurePath(file.filename or "").name[-NAME_LENGTH:], data, caption[:TEXT_LIMIT]


def _cursor(value: str | None) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 19 else 0


def _refused(request: Request, reason: str, status: int, **extra: Any) -> Refused:
    return Refused(say(f"web.refused_{reason}", language_of(request), **extra), status, **extra)

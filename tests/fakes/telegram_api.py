"""A strict Bot API server on this machine, with people who write to the bot.

async with FakeTelegram() as telegram:
    ... a bot with telegram.settings() ...
    telegram.user_sends_text(7, "halo")
    reply = await telegram.shows(7, "Selamat pagi")
    telegram.user_taps(7, "Cek saldo")
"""

import asyncio
import itertools
import socket
from collections.abc import Awaitable, Callable
from typing import Any, Self

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.settings import Settings
from tests.fakes.telegram_chats import BOT, Chat, Shown, chat_json
from tests.fakes.telegram_methods import METHODS
from tests.fakes.telegram_rules import Refused

TOKEN = "4242:TEST-token"
SECRET = "test-secret"
PATIENCE_SECONDS = 5.0
"""How long a test waits for something to show before it fails."""
REDELIVERY_SECONDS = 0.01

Fault = Callable[["FakeTelegram", Callable[[], Awaitable[Response]]], Awaitable[Response]]


class FakeTelegram:
    """The Bot API, the chats, and faults on demand."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.calls: list[str] = []
        """Methods in the order in which they were called."""
        self.commands: dict[str, list[tuple[str, str]]] = {}
        """By language; the default under the empty string."""
        self.updates: list[dict[str, Any]] = []
        """Not acknowledged yet."""
        self.files: dict[str, bytes] = {}
        self.sizes: dict[str, int] = {}
        """Sizes that the API names for files, where they differ from the truth."""
        self.unanswered: dict[str, int] = {}
        """Chats by the number of the tap whose button still shows a clock."""
        self.too_old: set[int] = set()
        """Messages that can't be deleted any more."""
        self.webhook: dict[str, Any] = {}
        self.allowed: list[str] | None = None
        self.app: ASGIApp | None = None
        """Where the webhook's posts go; set it before the bot starts."""
        self.webhook_answers: list[int] = []
        self.poller: asyncio.Event | None = None
        """Set to end the long poll under way."""
        self.closing = asyncio.Event()
        self._news = asyncio.Event()
        self._faults: dict[str, list[Fault]] = {}
        self._numbers = itertools.count(1)
        self._update_numbers = itertools.count(900_000_001)
        self._deliverer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        routes = [
            Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._give_file),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes),
            log_config=None,
            log_level="critical",
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        config.load()
        self._server = uvicorn.Server(config)
        self._server.lifespan = config.lifespan_class(config)
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        await self._server.startup(sockets=[self._socket])
        return self

    async def __aexit__(self, *_: object) -> None:
        self.closing.set()
        if self._deliverer:
            self._deliverer.cancel()
            await asyncio.gather(self._deliverer, return_exceptions=True)
        await self._stop_serving()

    async def _stop_serving(self) -> None:
        """What uvicorn does, without its pause of a tenth of a second."""
        for listener in self._server.servers:
            listener.close()
        for connection in list(self._server.server_state.connections):
            connection.shutdown()
        await asyncio.gather(*self._server.server_state.tasks, return_exceptions=True)
        self._socket.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def settings(self, **more: Any) -> Settings:
        """Settings for a bot that talks to this server by long polling; `public_url` makes it a webhook."""
        values = {
            "telegram_bot_token": TOKEN,
            "telegram_api_url": f"{self.address}/bot",
            "telegram_file_url": f"{self.address}/file/bot",
            "telegram_webhook_secret": SECRET,
        }
        return Settings(**{**values, **more})

    # What people do

    def open_chat(self, chat: int, language: str = "id") -> Chat:
        """A chat that the bot may write to."""
        return self.chats.setdefault(chat, Chat(chat, language))

    def user_sends_text(self, chat: int, text: str, sender: int | None = None, **more: Any) -> int:
        """Gives the number of the message; so do the other `user_sends_…`."""
        return self.user_sends(chat, sender, text=text, **more)

    def user_shares_contact(self, chat: int, phone: str, owner: int | None = None) -> int:
        """Share a contact: the person's own unless it belongs to an `owner`."""
        contact = {"phone_number": phone, "first_name": "Siti", "user_id": chat if owner is None else owner}
        return self.user_sends(chat, contact=contact)

    def user_sends_photo(self, chat: int, content: bytes, caption: str = "") -> int:
        sizes = [
            {
                "file_id": self.keeps_file(part),
                "file_unique_id": f"u{side}",
                "width": side,
                "height": side,
                "file_size": len(part),
            }
            for side, part in ((90, content[:10]), (1280, content))
        ]
        content_of_message: dict[str, Any] = {"photo": sizes, **({"caption": caption} if caption else {})}
        return self.user_sends(chat, **content_of_message)

    def user_sends_document(self, chat: int, content: bytes, name: str, mime: str) -> int:
        document = {
            "file_id": self.keeps_file(content),
            "file_unique_id": "u",
            "file_name": name,
            "mime_type": mime,
            "file_size": len(content),
        }
        return self.user_sends(chat, document=document)

    def user_sends(self, chat: int, sender: int | None = None, **content: Any) -> int:
        """Any message, such as `sticker={…}`; in groups (negative) from a `sender`."""
        message = {
            "message_id": next(self._numbers),
            "date": 1_770_000_000,
            "chat": chat_json(chat),
            "from": self._person(chat, sender),
            **content,
        }
        self.open_chat(chat).own[message["message_id"]] = message
        self.push("message", message)
        return int(message["message_id"])

    def user_edits(self, chat: int, message_id: int, text: str) -> None:
        message = {**self.chats[chat].own[message_id], "text": text, "edit_date": 1_770_000_060}
        self.push("edited_message", message)

    def user_taps(self, chat: int, title: str) -> str:
        """Tap the latest button of that title; gives the number of the tap."""
        for shown in reversed(self.chats[chat].shown):
            for button in itertools.chain(*shown.markup.get("inline_keyboard", [])):
                if button["text"] == title:
                    return self.user_taps_data(chat, shown.message_id, button["callback_data"])
        raise AssertionError(f"no button {title!r} in chat {chat}")

    def user_taps_data(self, chat: int, message_id: int, data: str) -> str:
        tap = str(next(self._numbers))
        self.unanswered[tap] = chat
        message = {"message_id": message_id, "date": 1_770_000_000, "chat": chat_json(chat), "from": BOT}
        self.push(
            "callback_query",
            {"id": tap, "from": self._person(chat, None), "chat_instance": "1", "message": message, "data": data},
        )
        return tap

    def user_blocks(self, chat: int) -> None:
        self.open_chat(chat).blocked = True

    def push(self, kind: str, content: Any) -> int:
        """An update of any kind, as raw as you like; gives its number."""
        update_id = next(self._update_numbers)
        if self.allowed is None or kind in self.allowed:
            self.updates.append({"update_id": update_id, kind: content})
            self.changed()
        return update_id

    # What a test looks at

    async def shows(self, chat: int, containing: str = "") -> Shown:
        """Wait until a chat shows a message of the bot with these words."""
        await self.until(lambda: any(containing in shown.text for shown in self.open_chat(chat).shown))
        return next(shown for shown in reversed(self.chats[chat].shown) if containing in shown.text)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so; looks again after each call and each update."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.news(condition)

    async def news(self, condition: Callable[[], bool]) -> None:
        """Wait for as long as it takes."""
        while not condition():
            self._news.clear()
            await self._news.wait()

    def will_fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method fail, one fault each."""
        self._faults.setdefault(method, []).extend(faults)

    def keeps_file(self, content: bytes) -> str:
        file_id = f"file-{next(self._numbers)}"
        self.files[file_id] = content
        return file_id

    def changed(self) -> None:
        self._news.set()

    def next_number(self) -> int:
        return next(self._numbers)

    # The server

    async def _answer(self, request: Request) -> Response:
        if request.path_params["token"] != TOKEN:
            return _error(Refused(401, "Unauthorized"))
        name = request.path_params["method"]
        if name not in METHODS:
            return _error(Refused(404, "Not Found: method not found"))
        self.calls.append(name)
        faults = self._faults.get(name)
        fault = faults.pop(0) if faults else _no_fault
        response = await fault(self, lambda: self._obey(name, request))
        self.changed()
        return response

    async def _obey(self, name: str, request: Request) -> Response:
        try:
            given = await _fields(request)
            METHODS[name].check(given)
            return JSONResponse({"ok": True, "result": await METHODS[name].do(self, given, request)})
        except Refused as refused:
            return _error(refused)

    async def _give_file(self, request: Request) -> Response:
        content = self.files.get(request.path_params["path"].removeprefix("files/"))
        if request.path_params["token"] != TOKEN or content is None:
            return _error(Refused(404, "Not Found"))
        return Response(content)

    def start_delivering(self) -> None:
        """Post updates to the webhook from now on."""
        if self._deliverer is None:
            self._deliverer = asyncio.create_task(self._deliver())

    async def _deliver(self) -> None:
        """One after the other, each again until the answer is 2xx."""
        if self.app is None:
            raise AssertionError("set telegram.app to the application that has the webhook's route")
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as client:
            while True:
                await self.news(lambda: bool(self.webhook and self.updates))
                await self._post(client, self.updates[0])

    async def _post(self, client: httpx.AsyncClient, update: dict[str, Any]) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        answer = await client.post(self.webhook["url"], json=update, headers=headers)
        self.webhook_answers.append(answer.status_code)
        if answer.is_success:
            self.updates.remove(update)
        else:
            await asyncio.sleep(REDELIVERY_SECONDS)
        self.changed()

    def _person(self, chat: int, sender: int | None) -> dict[str, Any]:
        number = sender or (chat if chat > 0 else 7001)
        language = self.open_chat(chat).language
        return {"id": number, "is_bot": False, "first_name": "Siti", "language_code": language}


def flood(seconds: int) -> Fault:
    """429: too many requests."""
    return _refusing(Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds))


def server_error() -> Fault:
    return _refusing(Refused(500, "Internal Server Error"))


def refusal(status: int, description: str) -> Fault:
    """Any error of the Bot API."""
    return _refusing(Refused(status, description))


async def drop(_: FakeTelegram, __: Callable[[], Awaitable[Response]]) -> Response:
    """The connection breaks before anything is done."""
    return _Broken()


async def lost_answer(_: FakeTelegram, obey: Callable[[], Awaitable[Response]]) -> Response:
    """What was asked is done, but the connection breaks before the answer."""
    await obey()
    return _Broken()


async def silence(telegram: FakeTelegram, _: Callable[[], Awaitable[Response]]) -> Response:
    """No answer at all."""
    await telegram.closing.wait()
    return _Broken()


class _Broken(Response):
    """Begins an answer and breaks off."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100")]})
        await send({"type": "http.response.body", "body": b'{"ok"', "more_body": True})


def _refusing(refused: Refused) -> Fault:
    async def fault(_: FakeTelegram, __: Callable[[], Awaitable[Response]]) -> Response:
        return _error(refused)

    return fault


async def _no_fault(_: FakeTelegram, obey: Callable[[], Awaitable[Response]]) -> Response:
    return await obey()


async def _fields(request: Request) -> dict[str, Any]:
    form = await request.form()
    return {
        name: (value.filename, await value.read()) if isinstance(value, UploadFile) else value
        for name, value in form.multi_items()
    }


def _error(refused: Refused) -> Response:
    answer = {"ok": False, "error_code": refused.status, "description": refused.description}
    return JSONResponse(
        {**answer, **({"parameters": refused.parameters} if refused.parameters else {})}, refused.status
    )

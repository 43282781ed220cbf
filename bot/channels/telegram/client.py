"""The connection to the Bot API: python-telegram-bot's `Bot` over aiohttp, which stays fast in a crowd."""

import ssl
from functools import cache

import aiohttp
import httpx
import structlog
from httpx_aiohttp import AiohttpTransport
from telegram import Bot, Update
from telegram.request import HTTPXRequest

from bot.settings import Settings

CONNECTIONS = 256
LONG_POLL_CONNECTIONS = 2
CONNECT_SECONDS = 5.0
READ_SECONDS = 15.0

log = structlog.get_logger(__name__)


def create_bot(settings: Settings) -> Bot:
    """Make the client; nothing is connected yet."""
    return Bot(
        token=settings.telegram_bot_token.get_secret_value(),
        base_url=settings.telegram_api_url,
        base_file_url=settings.telegram_file_url,
        request=_request(HTTPXRequest, CONNECTIONS),
        get_updates_request=_request(UpdatesRequest, LONG_POLL_CONNECTIONS),
    )


class UpdatesRequest(HTTPXRequest):
    """Empties updates that can't be understood: the library would refuse the whole batch because of one."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        answer: dict[str, object] = HTTPXRequest.parse_json_payload(payload)
        updates = answer.get("result")
        if isinstance(updates, list):
            answer["result"] = [
                update if read_update(update) else {"update_id": update["update_id"]} for update in updates
            ]
        return answer


def read_update(data: dict[str, object], bot: Bot | None = None) -> Update | None:
    """Read an update; one that can't be understood is logged by its number and is None."""
    try:
        return Update.de_json(data, bot)
    except Exception as error:  # noqa: BLE001 one odd update must not stop the others
        log.warning("an update can't be understood", update=short_id(data.get("update_id")), error=type(error).__name__)
        return None


def short_id(update_id: object) -> str:
    """The last six digits: longer numbers are masked in the logs, as they could be a person's."""
    return str(update_id)[-6:]


def _request(kind: type[HTTPXRequest], connections: int) -> HTTPXRequest:
    return kind(
        connection_pool_size=connections,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        pool_timeout=READ_SECONDS,
        httpx_kwargs={"transport": _transport(connections)},
    )


def _transport(connections: int) -> httpx.AsyncBaseTransport:
    return AiohttpTransport(verify=_certificates(), client=lambda: _session(connections))


def _session(connections: int) -> aiohttp.ClientSession:
    """`trust_env` keeps a proxy from the environment working, as many offices have one."""
    connector = aiohttp.TCPConnector(limit=connections, ssl=_certificates())
    return aiohttp.ClientSession(connector=connector, trust_env=True)


@cache
def _certificates() -> ssl.SSLContext:
    """Reading them takes longer than everything else here."""
    return httpx.create_ssl_context()

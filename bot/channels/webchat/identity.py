"""Which chat a browser holds: a secret in a cookie, of which the server stores only a hash."""

import hashlib
import re
import secrets

from starlette.requests import Request
from starlette.responses import Response

COOKIE_DAYS = 30
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A secret that opens a new chat."""
    return secrets.token_urlsafe(32)


def token_of(request: Request) -> str | None:
    """The secret of the browser's chat, if it holds one."""
    token = request.cookies.get(_cookie_name(request), "")
    return token if _TOKEN.fullmatch(token) else None


def chat_id_of(token: str) -> str:
    """The chat's id in the database: whoever reads it there can't make the cookie from it."""
    return hashlib.sha256(token.encode()).hexdigest()


def give_token(request: Request, response: Response, token: str) -> None:
    """Let the browser keep the secret, out of reach of scripts and of other sites."""
    response.set_cookie(
        _cookie_name(request),
        token,
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=is_https(request),
        httponly=True,
        samesite="strict",
    )


def is_https(request: Request) -> bool:
    """Whether the browser speaks https, perhaps to a proxy before this server."""
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto"))


def _cookie_name(request: Request) -> str:
    # With this prefix a browser takes the cookie from nobody but this very host.
    return "__Host-jmo_chat" if is_https(request) else "jmo_chat"

"""The page of the web chat and its files: small, compressed, cached, and allowed to load nothing from elsewhere."""

import gzip
import hashlib
import html
import json
import re
from functools import cache
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.webchat.identity import is_https
from bot.conversation.commands import COMMANDS
from bot.texts import DEFAULT_LANGUAGE, LANGUAGES, texts

FOLDER = Path(__file__).parent / "page"
STATIC = "/chat/static"
LANGUAGE_COOKIE = "jmo_language"
FILES = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
STARTERS = ("saldo", "simulasi", "klaim", "menu")
"""The commands offered in a chat that is still empty."""
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), payment=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_PLACEHOLDER = re.compile(r"\{\{([\w.]+)\}\}")


async def page(request: Request) -> Response:
    """The page in the visitor's language; `?lang=en` changes it and is remembered."""
    language = language_of(request)
    headers = {**SECURITY_HEADERS, "Cache-Control": "no-cache", "Vary": "Accept-Encoding, Cookie"}
    response = _compressed(request, _page(language), "text/html", headers)
    if request.query_params.get("lang") == language:
        response.set_cookie(
            LANGUAGE_COOKIE, language, max_age=365 * 24 * 3600, samesite="lax", secure=is_https(request), httponly=True
        )
    return response


async def static(request: Request) -> Response:
    """A file of the page. Its address carries the hash of its content, so that it is loaded once."""
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    headers = {
        "Cache-Control": "public, max-age=31536000, immutable",
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    return _compressed(request, _content(name), FILES[name], headers)


def language_of(request: Request) -> str:
    """The language that the visitor chose; Indonesian before that."""
    for chosen in (request.query_params.get("lang"), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in LANGUAGES:
            return str(chosen)
    return DEFAULT_LANGUAGE


def _compressed(request: Request, content: bytes, media_type: str, headers: dict[str, str]) -> Response:
    etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
    headers = {**headers, "ETag": etag}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(content, media_type=media_type, headers=headers)
    return Response(_gzipped(content), media_type=media_type, headers={**headers, "Content-Encoding": "gzip"})


@cache
def _gzipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


@cache
def _content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@cache
def _page(language: str) -> bytes:
    """The page with its texts, escaped, and the addresses of its files filled in."""
    values = {f"file.{name}": f"{STATIC}/{name}?v={_version(name)}" for name in FILES}
    values |= texts(language) | {"language": language, "for_script": json.dumps(_for_script(language))}
    template = _content("index.html").decode()
    return _PLACEHOLDER.sub(lambda found: html.escape(values[found[1]]), template).encode()


def _for_script(language: str) -> dict[str, object]:
    """What the script says by itself, without what the page says."""
    said = {
        key.removeprefix("web.script_"): text for key, text in texts(language).items() if key.startswith("web.script_")
    }
    starters = [{"title": texts(language)[f"web.starter_{name}"], "payload": COMMANDS[name]} for name in STARTERS]
    titles = {payload: f"/{name}" for name, payload in COMMANDS.items()}
    titles |= {starter["payload"]: starter["title"] for starter in starters}
    return {"text": said, "starters": starters, "titles": titles}


def _version(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:12]

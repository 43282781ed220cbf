"""One request to the desk: who it is, what they may, and the transaction in which it happens."""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm.exc import StaleDataError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from bot import clock
from bot.channels.http_input import TooLarge, limited
from bot.channels.webchat.identity import is_https
from bot.conversation.models import Pause
from bot.conversation.pauses import current_pause
from bot.conversation.wakeups import Hint, Wakeups, noted
from bot.desk.live import Live
from bot.desk.models import DeskSession
from bot.desk.sign_in import note_sign_of_life, session_of
from bot.desk.wording import LANGUAGE
from bot.errors import BadInput
from bot.handoff.models import Officer, Role
from bot.services import Services
from bot.texts import say

PREFIX = "/petugas"
SIGN_IN_PATH = f"{PREFIX}/masuk"
GO_ON = "lanjut"
"""In the address of the sign-in: the page that was asked for, as by a link in an alert."""
BODY_LIMIT = 6 * 1024 * 1024
"""Bytes; an attachment with its form."""
SIGNING_IN = 2
"""Sign-ins at once: each costs a connection and much processor time, which chats need as well."""
ATTEMPTS = 3
"""When somebody else changed the same row at the same moment."""
SECURITY_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; "
        "media-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_RANK = {Role.OFFICER: 1, Role.SUPERVISOR: 2, Role.ADMIN: 3}


@dataclass(frozen=True)
class DeskParts:
    """What the desk needs of the assistant."""

    sessions: async_sessionmaker[AsyncSession]
    wakeups: Wakeups
    services: Services
    live: Live = field(default_factory=Live)
    """The open pages."""
    signing_in: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SIGNING_IN))

    def __post_init__(self) -> None:
        self.wakeups.listen(self.live.heard)


@dataclass
class Visit:
    """One request, inside one transaction that is committed when its endpoint is done."""

    request: Request
    session: AsyncSession
    parts: DeskParts
    now: datetime
    officer: Officer
    desk_session: DeskSession
    form: FormData = field(default_factory=FormData)
    pause: Pause | None = None
    """The assistant is stopped; every page says so."""
    hints: list[tuple[Hint, int]] = field(default_factory=list)
    """Given to this process after the commit."""

    @property
    def csrf(self) -> str:
        return self.desk_session.csrf

    @property
    def actor(self) -> str:
        """As the audit log names who it is."""
        return f"officer:{self.officer.id}"

    @property
    def role(self) -> Role:
        return Role(self.officer.role)

    def may(self, role: Role) -> bool:
        """Whether the officer has at least this role."""
        return _RANK[self.role] >= _RANK[role]

    def text(self, name: str) -> str:
        """A field of the form, stripped; empty where there is none."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

    def as_typed(self, name: str) -> str:
        """A field of the form with its spaces, for passwords."""
        value = self.form.get(name, "")
        return value if isinstance(value, str) else ""

    def tell(self, conversation_id: int) -> None:
        """Wake whoever looks at a conversation, after the commit."""
        self.hints += [(hint, conversation_id) for hint in (Hint.INBOX, Hint.OUTBOX, Hint.DESK)]


class ToldOfficer(BadInput):
    """Something that can't be done; the message is what the officer is told."""


def sentence_of(problem: BadInput) -> str:
    """What an officer is told: what is worded for programs says no more than that the page should be looked at anew."""
    return str(problem) if isinstance(problem, ToldOfficer) else say("desk.refused_input", LANGUAGE)


Endpoint = Callable[[Visit], Awaitable[Response]]
OpenEndpoint = Callable[[Request, DeskParts], Awaitable[Response]]


@dataclass(frozen=True)
class DeskRoute:
    """A path with the rule of who may use it."""

    path: str
    """Below `/petugas`."""
    endpoint: Endpoint
    method: str = "GET"
    role: Role = Role.OFFICER
    by_itself: bool = False
    """The page asks it by itself, which keeps no session alive."""


@dataclass(frozen=True)
class OpenRoute:
    """A path for whoever comes: signing in, and the files of the pages."""

    path: str
    endpoint: OpenEndpoint
    method: str = "GET"


def serving(rule: DeskRoute | OpenRoute, parts: DeskParts) -> Callable[[Request], Awaitable[Response]]:
    """What the web server asks, guarded by its rule; raises `HTTPException` or `BadInput` where it refuses."""
    return _open(rule.endpoint, parts) if isinstance(rule, OpenRoute) else _guarded(rule, parts)


def refuse_other_sites(request: Request, public_url: str) -> None:
    """Only our own pages may post: browsers tell where a post comes from. Raises `HTTPException` 403."""
    origin = request.headers.get("origin")
    ours = {request.headers.get("host"), urlsplit(public_url).netloc} - {None, ""}
    if request.headers.get("sec-fetch-site") == "cross-site" or (origin and urlsplit(origin).netloc not in ours):
        raise HTTPException(403)


def page_of_desk(path: str) -> str:
    """The page to go on with, and never one elsewhere."""
    parts = urlsplit(path)
    ours = not parts.scheme and not parts.netloc and (parts.path == PREFIX or parts.path.startswith(f"{PREFIX}/"))
    return parts.path if ours else PREFIX


def cookie_name(request: Request) -> str:
    """The cookie of the session; with the prefix a browser takes it from nobody but this very host."""
    return "__Host-jmo_desk" if is_https(request) else "jmo_desk"


def _open(endpoint: OpenEndpoint, parts: DeskParts) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        if request.method == "POST":
            refuse_other_sites(request, parts.services.settings.public_url)
        return with_headers(await endpoint(request, parts))

    return serve


def _guarded(rule: DeskRoute, parts: DeskParts) -> Callable[[Request], Awaitable[Response]]:
    async def serve(request: Request) -> Response:
        form = await _form(request) if request.method == "POST" else FormData()
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return with_headers(await _serve_once(rule, parts, request, form))
            except (StaleDataError, IntegrityError):
                if attempt == ATTEMPTS:
                    raise HTTPException(409) from None
        raise AssertionError("an attempt either answers or raises")

    return serve


async def _serve_once(rule: DeskRoute, parts: DeskParts, request: Request, form: FormData) -> Response:
    now = clock.now()
    async with parts.sessions.begin() as session:
        found = await session_of(session, request.cookies.get(cookie_name(request), ""), now)
        if found is None:
            return _to_sign_in(request)
        desk_session, officer = found
        visit = Visit(request, session, parts, now, officer, desk_session, form)
        _check(visit, rule)
        note_sign_of_life(None if rule.by_itself else desk_session, officer, now)
        visit.pause = await current_pause(session)
        response = await rule.endpoint(visit)
    for hint, conversation_id in dict.fromkeys([*noted(session), *visit.hints]):
        parts.wakeups.give(hint, conversation_id)
    return response


def _check(visit: Visit, rule: DeskRoute) -> None:
    """Raises `HTTPException` 403 for the wrong role, another site, or a form that isn't ours."""
    if not visit.may(rule.role):
        raise HTTPException(403)
    if rule.method == "POST":
        refuse_other_sites(visit.request, visit.parts.services.settings.public_url)
        given = visit.request.headers.get("x-csrf") or visit.text("csrf")
        if not hmac.compare_digest(given.encode(), visit.csrf.encode()):
            raise HTTPException(403)


async def _form(request: Request) -> FormData:
    try:
        return await limited(request, BODY_LIMIT).form(max_files=1, max_fields=60, max_part_size=64 * 1024)
    except TooLarge:
        raise HTTPException(413) from None
    except (MultiPartException, UnicodeDecodeError):
        raise HTTPException(400) from None


def _to_sign_in(request: Request) -> Response:
    """A page leads to the sign-in; what a script asked for is told by the status."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        asked = "" if request.url.path == PREFIX else "?" + urlencode({GO_ON: request.url.path})
        return RedirectResponse(SIGN_IN_PATH + asked, 303)
    return PlainTextResponse("", 401)


def with_headers(response: Response, headers: Mapping[str, Any] = SECURITY_HEADERS) -> Response:
    """The headers that every answer of the desk has, unless it sets its own."""
    for name, value in headers.items():
        response.headers.setdefault(name, value)
    return response

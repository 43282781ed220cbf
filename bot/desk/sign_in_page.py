"""The page on which officers sign in."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot import clock
from bot.channels.http_input import TooLarge, limited
from bot.channels.webchat.identity import is_https
from bot.desk.devices import known_device, remember_device
from bot.desk.rendering import render
from bot.desk.sign_in import LONGEST_SESSION, sign_in, sign_out
from bot.desk.sign_in_limits import BY_PLACE, SignInLimits, places_of
from bot.desk.visit import GO_ON, PREFIX, SIGN_IN_PATH, DeskParts, Visit, cookie_name, page_of_desk

SMALL_FORM = 4 * 1024
"""Bytes."""


async def show_sign_in(request: Request, parts: DeskParts) -> Response:
    """The form; in demo mode with the demo officers."""
    return _form(parts, refused=False)


async def take_sign_in(request: Request, parts: DeskParts) -> Response:
    """Let an officer in, or say that name or password is wrong, whichever it is."""
    try:
        form = await limited(request, SMALL_FORM).form(max_files=0, max_fields=4)
    except TooLarge:
        return _form(parts, refused=True)
    username, password = str(form.get("username", "")).strip().lower(), str(form.get("password", ""))
    async with parts.signing_in:
        token = await _try(request, parts, username, password)
    if token is None:
        return _form(parts, refused=True)
    response = RedirectResponse(page_of_desk(request.query_params.get(GO_ON, PREFIX)), 303)
    response.set_cookie(
        cookie_name(request),
        token,
        max_age=int(LONGEST_SESSION.total_seconds()),
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="strict",
    )
    remember_device(request, response, username)
    return response


async def _try(request: Request, parts: DeskParts, username: str, password: str) -> str | None:
    """The secret of a new session.

    Of guesses at the same moment one is counted and the others begin again: after so many rounds the place is locked.
    """
    now = clock.now()
    places = places_of(request.client.host if request.client else None, known_device(request, username))
    for _ in range(BY_PLACE.tries + 1):
        try:
            async with parts.sessions.begin() as session:
                limits = SignInLimits(session, username, places, now)
                return await sign_in(session, username, password, limits, now)
        except (IntegrityError, StaleDataError):
            continue
    return None


async def take_sign_out(visit: Visit) -> Response:
    """End the session of this browser."""
    await sign_out(visit.session, visit.desk_session)
    response = RedirectResponse(SIGN_IN_PATH, 303)
    response.delete_cookie(cookie_name(visit.request), path="/")
    return response


def _form(parts: DeskParts, refused: bool) -> Response:
    demo = parts.services.settings.mode == "demo"
    wait = {"tries": BY_PLACE.tries, "minutes": int(BY_PLACE.first_lock.total_seconds()) // 60}
    return HTMLResponse(render("sign_in.html", refused=refused, wait=wait, demo=demo), 401 if refused else 200)

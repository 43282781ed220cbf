"""The page on which officers sign in."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot import clock
from bot.channels.http_input import TooLarge, limited
from bot.channels.webchat.identity import is_https
from bot.desk.rendering import render
from bot.desk.sign_in import LONGEST_SESSION, sign_in, sign_out
from bot.desk.visit import PREFIX, SIGN_IN_PATH, DeskParts, Visit, cookie_name

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
    username, password = str(form.get("username", "")), str(form.get("password", ""))
    async with parts.signing_in, parts.sessions.begin() as session:
        let_in = await sign_in(session, username, password, clock.now())
    if let_in is None:
        return _form(parts, refused=True)
    response = RedirectResponse(PREFIX, 303)
    response.set_cookie(
        cookie_name(request),
        let_in[1],
        max_age=int(LONGEST_SESSION.total_seconds()),
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="strict",
    )
    return response


async def take_sign_out(visit: Visit) -> Response:
    """End the session of this browser."""
    await sign_out(visit.session, visit.desk_session)
    response = RedirectResponse(SIGN_IN_PATH, 303)
    response.delete_cookie(cookie_name(visit.request), path="/")
    return response


def _form(parts: DeskParts, refused: bool) -> Response:
    demo = parts.services.settings.mode == "demo"
    return HTMLResponse(render("sign_in.html", refused=refused, demo=demo), 401 if refused else 200)

"""Officers' own passwords."""

from starlette.responses import RedirectResponse, Response

from bot.desk.devices import known_device
from bot.desk.passwords import SHORTEST, PasswordTooShort, hashed, is_right
from bot.desk.rendering import page
from bot.desk.sign_in import count_failure, end_sessions_of
from bot.desk.sign_in_limits import SignInLimits, places_of
from bot.desk.visit import PREFIX, SIGN_IN_PATH, DeskRoute, Visit
from bot.privacy.audit import record

PASSWORD = f"{PREFIX}/sandi"


async def show_password(visit: Visit) -> Response:
    """The form."""
    return _page(visit)


async def change_own(visit: Visit) -> Response:
    """Change it if the present one is right; other browsers are signed out."""
    present, new = visit.as_typed("present"), visit.as_typed("new")
    if not await is_right(present, visit.officer.password_hash):
        return await _refused(visit)
    if new != visit.as_typed("again"):
        return _page(visit, "not_same")
    try:
        visit.officer.password_hash = await hashed(new)
    except PasswordTooShort:
        return _page(visit, "password_short")
    await _limits(visit).forget()
    await end_sessions_of(visit.session, visit.officer.id, but=visit.desk_session)
    actor, action = visit.actor, "account.own_password"
    record(visit.session, actor=actor, action=action, subject=None, reason="own change", at=visit.now)
    return RedirectResponse(f"{PASSWORD}?done=1", 303)


async def _refused(visit: Visit) -> Response:
    """Whoever found a browser that is signed in may guess no more often than at the sign-in."""
    if not await count_failure(visit.session, _limits(visit), visit.officer, visit.now):
        return _page(visit, "present_wrong")
    await end_sessions_of(visit.session, visit.officer.id)
    return RedirectResponse(SIGN_IN_PATH, 303)


def _limits(visit: Visit) -> SignInLimits:
    request, username = visit.request, visit.officer.username
    places = places_of(request.client.host if request.client else None, known_device(request, username))
    return SignInLimits(visit.session, username, places, visit.now)


def _page(visit: Visit, problem: str | None = None) -> Response:
    done = "done" in visit.request.query_params
    return page(visit, "password.html", 409 if problem else 200, shortest=SHORTEST, problem=problem, done=done)


ROUTES = (DeskRoute("/sandi", show_password), DeskRoute("/sandi", change_own, "POST"))

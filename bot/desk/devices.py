"""Browsers that signed in to an account before, by a signed cookie: guesses from elsewhere don't keep them out."""

import secrets
from datetime import timedelta

from starlette.requests import Request
from starlette.responses import Response

from bot.channels.webchat.identity import is_https
from bot.desk.sign_in_limits import account_index
from bot.privacy.keys import keyring

KEPT_FOR = timedelta(days=180)
_PATH = "/petugas"


def known_device(request: Request, username: str) -> str | None:
    """The browser's id, if it has signed in to this account before."""
    device, _, signature = request.cookies.get(_cookie_name(request, username), "").partition(".")
    signed = keyring().digest_matches(device, _context(username), signature)
    return device if signed else None


def remember_device(request: Request, response: Response, username: str) -> None:
    """Let the browser show from now on that it has signed in to this account."""
    device = known_device(request, username) or secrets.token_urlsafe(16)
    response.set_cookie(
        _cookie_name(request, username),
        f"{device}.{keyring().digest(device, _context(username))}",
        max_age=int(KEPT_FOR.total_seconds()),
        path=_PATH,
        secure=is_https(request),
        httponly=True,
        samesite="strict",
    )


def _cookie_name(request: Request, username: str) -> str:
    """One for each account, as officers share machines."""
    return f"{'__Secure-' if is_https(request) else ''}jmo_device_{account_index(username)[:16]}"


def _context(username: str) -> str:
    return f"device of {username}"

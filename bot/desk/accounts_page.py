"""Accounts of the desk, as admins manage them."""

from collections.abc import Awaitable, Callable

from sqlalchemy import select
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from bot.desk.officers import (
    LastAdmin,
    NameMissing,
    UsernameTaken,
    WrongUsername,
    add_officer,
    change_password,
    change_role,
    close_account,
    reopen_account,
)
from bot.desk.passwords import SHORTEST, PasswordTooShort
from bot.desk.presence import free_what_waits_for
from bot.desk.rendering import page
from bot.desk.sign_in_limits import locks, unlock
from bot.desk.visit import PREFIX, DeskRoute, Visit
from bot.errors import BadInput
from bot.handoff.models import Handoff, HandoffState, Officer, Role
from bot.handoff.service import Handoffs
from bot.privacy.audit import record

ACCOUNTS = f"{PREFIX}/akun"
DONE = ("added", "password", "role", "account_closed", "account_reopened", "unlocked")
PROBLEMS: dict[type[BadInput], str] = {
    LastAdmin: "last_admin",
    NameMissing: "name_missing",
    UsernameTaken: "username_taken",
    WrongUsername: "username_wrong",
    PasswordTooShort: "password_short",
}
Change = Callable[[Visit, Officer], Awaitable[None]]


async def show_accounts(visit: Visit) -> Response:
    """The list, and the form for a new one."""
    return await _list(visit)


async def add(visit: Visit) -> Response:
    """Make an account."""
    username, name, role = visit.text("username").lower(), visit.text("name"), _role(visit)
    try:
        await add_officer(visit.session, username, name, role, visit.as_typed("password"), visit.now)
    except tuple(PROBLEMS) as problem:
        return await _list(visit, PROBLEMS[type(problem)])
    _record(visit, "account.added", f"{username}, {role}")
    return RedirectResponse(f"{ACCOUNTS}?done=added", 303)


async def show_account(visit: Visit) -> Response:
    """One account with what can be done to it."""
    return await _account(visit, await _officer(visit))


async def _new_password(visit: Visit, officer: Officer) -> None:
    await change_password(visit.session, officer.username, visit.as_typed("password"))
    _record(visit, "account.password_set", officer.username)


async def _new_role(visit: Visit, officer: Officer) -> None:
    before = officer.role
    await change_role(visit.session, officer, _role(visit))
    _record(visit, "account.role_changed", f"{officer.username}: {before} to {officer.role}")


async def _close(visit: Visit, officer: Officer) -> None:
    """Nobody may be left talking to a closed account: their conversations go back to the queue."""
    await close_account(visit.session, officer.username)
    await free_what_waits_for(visit, officer.id)
    talks = select(Handoff).where(Handoff.state == HandoffState.TALKING, Handoff.officer_id == officer.id)
    for handoff in (await visit.session.scalars(talks)).all():
        await Handoffs(visit.session, visit.now).requeue(handoff)
        visit.tell(handoff.conversation_id)
    _record(visit, "account.closed", officer.username)


async def _reopen(visit: Visit, officer: Officer) -> None:
    await reopen_account(visit.session, officer)
    _record(visit, "account.reopened", officer.username)


async def _unlock(visit: Visit, officer: Officer) -> None:
    await unlock(visit.session, officer.username)
    _record(visit, "account.unlocked", officer.username)


def _change(path: str, done: str, change: Change) -> DeskRoute:
    async def serve(visit: Visit) -> Response:
        officer = await _officer(visit)
        try:
            await change(visit, officer)
        except tuple(PROBLEMS) as problem:
            return await _account(visit, officer, PROBLEMS[type(problem)])
        return RedirectResponse(f"{ACCOUNTS}/{officer.id}?done={done}", 303)

    return DeskRoute(f"/akun/{{officer:int}}/{path}", serve, "POST", role=Role.ADMIN)


async def _officer(visit: Visit) -> Officer:
    officer = await visit.session.get(Officer, visit.request.path_params["officer"])
    if officer is None:
        raise HTTPException(404)
    return officer


async def _list(visit: Visit, problem: str | None = None) -> Response:
    officers = (await visit.session.scalars(select(Officer).order_by(Officer.active.desc(), Officer.name))).all()
    return page(
        visit,
        "accounts.html",
        status=409 if problem else 200,
        officers=officers,
        locked=await locks(visit.session, [one.username for one in officers], visit.now),
        roles=list(Role),
        shortest=SHORTEST,
        typed={"username": visit.text("username"), "name": visit.text("name"), "role": visit.text("role")},
        problem=problem,
        done=_done(visit),
    )


async def _account(visit: Visit, officer: Officer, problem: str | None = None) -> Response:
    return page(
        visit,
        "account.html",
        status=409 if problem else 200,
        account=officer,
        locked=await locks(visit.session, [officer.username], visit.now),
        roles=list(Role),
        shortest=SHORTEST,
        problem=problem,
        done=_done(visit),
    )


def _done(visit: Visit) -> str | None:
    done = visit.request.query_params.get("done")
    return done if done in DONE else None


def _role(visit: Visit) -> Role:
    """The role of the form; raises `BadInput` for one that isn't offered."""
    role = visit.text("role")
    if role not in set(Role):
        raise BadInput(f"there is no role {role}")
    return Role(role)


def _record(visit: Visit, action: str, reason: str) -> None:
    record(visit.session, actor=visit.actor, action=action, subject=None, reason=reason, at=visit.now)


ROUTES = (
    DeskRoute("/akun", show_accounts, role=Role.ADMIN),
    DeskRoute("/akun", add, "POST", role=Role.ADMIN),
    DeskRoute("/akun/{officer:int}", show_account, role=Role.ADMIN),
    _change("sandi", "password", _new_password),
    _change("peran", "role", _new_role),
    _change("tutup", "account_closed", _close),
    _change("buka", "account_reopened", _reopen),
    _change("lepas", "unlocked", _unlock),
)

"""The audit log: who did what, newest first."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from bot.desk.periods import begin_of, day_from
from bot.desk.rendering import page
from bot.desk.visit import DeskRoute, Visit
from bot.desk.wording import LANGUAGE
from bot.handoff.models import Officer, Role
from bot.privacy.audit import AuditEntry
from bot.texts import say

PER_PAGE = 50
LOOKED_AT = 2000
"""Newest entries, from which the actions to choose from are known."""
_NUMBER = re.compile(r"\d(?:[ .-]?\d){7,}")
"""Longer than any case number's: whatever somebody typed into a reason, no personal number is shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed as it is shown; whose data it was is left out."""

    at: datetime
    actor: str
    action: str
    reason: str
    about_somebody: bool


async def show_audit_log(visit: Visit) -> Response:
    """The page, filtered by actor, action and day."""
    query = {name: visit.request.query_params.get(name, "") for name in ("actor", "action", "day", "before")}
    names = await _names(visit.session)
    rows = (await visit.session.scalars(_entries(**query).limit(PER_PAGE + 1))).all()
    shown = rows[:PER_PAGE]
    return page(
        visit,
        "audit.html",
        entries=[_shown(row, names) for row in shown],
        older=shown[-1].id if len(rows) > PER_PAGE else None,
        query=query,
        names=names,
        actions=await _actions(visit.session),
    )


def _entries(actor: str, action: str, day: str, before: str) -> Select[tuple[AuditEntry]]:
    entries = select(AuditEntry).order_by(AuditEntry.id.desc())
    if actor:
        kind = actor.endswith(":")
        entries = entries.where(
            AuditEntry.actor.startswith(actor, autoescape=True) if kind else AuditEntry.actor == actor
        )
    if action:
        entries = entries.where(AuditEntry.action == action)
    if chosen := day_from(day):
        begins = begin_of(chosen)
        entries = entries.where(AuditEntry.at >= begins, AuditEntry.at < begins + timedelta(days=1))
    if before.isdecimal():
        entries = entries.where(AuditEntry.id < int(before))
    return entries


async def _names(session: AsyncSession) -> dict[str, str]:
    officers = await session.execute(select(Officer.id, Officer.name).order_by(Officer.name))
    return {f"officer:{number}": name for number, name in officers.tuples()}


async def _actions(session: AsyncSession) -> list[str]:
    newest = select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(LOOKED_AT).subquery()
    return sorted(await session.scalars(select(newest.c.action).distinct()))


def _shown(row: AuditEntry, names: dict[str, str]) -> Entry:
    return Entry(row.at, _who(row.actor, names), row.action, _NUMBER.sub("…", row.reason), row.subject is not None)


def _who(actor: str, names: dict[str, str]) -> str:
    if actor in names:
        return names[actor]
    if actor.startswith("conversation:"):
        return say("desk_settings.actor_participant", LANGUAGE, number=actor.removeprefix("conversation:"))
    return say("desk_settings.actor_system", LANGUAGE) if actor == "system" else _NUMBER.sub("…", actor)


ROUTES = (DeskRoute("/jejak", show_audit_log, role=Role.ADMIN),)

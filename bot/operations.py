"""What operators do by command: cases moved on, incidents started and ended. Each gives the lines to print."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import clock
from bot.cases.incidents import Incidents
from bot.cases.models import Case
from bot.cases.service import Cases
from bot.cases.stages import CaseKind, CaseState
from bot.database import create_engine, create_sessions
from bot.desk import officers as accounts
from bot.errors import BadInput
from bot.handoff.models import Officer, Role
from bot.register.sql import SqlCoreSystem
from bot.troubleshooting.catalogue import BEGINS

Work = Callable[[AsyncSession, datetime], Awaitable[list[str]]]
Result = TypeVar("Result")
OPERATOR = "officer:command line"


async def in_transaction(
    database_url: str, work: Callable[[AsyncSession, datetime], Awaitable[list[Result]]]
) -> list[Result]:
    """Do it in one transaction."""
    engine = create_engine(database_url)
    try:
        async with create_sessions(engine).begin() as session:
            return await work(session, clock.now())
    finally:
        await engine.dispose()


async def list_cases(session: AsyncSession, now: datetime) -> list[str]:
    """The open cases, oldest first."""
    cases = await session.scalars(select(Case).where(Case.closed_at.is_(None)).order_by(Case.id))
    lines = [f"{case.number}  {case.kind:16} {case.state:14} since {case.state_since:%Y-%m-%d %H:%M}" for case in cases]
    return lines or ["No case is open."]


async def advance(session: AsyncSession, now: datetime, number: str, note: str | None) -> list[str]:
    """Bring a case to its next stage; what the office did is noted in the register of the demonstration too."""
    cases = Cases(session, now)
    case = await cases.find(number)
    state = await cases.advance(case, OPERATOR, note)
    if state is CaseState.READY and case.participant_id:
        core = SqlCoreSystem(session)
        done = core.reset_biometric if case.kind == CaseKind.BIOMETRIC_RESET else core.accept_correction
        await done(case.participant_id)
    return [f"{case.number} is at {state}; the participant is told."]


async def reject(session: AsyncSession, now: datetime, number: str, reason: str) -> list[str]:
    """Close a case without success."""
    cases = Cases(session, now)
    case = await cases.find(number)
    await cases.reject(case, OPERATOR, reason)
    return [f"{case.number} is rejected; the participant is told."]


async def start_incident(session: AsyncSession, now: datetime, text: str, topic: str) -> list[str]:
    """Begin a banner; raises `BadInput` for a topic that no trouble begins with."""
    if topic not in BEGINS:
        raise BadInput(f"nobody asks about {topic}: take one of {', '.join(sorted(BEGINS))}")
    incident = await Incidents(session, now).start(text, topic)
    return [f"Incident {incident.id} is shown to whoever asks about {topic}."]


async def end_incident(session: AsyncSession, now: datetime, number: int) -> list[str]:
    """End a banner."""
    told = await Incidents(session, now).end(number)
    return [f"Incident {number} is over; {told} chats are told."]


async def list_incidents(session: AsyncSession, now: datetime) -> list[str]:
    """The incidents under way."""
    found = await Incidents(session, now).under_way()
    lines = [f"{one.id}  {one.topic:16} since {one.started_at:%Y-%m-%d %H:%M}  {one.text}" for one in found]
    return lines or ["No incident is under way."]


async def add_officer(
    session: AsyncSession, now: datetime, username: str, name: str, role: Role, password: str
) -> list[str]:
    """Make an account for the desk."""
    await accounts.add_officer(session, username, name, role, password, now)
    return [f"{name} can sign in at /petugas as {username} ({role})."]


async def change_password(session: AsyncSession, username: str, password: str) -> list[str]:
    """Set a new password."""
    await accounts.change_password(session, username, password)
    return [f"{username} has a new password and is signed out everywhere."]


async def close_account(session: AsyncSession, username: str) -> list[str]:
    """Let an officer in no more."""
    await accounts.close_account(session, username)
    return [f"{username} can't sign in any more."]


async def list_officers(session: AsyncSession, now: datetime) -> list[str]:
    """The accounts, closed ones marked."""
    found = await session.scalars(select(Officer).order_by(Officer.username))
    lines = [f"{one.username:20} {one.role:12} {one.name}{'' if one.active else '  (closed)'}" for one in found]
    return lines or ["There is no officer yet: jmo officers add NAME --name …"]

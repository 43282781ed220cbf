"""Demo people with chats, cases and claims that wait for officers."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from bot import clock
from bot.benefits.claim_times import due_on, usually_paid_on
from bot.benefits.service_hours import day_of
from bot.cases.models import Case, Claim
from bot.cases.service import Cases
from bot.cases.stages import CaseKind
from bot.conversation.models import Conversation, OutboxRow
from bot.handoff.models import Handoff, Reason, Topic
from bot.handoff.service import Handoffs
from bot.privacy.audit import AuditEntry
from bot.register.demo_people import DEMO_PEOPLE, DemoPerson
from tests.photos.faces import good_face

Sessions = async_sessionmaker[AsyncSession]
CLAIM_ACCOUNT = "5556667778"
CLAIM_NPWP = "123456789012345"


@dataclass(frozen=True)
class Waiting:
    """What a test looks at."""

    number: str
    conversation_id: int


def conversation_of(person: DemoPerson, now: datetime, channel: str = "telegram") -> Conversation:
    return Conversation(
        channel=channel, chat_id=f"chat-{person.number}", participant_id=person.id, verified_at=now, last_message_at=now
    )


def claim_of(case: Case, person: DemoPerson, now: datetime) -> Claim:
    day = day_of(now)
    return Claim(
        case_id=case.id,
        reason="resigned",
        gross=9_850_000,
        tax=0,
        bank="BCA",
        account_number=CLAIM_ACCOUNT,
        holder=person.name,
        npwp=CLAIM_NPWP,
        photo=good_face(),
        face="needs_officer",
        consented_at=now,
        filed_at=now,
        usual_by=usually_paid_on(day),
        due_by=due_on(day),
    )


async def waits(sessions: Sessions, kind: CaseKind, number: int = 1, **details: object) -> Waiting:
    """Open a case for a demo person, in a chat of their own."""
    person, now = DEMO_PEOPLE[number - 1], clock.now()
    async with sessions.begin() as session:
        chat = await session.scalar(select(Conversation).where(Conversation.participant_id == person.id))
        if chat is None:
            chat = conversation_of(person, now)
            session.add(chat)
            await session.flush()
        case, _ = await Cases(session, now).open(kind, chat, **details)
        if kind is CaseKind.CLAIM:
            session.add(claim_of(case, person, now))
        return Waiting(case.number, chat.id)


async def handed_off(sessions: Sessions, conversation_id: int) -> int:
    """Ask for a person in a chat; gives the hand-off's id."""
    async with sessions.begin() as session:
        chat = await session.get_one(Conversation, conversation_id)
        tried = {"form": "claim_form", "intents": ["claim_status"], "misunderstood": 2}
        handoff, _, _ = await Handoffs(session, clock.now()).ask(chat, Topic.CLAIM, Reason.MISUNDERSTOOD, tried)
        return handoff.id


async def told(sessions: Sessions) -> list[str]:
    """What participants were told unasked, oldest first."""
    async with sessions() as session:
        unasked = select(OutboxRow.payload).where(OutboxRow.inbox_id.is_(None)).order_by(OutboxRow.id)
        return list(await session.scalars(unasked))


async def audited(sessions: Sessions) -> list[tuple[str, str, str | None, str]]:
    """Actor, action, subject and reason of what officers did, signing in left out."""
    async with sessions() as session:
        rows = await session.scalars(
            select(AuditEntry)
            .where(AuditEntry.actor.startswith("officer:"), AuditEntry.action != "desk.signed_in")
            .order_by(AuditEntry.id)
        )
        return [(row.actor, row.action, row.subject, row.reason) for row in rows]


async def case_named(sessions: Sessions, number: str) -> Case:
    async with sessions() as session:
        return await Cases(session, clock.now()).find(number)


async def handoffs(sessions: Sessions) -> list[Handoff]:
    async with sessions() as session:
        return list(await session.scalars(select(Handoff).order_by(Handoff.id)))

"""Beside the chat and on a case: who it is, what the register holds of them (masked), and what happened so far."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.cases.claim_photos import waits_for_photo
from bot.cases.models import Case, Claim
from bot.cases.phrasing import kind_name, stage_name
from bot.cases.service import Cases
from bot.cases.stages import CaseKind
from bot.clock import WIB
from bot.conversation.models import Conversation, InboxRow
from bot.desk.masking import Field, about, field, masked_name, masked_number, masked_numbers
from bot.desk.wording import LANGUAGE
from bot.errors import CoreSystemUnavailable
from bot.formatting import long_date, rupiah
from bot.handoff.models import Handoff
from bot.handoff.service import was_left
from bot.identity.levels import Level, level_of
from bot.privacy.audit import AuditEntry
from bot.register.core_system import AppState, CardStatus, CoreSystem

EARLIER_SHOWN = 5
OF_REGISTER = ("name", "nik", "birth_date", "phone", "kpj", "employers", "balance", "account")
OF_CLAIM = ("claim_account", "claim_holder", "claim_npwp")
_WAYS = {"identity and own registered contact": "contact", "a code sent to the registered number": "code"}
"""How a chat was verified, as `bot.identity` notes it."""
_LEVELS = {
    Level.ANONYMOUS: "anonymous",
    Level.KNOWN: "known",
    Level.VERIFIED: "verified",
    Level.CONFIRMED: "confirmed",
}


@dataclass(frozen=True, slots=True)
class Identity:
    """What this chat has proven."""

    level: str
    since: datetime | None
    way: str
    channel: str


@dataclass(frozen=True, slots=True)
class Register:
    """What the core system says, masked."""

    fields: Sequence[Field]
    active: bool
    app: AppState | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    number: str
    kind: str
    stage: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """The participant's open claim with what was filled in."""

    number: str
    claim: Claim
    reason: str
    fields: Sequence[Field]
    waits_for_photo: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """All that is shown."""

    participant_id: str | None
    identity: Identity | None
    """None where no chat belongs to the case any more."""
    register: Register | None
    cases: Sequence[CaseLine]
    claim: ClaimLine | None
    handoff: Handoff | None
    earlier: Sequence[Handoff]
    last_words: str
    language: str
    """In which the participant is answered."""


class PanelReader:
    """Reads what a panel shows; `revealed` is the one field that this page shows in clear."""

    def __init__(self, session: AsyncSession, core: CoreSystem, now: datetime, revealed: str | None = None) -> None:
        self._session = session
        self._core = core
        self._now = now
        self._revealed = revealed

    async def of_handoff(self, handoff: Handoff) -> Panel:
        """Of whoever a chat verified as."""
        chat = await self._session.get_one(Conversation, handoff.conversation_id)
        if was_left(chat, handoff):
            return await self._panel(None, None, handoff)
        return await self._panel(chat.participant_id, chat, handoff)

    async def of_case(self, case: Case) -> Panel:
        """Of whom a case belongs to, with the chat that it came from."""
        chat = await Cases(self._session, self._now).chat_of(case)
        return await self._panel(case.participant_id, chat, None)

    async def _panel(self, own: str | None, chat: Conversation | None, handoff: Handoff | None) -> Panel:
        open_cases = await self._open_cases(own)
        return Panel(
            participant_id=own,
            identity=await self._identity(chat) if chat else None,
            register=await self._register(own) if own else None,
            cases=[self._line(case) for case in open_cases],
            claim=await self._claim(open_cases),
            handoff=handoff,
            earlier=await self._earlier(chat, handoff) if chat else (),
            last_words=await self._last_words(chat) if chat and handoff else "",
            language=chat.language if chat else LANGUAGE,
        )

    async def _identity(self, chat: Conversation) -> Identity:
        level = level_of(chat, self._now)
        since = chat.confirmed_at if level is Level.CONFIRMED else chat.verified_at
        own_acts = select(AuditEntry.reason).where(
            AuditEntry.subject == chat.participant_id,
            AuditEntry.actor == f"conversation:{chat.id}",
            AuditEntry.action.in_(("verification.verified", "verification.confirmed")),
        )
        noted = await self._session.scalar(own_acts.order_by(AuditEntry.id.desc()).limit(1))
        return Identity(_LEVELS[level], since, _WAYS.get(noted or "", "unknown"), chat.channel)

    async def _register(self, own: str) -> Register | None:
        try:
            person = await self._core.participant(own)
            cards = await self._core.cards(own)
            balances = await self._core.balances(own, self._now.astimezone(WIB).date())
            app = await self._core.app_state(own)
        except CoreSystemUnavailable:
            return None
        if person is None:
            return None
        amount = sum(balance.amount for balance in balances)
        employers = [card.employer for card in cards if card.employer]
        numbers, account = [card.kpj for card in cards], person.account
        born = long_date(person.birth_date, LANGUAGE)
        bank = f"{account.bank} {account.number}" if account else "–"
        masked_bank = f"{account.bank} {masked_number(account.number)}" if account else "–"
        pairs = {
            "name": (person.name, masked_name(person.name)),
            "nik": (person.nik, masked_number(person.nik)),
            "birth_date": (born, "•• •••• ••••"),
            "phone": (person.phone or "–", masked_number(person.phone)),
            "kpj": (", ".join(numbers), masked_numbers(numbers)),
            "employers": (", ".join(employers) or "–", ", ".join(map(masked_name, employers)) or "–"),
            "balance": (rupiah(amount), about(amount)),
            "account": (bank, masked_bank),
        }
        fields = [self._field(name, *pairs[name]) for name in OF_REGISTER]
        return Register(fields, person.status is CardStatus.ACTIVE, app)

    async def _open_cases(self, own: str | None) -> Sequence[Case]:
        if own is None:
            return ()
        found = select(Case).where(
            Case.participant_id == own, Case.closed_at.is_(None), Case.kind != CaseKind.CONVERSATION
        )
        return (await self._session.scalars(found.order_by(Case.id))).all()

    def _line(self, case: Case) -> CaseLine:
        stage = stage_name(case.kind, case.state, LANGUAGE)
        return CaseLine(case.number, kind_name(case.kind, LANGUAGE), stage, case.state_since)

    async def _claim(self, open_cases: Sequence[Case]) -> ClaimLine | None:
        case = next((one for one in open_cases if one.kind == CaseKind.CLAIM), None)
        claim = await self._session.get(Claim, case.id) if case else None
        if case is None or claim is None:
            return None
        pairs = {
            "claim_account": (
                f"{claim.bank} {claim.account_number}",
                f"{claim.bank} {masked_number(claim.account_number)}",
            ),
            "claim_holder": (claim.holder, masked_name(claim.holder)),
            "claim_npwp": (claim.npwp or "–", masked_number(claim.npwp)),
        }
        fields = [self._field(name, *pairs[name]) for name in OF_CLAIM]
        return ClaimLine(case.number, claim, claim.reason, fields, waits_for_photo(case, claim))

    def _field(self, name: str, clear: str, hidden: str) -> Field:
        return field(name, clear, hidden, self._revealed)

    async def _earlier(self, chat: Conversation, handoff: Handoff | None) -> Sequence[Handoff]:
        before = select(Handoff).where(Handoff.conversation_id == chat.id, Handoff.ended_at.is_not(None))
        if handoff:
            before = before.where(Handoff.id != handoff.id)
        if chat.left_at:
            before = before.where(Handoff.asked_at > chat.left_at)
        return (await self._session.scalars(before.order_by(Handoff.id.desc()).limit(EARLIER_SHOWN))).all()

    async def _last_words(self, chat: Conversation) -> str:
        """What the participant typed last; taps are no words."""
        newest = select(InboxRow.payload).where(InboxRow.conversation_id == chat.id).order_by(InboxRow.id.desc())
        for payload in await self._session.scalars(newest.limit(10)):
            message = json.loads(payload)
            if message["kind"] == "text" and not message["text"].startswith("/"):
                return str(message["text"])
        return ""

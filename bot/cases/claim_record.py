"""What the register says for a claim: the facts that the rules judge, and the reason it knows."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.benefits.claim_channels import ClaimChannel
from bot.benefits.claim_conditions import Answer
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.claims import Assessment, assess
from bot.benefits.jht_rules import JHT_AGE
from bot.benefits.months import age_on
from bot.benefits.service_hours import day_of
from bot.errors import CoreSystemUnavailable
from bot.register.core_system import Card, CardStatus, CoreSystem, DataUpdate, LeaveReason, Participant

_REASONS = {
    LeaveReason.RESIGNED: ClaimReason.RESIGNED,
    LeaveReason.LAID_OFF: ClaimReason.LAID_OFF,
    LeaveReason.CONTRACT_ENDED: ClaimReason.CONTRACT_ENDED,
    LeaveReason.STOPPED: ClaimReason.BPU_STOPPED,
}

_ENDINGS = (ClaimReason.RESIGNED, ClaimReason.LAID_OFF, ClaimReason.CONTRACT_ENDED)
"""How most work ends, the commonest first."""


@dataclass(frozen=True)
class ClaimRecord:
    """A participant as a claim sees them."""

    participant: Participant
    facts: ClaimFacts
    known_reason: ClaimReason | None
    """What the register says; None where it doesn't say why the last work ended. Who still works may take a part."""

    @property
    def likely_reason(self) -> ClaimReason:
        """The reason with the fewest conditions of those that the register leaves open, until one is told."""
        return self.known_reason or ClaimReason.CONTRACT_ENDED

    def likely_reasons(self, now: datetime) -> tuple[ClaimReason, ...]:
        """What the register leaves to choose from: what it says, else how work ends, where that may be filed here."""
        if self.known_reason:
            return (self.known_reason,)
        return tuple(reason for reason in _ENDINGS if self.may_file_here(reason, now))

    def judged(self, reason: ClaimReason, now: datetime) -> Assessment:
        return assess(reason, self.facts, now)

    def may_file_here(self, reason: ClaimReason, now: datetime) -> bool:
        """Whether law and chat allow it, and there is anything to pay."""
        judged = self.judged(reason, now)
        return (
            bool(self.facts.balance)
            and judged.may_claim is Answer.YES
            and judged.by(ClaimChannel.IN_CHAT).serves is Answer.YES
        )


async def claim_record(core: CoreSystem, participant_id: str, now: datetime) -> ClaimRecord:
    """Ask the register; raises `CoreSystemUnavailable`, also where it no longer knows the participant."""
    day = day_of(now)
    participant = await core.participant(participant_id)
    if participant is None:
        raise CoreSystemUnavailable("the register doesn't know the participant any more")
    cards = await core.cards(participant_id)
    state = await core.app_state(participant_id)
    balances = await core.balances(participant_id, day)
    active = participant.status is CardStatus.ACTIVE
    last = max((card for card in cards if card.left), key=lambda card: card.left or day, default=None)
    facts = ClaimFacts(
        birth_date=participant.birth_date,
        left_on=None if active or last is None else last.left,
        still_working=active,
        member_since=min((card.joined for card in cards), default=None),
        balance=sum(balance.amount for balance in balances),
        data_updated=None if state is None else state.data_update is DataUpdate.DONE,
        non_active=not active,
        took_partial=participant.partial_claim_on is not None,
        partial_claim_on=participant.partial_claim_on,
    )
    return ClaimRecord(participant, facts, _reason(facts, last, active, day))


def _reason(facts: ClaimFacts, last: Card | None, active: bool, day: date) -> ClaimReason | None:
    if facts.birth_date and age_on(facts.birth_date, day) >= JHT_AGE.on(day).value:
        return ClaimReason.AGE_56
    if active:
        return ClaimReason.PARTIAL_10
    left_by = last.leave_reason if last else None
    return _REASONS[left_by] if left_by else None

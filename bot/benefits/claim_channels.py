"""Which channel takes a claim of JHT: this chat (as JMO does), Lapak Asik, a branch. FAQ 612, 678, 706, 708.

The number 175 is no channel: it informs and cannot take a claim (FAQ 620).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.benefits.claim_conditions import Answer, ClaimDoubt, Condition, ConditionKind, ConditionState, answer, known
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.jht_rules import JMO_BALANCE_LIMIT, JMO_OLD_CARDS, fits_jmo_limit


class ClaimChannel(StrEnum):
    IN_CHAT = "in_chat"
    """Filed in the chat, under the conditions of JMO."""
    LAPAK_ASIK = "lapak_asik"
    BRANCH = "branch"


@dataclass(frozen=True)
class ChannelAssessment:
    """What a channel asks beyond the law. `serves` says whether it takes the claim once the law allows it."""

    channel: ClaimChannel
    conditions: tuple[Condition, ...]

    @property
    def serves(self) -> Answer:
        return answer(self.conditions)


_LISTED_FOR_LAPAK_ASIK = frozenset(
    {
        ClaimReason.AGE_56,
        ClaimReason.RESIGNED,
        ClaimReason.LAID_OFF,
        ClaimReason.CONTRACT_ENDED,
        ClaimReason.COMPANY_RETIREMENT,
        ClaimReason.PARTIAL_10,
        ClaimReason.PARTIAL_30,
    }
)
_BRANCH_ONLY = frozenset({ClaimReason.LEAVING_INDONESIA, ClaimReason.TOTAL_DISABILITY, ClaimReason.DEATH})


def assess_channels(reason: ClaimReason, facts: ClaimFacts, day: date) -> tuple[ChannelAssessment, ...]:
    """Every channel, the most convenient first."""
    return (
        ChannelAssessment(ClaimChannel.IN_CHAT, tuple(_in_chat(reason, facts, day))),
        ChannelAssessment(ClaimChannel.LAPAK_ASIK, (_served_by_lapak_asik(reason),)),
        ChannelAssessment(ClaimChannel.BRANCH, (known(ConditionKind.REASON_SERVED, True),)),
    )


def _in_chat(reason: ClaimReason, facts: ClaimFacts, day: date) -> Iterator[Condition]:
    yield known(ConditionKind.REASON_SERVED, not reason.is_partial and reason not in _BRANCH_ONLY)
    yield known(ConditionKind.DATA_UPDATED, facts.data_updated)
    yield known(ConditionKind.NON_ACTIVE, facts.non_active)
    yield _within_jmo_limit(facts, day)
    if day >= JMO_OLD_CARDS.first.valid_from:
        yield _no_old_card(facts, day)


def _served_by_lapak_asik(reason: ClaimReason) -> Condition:
    if reason is ClaimReason.BPU_STOPPED:
        # The list names neither the self-employed nor anybody else as excluded.
        return Condition(ConditionKind.REASON_SERVED, ConditionState.UNKNOWN, doubt=ClaimDoubt.REASON_NOT_LISTED)
    return known(ConditionKind.REASON_SERVED, reason in _LISTED_FOR_LAPAK_ASIK)


def _within_jmo_limit(facts: ClaimFacts, day: date) -> Condition:
    kind = ConditionKind.WITHIN_JMO_LIMIT
    if facts.balance is None:
        return Condition(kind, ConditionState.UNKNOWN)
    if facts.balance == JMO_BALANCE_LIMIT.on(day).value:
        return Condition(kind, ConditionState.NOT_MET, doubt=ClaimDoubt.SOURCES_DISAGREE_AT_THE_LIMIT)
    return known(kind, fits_jmo_limit(facts.balance, day))


def _no_old_card(facts: ClaimFacts, day: date) -> Condition:
    """Users report that JMO sends old cards elsewhere: seen by this person it is a fact, else only a warning."""
    kind, doubt = ConditionKind.NO_OLD_CARD, ClaimDoubt.OLD_CARDS_REPORTED_BY_USERS
    if facts.saw_code_040:
        return Condition(kind, ConditionState.NOT_MET, doubt=doubt)
    if facts.member_since is None:
        return Condition(kind, ConditionState.UNKNOWN)
    if facts.member_since <= JMO_OLD_CARDS.on(day).value:
        return Condition(kind, ConditionState.UNKNOWN, doubt=doubt)
    return Condition(kind, ConditionState.MET)

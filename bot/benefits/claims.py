"""May this person claim JHT, by which way, how much, and if not, why and from when."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.benefits.claim_channels import ChannelAssessment, ClaimChannel, assess_channels
from bot.benefits.claim_conditions import (
    Answer,
    Condition,
    ConditionState,
    answer,
    conditions_of_law,
    healed_by_time_on,
)
from bot.benefits.claim_documents import Document, documents_to_bring_too, required_documents
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.claim_times import ExpectedTime, time_by_rule, usual_time_within_jmo_limit
from bot.benefits.errors import InvalidInput
from bot.benefits.jht_rules import PARTIAL_CLAIM
from bot.benefits.service_hours import day_of
from bot.benefits.tax import JhtTax, Tariff, tax_on_full_claim, tax_on_partial_claim


class MoneyDoubt(StrEnum):
    """What isn't known and may change the tax; the tax itself carries doubts of its own."""

    EARLIER_PARTIAL_CLAIM_UNKNOWN = "earlier_partial_claim_unknown"
    """Reckoned as if there was none."""
    DAY_OF_PARTIAL_CLAIM_UNKNOWN = "day_of_partial_claim_unknown"
    """Reckoned as if it was long ago, which costs the most."""
    NPWP_UNKNOWN = "npwp_unknown"
    """Reckoned as if there was none, which costs the most."""


@dataclass(frozen=True)
class ClaimMoney:
    """What is paid, in whole rupiah; for a partial claim the most that may be taken."""

    reckoned: JhtTax
    doubts: tuple[MoneyDoubt, ...] = ()

    @property
    def gross(self) -> int:
        return self.reckoned.gross

    @property
    def tax(self) -> int:
        return self.reckoned.tax

    @property
    def net(self) -> int:
        return self.reckoned.net

    @property
    def confirm(self) -> bool:
        """Whether the participant must be told to have this confirmed."""
        return self.reckoned.confirm or bool(self.doubts)


@dataclass(frozen=True)
class Assessment:
    """The whole answer for one reason on one day.

    `claimable_from` is set when only time is missing. `instead` names a reason that holds today when the one asked
    for doesn't. `documents` are for Lapak Asik and a branch; in the chat none are needed.
    """

    reason: ClaimReason
    day: date
    conditions: tuple[Condition, ...]
    channels: tuple[ChannelAssessment, ...]
    documents: tuple[Document, ...]
    bring_too: tuple[Document, ...]
    by_rule: ExpectedTime
    usual: ExpectedTime | None
    money: ClaimMoney | None
    instead: ClaimReason | None

    @property
    def may_claim(self) -> Answer:
        return answer(self.conditions)

    @property
    def claimable_from(self) -> date | None:
        return healed_by_time_on(self.conditions)

    @property
    def failed(self) -> tuple[Condition, ...]:
        """The conditions of the law that aren't met: the reasons of a refusal."""
        return tuple(condition for condition in self.conditions if condition.state is ConditionState.NOT_MET)

    def by(self, channel: ClaimChannel) -> ChannelAssessment:
        return next(assessed for assessed in self.channels if assessed.channel is channel)

    @property
    def best_channel(self) -> ClaimChannel:
        """The most convenient channel that surely takes this claim; a branch always does."""
        return next(assessed.channel for assessed in self.channels if assessed.serves is Answer.YES)


def assess(reason: ClaimReason, facts: ClaimFacts, now: datetime) -> Assessment:
    """Judge a claim by the rules of this moment's day in western Indonesia.

    Raises `NoRuleYet` for a day before the first known rule, `InvalidInput` for a negative balance or a time
    without a zone.
    """
    day = day_of(now)
    if facts.balance is not None and facts.balance < 0:
        raise InvalidInput("a balance cannot be negative")
    conditions = conditions_of_law(reason, facts, day)
    channels = assess_channels(reason, facts, day)
    return Assessment(
        reason=reason,
        day=day,
        conditions=conditions,
        channels=channels,
        documents=required_documents(reason),
        bring_too=documents_to_bring_too(reason, facts, day),
        by_rule=time_by_rule(day),
        usual=usual_time_within_jmo_limit(day) if channels[0].serves is Answer.YES else None,
        money=claim_money(reason, facts, healed_by_time_on(conditions) or day),
        instead=_reason_that_holds(reason, facts, day) if answer(conditions) is Answer.NO else None,
    )


def claim_money(reason: ClaimReason, facts: ClaimFacts, day: date) -> ClaimMoney | None:
    """What a claim taken on a day pays; None where the balance isn't known."""
    if facts.balance is None:
        return None
    if reason.is_partial:
        gross = partial_share(reason, facts.balance, day)
        return ClaimMoney(tax_on_partial_claim(gross, facts.balance, day))
    return _money_of_full_claim(facts.balance, facts, day)


def partial_share(reason: ClaimReason, balance: int, day: date) -> int:
    """The most that may be taken of a balance for a partial claim, in rupiah, cut down."""
    rule = PARTIAL_CLAIM.on(day).value
    if reason is ClaimReason.PARTIAL_10:
        return balance * rule.retirement_preparation_percent // 100
    if reason is ClaimReason.PARTIAL_30:
        return balance * rule.home_purchase_percent // 100
    raise InvalidInput(f"{reason} is no partial claim")


def _money_of_full_claim(balance: int, facts: ClaimFacts, day: date) -> ClaimMoney:
    doubts = []
    partial_claim_on = facts.partial_claim_on
    if facts.partial_taken is None:
        doubts.append(MoneyDoubt.EARLIER_PARTIAL_CLAIM_UNKNOWN)
    elif facts.partial_taken and partial_claim_on is None:
        doubts.append(MoneyDoubt.DAY_OF_PARTIAL_CLAIM_UNKNOWN)
        partial_claim_on = date.min
    reckoned = tax_on_full_claim(balance, day, partial_claim_on=partial_claim_on, has_npwp=bool(facts.has_npwp))
    if reckoned.tariff is Tariff.PROGRESSIVE and facts.has_npwp is None:
        doubts.append(MoneyDoubt.NPWP_UNKNOWN)
    return ClaimMoney(reckoned, tuple(doubts))


def _reason_that_holds(refused: ClaimReason, facts: ClaimFacts, day: date) -> ClaimReason | None:
    """Age, which needs neither leaving nor waiting, unless the participant has died."""
    if refused is ClaimReason.DEATH:
        return None
    by_age = conditions_of_law(ClaimReason.AGE_56, facts, day)
    return ClaimReason.AGE_56 if answer(by_age) is Answer.YES else None

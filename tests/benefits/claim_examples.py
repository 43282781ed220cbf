"""People who may claim JHT for each reason, as facts that a test bends."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.benefits.claim_conditions import ConditionKind, ConditionState
from bot.benefits.claim_facts import ClaimFacts, ClaimReason
from bot.benefits.claims import Assessment, assess

WIB = ZoneInfo("Asia/Jakarta")
TODAY = date(2026, 11, 24)

LEFT_LONG_AGO = ClaimFacts(
    birth_date=date(1994, 5, 17),
    left_on=date(2026, 7, 24),
    still_working=False,
    member_since=date(2021, 1, 4),
    balance=9_850_000,
    data_updated=True,
    non_active=True,
    took_partial=False,
    has_npwp=True,
)
STILL_THERE = ClaimFacts(
    birth_date=date(1988, 11, 3),
    still_working=True,
    member_since=date(2014, 3, 10),
    balance=36_000_001,
    data_updated=True,
    non_active=False,
    took_partial=False,
    has_npwp=True,
    for_home_purchase=True,
)

MAY_CLAIM: dict[ClaimReason, ClaimFacts] = {
    ClaimReason.AGE_56: replace(STILL_THERE, birth_date=date(1969, 10, 8)),
    ClaimReason.RESIGNED: LEFT_LONG_AGO,
    ClaimReason.LAID_OFF: LEFT_LONG_AGO,
    ClaimReason.CONTRACT_ENDED: replace(LEFT_LONG_AGO, left_on=TODAY),
    ClaimReason.COMPANY_RETIREMENT: replace(LEFT_LONG_AGO, left_on=TODAY),
    ClaimReason.BPU_STOPPED: replace(LEFT_LONG_AGO, left_on=TODAY),
    ClaimReason.LEAVING_INDONESIA: replace(LEFT_LONG_AGO, foreigner=True, left_on=TODAY),
    ClaimReason.TOTAL_DISABILITY: replace(STILL_THERE, doctor_confirms=True),
    ClaimReason.DEATH: replace(STILL_THERE, claimant_is_heir=True),
    ClaimReason.PARTIAL_10: STILL_THERE,
    ClaimReason.PARTIAL_30: STILL_THERE,
}


def noon(day: date) -> datetime:
    """Midday in Jakarta, as the clock gives it."""
    return datetime.combine(day, time(12), WIB).astimezone(UTC)


def assessed(reason: ClaimReason, day: date = TODAY, facts: ClaimFacts | None = None, **changed: Any) -> Assessment:
    """The assessment of somebody who may claim, with some facts changed."""
    return assess(reason, replace(facts or MAY_CLAIM[reason], **changed), noon(day))


def states(assessment: Assessment) -> dict[ConditionKind, ConditionState]:
    return {condition.kind: condition.state for condition in assessment.conditions}


def day_before(day: date) -> date:
    return day - timedelta(days=1)

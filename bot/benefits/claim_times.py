"""How long a claim of JHT takes, by rule and usually."""

from dataclasses import dataclass
from datetime import date

from bot.benefits.jht_rules import CLAIM_WORKING_DAYS, SMALL_CLAIM_WORKING_DAYS
from bot.benefits.tables import DatedRow
from bot.benefits.working_days import add_working_days


@dataclass(frozen=True)
class ExpectedTime:
    """Working days from a complete claim to its payment, and where that was read."""

    working_days: int
    source: str

    def after(self, filed_on: date) -> date:
        """The last day by which a claim filed on a day is paid."""
        return add_working_days(filed_on, self.working_days)


def time_by_rule(day: date) -> ExpectedTime:
    return _expected(CLAIM_WORKING_DAYS.on(day))


def usual_time_within_jmo_limit(day: date) -> ExpectedTime:
    """What a claim small enough for JMO usually takes: an experience, not a promise."""
    return _expected(SMALL_CLAIM_WORKING_DAYS.on(day))


def due_on(filed_on: date) -> date:
    """The day by which a complete claim is to be paid by rule."""
    return time_by_rule(filed_on).after(filed_on)


def usually_paid_on(filed_on: date) -> date:
    """The day by which a claim within the limit of JMO is usually paid."""
    return usual_time_within_jmo_limit(filed_on).after(filed_on)


def _expected(row: DatedRow[int]) -> ExpectedTime:
    return ExpectedTime(row.value, row.source)

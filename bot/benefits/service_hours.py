"""When claims are taken as in JMO: every day, between two hours of western Indonesian time."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.benefits.errors import InvalidInput
from bot.benefits.jht_rules import JMO_CLAIM_HOURS, ServiceHours


def is_open(now: datetime) -> bool:
    """Whether a claim can be filed at this moment. Raises `NoRuleYet` before the hours were known."""
    hours, local = _hours_at(now)
    return hours.include(local.time())


def next_opening(now: datetime) -> datetime:
    """This moment when claims are taken now, or else the next moment they are, in the zone of the hours."""
    hours, local = _hours_at(now)
    if hours.include(local.time()):
        return local
    day = local.date() if local.time() < hours.opens else local.date() + timedelta(days=1)
    return datetime.combine(day, JMO_CLAIM_HOURS.on(day).value.opens, local.tzinfo)


def day_of(now: datetime) -> date:
    """The day on which rules apply at this moment: the one in western Indonesia.

    Raises `InvalidInput` for a time without a zone.
    """
    if now.tzinfo is None:
        raise InvalidInput("a moment needs its zone")
    return now.astimezone(ZoneInfo(JMO_CLAIM_HOURS.latest.value.zone)).date()


def _hours_at(now: datetime) -> tuple[ServiceHours, datetime]:
    hours = JMO_CLAIM_HOURS.on(day_of(now)).value
    return hours, now.astimezone(ZoneInfo(hours.zone))

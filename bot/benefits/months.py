"""Calendar months, written as the first day of the month."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date


def month_of(day: date) -> date:
    """The month a day lies in."""
    return day.replace(day=1)


def add_months(day: date, months: int) -> date:
    """The same day some months later (or earlier), or that month's last day where it is shorter."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Whole months from one day to a later one; negative when the second is earlier."""
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def each_month(first: date, last: date) -> Iterator[date]:
    """Every month from the one of `first` to the one of `last`, both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = add_months(month, 1)


def age_on(birth_date: date, day: date) -> int:
    """Completed years of life on a day."""
    return months_between(birth_date, day) // 12

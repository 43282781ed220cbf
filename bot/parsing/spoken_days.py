"""A day as people tell it from today: `3 bulan lalu`, `sebulan yang lalu`, `bulan kemarin`, `tgl 5 bulan ini`.

Where more than one day can be meant it is the last of them, so that a waiting time is never told too short.
"""

import re
from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor

from bot.parsing.counted import values_counted_in
from bot.parsing.dates import MONTH_NUMBERS, parse_date
from bot.parsing.plain import LONGEST_READ, plain

_DAYS = {"hari": 1, "hr": 1, "day": 1, "days": 1, "minggu": 7, "mgg": 7, "week": 7, "weeks": 7}
_MONTHS = {"bulan": 1, "bln": 1, "month": 1, "months": 1, "tahun": 12, "thn": 12, "th": 12, "year": 12, "years": 12}
_ONE = {"sehari": "1 hari", "seminggu": "1 minggu", "sebulan": "1 bulan", "setahun": "1 tahun", "setaun": "1 tahun"}
_MOST_MONTHS = 600
_AHEAD = re.compile(r"\b(?:lagi|depan|mendatang|nanti|next|besok)\b")
_NEAR = {
    "kemarin": -1,
    "kmrn": -1,
    "kemaren": -1,
    "yesterday": -1,
    "hari ini": 0,
    "today": 0,
    "besok": 1,
    "tomorrow": 1,
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            ("senin", "sen", "snin", "monday"),
            ("selasa", "selas", "tuesday"),
            ("rabu", "rebo", "wednesday"),
            ("kamis", "kemis", "thursday"),
            ("jumat", "jum", "jumaat", "friday"),
            ("sabtu", "saturday"),
            ("minggu", "ahad", "sunday"),
        )
    )
    for name in names
}
_BEFORE = ("lalu", "kemarin", "kmrn", "kemaren", "last")
_AFTER = ("depan", "next")
_WHICH = "|".join((*_BEFORE, *_AFTER, "ini", "this"))
_PERIOD = re.compile(
    rf"(?<!\d )\b(?:(?P<unit>minggu|bulan|bln|tahun|thn) (?:yang |yg )?(?P<which>{_WHICH})"
    r"|(?P<english>last|this|next) (?P<english_unit>week|month|year))\b"
)
_DAY_OF_MONTH = re.compile(r"\b(?:tgl|tanggal|tggl) ?(\d{1,2}) (?=(?:bulan|bln) )")
_MONTH_FIRST = re.compile(rf"\b((?:bulan|bln) (?:yang |yg )?(?:{_WHICH})) ((?:tgl|tanggal|tggl) ?\d{{1,2}})\b")
_NAMED_MONTH = re.compile(
    rf"(?:\b(?P<day>\d{{1,2}}) ?)?\b(?P<month>{'|'.join(sorted(MONTH_NUMBERS, key=len, reverse=True))})\b"
    r"(?: (?P<year>\d{4})\b)?"
)


def parse_spoken_day(text: str, today: date) -> date | None:
    """The day that a text names, written out or told from today; None when it names none."""
    if len(text) > LONGEST_READ:
        return None
    said = _MONTH_FIRST.sub(r"\2 \1", " ".join(plain(text).split()))
    if exact := parse_date(said, today):
        return exact
    if _DAY_OF_MONTH.search(said):
        return _of_period(said, today)
    readings = (_counted, _of_period, _of_named_month, _near)
    return next((day for read in readings if (day := read(said, today))), None)


def parse_weekday(text: str, today: date) -> date | None:
    """The next such weekday that a text names: `senin`, `hari jumat`, `rabu depan`; never today."""
    words = re.findall(r"[a-z]+", _PERIOD.sub("", plain(text)[:LONGEST_READ]))
    found = next((_WEEKDAYS[word] for word in words if word in _WEEKDAYS), None)
    if found is None:
        return None
    ahead = (found - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=ahead)


def _of_period(said: str, today: date) -> date | None:
    if not (found := _PERIOD.search(_DAY_OF_MONTH.sub("", said))):
        return None
    unit, which = found["unit"] or found["english_unit"], found["which"] or found["english"]
    shift = -1 if which in _BEFORE else 1 if which in _AFTER else 0
    if unit in ("minggu", "week"):
        last = today + timedelta(days=6 - today.weekday() + 7 * shift)
    elif unit in ("tahun", "thn", "year"):
        last = date(today.year + shift, 12, 31)
    else:
        first = _months_on(today.replace(day=1), shift)
        if day := _DAY_OF_MONTH.search(said):
            return _day_of(first, int(day[1]))
        last = _last_of(first)
    return last if shift else today


def _of_named_month(said: str, today: date) -> date | None:
    if not (found := _NAMED_MONTH.search(said)):
        return None
    month = MONTH_NUMBERS[found["month"]]
    year = int(found["year"]) if found["year"] else today.year - (month > today.month)
    if not 1900 <= year <= today.year + 50:
        return None
    first = date(year, month, 1)
    if found["day"]:
        return _day_of(first, int(found["day"]))
    return today if first == today.replace(day=1) else _last_of(first)


def _counted(said: str, today: date) -> date | None:
    for word, number in _ONE.items():
        said = re.sub(rf"\b{word}\b", number, said)
    ahead = _AHEAD.search(said) is not None
    months, days = _sum(said, _MONTHS, ahead), _sum(said, _DAYS, ahead)
    if (months is None and days is None) or (months or 0) > _MOST_MONTHS or (days or 0) > 31 * _MOST_MONTHS:
        return None
    sign = 1 if ahead else -1
    return _months_on(today, sign * (months or 0)) + timedelta(days=sign * (days or 0))


def _sum(said: str, units: dict[str, int], ahead: bool) -> int | None:
    """How many months or days are counted; of a range its later end, seen from today."""
    total, found = Fraction(0), False
    for length in set(units.values()):
        names = [name for name, long in units.items() if long == length]
        if values := [value for value in values_counted_in(said, names) if value > 0]:
            total, found = total + length * (max(values) if ahead else min(values)), True
    return (ceil(total) if ahead else floor(total)) if found else None


def _near(said: str, today: date) -> date | None:
    shifts = (shift for word, shift in _NEAR.items() if re.search(rf"\b{word}\b", said))
    shift = next(shifts, None)
    return None if shift is None else today + timedelta(days=shift)


def _months_on(day: date, months: int) -> date:
    """The same day so many months on, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _last_of(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _day_of(month: date, day: int) -> date | None:
    return month.replace(day=day) if 1 <= day <= _last_of(month).day else None

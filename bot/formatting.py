"""Amounts, dates and shares as Indonesians write them.

Amounts and percentages look the same in every language, so that a participant who switches language
never wonders whether a dot separates thousands or a fraction. Only names of months are translated.
"""

from datetime import date
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_compact_currency, format_currency, format_decimal, parse_pattern

# Read once: Babel reads a locale's name and a pattern anew at every call.
_locale = cache(Locale.parse)
NUMBERS = _locale("id")
_WHOLE_RUPIAH = parse_pattern("¤#,##0")


def rupiah(amount: int) -> str:
    """Whole rupiah in full: `Rp19.409.470`."""
    return format_currency(amount, "IDR", _WHOLE_RUPIAH, locale=NUMBERS, currency_digits=False)


def short_rupiah(amount: int) -> str:
    """Rupiah to one digit after the comma, for axes and tight places: `Rp19,4 jt`."""
    return format_compact_currency(amount, "IDR", locale=NUMBERS, fraction_digits=1)


def percent(rate: Decimal) -> str:
    """A rate given in percent: `5,7%`."""
    return format_decimal(rate, "#,##0.##", locale=NUMBERS) + "%"


def long_date(day: date, language: str) -> str:
    """A day with the month's name in that language: `4 Mei 2026`."""
    return format_date(day, "d MMMM y", locale=_locale(language))


def day_and_month(day: date, language: str) -> str:
    """A day with its weekday for tight places: `Kam, 26 Nov`."""
    return format_date(day, "EEE, d MMM", locale=language)


def weekday_name(day: date, language: str) -> str:
    """`Sabtu`."""
    return format_date(day, "EEEE", locale=language)


def short_date(day: date, language: str) -> str:
    """A month and year for tight places: `Mei 2026`."""
    return format_date(day, "MMM y", locale=_locale(language))


def month_name(month: int, language: str) -> str:
    """The name of a month, 1 to 12: `Agustus`."""
    return format_date(date(2000, month, 1), "MMMM", locale=_locale(language))

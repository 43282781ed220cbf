"""The national identity number (NIK): province, regency, district, birth date, serial number."""

import calendar
from dataclasses import dataclass, field
from datetime import date

NIK_LENGTH = 16
_WOMEN_ADD = 40


@dataclass(frozen=True, slots=True)
class Nik:
    """What a well-formed NIK says about its holder; the century of the birth year isn't in it."""

    number: str = field(repr=False)
    birth_day: int
    birth_month: int
    two_digit_year: int
    female: bool

    def agrees_with(self, birth_date: date) -> bool:
        """Whether the birth date coded in the number is this one."""
        coded = (self.birth_day, self.birth_month, self.two_digit_year)
        return coded == (birth_date.day, birth_date.month, birth_date.year % 100)


def read_nik(digits: str) -> Nik | None:
    """Take sixteen digits apart; None when they can't be a NIK."""
    if len(digits) != NIK_LENGTH or not (digits.isascii() and digits.isdigit()):
        return None
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    female = day > _WOMEN_ADD
    day -= _WOMEN_ADD if female else 0
    is_well_formed = digits[:2] != "00" and digits[12:] != "0000" and _can_be_a_date(day, month, year)
    return Nik(digits, day, month, year, female) if is_well_formed else None


def is_valid_nik(digits: str) -> bool:
    """Whether sixteen digits are built like a NIK; says nothing about whether anybody holds it."""
    return read_nik(digits) is not None


def _can_be_a_date(day: int, month: int, two_digit_year: int) -> bool:
    if not 1 <= month <= 12:
        return False
    centuries = (1900 + two_digit_year, 2000 + two_digit_year)
    return any(1 <= day <= calendar.monthrange(year, month)[1] for year in centuries)

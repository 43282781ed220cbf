"""What can go wrong when a rule is asked."""

from datetime import date


class BenefitsError(Exception):
    """The root of every error raised by the rules."""


class NoRuleYet(BenefitsError):
    """A dated table was asked for a day before its first row."""

    def __init__(self, table: str, day: date, first: date) -> None:
        super().__init__(f"{table}: no rule is known for {day:%Y-%m-%d}; the first one starts on {first:%Y-%m-%d}")
        self.table = table
        self.day = day
        self.first = first


class NotPublished(BenefitsError):
    """A yearly table was asked for a year whose figure is not known."""

    def __init__(self, table: str, year: int) -> None:
        super().__init__(f"{table}: no figure is known for {year}")
        self.table = table
        self.year = year


class InvalidInput(BenefitsError):
    """A calculation was asked with a number that makes no sense, such as a negative wage."""

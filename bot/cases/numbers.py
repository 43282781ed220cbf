"""Case numbers that can be read out on the phone: the row's id with a check digit, `JMO-000123-0`."""

import re

_NUMBER = re.compile(r"\bJMO[\s-]*(\d{1,9})[\s-]+(\d)\b", re.IGNORECASE)


def case_number(id: int) -> str:
    """The number that a participant is told."""
    return f"JMO-{id:06d}-{_check_digit(id)}"


def case_id_in(text: str) -> int | None:
    """The id of the case whose number stands in a text; None without one, or where a digit is wrong."""
    found = _NUMBER.search(text)
    if not found:
        return None
    number = int(found[1])
    return number if _check_digit(number) == int(found[2]) else None


def _check_digit(id: int) -> int:
    """Luhn's: finds every wrong digit and nearly every pair that changed places."""
    digits = [int(digit) for digit in reversed(str(id))]
    doubled = [sum(divmod(digit * 2, 10)) if place % 2 == 0 else digit for place, digit in enumerate(digits)]
    return -sum(doubled) % 10

"""Account and tax numbers as people type them, where one is asked for."""

import re

_LONG = re.compile(r"(?<![\w])\d(?:[\s.\-]?\d){5,19}(?![\w])")


def parse_account(text: str) -> str | None:
    """The one number of six to twenty digits in a text, digits only."""
    found = {re.sub(r"\D", "", match) for match in _LONG.findall(text)}
    return found.pop() if len(found) == 1 else None


def redact_accounts(text: str) -> str:
    """The text with every such number replaced by `<account>`."""
    return _LONG.sub("<account>", text)

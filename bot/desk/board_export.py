"""The hand-offs of a period as a table for spreadsheets; nothing personal is in it."""

import csv
from collections.abc import Iterable
from datetime import datetime
from io import StringIO

from bot.cases.numbers import case_number
from bot.clock import WIB
from bot.desk.statistics import Episode
from bot.desk.wording import LANGUAGE
from bot.texts import say

COLUMNS = (
    "number", "topic", "reason", "asked", "taken", "first_reply", "ended", "end_reason", "officer", "solved", "rating"
)  # fmt: skip
SEPARATOR = ";"
"""Where a comma separates fractions, spreadsheets take this one."""
MARK = "\ufeff"
"""By which spreadsheets know the encoding."""
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def to_csv(episodes: Iterable[Episode]) -> str:
    """The whole table with its head."""
    file = StringIO()
    writer = csv.writer(file, delimiter=SEPARATOR)
    writer.writerow(say(f"desk_board.export_{name}", LANGUAGE) for name in COLUMNS)
    writer.writerows(map(_row, episodes))
    return MARK + file.getvalue()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(_BEGINS_FORMULA) else text


def _row(one: Episode) -> list[str]:
    solved = "" if one.solved is None else say(f"desk_board.solved_{str(one.solved).lower()}", LANGUAGE)
    cells = (
        case_number(one.case_id),
        say(f"desk.topic_{one.topic}", LANGUAGE),
        say(f"desk_board.reason_{one.reason}", LANGUAGE),
        *map(_moment, (one.asked_at, one.taken_at, one.first_reply_at, one.ended_at)),
        say(f"desk_board.end_{one.end_reason}", LANGUAGE) if one.end_reason else "",
        one.officer or "",
        solved,
        str(one.rating or ""),
    )
    return [harmless(cell) for cell in cells]


def _moment(at: datetime | None) -> str:
    return f"{at.astimezone(WIB):%Y-%m-%d %H:%M:%S}" if at else ""

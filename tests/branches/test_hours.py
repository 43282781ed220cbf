"""Offices are open Monday to Friday, 08.00 to 15.30 of their own time zone, not on public holidays."""

from datetime import UTC, date, datetime

import pytest

from bot.branches.hours import holiday_name, is_open, next_opening
from bot.branches.table import branches

ZONES = {branch.zone_name: branch.zone for branch in branches()}


def at(text: str, zone: str = "WIB") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONES[zone])


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2026-11-24T07:59", False),
        ("2026-11-24T08:00", True),
        ("2026-11-24T15:29", True),
        ("2026-11-24T15:30", False),
        ("2026-11-28T10:00", False),  # Saturday
        ("2026-12-25T10:00", False),  # Christmas, a Friday
        ("2026-12-24T10:00", False),  # the day off joined to it
    ],
)
def test_when_an_office_is_open(moment: str, opened: bool) -> None:
    assert is_open(ZONES["WIB"], at(moment)) is opened


def test_an_office_in_the_east_opens_two_hours_before_one_in_the_west() -> None:
    six_in_jakarta = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
    assert [is_open(ZONES[name], six_in_jakarta) for name in ("WIB", "WITA", "WIT")] == [False, False, True]
    assert next_opening(ZONES["WIB"], six_in_jakarta).at == at("2026-11-24T08:00")


def test_every_province_of_papua_and_maluku_keeps_eastern_time() -> None:
    east = {branch.province for branch in branches() if branch.zone_name == "WIT"}
    assert len(east) == 8 and {"Maluku", "Papua", "Papua Selatan"} <= east


@pytest.mark.parametrize(
    ("moment", "opens", "holiday"),
    [
        ("2026-11-24T06:00", "2026-11-24T08:00", None),
        ("2026-11-24T16:00", "2026-11-25T08:00", None),
        ("2026-11-27T16:00", "2026-11-30T08:00", None),
        ("2026-12-23T16:00", "2026-12-28T08:00", date(2026, 12, 24)),
        ("2026-08-17T10:00", "2026-08-18T08:00", date(2026, 8, 17)),
        ("2026-04-03T16:00", "2026-04-06T08:00", date(2026, 4, 3)),
    ],
)
def test_when_an_office_opens_next(moment: str, opens: str, holiday: date | None) -> None:
    opening = next_opening(ZONES["WIB"], at(moment))
    assert (opening.at, opening.holiday) == (at(opens), holiday)


def test_a_holiday_has_a_name_in_both_languages() -> None:
    independence = date(2026, 8, 17)
    assert holiday_name(independence) == "Hari Kemerdekaan Republik Indonesia"
    assert holiday_name(independence, "en") == "Independence Day"
    assert holiday_name(date(2026, 8, 18)) is None

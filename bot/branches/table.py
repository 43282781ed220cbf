"""The table of branch offices, read once from `branches.yml`."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

import yaml

_FILE = Path(__file__).with_name("branches.yml")
_ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}

Position = tuple[float, float]
"""Latitude and longitude in degrees."""


class Known(StrEnum):
    """How much a public source says of an office."""

    ADDRESS = "address"
    NAME = "name"
    TOWN = "town"
    """Nothing: the row stands for a province of which no source names an office."""


@dataclass(frozen=True, slots=True)
class Branch:
    """An office, or a province's capital in the place of one."""

    name: str
    kind: str
    city: str
    province: str
    position: Position
    known: Known
    source: str
    zone_name: str
    """WIB, WITA or WIT."""
    address: str | None = None
    phone: str | None = None
    exact: bool = False
    """Whether the position is the office's own, not the town's."""

    @property
    def key(self) -> str:
        """A short name for buttons, which stays the same however the table is ordered."""
        return f"{crc32(f'{self.name}, {self.city}'.encode()):08x}"

    @property
    def zone(self) -> ZoneInfo:
        return _ZONES[self.zone_name]

    @property
    def listed(self) -> bool:
        """Whether a source names an office here."""
        return self.known is not Known.TOWN


@cache
def branches() -> tuple[Branch, ...]:
    """All rows, in the order of the file."""
    return tuple(_branch(row) for row in _content()["branches"])


def branch_of(key: str) -> Branch:
    """The office with this key; raises `KeyError` where the table has it no more."""
    return _by_key()[key]


def is_known(key: str) -> bool:
    """Whether the table has an office with this key."""
    return key in _by_key()


@cache
def _by_key() -> dict[str, Branch]:
    return {branch.key: branch for branch in branches()}


@cache
def provinces() -> tuple[str, ...]:
    """All provinces of Indonesia."""
    return tuple(_content()["provinces"])


@cache
def places() -> dict[str, tuple[str, Position]]:
    """The name and position of each place, by every name people give it, in small letters."""
    content = _content()
    named = {branch.city: branch.position for branch in reversed(branches())}
    named |= {name: _position(place["at"]) for name, place in content["places"].items()}
    found: dict[str, tuple[str, Position]] = {}
    for name, province in content["provinces"].items():
        for word in (name, *province.get("also", ())):
            found[word.lower()] = (name, named[province["capital"]])
    for name, position in named.items():
        for word in (name, *content["places"].get(name, {}).get("also", ())):
            found[word.lower()] = (name, position)
    return found


def _branch(row: dict[str, Any]) -> Branch:
    content = _content()
    values = {**row, "position": _position(row["at"]), "known": Known(row["known"])}
    del values["at"]
    values["name"] = row.get("name", row["city"])
    values["source"] = content["sources"][row["source"]]
    return Branch(**values, zone_name=content["provinces"][row["province"]]["zone"])


def _position(degrees: list[float]) -> Position:
    latitude, longitude = degrees
    return latitude, longitude


@cache
def _content() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content

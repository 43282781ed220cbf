"""Which office is near, and which place a message names."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from math import asin, cos, radians, sin, sqrt

from bot.branches.table import Branch, Position, branches, places

EARTH_KM = 6371.0
LONGEST_NAME = 3
"""Words in the longest name of a place that is worth looking for."""
FAR_KM = 100
"""Beyond this a second office is no help."""
SPELT_ALIKE = 0.85
SHORTEST_MISSPELT = 6
"""Letters; shorter words are too easily another word."""
NO_PLACES = frozenset({"seorang", "langsung", "kandidat", "kepada", "seorangnya"})
"""Words of every day that look like a misspelt place."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town, regency or province that a message names."""

    name: str
    position: Position


def nearest(latitude: float, longitude: float, count: int = 3) -> list[tuple[Branch, float]]:
    """The nearest offices with their distance in km, nearest first."""
    measured = [(branch, kilometres((latitude, longitude), branch.position)) for branch in branches()]
    return sorted(measured, key=lambda found: found[1])[:count]


def worth_naming(position: Position) -> list[tuple[Branch, float]]:
    """Up to three offices to name to somebody there: the nearest, others not far, and one that a source names."""
    first, *others = nearest(*position, count=len(branches()))
    listed = [found for found in others if found[0].listed]
    near = [found for found in listed if found[1] <= FAR_KM][:2]
    return [first, *near] if near or first[0].listed else [first, *listed[:1]]


def kilometres(here: Position, there: Position) -> float:
    """The distance over the ground by the haversine formula, in km."""
    (latitude, longitude), (other_latitude, other_longitude) = here, there
    along = sin(radians(other_latitude - latitude) / 2) ** 2
    across = sin(radians(other_longitude - longitude) / 2) ** 2
    across *= cos(radians(latitude)) * cos(radians(other_latitude))
    return 2 * EARTH_KM * asin(sqrt(along + across))


def find(text: str) -> Place | None:
    """The place a message names, moderately misspelt too; of several the one with the longest name."""
    known = places()
    names = (name if name in known else _misspelt(name) for name in _candidates(text))
    name = next(filter(None, names), None)
    return Place(*known[name]) if name else None


def _candidates(text: str) -> list[str]:
    """Neighbouring words of a message that may be a name, the most words first."""
    words = re.findall(r"[a-z]+", text.lower())
    return [
        " ".join(words[start : start + length])
        for length in range(LONGEST_NAME, 0, -1)
        for start in range(len(words) - length + 1)
    ]


def _misspelt(candidate: str) -> str | None:
    if len(candidate) < SHORTEST_MISSPELT or candidate in NO_PLACES:
        return None
    alike = [(_likeness(candidate, name), name) for name in places() if _may_be(candidate, name)]
    best, name = max(alike, default=(0.0, ""))
    return name if best >= SPELT_ALIKE else None


def _may_be(candidate: str, name: str) -> bool:
    """Whether only a slip of the finger can lie between the two."""
    return (
        len(name) >= SHORTEST_MISSPELT
        and candidate[0] == name[0]
        and candidate.count(" ") == name.count(" ")
        and abs(len(candidate) - len(name)) <= 1
    )


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()

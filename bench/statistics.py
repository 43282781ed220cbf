"""Durations and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` % of the values don't exceed; raises `ValueError` without values."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[max(0, ceil(len(values) * percent / 100) - 1)]


@dataclass(frozen=True)
class Durations:
    """In seconds, in the order in which they were measured."""

    seconds: tuple[float, ...]

    @property
    def p50(self) -> float:
        """Milliseconds."""
        return 1000 * percentile(self.seconds, 50)

    @property
    def p95(self) -> float:
        """Milliseconds."""
        return 1000 * percentile(self.seconds, 95)

    def window(self, turn: int, width: int) -> "Durations":
        """`width` turns beginning at `turn`, counted from 1; at the end the last `width` turns."""
        first = min(turn - 1, len(self.seconds) - width)
        return Durations(self.seconds[first : first + width])


def growth(durations: Durations, early: int, late: int, width: int) -> float:
    """How many times as long a late turn takes as an early one: medians of `width` turns each."""
    return durations.window(late, width).p50 / durations.window(early, width).p50

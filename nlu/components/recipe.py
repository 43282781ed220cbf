"""How the intents are learnt, apart from what learns them: the libraries for that are large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Recipe:
    """How to learn; the defaults were chosen on the development part of MASSIVE id-ID."""

    copies: int = 1
    noise_rate: float = 0.3
    asides: Sequence[str] = ()
    """Labels of what is said beside a need: greetings, pleas, praise, anger."""
    aside_copies: int = 1
    rarest: int = 2
    """Features that fewer examples have are left out."""
    rarity_power: float = 1.0
    strength: float = 0.5
    """The SVM's C: how much single examples may bend the model."""
    balanced: bool = False
    """Whether labels with few examples weigh as much as those with many."""
    machines: int = 3
    """So many are learnt, each with noise of its own, and averaged."""
    calibration_folds: int = 1
    """How many of five parts are held out in turn to learn what a margin is worth."""
    seed: int = 20261124

"""More messages out of the given ones: with typing noise, and as people write who say more than their need."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from nlu.components.noise import noised

Examples = tuple[list[str], list[str]]


def noised_copies(texts: Sequence[str], labels: Sequence[str], copies: int, rate: float, random: Random) -> Examples:
    """Each text `copies` times with noise."""
    return [noised(text, rate, random) for _ in range(copies) for text in texts], list(labels) * copies


def with_asides(
    texts: Sequence[str], labels: Sequence[str], asides: Sequence[str], copies: int, random: Random
) -> Examples:
    """Longer messages: a need said twice, or with a greeting, a plea, praise or anger around it: "parah banget. saldo
    saya hilang. tolong min".

    `asides` names the labels that are said beside a need; whoever also has a need wants the need met. Their own
    examples are only joined with their like.
    """
    of_label: dict[str, list[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        of_label.setdefault(label, []).append(text)
    beside = [text for label in asides for text in of_label.get(label, ())]
    if not beside:
        return [], []
    examples = list(zip(texts, labels, strict=True)) * copies
    longer = [
        _longer(text, of_label[label], of_label[label] if label in asides else beside, random)
        for text, label in examples
    ]
    return longer, [label for _, label in examples]


def _longer(text: str, same: Sequence[str], beside: Sequence[str], random: Random) -> str:
    parts = [text, random.choice(random.choice((same, beside)))]
    if random.random() < 0.5:
        parts.append(random.choice((random.choice(same), random.choice(beside))))
    random.shuffle(parts)
    return " ".join(parts)

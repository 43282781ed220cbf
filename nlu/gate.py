"""Whether a new model may take the place of the old one: measured on messages that neither learnt from."""

from __future__ import annotations

import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from nlu.benchmark import NOISE, accuracy, noisy, own_test_set
from nlu.components.linear_model import LinearModel

TOLERANCE = 0.005
"""So much less may be right before a model counts as worse: three of six hundred messages."""
_COMPONENT = "NgramIntentClassifier"


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of the test messages whose intent is guessed right, as written and with slips of the finger."""

    clean: float
    noisy: float

    def is_worse_than(self, old: Figures) -> bool:
        return self.clean < old.clean - TOLERANCE or self.noisy < old.noisy - TOLERANCE

    def __str__(self) -> str:
        return f"{self.clean:.1%} right, {self.noisy:.1%} with typing slips"


def figures_of(archive: Path) -> Figures | None:
    """How a model of Rasa fares; None where this version of the assistant can't read its language component."""
    try:
        model = language_of(archive)
    except (KeyError, ValueError, OSError, tarfile.TarError):
        return None
    messages = own_test_set()
    return Figures(accuracy(model, messages), accuracy(model, noisy(messages, NOISE)))


def language_of(archive: Path) -> LinearModel:
    """The classifier in a model; raises `KeyError` where there is none."""
    with tarfile.open(archive) as stored, tempfile.TemporaryDirectory() as folder:
        files = [
            entry for entry in stored.getmembers() if entry.isfile() and _COMPONENT in Path(entry.name).parent.name
        ]
        if not files:
            raise KeyError(_COMPONENT)
        for entry in files:
            content = stored.extractfile(entry)
            assert content
            (Path(folder) / Path(entry.name).name).write_bytes(content.read())
        return LinearModel.load(Path(folder))

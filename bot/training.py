"""Trains the Rasa model when what it is made of changed, and uses the new one only if it isn't worse."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nlu.gate import Figures

SOURCES = ("config.yml", "domain.yml", "nlu")
FINGERPRINT = "fingerprint.json"
CANDIDATE = "candidate-"
"""How the folders begin in which a new model is made and measured; nobody answers from there."""
MODEL = "jmo"


class Outcome(StrEnum):
    UP_TO_DATE = "up_to_date"
    TRAINED = "trained"
    REFUSED = "refused"
    """The new model is worse on the test messages: the old one stays."""


@dataclass(frozen=True, slots=True)
class Training:
    """What came of it, and how both models fare where both could be measured."""

    outcome: Outcome
    new: "Figures | None" = None
    old: "Figures | None" = None

    @property
    def sentence(self) -> str:
        """For who trained."""
        match self.outcome:
            case Outcome.UP_TO_DATE:
                return "The model is up to date."
            case Outcome.REFUSED:
                return (
                    f"The old model stays, as the new one is worse on the test messages ({self.new}; "
                    f"the old one: {self.old}): 'jmo train --accept-worse' takes it nevertheless."
                )
        compared = f"; the old one: {self.old}" if self.old else ""
        return f"The model is trained ({self.new}{compared})." if self.new else "The model is trained."


def train_if_needed(root: Path, models: Path, force: bool = False, accept_worse: bool = False) -> Training:
    """Train into `models` and remember what the model was made of; what was refused isn't tried again by itself."""
    wanted, known, old = fingerprint(root), _known(models), _newest(models)
    tried = {known.get("sources")} if accept_worse else {known.get("sources"), known.get("refused")}
    if old and not force and wanted in tried:
        return Training(Outcome.UP_TO_DATE)
    models.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=CANDIDATE, dir=models) as folder:  # of its own: others may train at the same time
        candidate = _train(root, Path(folder))
        training = _judged(candidate, old, accept_worse)
        if training.outcome is Outcome.REFUSED:
            _remember(models, **{**known, "refused": wanted})
        else:
            _take(candidate, models)
            _remember(models, sources=wanted)
    return training


def fingerprint(root: Path) -> str:
    """A digest of everything that the model depends on."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _judged(candidate: Path, old: Path | None, accept_worse: bool) -> Training:
    from nlu.gate import figures_of

    new, before = figures_of(candidate), figures_of(old) if old else None
    worse = new is not None and before is not None and new.is_worse_than(before)
    return Training(Outcome.REFUSED if worse and not accept_worse else Outcome.TRAINED, new, before)


def _take(candidate: Path, models: Path) -> None:
    """Put the new model where it is used; at every moment there is one."""
    taken = models / candidate.name
    os.replace(candidate, taken)
    for old in models.glob("*.tar.gz"):
        if old != taken:
            old.unlink()


def _newest(models: Path) -> Path | None:
    return max(models.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, default=None)


def _sources(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = root / name
        found = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(file for file in found if file.suffix in (".yml", ".py"))


def _known(models: Path) -> dict[str, str]:
    path = models / FINGERPRINT
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return known


def _remember(models: Path, **fingerprints: str) -> None:
    (models / FINGERPRINT).write_text(json.dumps(fingerprints), encoding="utf-8")


def _train(root: Path, folder: Path) -> Path:
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    import rasa.model_training

    rasa.model_training.train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "nlu" / "data"), str(root / "nlu" / "rules")],
        output=str(folder),
        fixed_model_name=MODEL,
    )
    return folder / f"{MODEL}.tar.gz"

"""Trains the Rasa model, only when what it is made of changed."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

SOURCES = ("config.yml", "domain.yml", "nlu")
FINGERPRINT = "fingerprint.json"


def train_if_needed(root: Path, models: Path, force: bool = False) -> bool:
    """Train into `models` and remember what it was made of; False when the model is up to date already."""
    wanted = fingerprint(root)
    if not force and _known_fingerprint(models) == wanted and any(models.glob("*.tar.gz")):
        return False
    models.mkdir(parents=True, exist_ok=True)
    _train(root, models)
    (models / FINGERPRINT).write_text(json.dumps({"sources": wanted}))
    return True


def fingerprint(root: Path) -> str:
    """A digest of everything that the model depends on."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        path = root / name
        found = path.rglob("*") if path.is_dir() else [path]
        yield from sorted(file for file in found if file.suffix in (".yml", ".py"))


def _known_fingerprint(models: Path) -> str | None:
    path = models / FINGERPRINT
    return json.loads(path.read_text())["sources"] if path.exists() else None


def _train(root: Path, models: Path) -> None:
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    import rasa.model_training

    for old in models.glob("*.tar.gz"):
        old.unlink()
    rasa.model_training.train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "nlu" / "data"), str(root / "nlu" / "rules")],
        output=str(models),
        fixed_model_name="jmo",
    )

"""Measures the understanding: `python -m nlu.benchmark DIR` on any data set, `--messages FILE` on labelled messages.

DIR holds train.tsv and test.tsv, a line for each text: text, tab, intent. FILE is a CSV table with the columns
`text` and `topics` (joined by "|", any of them is right).
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import yaml
from rich.console import Console
from rich.table import Table

from nlu.components.linear_model import LinearModel
from nlu.components.recipe import Recipe
from nlu.components.training import learn
from nlu.keyboard_noise import with_slips

NLU = Path(__file__).parent
OFFERED = 3
"""So many needs are offered to whoever wasn't understood."""
OTHER = "lain"

Examples = tuple[list[str], list[str]]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.benchmark", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder with train.tsv and test.tsv")
    parser.add_argument("--messages", type=Path, help="a CSV table of messages and their topics")
    parser.add_argument("--part", default="test", help="the file to measure on: test (default) or dev")
    chosen = parser.parse_args(arguments)
    if not (chosen.folder or chosen.messages):
        parser.error("give a folder or --messages FILE")
    wanted = [chosen.folder / name for name in ("train.tsv", f"{chosen.part}.tsv")] if chosen.folder else []
    for path in [*wanted, *([chosen.messages] if chosen.messages else [])]:
        if not path.is_file():
            parser.error(f"there is no file {path}")
    if chosen.folder:
        _print("Data set", measure_data_set(chosen.folder, chosen.part))
    if chosen.messages:
        _print("Messages", measure_messages(chosen.messages))


def measure_data_set(folder: Path, part: str = "test") -> dict[str, str]:
    """Accuracy by noise, calibration, rejection of our own texts as foreign ones, and the costs."""
    train, test = read_tsv(folder / "train.tsv"), read_tsv(folder / f"{part}.tsv")
    started = time.perf_counter()
    learnt = learn(*train, Recipe())
    seconds = time.perf_counter() - started
    model, size = _stored(learnt)
    rows = {f"accuracy at {rate:.0%} noise": f"{accuracy(model, _noisy(test, rate)):.1%}" for rate in (0.0, 0.3, 0.6)}
    known, foreign = _tops(model, test[0]), _tops(model, foreign_texts())
    return {
        **rows,
        "calibration error": f"{calibration_error(model, test):.3f}",
        "foreign text (AUROC)": f"{area_under_roc(known, foreign):.3f}",
        "training": f"{seconds:.0f} s",
        "model": f"{size / 1e6:.1f} MB, {len(model.places)} features",
        **_parse_times(model, test[0]),
    }


def measure_messages(path: Path) -> dict[str, str]:
    """How messages of the wild fare with a model of our own data, and the worst confusions."""
    model, _ = _stored(learn(*own_examples(), own_recipe()))
    with path.open(encoding="utf-8", newline="") as file:
        messages = [(row["text"], row["topics"].split("|")) for row in csv.DictReader(file)]
    verdicts = [(topics[0] == OTHER, *judge(model, text, topics)) for text, topics in messages]
    in_scope = [(verdict, said) for other, verdict, said in verdicts if not other]
    small_talk = [verdict for other, verdict, _ in verdicts if other]
    worst = Counter(
        f"{topics[0]} → {said}"
        for (_, topics), (_, verdict, said) in zip(messages, verdicts, strict=True)
        if verdict != "right"
    )
    return {
        "messages in scope": str(len(in_scope)),
        "right at once": _share([verdict for verdict, _ in in_scope], "right"),
        "right or among those offered": _share([verdict for verdict, _ in in_scope], "right", "offered"),
        "wrong with confidence (all)": _share([verdict for _, verdict, _ in verdicts], "wrong"),
        f"{OTHER} met as small talk or out of scope": _share(small_talk, "right"),
        "worst": "\n".join(f"{count} {what}" for what, count in worst.most_common(12)),
    }


def judge(model: LinearModel, text: str, topics: Sequence[str]) -> tuple[str, str]:
    """ "right", "wrong", "offered" (asked back with the right need) or "missed", and what was answered."""
    table = topics_of_intents()
    confidences = model.confidences(text)
    best = [model.labels[place] for place in np.argsort(-confidences, kind="stable")[:OFFERED]]
    right = [bool(set(table[intent]) & set(topics)) for intent in best]
    if is_sure(confidences):
        return ("right" if right[0] else "wrong"), best[0]
    return ("offered" if any(right) else "missed"), "asked back"


def is_sure(confidences: np.ndarray[tuple[int], np.dtype[np.float32]]) -> bool:
    """Whether the assistant answers without asking, by the rule of config.yml."""
    rule = _component("FallbackClassifier")
    second, first = np.sort(confidences)[-2:]
    return bool(first >= rule["threshold"] and first - second >= rule["ambiguity_threshold"])


def accuracy(model: LinearModel, examples: Examples) -> float:
    said = [model.labels[int(np.argmax(model.confidences(text)))] for text in examples[0]]
    return float(np.mean([a == b for a, b in zip(said, examples[1], strict=True)]))


def calibration_error(model: LinearModel, examples: Examples, bins: int = 10) -> float:
    """How far the confidences are from the share that is right, weighted by how often each is given."""
    tops, right = [], []
    for text, label in zip(*examples, strict=True):
        confidences = model.confidences(text)
        best = int(np.argmax(confidences))
        tops.append(confidences[best])
        right.append(model.labels[best] == label)
    places = np.minimum((np.array(tops) * bins).astype(int), bins - 1)
    gaps = [abs(np.sum(np.array(right)[places == b]) - np.sum(np.array(tops)[places == b])) for b in range(bins)]
    return float(np.sum(gaps) / len(tops))


def area_under_roc(known: Sequence[float], foreign: Sequence[float]) -> float:
    """The chance that a known text gets a higher confidence than a foreign one."""
    foreign_sorted = np.sort(foreign)
    below = np.searchsorted(foreign_sorted, known, "left") + np.searchsorted(foreign_sorted, known, "right")
    return float(below.mean() / 2 / len(foreign_sorted))


def read_tsv(path: Path) -> Examples:
    """Texts and intents; raises `ValueError` naming the first line that isn't a text, a tab and an intent."""
    texts: list[str] = []
    intents: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        text, tab, intent = line.partition("\t")
        if not (text and tab and intent):
            raise ValueError(f"{path}, line {number}: expected a text, a tab and an intent")
        texts.append(text)
        intents.append(intent)
    return texts, intents


def own_examples() -> Examples:
    """The training data of the assistant."""
    texts: list[str] = []
    intents: list[str] = []
    for path in sorted((NLU / "data").glob("*.yml")):
        for topic in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            examples = [line.removeprefix("- ") for line in topic["examples"].splitlines() if line.strip()]
            texts += examples
            intents += [topic["intent"]] * len(examples)
    return texts, intents


@cache
def topics_of_intents() -> dict[str, list[str]]:
    table: dict[str, list[str]] = yaml.safe_load((NLU / "topics.yml").read_text(encoding="utf-8"))
    return table


def own_recipe() -> Recipe:
    """How config.yml has the assistant learn."""
    settings = _component("nlu.components.intent_classifier.NgramIntentClassifier")
    return Recipe(**{name: value for name, value in settings.items() if name != "name"})


@cache
def _component(name: str) -> dict[str, Any]:
    pipeline = yaml.safe_load((NLU.parent / "config.yml").read_text(encoding="utf-8"))["pipeline"]
    return next(component for component in pipeline if component["name"] == name)


def foreign_texts() -> list[str]:
    """Our own texts about our own subject, which no other data set is about; small talk would be."""
    return [text for text, intent in zip(*own_examples(), strict=True) if topics_of_intents()[intent] != [OTHER]]


def _noisy(examples: Examples, rate: float) -> Examples:
    random = Random(7)
    return [with_slips(text, rate, random) for text in examples[0]], examples[1]


def _tops(model: LinearModel, texts: Sequence[str]) -> list[float]:
    return [float(model.confidences(text).max()) for text in texts]


def _parse_times(model: LinearModel, texts: Sequence[str]) -> dict[str, str]:
    times = []
    for text in texts[:1000]:
        started = time.perf_counter()
        model.confidences(text)
        times.append((time.perf_counter() - started) * 1000)
    return {"classification p50 / p95": f"{np.percentile(times, 50):.2f} / {np.percentile(times, 95):.2f} ms"}


def _stored(model: LinearModel) -> tuple[LinearModel, int]:
    """The model as it is after saving, and its bytes on disk: what is measured is what runs."""
    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder))
        return LinearModel.load(Path(folder)), sum(path.stat().st_size for path in Path(folder).iterdir())


def _share(verdicts: Sequence[str], *wanted: str) -> str:
    hits = sum(verdict in wanted for verdict in verdicts)
    return f"{hits / max(len(verdicts), 1):.1%} ({hits} of {len(verdicts)})"


def _print(title: str, rows: dict[str, str]) -> None:
    table = Table("measure", "value", title=title)
    for name, value in rows.items():
        table.add_row(name, value)
    Console().print(table)


if __name__ == "__main__":
    main()

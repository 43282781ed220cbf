"""Measures the understanding: on any data set (train.tsv and test.tsv, a line for each text: text, tab, intent), on
labelled messages (a CSV table of `text` and `topics`, joined by "|", any of them is right), and on our own test set.
"""

from __future__ import annotations

import csv
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import yaml

from nlu.components.decision import Decision, Ranking, decision_of
from nlu.components.intent_classifier import ranked_needs
from nlu.components.linear_model import LinearModel
from nlu.components.recipe import Recipe
from nlu.components.training import learn
from nlu.keyboard_noise import with_slips

NLU = Path(__file__).parent
OWN_TEST_SET = NLU / "test_messages.csv"
"""Messages in conversation style with their intents; none of them is learnt from."""
NOISE = 0.3
"""The share of words with a slip of the finger in the noisy copies of our own test set."""
OTHER = "lain"

Examples = tuple[list[str], list[str]]


def measure_data_set(folder: Path, part: str = "test") -> dict[str, str]:
    """Accuracy by noise, calibration, rejection of our own texts as foreign ones, and the costs."""
    train, test = read_tsv(folder / "train.tsv"), read_tsv(folder / f"{part}.tsv")
    started = time.process_time()
    learnt = learn(*train, Recipe())
    seconds = time.process_time() - started
    model, size = as_stored(learnt)
    rows = {f"accuracy at {rate:.0%} noise": f"{accuracy(model, noisy(test, rate)):.1%}" for rate in (0.0, 0.3, 0.6)}
    known, foreign = _tops(model, test[0]), _tops(model, foreign_texts())
    return {
        **rows,
        "calibration error": f"{calibration_error(model, test):.3f}",
        "foreign text (AUROC)": f"{area_under_roc(known, foreign):.3f}",
        "training, processor time": f"{seconds:.0f} s",
        "model": f"{size / 1e6:.1f} MB, {len(model.places)} features",
        **parse_times(model, test[0]),
    }


@dataclass(frozen=True)
class Wild:
    """How messages of the wild fare with a model of our own data."""

    shares: dict[str, str]
    confusions: list[tuple[str, int]]
    """"topic → what was answered", the commonest first."""


def measure_messages(path: Path, model: LinearModel) -> Wild:
    """Raises `OSError` or `KeyError` where the table isn't one of the columns `text` and `topics`."""
    with path.open(encoding="utf-8", newline="") as file:
        messages = [(row["text"], row["topics"].split("|")) for row in csv.DictReader(file)]
    judged = [(topics[0], judge(model, text, topics)) for text, topics in messages]
    everything = [how for _, how in judged]
    in_scope = [how for topic, how in judged if topic != OTHER]
    small_talk = [how for topic, how in judged if topic == OTHER]
    worst = Counter(f"{topic} → {how.answered or 'asked back'}" for topic, how in judged if not how.is_right)
    shares = {
        "right at once": share([how.is_right for how in in_scope]),
        "right or among those offered": share([how.is_right or how.offers_it for how in in_scope]),
        "right at once, nothing asked beside": share([how.is_right and not how.asks for how in in_scope]),
        "answered on another topic (all)": share([how.is_wrong for how in everything]),
        "answered on another topic, nothing asked beside (all)": share(
            [how.is_wrong and not how.asks for how in everything]
        ),
        f"{OTHER} met as small talk or out of scope": share([how.is_right for how in small_talk]),
    }
    return Wild(shares, worst.most_common())


@dataclass(frozen=True, slots=True)
class Judged:
    """How a message fares whose topics are known."""

    answered: str | None
    """The intent; None where the assistant asks what is meant."""
    is_right: bool
    asks: bool
    """Whether it offers other needs instead: it isn't sure."""
    offers_it: bool
    """Whether the right need is among those offered, instead or besides."""

    @property
    def is_wrong(self) -> bool:
        return self.answered is not None and not self.is_right


def judge(model: LinearModel, text: str, topics: Sequence[str]) -> Judged:
    """Hold what the assistant would do against the topics, of which any is right."""
    table, decision = topics_of_intents(), own_decision()
    raw, also = ranked_needs(model, text)
    ranked = _pairs(raw)
    answered = decision.answered(ranked)
    instead = decision.beside(ranked, answered) if answered else decision.offered(ranked)

    def fits(intent: str) -> bool:
        return not set(table[intent]).isdisjoint(topics)

    offered = [*instead, also] if also else instead
    return Judged(answered, answered is not None and fits(answered), bool(instead), any(map(fits, offered)))


def ranking(model: LinearModel, text: str) -> Ranking:
    """As the assistant ranks a message's intents."""
    return _pairs(ranked_needs(model, text)[0])


def _pairs(raw: Sequence[dict[str, Any]]) -> Ranking:
    return [(guess["name"], guess["confidence"]) for guess in raw]


def own_decision() -> Decision:
    """By what config.yml has the assistant decide whether to answer or to ask back."""
    return decision_of(_component("nlu.components.decision.AskBack"))


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


def own_test_set() -> Examples:
    with OWN_TEST_SET.open(encoding="utf-8", newline="") as file:
        rows = [(row["text"], row["intent"]) for row in csv.DictReader(file)]
    return [text for text, _ in rows], [intent for _, intent in rows]


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


def noisy(examples: Examples, rate: float) -> Examples:
    random = Random(7)
    return [with_slips(text, rate, random) for text in examples[0]], examples[1]


def _tops(model: LinearModel, texts: Sequence[str]) -> list[float]:
    return [float(model.confidences(text).max()) for text in texts]


def parse_times(model: LinearModel, texts: Sequence[str]) -> dict[str, str]:
    seconds = []
    for text in texts[:1000]:
        started = time.perf_counter()
        model.confidences(text)
        seconds.append(time.perf_counter() - started)
    return {"classification p50 / p95": in_milliseconds(seconds)}


def in_milliseconds(seconds: Sequence[float]) -> str:
    """The median and the 95th percentile."""
    p50, p95 = np.percentile(seconds, (50, 95)) * 1000
    return f"{p50:.2f} / {p95:.2f} ms"


def as_stored(model: LinearModel) -> tuple[LinearModel, int]:
    """The model as it is after saving, and its bytes on disk: what is measured is what runs."""
    with tempfile.TemporaryDirectory() as folder:
        model.save(Path(folder))
        return LinearModel.load(Path(folder)), sum(path.stat().st_size for path in Path(folder).iterdir())


def share(hits: Sequence[bool]) -> str:
    return f"{sum(hits) / max(len(hits), 1):.1%} ({sum(hits)} of {len(hits)})"

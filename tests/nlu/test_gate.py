"""A new model takes the place of the old one only if it isn't worse on the test messages."""

import os
import shutil
import tarfile
from pathlib import Path

import pytest

from bot import training
from bot.training import Outcome, train_if_needed
from nlu import gate
from nlu.components.linear_model import LinearModel
from nlu.components.recipe import Recipe
from nlu.components.training import learn
from nlu.gate import Figures, figures_of

TEXTS = ["cek saldo saya", "saldo jht berapa", "mau klaim jht", "cara klaim jht", "halo min", "halo kak"] * 3
RIGHT = ["saldo", "saldo", "klaim", "klaim", "halo", "halo"] * 3
WRONG = ["halo", "halo", "saldo", "saldo", "klaim", "klaim"] * 3
MESSAGES = (["cek saldo", "klaim jht", "halo"], ["saldo", "klaim", "halo"])


def archived(model: LinearModel, folder: Path) -> Path:
    """As Rasa stores it, as far as the gate looks at it."""
    part = folder / "components" / "train_nlu.components.intent_classifier.NgramIntentClassifier0"
    part.mkdir(parents=True)
    model.save(part)
    with tarfile.open(folder / "made.tar.gz", "w:gz") as stored:
        stored.add(folder / "components", "components")
    return folder / "made.tar.gz"


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(learn(TEXTS, RIGHT, Recipe()), tmp_path_factory.mktemp("good"))


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(learn(TEXTS, WRONG, Recipe()), tmp_path_factory.mktemp("bad"))


@pytest.fixture(autouse=True)
def few_messages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "own_test_set", lambda: MESSAGES)


class Workshop:
    """A project whose training gives the model that is asked for."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.models = folder / "project", folder / "models"
        self.trained = 0
        (self.root / "nlu").mkdir(parents=True)
        for name in ("config.yml", "domain.yml"):
            (self.root / name).write_text("")
        self._next = Path()
        monkeypatch.setattr(training, "_train", self._make)

    def trains(self, model: Path, accept_worse: bool = False, changed: bool = True) -> training.Training:
        self._next = model
        if changed:
            (self.root / "config.yml").write_text(os.urandom(8).hex())
        return train_if_needed(self.root, self.models, accept_worse=accept_worse)

    def uses(self, model: Path) -> bool:
        [used] = self.models.glob("*.tar.gz")
        return used.read_bytes() == model.read_bytes()

    def _make(self, _: Path, folder: Path) -> Path:
        self.trained += 1
        folder.mkdir(parents=True, exist_ok=True)
        return Path(shutil.copy(self._next, folder / "jmo.tar.gz"))


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    return Workshop(tmp_path, monkeypatch)


def test_the_first_model_is_used_whatever_it_understands(workshop: Workshop, bad: Path) -> None:
    assert workshop.trains(bad).outcome is Outcome.TRAINED
    assert workshop.uses(bad)


def test_a_better_model_is_used(workshop: Workshop, good: Path, bad: Path) -> None:
    workshop.trains(bad)
    assert workshop.trains(good).outcome is Outcome.TRAINED
    assert workshop.uses(good)


def test_a_worse_model_is_not_used_and_both_figures_are_told(workshop: Workshop, good: Path, bad: Path) -> None:
    workshop.trains(good)
    refused = workshop.trains(bad)
    assert refused.outcome is Outcome.REFUSED and workshop.uses(good)
    assert "0.0% right" in refused.sentence and "the old one: 100.0% right" in refused.sentence


def test_what_was_refused_is_not_trained_again_at_each_start(workshop: Workshop, good: Path, bad: Path) -> None:
    workshop.trains(good)
    workshop.trains(bad)
    assert workshop.trains(bad, changed=False).outcome is Outcome.UP_TO_DATE
    assert workshop.trained == 2


def test_a_worse_model_is_used_where_that_is_wanted(workshop: Workshop, good: Path, bad: Path) -> None:
    workshop.trains(good)
    workshop.trains(bad)
    assert workshop.trains(bad, accept_worse=True, changed=False).outcome is Outcome.TRAINED
    assert workshop.uses(bad)


def test_going_back_to_the_sources_of_the_old_model_trains_nothing(workshop: Workshop, good: Path, bad: Path) -> None:
    workshop.trains(good)
    before = (workshop.root / "config.yml").read_text()
    workshop.trains(bad)
    (workshop.root / "config.yml").write_text(before)
    assert workshop.trains(good, changed=False).outcome is Outcome.UP_TO_DATE


def test_an_old_model_that_cannot_be_read_gives_way(workshop: Workshop, good: Path) -> None:
    workshop.models.mkdir()
    with tarfile.open(workshop.models / "older.tar.gz", "w:gz"):
        pass
    assert workshop.trains(good).outcome is Outcome.TRAINED
    assert workshop.uses(good)


def test_a_model_is_measured_as_it_is_stored(good: Path, bad: Path) -> None:
    right, wrong = figures_of(good), figures_of(bad)
    assert right and wrong and right.clean == 1.0 and wrong.clean == 0.0


@pytest.mark.parametrize(
    ("clean", "noisy", "worse"),
    [(0.95, 0.90, False), (0.946, 0.896, False), (0.944, 0.90, True), (0.99, 0.894, True), (0.96, 0.92, False)],
)
def test_a_hair_less_is_not_worse(clean: float, noisy: float, worse: bool) -> None:
    assert Figures(clean, noisy).is_worse_than(Figures(0.95, 0.90)) is worse

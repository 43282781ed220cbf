"""What the assistant must never mistake, and what it must not claim to understand."""

import numpy as np
import pytest

from nlu.benchmark import own_decision, ranking
from nlu.components.linear_model import LinearModel
from nlu.components.recipe import Recipe
from nlu.components.training import learn

TEXTS = ["cek saldo saya", "saldo jht berapa", "mau klaim jht", "cara klaim jht", "halo min", "halo kak"]
LABELS = ["saldo", "saldo", "klaim", "klaim", "halo", "halo"]


def says(model: LinearModel, text: str) -> str:
    """The intent, or "?" where the assistant asks back."""
    return own_decision().answered(ranking(model, text)) or "?"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("ya", "affirm"),
        ("iya", "affirm"),
        ("ok", "affirm"),
        ("tidak", "deny"),
        ("batal", "cancel"),
        ("stop", "cancel"),
        ("ga jadi", "cancel"),
        ("menu", "menu"),
        ("saldo", "check_balance"),
        ("simulasi", "simulate_jht"),
        ("klaim", "claim_how"),
        ("kartu", "show_card"),
        ("iuran", "contributions"),
        ("petugas", "human"),
        ("bantuan", "help"),
        ("halo min", "greet"),
        ("assalamualaikum", "greet"),
        ("makasih", "thanks"),
        ("ganti upahnya", "change_input"),
        ("eh gajinya salah", "change_input"),
        ("5jt", "inform"),
        ("3 juta 500", "inform"),
        ("10 tahun", "inform"),
        ("Rp4.350.000", "inform"),
        ("17-08-1991", "inform"),
        ("<nik>", "inform"),
        ("kpj saya <kpj>", "inform"),
        ("900 triliun", "inform"),
    ],
)
def test_short_messages_are_sure(understanding: LinearModel, text: str, intent: str) -> None:
    assert says(understanding, text) == intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("sldo jht sy brp y", "check_balance"),
        ("kodr 040 apaan min", "claim_failed"),
        ("gmn cra klem jht", "claim_how"),
        ("gk bs lgin pdhl sandi bnr", "login_failed"),
        ("what's my balance", "check_balance"),
        ("parah banget, saldo saya hilang, tolong min", "check_balance"),
    ],
)
def test_typing_as_people_do_is_understood(understanding: LinearModel, text: str, intent: str) -> None:
    assert says(understanding, text) == intent


@pytest.mark.parametrize("text", ["asdkjh qwe", "zxqw vbnm", "qwrtp", "🙏", "...", "hjkl fdsa mnbv"])
def test_random_letters_are_asked_back(understanding: LinearModel, text: str) -> None:
    assert says(understanding, text) == "?"


def test_confidences_are_probabilities(understanding: LinearModel) -> None:
    confidences = understanding.confidences("mau cek saldo")
    assert confidences.min() >= 0 and confidences.sum() == pytest.approx(1, abs=1e-4)


def test_without_any_known_word_all_intents_are_equal(understanding: LinearModel) -> None:
    confidences = understanding.confidences("xkcdq")
    assert confidences.max() == pytest.approx(1 / len(understanding.labels), abs=1e-6)


def test_unknown_words_lower_the_confidence(understanding: LinearModel) -> None:
    alone, among_unknown = (understanding.confidences(t).max() for t in ("cek saldo", "cek saldo qxzw vvbbn plokij"))
    assert among_unknown < alone


def test_training_twice_gives_the_same_model() -> None:
    first, second = (learn(TEXTS * 3, LABELS * 3, Recipe(asides=["halo"])) for _ in range(2))
    assert first.labels == second.labels and list(first.places) == list(second.places)
    assert np.array_equal(first.weights, second.weights) and first.temperature == second.temperature

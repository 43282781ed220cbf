"""The export for a maintainer."""

from pathlib import Path

import yaml
from rasa.shared.importers.importer import TrainingDataImporter

from bot.learning.models import Misunderstood, State
from bot.learning.proposals import HEADING, MARK, as_yaml


def message(text: str, state: State, intent: str | None = None, note: str | None = None) -> Misunderstood:
    return Misunderstood(text=text, state=state, intent=intent, note=note, guesses_json="[]")


MESSAGES = [
    message("kode 040 apa", State.ASSIGNED, "claim_failed"),
    message("apa itu jht", State.ASSIGNED, "ask_jht"),
    message("kode 040 apa", State.ASSIGNED, "claim_failed"),
    message("bisa bayar pakai apa", State.ENTRY, note="Cara membayar"),
]


def test_proposals_stand_by_intent_and_notes_with_what_was_asked() -> None:
    content = yaml.safe_load(as_yaml(MESSAGES))
    assert content["proposed_examples"] == {
        "ask_jht": [{"text": "apa itu jht", "times": 1}],
        "claim_failed": [{"text": "kode 040 apa", "times": 2}],
    }
    assert content["proposed_entries"] == [
        {"note": "Cara membayar", "asked": [{"text": "bisa bayar pakai apa", "times": 1}]}
    ]


def test_the_file_says_that_it_must_be_reread() -> None:
    assert as_yaml(MESSAGES).startswith(HEADING) and "PROPOSALS: reread" in HEADING
    assert yaml.safe_load(as_yaml(MESSAGES))["status"] == MARK


def test_dropped_among_the_training_data_it_trains_nothing(tmp_path: Path) -> None:
    file = tmp_path / "review.yml"
    file.write_text(as_yaml(MESSAGES), encoding="utf-8")
    importer = TrainingDataImporter.load_from_dict(training_data_paths=[str(file)])
    assert importer.get_nlu_data().intent_examples == []

"""An officer reads in a glance what was tried."""

from pathlib import Path

import yaml

from bot.handoff.tried import tried_lines
from bot.texts import texts

DOMAIN = yaml.safe_load((Path(__file__).parents[2] / "domain.yml").read_text(encoding="utf-8"))


def test_intents_form_and_misunderstandings_are_named() -> None:
    tried = {"form": "claim_form", "intents": ["check_balance", "handoff_stay", "claim_failed"], "misunderstood": 2}
    assert tried_lines(tried, "id") == [
        "Yang dibicarakan: saldo, klaim ditolak.",
        "Formulir yang terhenti: pengajuan klaim.",
        "Tidak dipahami berturut-turut: 2 kali.",
    ]
    assert tried_lines({}, "id") == []


def test_every_form_has_a_name_and_every_named_intent_exists() -> None:
    names = {key.removeprefix("handoff_tried.") for key in texts("id") if key.startswith("handoff_tried.")}
    assert {f"form_{form}" for form in DOMAIN["forms"]} <= names
    intents = {name.removeprefix("asked_") for name in names if name.startswith("asked_")}
    assert intents and intents <= set(DOMAIN["intents"])

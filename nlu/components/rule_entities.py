"""Finds entities by rule: words that always mean the same need no learning."""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

RULES: dict[str, tuple[tuple[str, str], ...]] = {
    "field": (
        (r"upah|gaji|penghasilan|wage|salary", "wage"),
        (r"lama(?:nya| kerja| iuran)?|tahun(?:nya)?|durasi|years", "years"),
        (r"saldo awal\w*|saldo(?:nya)?|starting balance", "starting_balance"),
        (r"pengembangan\w*|bunga\w*|persen\w*|rate", "rate"),
        (r"usia\w*|umur\w*|tanggal lahir|tgl lahir|age", "birth_date"),
    ),
    "language": ((r"inggris|english", "en"), (r"indonesia|indonesian", "id")),
    "programme": (
        (r"jht|hari tua", "jht"),
        (r"jp|jaminan pensiun|pensiun", "jp"),
        (r"jkp|kehilangan pekerjaan", "jkp"),
        (r"jkk|kecelakaan kerja", "jkk"),
        (r"jkm|kematian", "jkm"),
    ),
    "reason": (
        (r"resign|mengundurkan diri|berhenti kerja", "resign"),
        (r"phk|dipecat|dirumahkan", "phk"),
        (r"habis kontrak|kontrak habis|pkwt", "pkwt"),
        (r"10 ?(?:%|persen)", "partial10"),
        (r"30 ?(?:%|persen)", "partial30"),
        (r"meninggal|ahli waris", "death"),
        (r"cacat total", "disability"),
        (r"keluar negeri|luar negeri|pindah negara", "abroad"),
    ),
    "year": ((r"(?:19[89]\d|20[0-3]\d)", ""),),
    "code": ((r"0\d{2}(?= *$|\D)", ""),),
}
"""Entity: patterns and the values they stand for; an empty value stands for the matched text itself."""

_FIELD_INTENT_WORDS = re.compile(r"\b(?:ganti|ubah|salah|koreksi|ralat|change|wrong)", re.IGNORECASE)
_COMPILED = {
    entity: [(re.compile(rf"(?<!\w)(?:{pattern})(?:nya)?(?!\w)", re.IGNORECASE), value) for pattern, value in patterns]
    for entity, patterns in RULES.items()
}


def find_entities(text: str) -> list[dict[str, Any]]:
    """The first mention of each entity; a field is meant only where something is to be changed."""
    found = []
    for entity, patterns in _COMPILED.items():
        if entity == "field" and not _FIELD_INTENT_WORDS.search(text):
            continue
        for pattern, value in patterns:
            if match := pattern.search(text):
                found.append(
                    {
                        "entity": entity,
                        "start": match.start(),
                        "end": match.end(),
                        "value": value or match.group(),
                        "extractor": "RuleEntities",
                    }
                )
                break
    return found


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR], is_trainable=False)
class RuleEntities(GraphComponent):
    """Adds the entities to each message that isn't a button's payload, which brings its own."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> RuleEntities:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            text = message.get("text") or ""
            if not text.startswith("/"):
                message.set("entities", message.get("entities", []) + find_entities(text), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

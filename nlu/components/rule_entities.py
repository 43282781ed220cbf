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

Rules = tuple[tuple[str, str], ...]

RULES: dict[str, Rules] = {
    "field": (
        (r"saldo(?: awal| sekarang)?|modal awal|starting balance|balance", "starting_balance"),
        (r"upah|gaji(?: pokok)?|penghasilan|ga?jih|wage|salary|income", "wage"),
        (r"tanggal lahir|tgl ?l(?:ahi|h)r|ttl|birth ?(?:date|day)|date of birth", "birth_date"),
        (r"usia|umur|age", "age"),
        (r"(?:hasil )?pengembangan|bunga|persen(?:tase)?|imbal hasil|rate|interest", "rate"),
        (r"lama(?:nya)?(?: kerja| iur(?:an)?)?|masa (?:kerja|iur)|jangka waktu|tahun|thn|durasi|years?", "years"),
    ),
    "language": (
        (r"(?:bahasa |bhs )?(?:inggris|english)", "en"),
        (r"(?:bahasa |bhs )?indonesian?", "id"),
    ),
    "programme": (
        (r"jkp|(?:jaminan )?kehilangan pekerjaan|unemployment", "jkp"),
        (r"jkk|(?:jaminan )?kecelakaan kerja|work accident", "jkk"),
        (r"jkm|(?:jaminan |santunan )?kematian|death benefit", "jkm"),
        (r"jht|tht|(?:jaminan )?hari tua|old age savings?", "jht"),
        (r"jp|(?:jaminan )?pensiun|pension", "jp"),
    ),
    "reason": (
        (r"(?:10|sepuluh) ?(?:%|persen|percent)", "partial10"),
        (r"(?:30|tiga puluh) ?(?:%|persen|percent)", "partial30"),
        (r"meninggal|wafat|ahli waris|almarhum(?:ah)?|died|heirs?", "death"),
        (r"cacat(?: total)?(?: tetap)?|disabled|disability", "disability"),
        (
            r"(?:pindah|menetap|tinggal) (?:ke |di )?luar negeri|meninggalkan indonesia"
            r"|pindah (?:negara|kewarganegaraan)",
            "abroad",
        ),
        (r"(?:usia|umur) ?(?:sudah |saya |udah )?56|56 (?:tahun|thn|th)|usia pensiun", "age56"),
        (r"(?:kontrak(?:ku|nya)?(?: kerja)?(?: saya)? (?:habis|selesai|berakhir))", "pkwt"),
        (r"(?:habis|h?abis|selesai|akhir) kontrak|pkwt|contract ended", "pkwt"),
        (r"(?:di ?|ter)?phk|dipecat|di ?rumahkan|laid off|fired", "phk"),
        (
            r"re?sign(?:ed)?|risain|mengundurkan diri|(?:berhenti|keluar|brenti) (?:dari )?(?:ker?ja|kerjaan|pt)",
            "resign",
        ),
    ),
    "year": ((r"199\d|20[0-2]\d|203[0-5]", ""),),
    "code": ((r"[0o]\d{2}", ""),),
}
"""Entity: patterns and the values they stand for; an empty value stands for the matched text itself."""

# A field is meant only where something is to be changed: "gaji saya 5jt" answers a question.
_CHANGES = re.compile(
    r"\b(?:di)?(?:ganti|ubah|rubah|koreksi|ralat|perbaiki)|\b(?:salah|keliru|bukan|change|wrong)\b",
    re.IGNORECASE,
)
# Neither within a word nor within a number with separators: "040" isn't in "5.040".
_ALONE = r"(?<![\w.,]){}(?:nya)?(?![.,]?\w)"
_COMPILED = {
    entity: [(re.compile(_ALONE.format(f"(?:{pattern})"), re.IGNORECASE), value) for pattern, value in patterns]
    for entity, patterns in RULES.items()
}


def find_entities(text: str) -> list[dict[str, Any]]:
    """The first mention of each entity; a field is meant only where something is to be changed."""
    found = []
    for entity, patterns in _COMPILED.items():
        if entity == "field" and not _CHANGES.search(text):
            continue
        for pattern, value in patterns:
            if match := pattern.search(text):
                found.append(
                    {
                        "entity": entity,
                        "start": match.start(),
                        "end": match.end(),
                        "value": value or match.group().lower().replace("o", "0"),
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

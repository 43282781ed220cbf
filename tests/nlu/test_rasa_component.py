"""The components within Rasa: trained, stored, loaded and asked as Rasa does."""

from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.conversation.agent import Agent
from nlu.components.intent_classifier import NgramIntentClassifier

EXAMPLES = {
    "check_balance": ["cek saldo", "saldo saya berapa", "lihat saldo jht"],
    "claim_how": ["cara klaim jht", "mau klaim", "klaim jht gimana"],
}


@pytest.fixture
def storage(tmp_path: Path) -> LocalModelStorage:
    return LocalModelStorage.create(tmp_path)


@pytest.fixture
def trained(storage: LocalModelStorage) -> NgramIntentClassifier:
    component = NgramIntentClassifier.create(_config(), storage, Resource("intents"), _context())
    messages = [Message.build(text, intent) for intent, texts in EXAMPLES.items() for text in texts]
    component.train(TrainingData(messages))
    return component


def test_a_stored_component_says_what_the_trained_one_says(
    trained: NgramIntentClassifier, storage: LocalModelStorage
) -> None:
    loaded = NgramIntentClassifier.load(_config(), storage, Resource("intents"), _context())
    for text in ("saldo", "mau klaim dong", "apa kabar"):
        before, after = _asked(trained, text), _asked(loaded, text)
        assert after["intent"]["name"] == before["intent"]["name"]
        assert after["intent"]["confidence"] == pytest.approx(before["intent"]["confidence"], abs=0.02)


def test_the_stored_model_holds_no_pickle(trained: NgramIntentClassifier, storage: LocalModelStorage) -> None:
    with storage.read_from(Resource("intents")) as folder:
        assert {path.suffix for path in folder.iterdir()} == {".npz", ".json"}


def test_the_intents_are_ranked_from_the_likeliest_down(trained: NgramIntentClassifier) -> None:
    ranking = _asked(trained, "cek saldo saya")["intent_ranking"]
    assert [guess["name"] for guess in ranking] == ["check_balance", "claim_how"]
    assert ranking[0]["confidence"] > ranking[1]["confidence"]


async def test_the_whole_pipeline_asks_back_and_keeps_its_guesses(agent: Agent) -> None:
    parsed = await agent._processor.parse_message(UserMessage("asdkjh qwe zxcv"))
    assert parsed["intent"]["name"] == "nlu_fallback"
    assert len(parsed["intent_ranking"]) > 2


async def test_the_whole_pipeline_finds_intent_and_entities(agent: Agent) -> None:
    parsed = await agent._processor.parse_message(UserMessage("rincian iuran jp 2024"))
    assert parsed["intent"]["name"] == "contributions"
    assert {(found["entity"], found["value"]) for found in parsed["entities"]} == {
        ("programme", "jp"),
        ("year", "2024"),
    }


def _asked(component: NgramIntentClassifier, text: str) -> dict[str, Any]:
    (message,) = component.process([Message(data={"text": text})])
    found: dict[str, Any] = message.data
    return found


def _config() -> dict[str, Any]:
    return NgramIntentClassifier.get_default_config() | {"rarest": 1}


def _context() -> ExecutionContext:
    return ExecutionContext(GraphSchema({}), "test")

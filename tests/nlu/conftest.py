"""The assistant's own language model, learnt once for all tests here."""

import pytest

from nlu.benchmark import own_examples, own_recipe
from nlu.components.linear_model import LinearModel
from nlu.components.training import learn


@pytest.fixture(scope="session")
def understanding() -> LinearModel:
    texts, intents = own_examples()
    return learn(texts, intents, own_recipe())

"""The assistant's own language model, as it is stored."""

from pathlib import Path

import pytest

from nlu.components.linear_model import LinearModel
from nlu.gate import language_of


@pytest.fixture(scope="session")
def understanding(models: Path) -> LinearModel:
    (archive,) = models.glob("*.tar.gz")
    return language_of(archive)

"""When a message is answered, when its needs are asked about, and which are offered."""

import pytest

from nlu.benchmark import own_decision, ranking
from nlu.components.decision import Decision
from nlu.components.linear_model import LinearModel

DECISION = Decision(
    threshold=0.4, small_talk_threshold=0.2, lead=1.6, small_talk=["praise", "thanks"], alike=[["claim", "file_claim"]]
)


def test_what_is_likely_and_well_ahead_is_answered() -> None:
    assert DECISION.answered([("balance", 0.7), ("claim", 0.2)]) == "balance"


def test_what_is_unlikely_or_hardly_ahead_is_asked_about() -> None:
    assert DECISION.answered([("balance", 0.39), ("claim", 0.1)]) is None
    assert DECISION.answered([("balance", 0.45), ("claim", 0.4)]) is None
    assert DECISION.answered([]) is None


def test_between_two_that_get_the_same_answer_there_is_nothing_to_ask() -> None:
    assert DECISION.answered([("file_claim", 0.3), ("claim", 0.28), ("balance", 0.2)]) == "file_claim"


def test_the_likeliest_of_the_likeliest_family_is_answered() -> None:
    assert DECISION.answered([("balance", 0.29), ("file_claim", 0.28), ("claim", 0.27)]) == "file_claim"


def test_small_talk_needs_less() -> None:
    assert DECISION.answered([("praise", 0.25), ("balance", 0.1)]) == "praise"


def test_three_needs_are_offered_one_of_a_family_and_no_small_talk() -> None:
    ranked = [("file_claim", 0.3), ("praise", 0.2), ("balance", 0.15), ("claim", 0.1), ("card", 0.1), ("tax", 0.09)]
    assert DECISION.offered(ranked) == ["claim", "balance", "card"]


@pytest.mark.parametrize("text", ["asdkjh qwe zxcv", "zxqw vbnm", "🙏"])
def test_for_random_letters_nothing_is_offered(understanding: LinearModel, text: str) -> None:
    assert own_decision().offered(ranking(understanding, text)) == []

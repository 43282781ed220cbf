"""When a message is answered, when its needs are asked about, and which are offered."""

import pytest

from nlu.benchmark import own_decision, ranking
from nlu.components.decision import Decision
from nlu.components.linear_model import LinearModel

DECISION = Decision(
    threshold=0.4,
    lead=1.6,
    small_talk_threshold=0.2,
    doubtful_threshold=0.3,
    doubtful_lead=1.3,
    sure_threshold=0.6,
    sure_lead=4,
    small_talk=["praise", "thanks"],
    alike=[["claim", "file_claim"]],
    commands=["logout"],
    acts=["human"],
)


def test_what_is_likely_and_well_ahead_is_answered() -> None:
    assert DECISION.answered([("balance", 0.7), ("claim", 0.2)]) == "balance"


def test_what_is_unlikely_or_hardly_ahead_is_asked_about() -> None:
    assert DECISION.answered([("balance", 0.29), ("claim", 0.1)]) is None
    assert DECISION.answered([("balance", 0.45), ("claim", 0.4)]) is None
    assert DECISION.answered([]) is None


def test_what_may_be_meant_is_answered_on_a_doubt() -> None:
    assert DECISION.answered(doubt := [("balance", 0.35), ("claim", 0.25)]) == "balance"
    assert DECISION.is_doubtful(doubt)
    assert not DECISION.is_doubtful([("balance", 0.5), ("claim", 0.25)])


@pytest.mark.parametrize("command", ["logout", "human"])
def test_nothing_is_done_on_a_doubt(command: str) -> None:
    assert DECISION.answered([(command, 0.35), ("claim", 0.2)]) is None
    assert DECISION.answered([(command, 0.5), ("claim", 0.2)]) == command


def test_other_needs_are_offered_beside_what_is_not_sure() -> None:
    ranked = [("balance", 0.5), ("claim", 0.2), ("logout", 0.1), ("thanks", 0.05), ("card", 0.04), ("tax", 0.01)]
    assert DECISION.beside(ranked, "balance") == ["claim", "card"]


def test_beside_what_is_sure_nothing_is_offered() -> None:
    assert DECISION.beside([("balance", 0.61), ("claim", 0.15), ("card", 0.14)], "balance") == []
    assert DECISION.beside([("balance", 0.61), ("claim", 0.16)], "balance") == ["claim"]
    assert DECISION.beside([("balance", 0.59), ("claim", 0.04)], "balance") == ["claim"]


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

"""What the benchmark computes; nothing here depends on how quick the machine is."""

from typing import Any

import pytest

from bench.footprint import LOCK, STOCK_LOCK, needed, versions
from bench.statistics import Durations, growth, percentile


def test_the_median_is_a_value_that_was_measured() -> None:
    assert percentile([3.0, 1.0, 2.0], 50) == 2.0
    assert percentile([4.0, 1.0, 3.0, 2.0], 50) == 2.0


def test_a_high_percentile_leaves_out_the_rare_slow_ones() -> None:
    assert percentile([*range(1, 101)], 95) == 95
    assert percentile([*range(1, 101)], 100) == 100
    assert percentile([7.0], 95) == 7.0


def test_nothing_measured_has_no_median() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 50)


def test_durations_are_said_in_milliseconds() -> None:
    durations = Durations((0.004, 0.005, 0.100))
    assert durations.p50 == pytest.approx(5)
    assert durations.p95 == pytest.approx(100)


def test_a_window_begins_at_its_turn_and_ends_with_the_chat() -> None:
    chat = Durations((1.0, 2.0, 3.0, 4.0, 5.0))
    assert chat.window(2, 3).seconds == (2.0, 3.0, 4.0)
    assert chat.window(5, 3).seconds == (3.0, 4.0, 5.0)


def test_growth_compares_the_end_of_a_chat_with_its_beginning() -> None:
    chat = Durations((9.0, *[1.0] * 10, *[3.0] * 10))
    assert growth(chat, early=2, late=21, width=5) == pytest.approx(3)


def test_what_running_needs_leaves_out_what_development_needs() -> None:
    packages: dict[str, dict[str, Any]] = {
        "assistant": {"dependencies": [{"name": "web"}], "dev-dependencies": {"dev": [{"name": "tester"}]}},
        "web": {"dependencies": [{"name": "loop"}], "optional-dependencies": {"tls": [{"name": "tls"}]}},
        "loop": {"dependencies": [{"name": "web"}]},
        "tls": {},
        "tester": {},
    }
    assert needed(packages, "assistant") == {"assistant", "web", "loop", "tls"}


def test_stock_rasa_with_its_sql_store_differs_in_sqlalchemy_only() -> None:
    ours, stock = versions(LOCK), versions(STOCK_LOCK)
    assert {"rasa", "rasa-sdk", "sanic", "scikit-learn", "tensorflow-standin"} <= {*stock}
    assert {name for name, version in stock.items() if version != ours.get(name)} == {"sqlalchemy"}
    assert stock["sqlalchemy"].startswith("1.4.")

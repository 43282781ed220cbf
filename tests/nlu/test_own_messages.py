"""Messages in conversation style that nothing was learnt from, clean and with slips of the finger."""

from collections import Counter
from pathlib import Path

import pytest

from nlu.benchmark import NOISE, accuracy, measure_messages, noisy, own_decision, own_examples, own_test_set, ranking
from nlu.components.linear_model import LinearModel
from nlu.components.normaliser import words_of
from nlu.report import draw_confusions, write_report


def test_there_are_six_hundred_messages_over_all_intents_with_words() -> None:
    texts, intents = own_test_set()
    assert len(texts) >= 600
    assert set(own_examples()[1]) == set(intents)


def test_no_message_is_learnt_from_however_it_is_spelt() -> None:
    learnt = {tuple(words_of(text)) for text in own_examples()[0]}
    assert [text for text in own_test_set()[0] if tuple(words_of(text)) in learnt] == []


def test_no_message_is_there_twice() -> None:
    counts = Counter(tuple(words_of(text)) for text in own_test_set()[0])
    assert [words for words, count in counts.items() if count > 1] == []


def test_nineteen_of_twenty_are_understood(understanding: LinearModel) -> None:
    assert accuracy(understanding, own_test_set()) >= 0.95


def test_nine_of_ten_are_understood_with_slips_of_the_finger(understanding: LinearModel) -> None:
    assert accuracy(understanding, noisy(own_test_set(), NOISE)) >= 0.90


def test_hardly_any_is_answered_wrongly_without_asking(understanding: LinearModel) -> None:
    texts, intents = own_test_set()
    answered = [own_decision().answered(ranking(understanding, text)) for text in texts]
    wrong = [said for said, meant in zip(answered, intents, strict=True) if said not in (None, meant)]
    assert len(wrong) / len(texts) <= 0.03


def test_labelled_messages_are_judged_by_topic(understanding: LinearModel, tmp_path: Path) -> None:
    table = tmp_path / "messages.csv"
    table.write_text("text,topics\ncek saldo,saldo_cek\ncek saldo,penipuan|kontak_cabang\nmantap min,lain\n", "utf-8")
    wild = measure_messages(table, understanding)
    assert wild.shares["right at once"] == "50.0% (1 of 2)"
    assert wild.shares["answered on another topic (all)"] == "33.3% (1 of 3)"
    assert wild.shares["answered on another topic, nothing asked beside (all)"] == "33.3% (1 of 3)"
    assert wild.confusions == [("penipuan → check_balance", 1)]


def test_the_picture_shows_what_is_confused(tmp_path: Path) -> None:
    picture = tmp_path / "confusions.png"
    draw_confusions(["a", "a", "b"], ["a", "b", "b"], picture)
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_the_report_is_printed_and_written(
    understanding: LinearModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "images").mkdir()
    monkeypatch.setattr("nlu.report.learn", lambda *_: understanding)
    page = write_report(tmp_path)
    assert (tmp_path / "nlu.md").read_text(encoding="utf-8") == page + "\n"
    assert "intent right" in page and (tmp_path / "images" / "nlu-confusions.png").exists()

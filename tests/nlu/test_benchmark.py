"""What is measured is measured right."""

from pathlib import Path
from random import Random

import pytest

from nlu.benchmark import Judged, area_under_roc, calibration_error, judge, measure_data_set, read_tsv
from nlu.components.decision import Decision
from nlu.components.linear_model import LinearModel
from nlu.components.recipe import Recipe
from nlu.components.training import learn
from nlu.keyboard_noise import with_slips


def test_any_data_set_can_be_measured(tmp_path: Path) -> None:
    lines = [f"{text} {n}\t{intent}" for n in range(9) for text, intent in (("cek saldo", "a"), ("mau klaim", "b"))]
    for part in ("train", "test"):
        (tmp_path / f"{part}.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert measure_data_set(tmp_path)["accuracy at 0% noise"] == "100.0%"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"train\.tsv"):
        measure_data_set(tmp_path)


def test_a_line_without_intent_is_named(tmp_path: Path) -> None:
    (tmp_path / "train.tsv").write_text("cek saldo\tsaldo\nmau klaim\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        read_tsv(tmp_path / "train.tsv")


def test_no_slips_without_a_rate_and_one_in_every_long_word_at_a_full_rate() -> None:
    text = "mau cek saldo di jmo"
    slipped = with_slips(text, 1, Random(1)).split()
    assert with_slips(text, 0, Random(1)) == text
    changed = [after != before for before, after in zip(text.split(), slipped, strict=True)]
    assert changed == [True, True, True, False, True]


def test_known_texts_above_all_foreign_ones_are_told_apart_perfectly() -> None:
    assert area_under_roc([0.8, 0.9], [0.1, 0.2]) == 1
    assert area_under_roc([0.5], [0.5]) == 0.5
    assert area_under_roc([0.1], [0.5]) == 0


def test_a_model_that_is_always_right_is_miscalibrated_by_its_doubt() -> None:
    texts, labels = ["cek saldo", "mau klaim"] * 5, ["a", "b"] * 5
    model = learn(texts, labels, Recipe())
    doubt = 1 - sum(float(model.confidences(text).max()) for text in texts) / len(texts)
    assert calibration_error(model, (texts, labels)) == pytest.approx(doubt, abs=1e-5)


def test_a_sure_answer_on_another_topic_is_wrong(understanding: LinearModel) -> None:
    assert judge(understanding, "cek saldo", ["saldo_cek"]) == Judged("check_balance", True, False, False)
    assert judge(understanding, "cek saldo", ["penipuan"]).is_wrong


def test_a_doubtful_answer_offers_other_needs(understanding: LinearModel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Decision, "beside", lambda *_: ["digital_card"])
    judged = judge(understanding, "cek saldo", ["nothing of ours"])
    assert judged.is_wrong and judged.asks and not judged.offers_it
    assert judge(understanding, "cek saldo", ["kartu_digital"]).offers_it


def test_a_second_need_counts_as_offered(understanding: LinearModel) -> None:
    judged = judge(understanding, "mau cek saldo jht, sama kartu digital saya ga muncul", ["kartu_digital"])
    assert judged.is_wrong and judged.offers_it and not judged.asks


def test_asking_back_counts_as_offered_only_with_the_right_need_among_the_offers(understanding: LinearModel) -> None:
    assert judge(understanding, "asdkjh qwe", ["nothing of ours"]) == Judged(None, False, False, False)

"""What the search finds, and that it finds nothing where nothing fits."""

from datetime import date
from pathlib import Path

import pytest

from bot.faq.entries import all_entries
from bot.faq.measure import read_questions
from bot.faq.search import LIKELY, search, sure_answer

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("kode 040 maksudnya apa min", "kode_040"),
        ("pake jht bwt renovasi rmh bs gk", "claim_30_renovation"),
        ("1500910 kok ga diangkat", "call_175_old_number"),
        ("Apakah saldo JHT saya akan hangus?", "jht_never_expires"),
        ("lapakasik.org itu asli?", "fraud_site"),
        ("can my heirs get jkm and jht", "jkm_and_jht"),
        ("yg bayar iuran pensiun siapa dan brp", "jp_rate"),  # not that of JKP, which the question doesn't name
        ("pemutusan hubungan kerja masih di pengadilan, dapat JKP?", "jkp_court"),
    ],
)
def test_a_question_finds_its_entry(question: str, entry: str) -> None:
    assert search(question, day=DAY)[0].entry.id == entry


def test_a_form_of_a_question_finds_its_own_entry() -> None:
    for entry in all_entries():
        if entry.holds_on(DAY):
            first = search(entry.ask[0], 1, DAY)[0]
            assert (first.entry.id, first.score >= LIKELY) == (entry.id, True), entry.ask[0]


@pytest.mark.parametrize("text", ["asdkjh qwe zxcv", "", "???", "cuaca hari ini di medan", "resep nasi goreng enak"])
def test_what_has_no_entry_is_not_likely(text: str) -> None:
    assert all(found.score < LIKELY for found in search(text, day=DAY))


def test_an_answer_is_sure_only_where_no_other_is_near() -> None:
    sure = sure_answer("jkp itu pengganti pesangon ga", DAY)
    assert sure and sure.id == "jkp_severance"
    assert sure_answer("apakah kena pajak?", DAY) is None
    assert sure_answer("asdkjh qwe zxcv", DAY) is None
    assert sure_answer("", DAY) is None


def test_most_sure_answers_are_right() -> None:
    asked = read_questions(Path(__file__).parent / "questions.csv")
    sure = [(entry.id in one.right) for one in asked if (entry := sure_answer(one.question, DAY))]
    assert len(sure) > 80
    assert sum(sure) / len(sure) >= 0.97


def test_what_no_longer_holds_is_not_found() -> None:
    assert search("diskon iuran bpu", 1, DAY)[0].entry.id == "bpu_discount"
    after = [found.entry.id for found in search("diskon iuran bpu", 300, date(2027, 2, 1))]
    assert "bpu_discount" not in after


def test_the_same_question_finds_the_same_in_the_same_order() -> None:
    assert search("klaim jht", 10, DAY) == search("klaim jht", 10, DAY)


def test_as_many_are_given_as_were_asked_for() -> None:
    assert [len(search("klaim jht", limit, DAY)) for limit in (1, 3, 7)] == [1, 3, 7]

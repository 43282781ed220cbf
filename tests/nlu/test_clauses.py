"""Messages with more than one need."""

import pytest

from nlu.components.clauses import clauses_of, needs_of, other_need

SURE = {"cek saldo": "check_balance", "kartu hilang": "show_card", "halo min": "greet", "lihat saldo": "check_balance"}


def guess(clause: str) -> tuple[str, float, float]:
    return (SURE[clause], 0.9, 0.05) if clause in SURE else ("ask_jp", 0.5, 0.4)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("mau cek saldo sama kartu saya ga muncul", ["mau cek saldo", "kartu saya ga muncul"]),
        ("check my balance and my card is lost", ["check my balance", "my card is lost"]),
        ("cek saldo", []),
        ("nama saya beda sama ktp", []),
        ("tidak bisa login, padahal sandi saya benar", []),
        ("saldo saya berapa? klaim gimana?", ["saldo saya berapa", "klaim gimana"]),
    ],
)
def test_clauses(text: str, clauses: list[str]) -> None:
    assert clauses_of(text) == clauses


def test_a_message_of_one_clause_is_not_parsed_again() -> None:
    assert clauses_of("cek saldo jht saya dong kak") == []


def test_needs_are_sure_and_of_different_topics() -> None:
    assert needs_of(["cek saldo", "pensiun nanti", "kartu hilang"], guess) == ["check_balance", "show_card"]
    assert needs_of(["cek saldo", "lihat saldo", "halo min"], guess) == ["check_balance"]


def test_the_other_need_is_of_another_topic_than_the_answer() -> None:
    assert other_need(["check_balance", "show_card"], "check_balance") == "show_card"
    assert other_need(["check_balance", "show_card"], "digital_card") == "check_balance"
    assert other_need(["check_balance", "show_card"], "fraud") is None
    assert other_need(["check_balance"], "check_balance") is None

"""How often the right entry is found.

`questions.csv` is held apart: nobody looked at its misses to write the entries or to set the search. Whoever does must
move what was looked at to `questions_seen.csv` and write new ones.

`official_rows.csv` names, by row, the entries that answer the official list, whose sentences aren't kept here. A
question of its chapter on migrant workers that doesn't name them may be answered by the entry that isn't about
migrants. Row 735 tells nothing without its heading.
"""

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.errors import BadInput
from bot.faq.entries import all_entries, entry_of
from bot.faq.measure import Asked, measure, read_questions
from bot.faq.wording import known_words

HERE = Path(__file__).parent
QUESTIONS = HERE / "questions.csv"
SEEN = HERE / "questions_seen.csv"


@pytest.mark.parametrize(("table", "first", "in_three"), [(QUESTIONS, 0.80, 0.93), (SEEN, 0.90, 0.95)])
def test_the_right_entry_is_found_often_enough(table: Path, first: float, in_three: float) -> None:
    result = measure(read_questions(table))
    assert result.questions >= 200
    assert (result.first >= first, result.in_three >= in_three) == (True, True), (result.first, result.in_three)


@pytest.mark.parametrize("table", [QUESTIONS, SEEN])
def test_no_question_of_the_test_is_a_form_of_an_entry(table: Path) -> None:
    forms = {tuple(known_words(form)) for entry in all_entries() for form in entry.ask}
    assert [one.question for one in read_questions(table) if tuple(known_words(one.question)) in forms] == []


@pytest.mark.parametrize("table", ["questions.csv", "questions_seen.csv", "official_rows.csv"])
def test_every_right_entry_exists(table: str) -> None:
    with (HERE / table).open(encoding="utf-8", newline="") as lines:
        named = {name for row in csv.DictReader(lines) for name in row["entries"].split("|")}
    assert len(named) > 100
    assert [name for name in named if not entry_of(name)] == []


def test_a_miss_is_told_with_what_was_found() -> None:
    result = measure([Asked("kode 040", frozenset({"kode_040"})), Asked("kode 040", frozenset({"jp_what"}))])
    assert (result.first, result.in_three) == (0.5, 0.5)
    assert [miss.found[0] for miss in result.misses] == ["kode_040"]


def test_a_question_without_entry_is_not_counted() -> None:
    result = measure([Asked("kode 040", frozenset({"kode_040"})), Asked("cuaca", frozenset())])
    assert (result.questions, result.without_entry) == (1, 1)


def test_the_official_list_is_joined_by_its_rows(tmp_path: Path) -> None:
    official, answers = tmp_path / "official.csv", tmp_path / "answers.csv"
    official.write_text("row,question\n1,kode 040\n2,cuaca\n")
    answers.write_text("row,entries\n1,kode_040|claim_channels\n")
    assert read_questions(official, answers) == [
        Asked("kode 040", frozenset({"kode_040", "claim_channels"})),
        Asked("cuaca", frozenset()),
    ]


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "questions.csv"
    file.write_text("question\nkode 040\n")
    with pytest.raises(BadInput, match="needs the columns entries, question"):
        read_questions(file)


def test_the_command_prints_the_shares_and_the_misses() -> None:
    shown = CliRunner().invoke(app, ["faq", "measure", "--questions", str(QUESTIONS), "--misses"])
    assert "questions (0 more have no entry)" in shown.output and "right entry first 0." in shown.output
    assert "    right " in shown.output


def test_the_command_searches() -> None:
    shown = CliRunner().invoke(app, ["faq", "search", "kode 040 itu apa"])
    assert "kode_040: Kode 040" in shown.output

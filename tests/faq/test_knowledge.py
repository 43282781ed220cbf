"""The knowledge as it is: whole, checked, and enough."""

from collections import Counter
from datetime import date

import pytest
from typer.testing import CliRunner

from bot import clock
from bot.actions.faq import BUTTON_OF_INTENT, shown
from bot.cli import app
from bot.conversation.messages import BUTTON_PAYLOAD_LIMIT
from bot.faq.check import problems
from bot.faq.entries import Programme, all_entries, entry_of, sources
from bot.faq.figures import FIGURES, figures
from bot.texts import LANGUAGES


def test_the_knowledge_holds_today() -> None:
    assert problems(all_entries(), clock.today(), BUTTON_OF_INTENT) == []


def test_the_command_says_that_it_holds() -> None:
    checked = CliRunner().invoke(app, ["faq", "check"])
    assert checked.exit_code == 0
    assert f"{len(all_entries())} entries, 0 problems." in checked.output


def test_every_programme_has_entries() -> None:
    counts = Counter(entry.programme for entry in all_entries())
    assert set(counts) == set(Programme)
    assert sum(counts.values()) >= 150


def test_a_button_to_any_entry_fits_into_telegram() -> None:
    assert max(len(f'/faq{{"id":"{entry.id}"}}'.encode()) for entry in all_entries()) <= BUTTON_PAYLOAD_LIMIT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_can_be_read_today(language: str) -> None:
    read = figures(clock.today(), language)
    assert all(str(read[name]) for name in FIGURES)


def test_every_answer_reads_without_open_places() -> None:
    for entry in all_entries():
        for language in LANGUAGES:
            assert "{" not in entry.text(language, clock.today())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_buttons_under_an_answer_read_the_same(language: str) -> None:
    for entry in all_entries():
        titles = [button.title for button in shown(entry, language, clock.today()).buttons]
        assert len(set(titles)) == len(titles), entry.id


def test_figures_follow_the_table_of_the_day() -> None:
    ceiling = entry_of("jp_ceiling")
    assert ceiling
    assert "Rp10.547.400 sebulan, sejak 1 Maret 2025" in ceiling.text("id", date(2026, 2, 28))
    assert "Rp11.086.300 sebulan, sejak 1 Maret 2026" in ceiling.text("id", date(2026, 3, 1))


def test_a_discount_is_known_only_while_it_holds() -> None:
    discount = entry_of("bpu_discount")
    assert discount
    assert not discount.holds_on(date(2026, 3, 31))
    assert discount.holds_on(date(2026, 12, 31))
    assert not discount.holds_on(date(2027, 1, 1))


def test_what_only_users_or_the_press_say_is_marked() -> None:
    for name in ("kode_040", "jmo_reset_wait", "paklaring", "jht_return_years"):
        entry = entry_of(name)
        assert entry and entry.unconfirmed, name
        assert not all(sources()[source].official for source in entry.source)


def test_after_a_reset_nothing_is_promised() -> None:
    reset = entry_of("jmo_reset_wait")
    assert reset
    assert "biasanya" in reset.text("id", clock.today())
    assert "usually" in reset.text("en", clock.today())

"""Texts in Telegram's form: always valid, never too long, nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.markup import TEXT_LIMIT, length, split, to_html
from tests.fakes.telegram_rules import visible_text

TEXTS = st.text(alphabet=st.sampled_from("ab *<>&;b/\n_.😀é"), max_size=60) | st.text(
    alphabet=st.characters(exclude_categories=["Cs"]), max_size=60
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*saldo*", "<b>saldo</b>"),
        ("Saldo *Rp5.000.000*, naik", "Saldo <b>Rp5.000.000</b>, naik"),
        ("*a* dan *b*", "<b>a</b> dan <b>b</b>"),
        ("(*penting*)", "(<b>penting</b>)"),
        ("*A & B*", "<b>A &amp; B</b>"),
        ("*x*", "<b>x</b>"),
        ("<b>bukan</b>", "&lt;b&gt;bukan&lt;/b&gt;"),
        ("5 * 3 = 15", "5 * 3 = 15"),
        ("2*3*4", "2*3*4"),
        ("* butir", "* butir"),
        ("*tak ditutup", "*tak ditutup"),
        ("*dua\nbaris*", "*dua\nbaris*"),
        ("**", "**"),
        ("***", "***"),
        ("* spasi *", "* spasi *"),
    ],
)
def test_only_asterisks_in_pairs_around_words_make_bold(text: str, shown: str) -> None:
    assert to_html(text) == shown


@given(TEXTS)
def test_telegram_reads_whatever_is_written(text: str) -> None:
    shown = visible_text(to_html(text), "HTML")
    assert shown.replace("*", "") == text.replace("*", "")


@given(TEXTS)
def test_asterisks_vanish_only_in_pairs(text: str) -> None:
    html = to_html(text)
    vanished = text.count("*") - visible_text(html, "HTML").count("*")
    assert vanished == 2 * html.count("<b>")


@given(TEXTS, st.integers(2, 20))
def test_pieces_are_short_enough_and_lose_nothing_but_space(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert all(0 < length(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_a_text_is_cut_at_line_ends() -> None:
    assert split("satu\ndua\ntiga", 9) == ["satu\ndua", "tiga"]


def test_a_long_line_is_cut_at_a_space_and_a_long_word_anywhere() -> None:
    assert split("satu dua tiga", 9) == ["satu dua", "tiga"]
    assert split("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_an_emoji_counts_twice_and_is_never_cut_in_half() -> None:
    assert length("😀") == 2
    assert split("😀😀", 3) == ["😀", "😀"]


def test_a_text_that_fits_stays_whole() -> None:
    assert split("x" * TEXT_LIMIT) == ["x" * TEXT_LIMIT]

"""What `jmo faq check` refuses."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.faq.check import problems
from bot.faq.entries import BrokenKnowledge, Entry, read_entries

DAY = date(2026, 11, 24)
STEPS = ("menu", "check_balance")


def entry(**changed: Any) -> Entry:
    whole: dict[str, Any] = {
        "id": "jht_example",
        "programme": "jht",
        "title": {"id": "Contoh", "en": "Example"},
        "ask": ("contoh pertanyaan satu", "pertanyaan contoh kedua", "yang ketiga begini"),
        "answer": {"id": "Klaim lewat JMO.", "en": "Claim in JMO."},
        "next": ("check_balance",),
        "source": ("official_faq",),
        "valid_from": date(2025, 6, 1),
    }
    return Entry(**{**whole, **changed})


def found(*entries: Entry) -> str:
    """The problems, without the sources that a small example leaves unused."""
    return "\n".join(line for line in problems(entries, DAY, STEPS) if not line.startswith("source "))


def test_a_whole_entry_is_fine() -> None:
    assert found(entry()) == ""


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"source": ("somebody_said",)}, "unknown source somebody_said"),
        ({"source": ("app_reviews",)}, "no official source, so it must be marked unconfirmed"),
        ({"source": ("app_reviews",), "unconfirmed": True}, "id: unconfirmed, but said without care"),
        ({"valid_from": date(2026, 12, 1)}, "holds only from 2026-12-01"),
        ({"rule": "jp_ceiling"}, "states a past rule as current: jp_ceiling has a newer row"),
        ({"next": ("nowhere",)}, "the button 'nowhere' leads nowhere"),
        ({"next": ("jht_example",)}, "a button leads to the entry itself"),
        ({"title": {"id": "x" * 37, "en": "Example"}}, "id: the title is longer than 36 characters"),
        ({"answer": {"id": "Satu.\n" * 6, "en": "One."}}, "id: 6 lines, at most 5 are read"),
        ({"answer": {"id": "x" * 261, "en": "One."}}, "id: a line is longer than 260 characters"),
        ({"ask": ("sama saja", "sama aja", "lain lagi")}, "'sama aja' is asked twice"),
    ],
)
def test_an_entry_is_refused(changed: dict[str, Any], problem: str) -> None:
    assert f"jht_example: {problem}" in found(entry(**changed))


@pytest.mark.parametrize(
    "text", ["Batasnya Rp15.000.000.", "Iurannya 5,7 %.", "Mulai 1 Maret.", "Paling lama lima hari."]
)
def test_a_typed_figure_is_refused(text: str) -> None:
    assert "numbers are typed, not taken from a table" in found(entry(answer={"id": text, "en": "See JMO."}))


@pytest.mark.parametrize(
    "text", ["Telepon 175, 24 jam.", "Kartu 11 angka.", "Batas {jmo_limit}.", "Kode 040.", "UU 24/2011."]
)
def test_a_harmless_number_is_not(text: str) -> None:
    answer = {"id": text.replace("Kode 040", "kode 040"), "en": "See {jmo_limit}." if "{" in text else "See JMO."}
    assert found(entry(answer=answer)) == ""


def test_two_entries_may_not_ask_the_same_however_it_is_spelt() -> None:
    other = entry(id="jht_other", ask=("cnth pertanyaan", "knp gk bs", "apa lagi"), title={"id": "Lain", "en": "Other"})
    third = entry(
        id="jht_third", ask=("kenapa tidak bisa", "satu lagi", "dua lagi"), title={"id": "Tiga", "en": "Third"}
    )
    assert "jht_other, jht_third: all ask 'kenapa tidak bisa'" in found(other, third)


def test_two_entries_may_not_share_an_id() -> None:
    assert "jht_example: another entry has this id" in found(entry(), entry(ask=("a b", "c d", "e f")))


def test_a_source_that_nothing_names_is_told() -> None:
    assert "source press: no entry names it" in problems((entry(),), DAY, STEPS)


@pytest.mark.parametrize(
    "wrong",
    [
        "source: [official_faq]",  # twice the same key is the last one: the entry lacks most of the rest
        "ask: [hanya satu]",
        "next: []",
        "source: []",
        "answer: {id: Ada}",
        "answer: {id: 'Batas {jmo_limit}', en: 'The limit'}",
        "answer: {id: 'Batas {nonsense}', en: 'The {nonsense}'}",
        "rule: nonsense",
        "valid_from: kemarin",
        "colour: red",
    ],
)
def test_a_half_written_entry_is_never_read(tmp_path: Path, wrong: str) -> None:
    lines = [
        "title: {id: Contoh, en: Example}",
        "ask: [satu dua, tiga empat, lima enam]",
        "answer: {id: Ya., en: 'Yes.'}",
        "next: [menu]",
        "source: [official_faq]",
        "valid_from: 2025-06-01",
    ]
    kept = [line for line in lines if line.split(":")[0] != wrong.split(":")[0]]
    if wrong == "source: [official_faq]":
        kept = []
    file = tmp_path / "jht.yml"
    file.write_text("programme: jht\nentries:\n- id: broken\n" + "".join(f"  {line}\n" for line in [*kept, wrong]))
    with pytest.raises(BrokenKnowledge, match=r"jht\.yml, broken"):
        list(read_entries(file))

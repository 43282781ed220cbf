"""The yearly statement as a PDF, read back from its own glyphs."""

import re
import zlib
from typing import Any

import pytest

from bot import pictures
from bot.conversation.messages import Document

STATEMENT = {
    "name": "SITI RAHMAWATI",
    "kpj": "•••8901",
    "year": 2025,
    "opening": 9_850_000,
    "contributions": [
        {"month": f"2025-{month:02}-01", "employer": 185_000 + month, "worker": 100_000} for month in range(1, 13)
    ],
    "growth": 540_321,
    "closing": 13_810_399,
    "as_of": "2025-12-31",
    "language": "id",
}


@pytest.fixture
async def statement() -> str:
    return await written()


async def written(**changes: Any) -> str:
    data = await pictures.render_document(Document("yearly_statement", STATEMENT | changes, "laporan.pdf"))
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    return text_of(data)


@pytest.mark.parametrize(
    "shown",
    ["SITI RAHMAWATI", "KPJ •••8901", "2025", "31 Desember 2025", "Rp9.850.000", "Rp540.321", "Rp13.810.399"],
)
async def test_it_says_whose_it_is_and_how_the_balance_came_about(statement: str, shown: str) -> None:
    assert shown in statement


async def test_it_lists_every_month_with_both_shares_and_their_sum(statement: str) -> None:
    for shown in ("Januari 2025", "Agustus 2025", "Desember 2025", "Rp185.008", "Rp100.000", "Rp285.008"):
        assert shown in statement


async def test_the_contributions_of_the_year_are_summed_up(statement: str) -> None:
    assert "Rp3.420.078" in statement


async def test_it_says_that_it_is_not_the_official_statement(statement: str) -> None:
    assert "Laporan resmi ada di aplikasi JMO" in statement


async def test_it_is_written_in_english_too() -> None:
    english = await written(language="en")
    assert "August 2025" in english
    assert "31 December 2025" in english
    assert "Rp13.810.399" in english


async def test_a_long_name_and_many_cards_keep_the_amounts() -> None:
    text = await written(name="SITI " * 40, kpj=", ".join(["•••8901"] * 30))
    assert "Rp13.810.399" in text


def text_of(pdf: bytes) -> str:
    """What is written: the glyphs of each show operator, read through its font's table of characters."""
    streams = [unpacked(part) for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)]
    tables = [characters(part) for part in streams if b"beginbfchar" in part]
    pages = [part for part in streams if b" Tj" in part]
    assert tables
    assert pages
    lines, font = [], 0
    for number, glyphs in re.findall(rb"/F(\d+) [\d.]+ Tf|\(((?:[^\\)]|\\.)*)\) Tj", b"\n".join(pages), re.DOTALL):
        if number:
            font = int(number) - 1
        else:
            lines.append("".join(tables[font][code] for code in codes(glyphs)))
    return "\n".join(lines)


def unpacked(stream: bytes) -> bytes:
    return zlib.decompress(stream) if stream.startswith(b"x") else stream


def characters(table: bytes) -> dict[int, str]:
    return {int(code, 16): chr(int(char, 16)) for code, char in re.findall(rb"<(\w{4})> <(\w{4})>\n", table)}


def codes(glyphs: bytes) -> list[int]:
    raw = re.sub(rb"\\(.)", lambda escaped: {b"r": b"\r", b"n": b"\n"}.get(escaped[1], escaped[1]), glyphs)
    return [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]

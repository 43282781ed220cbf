"""The yearly JHT statement as PDF."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import matplotlib
from fpdf import FPDF

from bot.formatting import long_date, month_name, rupiah
from bot.texts import say

_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
_COLUMNS = (70, 40, 40, 40)
"""Millimetres: month, employer, worker, total."""


def yearly_statement(data: Mapping[str, Any]) -> bytes:
    """`name`, `kpj`, `year`, `opening`, `contributions` by month, `growth`, `closing` in rupiah, `as_of` (ISO)."""
    language = data["language"]
    pdf = _page(say("pictures.statement_title", language, year=data["year"]))
    as_of = long_date(date.fromisoformat(data["as_of"]), language)
    _line(pdf, data["name"])
    _line(pdf, f"KPJ {data['kpj']}")
    _line(pdf, say("pictures.statement_as_of", language, day=as_of))
    pdf.ln(4)
    _row(pdf, [say(f"pictures.statement_{name}", language) for name in ("month", "employer", "worker", "total")], True)
    for paid in data["contributions"]:
        month = date.fromisoformat(paid["month"])
        amounts = (paid["employer"], paid["worker"], paid["employer"] + paid["worker"])
        _row(pdf, [f"{month_name(month.month, language)} {month.year}", *map(rupiah, amounts)])
    pdf.ln(4)
    paid_in = sum(paid["employer"] + paid["worker"] for paid in data["contributions"])
    sums = {"opening": data["opening"], "paid_in": paid_in, "growth": data["growth"], "closing": data["closing"]}
    for name, amount in sums.items():
        _row(pdf, [say(f"pictures.statement_{name}", language), "", "", rupiah(amount)], name == "closing")
    pdf.ln(6)
    pdf.set_font("DejaVu", size=8)
    pdf.multi_cell(0, 5, say("pictures.statement_note", language))
    return bytes(pdf.output())


def _page(title: str) -> FPDF:
    pdf = FPDF(format="A4")
    pdf.add_font("DejaVu", "", _FONTS / "DejaVuSans.ttf")
    pdf.add_font("DejaVu", "B", _FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_title(title)
    pdf.add_page()
    pdf.set_font("DejaVu", "B", 16)
    pdf.cell(0, 12, title, new_x="LMARGIN", new_y="NEXT")
    return pdf


def _line(pdf: FPDF, text: str) -> None:
    pdf.set_font("DejaVu", size=11)
    pdf.multi_cell(0, 7, text, new_x="LMARGIN", new_y="NEXT")


def _row(pdf: FPDF, cells: list[str], bold: bool = False) -> None:
    pdf.set_font("DejaVu", "B" if bold else "", 10)
    for position, (width, text) in enumerate(zip(_COLUMNS, cells, strict=True)):
        pdf.cell(width, 7, text, border="B", align="L" if position == 0 else "R")
    pdf.ln()

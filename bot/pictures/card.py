"""A view of a membership card, of our own design and plainly not the official card."""

import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import segno
from PIL import Image, ImageDraw, ImageFont

from bot.pictures.charts import small_png
from bot.texts import say

SIZE = (720, 420)
MARGIN = 32
WIDTH = SIZE[0] - 2 * MARGIN
OFFICIAL_CARD = "https://sso.bpjsketenagakerjaan.go.id"
"""Where the agency shows the official card; the QR code leads there where this server can't check the picture."""
QR_SIDE = 148
QUIET = 4
"""Modules around a QR code, without which many phones don't find it."""
BESIDE_QR = WIDTH - QR_SIDE - 16
SMALLEST = 24
"""Pixels; below that letters can't be read on a phone, which shows the picture at half its size."""
BACKGROUND, BAND, INK, PALE = "#F2F7F4", "#00684A", "#12312A", "#FFFFFF"
_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def member_card(data: Mapping[str, Any]) -> bytes:
    """`name`, `kpj` (masked or not), `employer`, `segment` (PU, BPU or PMI), `active`; `check`: an address, or None."""
    language = data["language"]
    status = say("pictures.card_active" if data["active"] else "pictures.card_non_active", language)
    segment = say(f"pictures.card_segment_{data['segment'].lower()}", language)
    image = Image.new("RGB", SIZE, BACKGROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 84), fill=BAND)
    _write(draw, 24, say("pictures.card_title", language), 30, bold=True, fill=PALE)
    _write(draw, 114, data["name"], 38, bold=True)
    _write(draw, 178, f"KPJ {data['kpj']}", 34, width=BESIDE_QR)
    _write(draw, 240, data["employer"], 28, width=BESIDE_QR)
    _write(draw, 288, f"{segment} – {status}", 28, width=BESIDE_QR)
    image.paste(_qr(data.get("check") or OFFICIAL_CARD), (SIZE[0] - MARGIN - QR_SIDE, 178))
    draw.line((MARGIN, 346, SIZE[0] - MARGIN, 346), fill=BAND, width=2)
    _write(draw, 364, say("pictures.card_checked" if data.get("check") else "pictures.card_note", language), 22)
    return small_png(image)


def _qr(address: str) -> Image.Image:
    """Drawn with whole pixels: a long address has small squares, which scaling would blur."""
    code = segno.make_qr(address, error="l" if len(address) > len(OFFICIAL_CARD) else "m")
    scale = max(QR_SIDE // code.symbol_size(border=QUIET)[0], 2)
    drawn = io.BytesIO()
    code.save(drawn, kind="png", scale=scale, border=QUIET, dark="black")
    return Image.open(drawn).convert("RGB")


def _write(
    draw: ImageDraw.ImageDraw,
    top: int,
    text: str,
    size: int,
    *,
    bold: bool = False,
    fill: str = INK,
    width: int = WIDTH,
) -> None:
    """One line, in smaller letters where it would be too wide, and cut where they would be too small."""
    font = _font(size, bold)
    while font.getlength(text) > width and font.size > SMALLEST:
        font = _font(int(font.size) - 1, bold)
    while font.getlength(text) > width:
        text = text[:-2].rstrip() + "…"
    draw.text((MARGIN, top + (size - font.size) / 2), text, font=font, fill=fill)


@cache
def _font(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size)

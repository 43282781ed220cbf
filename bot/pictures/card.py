"""A view of a membership card, of our own design and plainly not the official card."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from PIL import Image, ImageDraw, ImageFont

from bot.pictures.charts import small_png
from bot.texts import say

SIZE = (720, 420)
BACKGROUND, BAND, INK, PALE = "#F2F7F4", "#00684A", "#12312A", "#FFFFFF"
_FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def member_card(data: Mapping[str, Any]) -> bytes:
    """`name`, `kpj` (masked or not), `employer`, `segment`, `active`."""
    language = data["language"]
    image = Image.new("RGB", SIZE, BACKGROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, SIZE[0], 84), fill=BAND)
    draw.text((32, 24), say("pictures.card_title", language), font=_font(30, bold=True), fill=PALE)
    draw.text((32, 118), _short(data["name"], 30), font=_font(36, bold=True), fill=INK)
    draw.text((32, 178), f"KPJ {data['kpj']}", font=_font(34), fill=INK)
    draw.text((32, 240), _short(data["employer"], 42), font=_font(26), fill=INK)
    status = say("pictures.card_active" if data["active"] else "pictures.card_non_active", language)
    draw.text((32, 286), f"{data['segment'].upper()} – {status}", font=_font(26), fill=INK)
    draw.line((32, 344, SIZE[0] - 32, 344), fill=BAND, width=2)
    draw.text((32, 362), say("pictures.card_note", language), font=_font(20), fill=INK)
    return small_png(image)


def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")), size)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"

"""Pictures show what the data says, on few bytes, in a size that phones can read."""

import io
from collections.abc import Mapping
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageChops

from bot import pictures
from bot.conversation.messages import Document, Picture
from bot.texts import LANGUAGES

ROWS = [
    {"year": year, "contributions": 3_420_000 * year, "balance": 3_420_000 * year + 90_000 * year * year}
    for year in range(1, 6)
]
POINTS = [{"day": f"2026-{month:02}-28", "amount": 285_000 * month} for month in range(1, 11)]
CARD = {"name": "SITI RAHMAWATI", "kpj": "•••8901", "employer": "PT Maju", "segment": "PU", "active": True}
EXAMPLES: dict[str, dict[str, Any]] = {
    "jht_growth": {"rows": ROWS},
    "balance_history": {"points": POINTS},
    "member_card": CARD,
}
CHANGES: dict[str, list[dict[str, Any]]] = {
    "jht_growth": [
        {"rows": [*ROWS[:-1], ROWS[-1] | {"balance": ROWS[-1]["balance"] + 1}]},
        {"rows": [*ROWS[:-1], ROWS[-1] | {"contributions": 9_000_000}]},
        {"rows": ROWS[:-1]},
    ],
    "balance_history": [
        {"points": [*POINTS[:-1], POINTS[-1] | {"amount": 2_850_001}]},
        {"points": [*POINTS[:-1], POINTS[-1] | {"day": "2026-11-28"}]},
        {"points": POINTS[1:]},
    ],
    "member_card": [
        {"name": "SITI RAHMAWATY"},
        {"kpj": "•••8902"},
        {"employer": "PT Mapan"},
        {"segment": "BPU"},
        {"active": False},
    ],
}


async def draw(kind: str, changes: Mapping[str, Any] = {}, language: str = "id") -> bytes:
    return await pictures.render(Picture(kind, {**EXAMPLES[kind], "language": language, **changes}, alt=""))


def test_every_kind_has_an_example() -> None:
    assert set(EXAMPLES) | {"yearly_statement"} == set(pictures.DRAWERS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", EXAMPLES)
async def test_a_picture_is_a_small_png_in_a_phones_size(kind: str, language: str) -> None:
    data = await draw(kind, language=language)
    image = Image.open(io.BytesIO(data))
    assert image.format == "PNG"
    assert len(data) < 40_000
    assert 600 <= image.width <= 800
    assert 400 <= image.height <= 600


@pytest.mark.parametrize(("kind", "change"), [(kind, change) for kind in CHANGES for change in CHANGES[kind]])
async def test_other_data_is_another_picture(kind: str, change: Mapping[str, Any]) -> None:
    assert seen(await draw(kind)) != seen(await draw(kind, change))


@pytest.mark.parametrize("kind", EXAMPLES)
async def test_the_same_data_is_the_same_picture(kind: str) -> None:
    assert await draw(kind) == await draw(kind)


@pytest.mark.parametrize("kind", EXAMPLES)
async def test_the_language_is_seen(kind: str) -> None:
    assert seen(await draw(kind, language="id")) != seen(await draw(kind, language="en"))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("jht_growth", {"rows": ROWS[:1]}),
        ("jht_growth", {"rows": [{"year": 1, "contributions": 0, "balance": 0}]}),
        ("jht_growth", {"rows": [ROWS[0] | {"year": year, "balance": 10**13} for year in range(1, 101)]}),
        ("balance_history", {"points": POINTS[:1]}),
        ("balance_history", {"points": [{"day": "2026-01-31", "amount": 0}]}),
        ("member_card", {"name": "", "employer": ""}),
        ("member_card", {"segment": "PMI"}),
    ],
)
async def test_unusual_data_can_be_drawn(kind: str, data: Mapping[str, Any]) -> None:
    assert (await draw(kind, data)).startswith(b"\x89PNG")


@pytest.mark.parametrize("field", ["name", "employer", "kpj"])
async def test_long_words_stay_on_the_card(field: str) -> None:
    image = Image.open(io.BytesIO(await draw("member_card", {field: "WIRYOSUMARTO " * 12}))).convert("RGB")
    edge = image.crop((image.width - 20, 100, image.width, image.height))
    assert len(edge.getcolors() or []) == 1


async def test_the_final_value_has_its_label_inside_the_picture() -> None:
    image = Image.open(io.BytesIO(await draw("jht_growth", {"rows": rows_of(30)}))).convert("RGB")
    edge = image.crop((image.width - 4, 0, image.width, image.height))
    blank = Image.new("RGB", edge.size, "white")
    assert ImageChops.difference(edge, blank).getbbox() is None


async def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(pictures.UnknownPicture, match="'horoscope'"):
        await pictures.render(Picture("horoscope", {}, alt=""))
    with pytest.raises(pictures.UnknownPicture, match="'horoscope'"):
        await pictures.render_document(Document("horoscope", {}, "horoscope.pdf"))


def rows_of(years: int) -> list[dict[str, int]]:
    return [
        {"year": year, "contributions": 8_208_000 * year, "balance": 21_550_000 * year} for year in range(1, years + 1)
    ]


def seen(png: bytes) -> bytes:
    return Image.open(io.BytesIO(png)).convert("RGB").tobytes()


async def test_the_qr_code_of_the_card_leads_to_the_official_one() -> None:
    pixels = cv2.imdecode(np.frombuffer(await draw("member_card", {}), np.uint8), cv2.IMREAD_COLOR)
    assert pixels is not None
    assert cv2.QRCodeDetector().detectAndDecode(pixels)[0] == "https://sso.bpjsketenagakerjaan.go.id"

"""Charts that can be read without being seen."""

from xml.etree import ElementTree

import pytest

from bot.desk.charts import Point, bars, columns, scale_of

POINTS = [Point("08.00", 3, "3"), Point("09.00", None, "–"), Point("<10.00>", 12, "12")]


@pytest.mark.parametrize(
    "chart",
    [columns("asked", "Permintaan", "Paling banyak 12 & turun", POINTS, ["0", "10", "20"]),
     bars("asked", "Permintaan", "Paling banyak 12 & turun", POINTS)],
    ids=["columns", "bars"],
)  # fmt: skip
def test_a_chart_has_a_name_and_says_what_it_shows(chart: str) -> None:
    image = ElementTree.fromstring(chart)
    by_id = {part.get("id"): part.text for part in image}
    title, description = (image.get("aria-labelledby") or "").split()
    assert (image.get("role"), by_id[title], by_id[description]) == ("img", "Permintaan", "Paling banyak 12 & turun")
    assert "<10.00>" in "".join(image.itertext())


def test_columns_are_as_high_as_their_values() -> None:
    image = ElementTree.fromstring(columns("asked", "", "", POINTS, ["0", "10", "20"]))
    heights = [float(part.get("height") or 0) for part in image if part.get("class") == "mark"]
    assert len(heights) == 2
    assert heights[1] == pytest.approx(4 * heights[0], rel=0.01)


@pytest.mark.parametrize(("highest", "top"), [(0, 4), (3, 4), (5, 8), (12, 20), (21, 40), (41, 80), (90, 200)])
def test_a_scale_ends_at_a_round_number(highest: int, top: int) -> None:
    assert scale_of([Point("", highest, "")], 4) == top

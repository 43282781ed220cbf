"""Charts of the board as SVG, made on the server; each says in words what it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup, escape

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 12, 28
LABELS = 12
"""More than this don't fit below the columns."""
LINES = 4
LABEL_WIDTH, ROW = 190, 30


@dataclass(frozen=True, slots=True)
class Point:
    """One column or bar."""

    label: str
    value: float | None
    """None where nothing was measured."""
    said: str
    """The value as it is read."""


def columns(name: str, title: str, description: str, points: Sequence[Point], highest_said: Sequence[str]) -> Markup:
    """Columns over time; `highest_said` are the labels of the scale, from zero up. `name` is unique on the page."""
    top = scale_of(points, len(highest_said) - 1)
    step = (WIDTH - LEFT - RIGHT) / max(len(points), 1)
    every = ceil(len(points) / LABELS) or 1
    drawn = [_line(place, len(highest_said) - 1, said) for place, said in enumerate(highest_said)]
    for place, point in enumerate(points):
        left = LEFT + place * step
        if point.value:
            drawn.append(_column(left, step, point, top))
        if place % every == 0:
            middle = left + step / 2
            drawn.append(
                Markup('<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(middle, HEIGHT - 8, point.label)
            )
    return _image(name, title, description, HEIGHT, drawn)


def bars(name: str, title: str, description: str, points: Sequence[Point]) -> Markup:
    """Lying bars, one below the other, with their values."""
    most = max((point.value or 0 for point in points), default=0) or 1
    space = WIDTH - LABEL_WIDTH - 90
    drawn = []
    for place, point in enumerate(points):
        y = place * ROW
        length = max(2.0, (point.value or 0) / most * space)
        drawn.append(
            Markup(
                '<text x="{}" y="{}" text-anchor="end">{}</text>'
                '<rect class="mark" x="{}" y="{}" width="{:.1f}" height="{}" rx="3"/>'
                '<text x="{:.1f}" y="{}">{}</text>'
            ).format(
                LABEL_WIDTH - 8,
                y + 20,
                point.label,
                LABEL_WIDTH,
                y + 5,
                length,
                ROW - 10,
                LABEL_WIDTH + length + 8,
                y + 20,
                point.said,
            )
        )
    return _image(name, title, description, max(len(points), 1) * ROW, drawn)


def scale_of(points: Sequence[Point], steps: int) -> float:
    """The top of a scale: the smallest round number above all values that `steps` divide without a rest."""
    highest = max((point.value or 0 for point in points), default=0)
    unit = 1
    while unit * steps < highest:
        unit = _next_round(unit)
    return float(unit * steps)


def _next_round(unit: int) -> int:
    """1, 2, 5, 10, 20, 50, …"""
    return unit * 5 // 2 if str(unit).startswith("2") else unit * 2


def _column(left: float, step: float, point: Point, top: float) -> Markup:
    height = (point.value or 0) / top * (HEIGHT - TOP - BOTTOM)
    return Markup(
        '<rect class="mark" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}: {}</title></rect>'
    ).format(left + step * 0.12, HEIGHT - BOTTOM - height, step * 0.76, height, point.label, point.said)


def _line(place: int, steps: int, said: str) -> Markup:
    y = HEIGHT - BOTTOM - place / steps * (HEIGHT - TOP - BOTTOM)
    return Markup(
        '<line class="grid" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/>'
        '<text x="{}" y="{:.1f}" text-anchor="end">{}</text>'
    ).format(LEFT, y, WIDTH - RIGHT, y, LEFT - 6, y + 4, said)


def _image(name: str, title: str, description: str, height: int, drawn: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="chart" role="img" viewBox="0 0 {} {}" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>'
    ).format(WIDTH, height, name, name, name, title, name, escape(description), Markup("").join(drawn))

"""Charts that can be read on a small phone: big letters, few colours, few bytes."""

import io
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from PIL import Image

from bot.formatting import long_date, rupiah, short_date, short_rupiah
from bot.texts import say

T = TypeVar("T")

# Told apart also by those who see few colours.
CONTRIBUTIONS, GROWTH, LINE = "#0072B2", "#E69F00", "#0072B2"
SIZE_INCHES, DOTS_PER_INCH = (7.2, 5.2), 100
PLOT = (0.16, 0.13, 0.8, 0.68)
"""Left, bottom, width and height as shares of the picture; a layout found anew each time takes twice as long."""
MOST_TICKS = 6


def jht_growth(data: Mapping[str, Any]) -> bytes:
    """Contributions and growth by year, stacked; `rows` of year, contributions and balance in rupiah."""
    rows, language = data["rows"], data["language"]
    years = [row["year"] for row in rows]
    paid = [row["contributions"] for row in rows]
    growth = [max(row["balance"] - row["contributions"], 0) for row in rows]
    final = rows[-1]["balance"]
    figure, axes = _figure(say("pictures.jht_growth", language, final=rupiah(final)))
    axes.bar(years, paid, color=CONTRIBUTIONS, label=say("pictures.contributions", language))
    axes.bar(years, growth, bottom=paid, color=GROWTH, label=say("pictures.growth", language))
    above: dict[str, Any] = {"textcoords": "offset points", "ha": "right", "size": 15}
    axes.annotate(short_rupiah(final), (years[-1] + 0.4, final), (0, 6), **above)
    axes.set_xticks(_some(years), [_year(language, year) for year in _some(years)])
    axes.set_xlim(years[0] - 0.6, max(years[-1], years[0] + 2) + 0.6)
    axes.margins(y=0.12)
    figure.legend(fontsize=14, frameon=False, loc="upper left", bbox_to_anchor=(0.015, 0.915), ncols=2)
    return _png(figure)


def balance_history(data: Mapping[str, Any]) -> bytes:
    """The balance over time; at least one of `points`: day (ISO) and amount in rupiah, in order of days."""
    points, language = data["points"], data["language"]
    days = [date.fromisoformat(point["day"]) for point in points]
    amounts = [point["amount"] for point in points]
    figure, axes = _figure(say("pictures.balance_history", language, last=rupiah(amounts[-1])))
    figure.text(0.03, 0.86, long_date(days[-1], language), size=15)
    positions = [day.toordinal() for day in days]
    axes.plot(positions, amounts, color=LINE, linewidth=3)
    axes.fill_between(positions, amounts, color=LINE, alpha=0.15)
    axes.plot(positions[-1], amounts[-1], "o", color=LINE, markersize=10)
    by_label = {short_date(day, language): day.toordinal() for day in _some(days, 4)}
    axes.set_xticks(list(by_label.values()), list(by_label))
    axes.set_ylim(bottom=0, top=max(*amounts, 1) * 1.12)
    return _png(figure)


def _year(language: str, year: int) -> str:
    return say("pictures.year", language, year=year)


def _some(values: Sequence[T], most: int = MOST_TICKS) -> Sequence[T]:
    """Evenly chosen ones, the last always among them."""
    step = -(-len(values) // most)
    return values[::-step][::-1]


def _figure(title: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH)
    FigureCanvasAgg(figure)
    figure.text(0.03, 0.93, title, size=19, weight="bold")
    axes = figure.add_axes(PLOT)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: short_rupiah(round(amount))))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.tick_params(labelsize=14)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
    axes.set_axisbelow(True)
    return figure, axes


def _png(figure: Figure) -> bytes:
    raw = io.BytesIO()
    figure.savefig(raw, format="rgba")
    width, height = (round(inches * DOTS_PER_INCH) for inches in SIZE_INCHES)
    image = Image.frombytes("RGBA", (width, height), raw.getvalue()).convert("RGB")
    return small_png(image)


def small_png(image: Image.Image) -> bytes:
    """PNG with few colours: a third of the bytes, no visible difference in a chart."""
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()

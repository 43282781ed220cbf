"""Charts that can be read on a small phone: big letters, few colours, few bytes."""

import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from PIL import Image

from bot.formatting import rupiah, short_rupiah
from bot.texts import say

# Told apart also by those who see few colours.
CONTRIBUTIONS, GROWTH, LINE = "#0072B2", "#E69F00", "#0072B2"
SIZE_INCHES, DOTS_PER_INCH = (7.2, 5.2), 100


def jht_growth(data: Mapping[str, Any]) -> bytes:
    """Contributions and growth by year, stacked; `rows` of year, contributions and balance in rupiah."""
    rows, language = data["rows"], data["language"]
    years = [row["year"] for row in rows]
    paid = [row["contributions"] for row in rows]
    growth = [max(row["balance"] - row["contributions"], 0) for row in rows]
    figure, axes = _figure(say("pictures.jht_growth", language, final=rupiah(rows[-1]["balance"])))
    axes.bar(years, paid, color=CONTRIBUTIONS, label=say("pictures.contributions", language))
    axes.bar(years, growth, bottom=paid, color=GROWTH, label=say("pictures.growth", language))
    axes.set_xlabel(say("pictures.year", language), fontsize=15)
    axes.legend(fontsize=15, frameon=False, loc="upper left")
    axes.margins(y=0.2)
    return _png(figure)


def balance_history(data: Mapping[str, Any]) -> bytes:
    """The balance over time; `points` of day (ISO) and amount in rupiah."""
    points, language = data["points"], data["language"]
    days = [date.fromisoformat(point["day"]) for point in points]
    amounts = [point["amount"] for point in points]
    figure, axes = _figure(say("pictures.balance_history", language, last=rupiah(amounts[-1])))
    positions = [day.year + (day.timetuple().tm_yday - 1) / 365.25 for day in days]
    axes.plot(positions, amounts, color=LINE, linewidth=3)
    axes.fill_between(positions, amounts, color=LINE, alpha=0.15)
    axes.set_ylim(bottom=0)
    return _png(figure)


def _figure(title: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=SIZE_INCHES, dpi=DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.set_title(title, fontsize=17, fontweight="bold", loc="left")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda amount, _: short_rupiah(round(amount))))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.tick_params(labelsize=14)
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", alpha=0.3)
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

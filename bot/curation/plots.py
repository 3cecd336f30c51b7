"""The pictures of the quality page. Drawn by matplotlib, of the extra `bench`; the same trials give the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.curation.figures import Figure
from bot.curation.reliability import Scored, find_bins, find_operating_points

COLOURS = ("#1f6f8b", "#e08e45")
WIDTH = 6.4  # inches
ROW = 0.34  # inches for one bar
STABLE = {"svg.hashsalt": "quality", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}


def draw_shares(file: Path, title: str, parts: Mapping[str, Sequence[Figure]]) -> None:
    """A dot and its interval for each figure; the parts (name -> figures) side by side in a row."""
    names = list(dict.fromkeys(figure.name for figures in parts.values() for figure in figures))
    with _canvas(file, title, (WIDTH, 1.1 + ROW * len(names))) as axes:
        for number, (part, figures) in enumerate(parts.items()):
            shares = [figure.share for figure in figures]
            low = [max(figure.share - figure.interval[0], 0.0) for figure in figures]  # rounding may leave -1e-17
            high = [max(figure.interval[1] - figure.share, 0.0) for figure in figures]
            rows = [names.index(figure.name) + 0.26 * (number - (len(parts) - 1) / 2) for figure in figures]
            axes.errorbar(shares, rows, xerr=[low, high], fmt="o", markersize=4, color=COLOURS[number], label=part)
        axes.set_yticks(range(len(names)), [name.strip() for name in names])
        axes.invert_yaxis()
        axes.set_xlim(0, 1.01)
        axes.xaxis.set_major_formatter("{x:.0%}")
        axes.grid(axis="x", alpha=0.3)
        if len(parts) > 1:
            axes.legend(loc="lower left", frameon=False)


def draw_reliability(file: Path, parts: Mapping[str, Sequence[Scored]]) -> None:
    """The share that is right of best matches of about the same score; scores that mean something lie on the line."""
    with _canvas(file, "Is a score what it says?", (WIDTH, 4.2)) as axes:
        axes.plot([0, 100], [0, 1], color="grey", linewidth=0.8, linestyle="--")
        for (part, scored), colour in zip(parts.items(), COLOURS, strict=False):
            bins = list(find_bins(scored))
            sizes = [8 + 200 * each.count / len(scored) for each in bins]
            axes.plot([b.score for b in bins], [b.share_right for b in bins], color=colour, linewidth=1, label=part)
            axes.scatter([b.score for b in bins], [b.share_right for b in bins], s=sizes, color=colour, alpha=0.7)
        axes.set_xlabel("score of the best match; a dot is as large as the share of questions in it")
        axes.set_ylabel("share that is right")
        axes.yaxis.set_major_formatter("{x:.0%}")
        axes.grid(alpha=0.3)
        axes.legend(loc="upper left", frameon=False)


def draw_risk(file: Path, parts: Mapping[str, Sequence[Scored]]) -> None:
    """Answering only from some score up: how many are answered, and how many of those wrongly."""
    with _canvas(file, "The more is answered, the more goes wrong", (WIDTH, 3.8)) as axes:
        for (part, scored), colour in zip(parts.items(), COLOURS, strict=False):
            points = list(find_operating_points(scored))
            axes.plot([p.coverage for p in points], [p.risk for p in points], color=colour, linewidth=1.2, label=part)
        axes.set_xlabel("share of questions answered")
        axes.set_ylabel("share of the answers that is wrong")
        axes.xaxis.set_major_formatter("{x:.0%}")
        axes.yaxis.set_major_formatter("{x:.0%}")
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3)
        axes.legend(loc="upper left", frameon=False)


@contextmanager
def _canvas(file: Path, title: str, size: tuple[float, float]) -> Iterator[Any]:
    """Axes to draw on; written to the file, without a date, at the end."""
    import matplotlib as mpl
    from matplotlib.figure import Figure as Canvas

    with mpl.rc_context(STABLE):
        canvas = Canvas(figsize=size, layout="constrained")
        axes = canvas.subplots()
        axes.set_title(title, loc="left")
        axes.spines[["top", "right"]].set_visible(False)
        yield axes
        canvas.savefig(file, format="svg", metadata={"Date": None, "Creator": None})

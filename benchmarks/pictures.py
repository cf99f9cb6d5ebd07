"""Draws the tables of latency and scale as SVG, by hand: no plotting library."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path

from .latency import Bar
from .memory import Point
from .rooms import ROOT

FOLDER = ROOT / "docs" / "pictures"
OURS, OTHERS, INK, GRID = "#1a7f4b", "#8a94a6", "#1f2733", "#dfe3ea"
_STYLE = "font-family='system-ui, sans-serif' font-size='13'"


def draw(bars: Sequence[Bar], points: Sequence[Point], source: str) -> None:
    """Write both pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _write(FOLDER / "latency.svg", _latency(bars, source))
    _write(FOLDER / "scale.svg", _scale(points, source))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _latency(bars: Sequence[Bar], source: str) -> str:
    """Draw a group of bars per latency, seconds on a logarithmic scale."""
    left, width, line = 250, 470, 22
    most, least = max(bar.seconds for bar in bars), 0.1
    parts, y = [_text(20, 30, "Reading 20 000 tickets at defaults, seconds (logarithmic)", weight=True)], 60
    for latency in sorted({bar.latency for bar in bars}):
        parts.append(_text(20, y, f"{latency} ms per answer", weight=True))
        y += 10
        for bar in (each for each in bars if each.latency == latency):
            length = max(2.0, width * math.log(max(bar.seconds, least) / least) / math.log(most / least))
            colour = OURS if bar.client.startswith("glpi_utils") else OTHERS
            parts.append(f"<rect x='{left}' y='{y}' width='{length:.1f}' height='{line - 6}' rx='2' fill='{colour}'/>")
            parts.append(_text(left - 8, y + 13, bar.client, anchor="end"))
            parts.append(
                _text(left + length + 6, y + 13, f"{bar.seconds:.2f}" if bar.seconds < 10 else f"{bar.seconds:.0f}")
            )
            y += line
        y += 26
    parts.append(_text(20, y, source, small=True))
    return _svg(800, y + 16, parts, "Seconds that each client takes for 20 000 tickets, at 0, 20 and 100 ms latency")


def _scale(points: Sequence[Point], source: str) -> str:
    """Draw the cost per row and the peak of memory over the number of rows."""
    parts = [_text(20, 30, "iter_pages() from ten thousand rows on", weight=True)]
    parts += _lines(points, [each.cpu for each in points], "client CPU per row, microseconds", 70)
    parts += _lines(points, [each.peak for each in points], "peak of memory, MB", 440)
    parts.append(_text(20, 318, source, small=True))
    return _svg(800, 334, parts, "Cost per row and memory against the number of rows")


def _lines(points: Sequence[Point], values: Sequence[float], title: str, left: int) -> list[str]:
    top, height, width = 70, 190, 290
    ceiling = _rounded(max(values) * 1.25)
    parts = [_text(left, top - 14, title)]
    for step in range(5):
        y = top + height - height * step / 4
        parts.append(f"<line x1='{left}' y1='{y:.1f}' x2='{left + width}' y2='{y:.1f}' stroke='{GRID}'/>")
        parts.append(_text(left - 6, y + 4, f"{ceiling * step / 4:g}", anchor="end", small=True))
    low, high = math.log10(points[0].rows), math.log10(points[-1].rows)
    xs = [left + 20 + (width - 40) * (math.log10(each.rows) - low) / (high - low) for each in points]
    ys = [top + height - height * value / ceiling for value in values]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(xs, ys, strict=True))
    parts.append(f"<polyline points='{path}' fill='none' stroke='{OURS}' stroke-width='2'/>")
    for each, x, y, value in zip(points, xs, ys, values, strict=True):
        parts.append(f"<circle cx='{x:.1f}' cy='{y:.1f}' r='4' fill='{OURS}'/>")
        parts.append(_text(x, y - 10, f"{value:.1f}", anchor="middle"))
        parts.append(_text(x, top + height + 20, f"{each.rows:,}".replace(",", " "), anchor="middle", small=True))
    return parts


def _rounded(value: float) -> float:
    """Give a round number at or above a value."""
    step: float = 10 ** math.floor(math.log10(value))
    return next(step * times for times in (1, 2, 4, 5, 8, 10) if step * times >= value)


def _text(x: float, y: float, words: str, *, anchor: str = "start", weight: bool = False, small: bool = False) -> str:
    more = " font-weight='600'" if weight else ""
    size = " font-size='11'" if small else ""
    return f"<text x='{x:.1f}' y='{y:.1f}' text-anchor='{anchor}' fill='{INK}'{more}{size}>{escape(words)}</text>"


def _svg(width: int, height: int, parts: Sequence[str], title: str) -> str:
    head = (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}' width='{width}' {_STYLE} role='img'>"
    )
    ground = f"<rect width='{width}' height='{height}' rx='8' fill='#ffffff'/>"
    return "\n".join([head, f"<title>{escape(title)}</title>", ground, *parts, "</svg>", ""])

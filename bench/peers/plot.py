"""The picture of a run: milliseconds with one connection, requests a second with eight."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from bench.peers.operations import Operation

Row = Mapping[str, Any]
COLOURS = ("#111111", "#c1272d", "#f2a03d", "#1f6fb4", "#7a7a7a", "#2e8b57")
LEFT, PANEL, GAP, TOP, STEP, BOTTOM = 290, 400, 50, 80, 34, 40
PANELS = (
    ("median_ms", 1, "median, ms, 1 connection"),
    ("per_second", 8, "requests/s, 8 connections"),
)
STYLE = "font-family:Helvetica,Arial,sans-serif;font-size:13px"


def svg(found: Sequence[Row], operations: Sequence[Operation], names: Sequence[str]) -> str:
    """Two panels of dots on logarithmic scales, a line for each operation."""
    height = TOP + STEP * len(operations) + BOTTOM
    width = LEFT + 2 * PANEL + GAP + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" style="{STYLE}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_legend(names),
        *(_text(LEFT - 12, _y(i) + 4, o.title, "end") for i, o in enumerate(operations)),
    ]
    for number, (figure, connections, title) in enumerate(PANELS):
        x0 = LEFT + number * (PANEL + GAP)
        shown = [row for row in found if row["connections"] == connections and row[figure]]
        parts += _panel(x0, title, figure, shown, operations, names)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(
    x0: int,
    title: str,
    figure: str,
    shown: Sequence[Row],
    operations: Sequence[Operation],
    names: Sequence[str],
) -> list[str]:
    values = [row[figure] for row in shown] or [1.0]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)

    def x(value: float) -> float:
        return x0 + PANEL * (math.log10(value) - low) / (high - low)

    bottom = _y(len(operations) - 1) + STEP / 2
    parts = [_text(x0 + PANEL / 2, TOP - 34, title, "middle", bold=True)]
    for power in range(low, high + 1):
        parts += [
            _rule(x(10**power), bottom),
            _text(x(10**power), TOP - 14, f"{10**power:g}", "middle"),
        ]
    places = {operation.name: i for i, operation in enumerate(operations)}
    for row in shown:
        colour = COLOURS[names.index(row["contender"]) % len(COLOURS)]
        parts.append(_dot(x(row[figure]), _y(places[row["operation"]]), colour, row, figure))
    return parts


def _legend(names: Sequence[str]) -> list[str]:
    parts: list[str] = []
    x = LEFT
    for number, name in enumerate(names):
        parts += [
            f'<circle cx="{x}" cy="18" r="6" fill="{COLOURS[number % len(COLOURS)]}"/>',
            _text(x + 11, 22, name, "start"),
        ]
        x += 34 + 7 * len(name)
    return parts


def _dot(x: float, y: float, colour: str, row: Row, figure: str) -> str:
    title = escape(f"{row['contender']}: {row[figure]:,.2f}")
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6" fill="{colour}" fill-opacity="0.85">'
        f"<title>{title}</title></circle>"
    )


def _rule(x: float, bottom: float) -> str:
    return f'<path d="M{x:.1f} {TOP - 8}V{bottom:.1f}" stroke="#dddddd"/>'


def _text(x: float, y: float, words: str, anchor: str, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'


def _y(line: int) -> float:
    return TOP + STEP * (line + 0.5)

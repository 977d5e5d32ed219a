"""A QR picture as text for a terminal: two rows of modules in one line of half blocks."""

from __future__ import annotations

from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget

QUIET = 2
"""Light modules around it; a scanner needs them on a dark screen."""
_BLOCKS = {(True, True): " ", (True, False): "▄", (False, True): "▀", (False, False): "█"}


def in_blocks(text: str) -> str:
    """Light modules are drawn, so that it can be scanned from light text on a dark screen."""
    rows = _framed(_modules(text))
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return "\n".join(
        "".join(_BLOCKS[upper, lower] for upper, lower in zip(*pair, strict=True)) for pair in pairs
    )


def _modules(text: str) -> list[list[bool]]:
    """Rows of modules, dark ones true."""
    widget: Any = QrCodeWidget(text, barLevel="L")
    widget.qr.make()
    count = int(widget.qr.getModuleCount())
    return [[bool(widget.qr.isDark(y, x)) for x in range(count)] for y in range(count)]


def _framed(rows: list[list[bool]]) -> list[list[bool]]:
    width = len(rows[0]) + 2 * QUIET
    empty = [[False] * width for _ in range(QUIET)]
    side = [False] * QUIET
    return [*empty, *([*side, *row, *side] for row in rows), *empty]

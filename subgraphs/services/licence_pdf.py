"""A licence on a page: fields in both languages, and a QR picture with a signed code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from subgraphs.proofs.signing import Signed

TITLE = "电子证照 Electronic licence"
NOTE = (
    "扫码核验当前状态，本页仅为生成时的内容。",
    "Scan the code to verify the present state; the page shows what held when it was made.",
)
CHINESE, LATIN = "STSong-Light", "Helvetica"
"""Fonts that readers of PDF bring along; nothing is embedded."""
TITLE_POINTS, POINTS = 18, 10
_RUNS = re.compile(r"[\x20-\x7e]+|[^\x20-\x7e]+")
LEFT, TOP, LINE = 25 * mm, A4[1] - 30 * mm, 9 * mm
QR_SIDE = 60 * mm
CHARACTERS_MAX = 48
"""Of one line of a value."""


def licence_pdf(rows: Sequence[tuple[str, str]], code: Signed) -> bytes:
    """One page. The same rows and code give the same bytes."""
    _font()
    target = BytesIO()
    page: Any = Canvas(target, pagesize=A4, invariant=1)
    page.setTitle(TITLE)
    _draw(page, LEFT, TOP, TITLE, TITLE_POINTS)
    at = TOP - 2 * LINE
    for label, value in rows:
        _draw(page, LEFT, at, label)
        for line in _lines(value):
            _draw(page, LEFT + 60 * mm, at, line)
            at -= LINE
    _qr(page, code.token, at - QR_SIDE)
    for number, words in enumerate((*NOTE, _until(code))):
        _draw(page, LEFT, at - QR_SIDE - (number + 1) * 0.7 * LINE, words)
    page.save()
    return target.getvalue()


def _draw(page: Any, left: float, at: float, text: str, points: int = POINTS) -> None:
    """One line, each run of it in the font that has its characters."""
    for run in _RUNS.findall(text):
        font = LATIN if run.isascii() else CHINESE
        page.setFont(font, points)
        page.drawString(left, at, run)
        left += page.stringWidth(run, font, points)


def _qr(page: Any, text: str, bottom: float) -> None:
    widget: Any = QrCodeWidget(text, barLevel="L")
    left, low, right, high = widget.getBounds()
    side = QR_SIDE / (right - left)
    drawing = Drawing(QR_SIDE, QR_SIDE, transform=[side, 0, 0, QR_SIDE / (high - low), 0, 0])
    drawing.add(widget)
    renderPDF.draw(drawing, page, LEFT, bottom)


def _lines(value: str) -> list[str]:
    starts = range(0, max(len(value), 1), CHARACTERS_MAX)
    return [value[start : start + CHARACTERS_MAX] for start in starts]


def _until(code: Signed) -> str:
    ends = datetime.fromtimestamp(code.ends, UTC).date().isoformat()
    return f"核验码有效期至 {ends} (UTC). The code can be verified until then."


@cache
def _font() -> None:
    """Make the Chinese one known."""
    metrics: Any = pdfmetrics
    metrics.registerFont(UnicodeCIDFont(CHINESE))

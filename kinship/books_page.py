"""docs/household-books.md and .csv: the composition table of household books, written from it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO
from itertools import combinations, combinations_with_replacement
from pathlib import Path

from kinship.books_compose import compose
from kinship.books_options import Cell
from kinship.books_paths import codes, declared
from kinship.books_phrases import CHINESE, ENGLISH, of_path, phrase
from kinship.ties import Status

Labels = Mapping[str, tuple[str, str]]
"""Each code's label in English and Chinese."""
EXAMPLES = (
    *("12", "20", "27", "28", "30", "38", "41", "43", "51", "52"),
    *("58", "61", "71", "72", "77", "81", "90", "91", "93"),
)
"""Codes of which each pair is told in words."""
TEMPLATE = Path(__file__).parent / "books_page.md"
_SIGNS = {Status.PROVEN: "P", Status.CONSISTENT: "c"}


def page(labels: Labels) -> str:
    """The page in Markdown."""
    listed = "".join(
        f"| {code} | {labels[code][ENGLISH]} | {labels[code][CHINESE]} | {of_path(code)} |\n"
        for code in declared().codes
    )
    pairs = "".join(_example(labels, a, b) for a, b in combinations(EXAMPLES, 2))
    text = TEMPLATE.read_text(encoding="utf-8")
    return text.format(codes=listed, matrix=_matrix(), pairs=pairs)


def table() -> str:
    """Every pair of codes as CSV, each once."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["a", "b", "status", "b to a", "b 是 a 的"])
    for a, b in combinations_with_replacement(codes(), 2):
        cell = compose(a, b)
        writer.writerow([a, b, _status(cell), _told(cell, ENGLISH), _told(cell, CHINESE)])
    return out.getvalue()


def _matrix() -> str:
    blocks = [[code for code in codes() if code[0] == tens] for tens in "0123456789"]
    head = "   " + " ".join("".join(code[0] for code in block) for block in blocks)
    below = "   " + " ".join("".join(code[1] for code in block) for block in blocks)
    lines = [head, below]
    for block in blocks:
        lines.append("")
        lines += [f"{a} " + " ".join(_row(a, others) for others in blocks) for a in block]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def _row(a: str, others: list[str]) -> str:
    return "".join(_sign(compose(a, b)) for b in others)


def _sign(cell: Cell) -> str:
    return _SIGNS[cell.status] if cell.status else "x" if cell.excluded else "."


def _status(cell: Cell) -> str:
    return cell.status.lower() if cell.status else "excluded" if cell.excluded else "none"


def _told(cell: Cell, language: int) -> str:
    return "; ".join(phrase(option, language) for option in cell.options)


def _example(labels: Labels, a: str, b: str) -> str:
    cell = compose(a, b)
    first, second = (f"{code} {labels[code][ENGLISH]}" for code in (a, b))
    words = f"{_told(cell, ENGLISH)} | {_told(cell, CHINESE)}"
    return f"| {first} | {second} | {_status(cell)} | {words} |\n"

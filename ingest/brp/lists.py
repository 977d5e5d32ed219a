"""Person lists of a file: rows grouped by list, elements by number, forms by category.

A list starts with a row that names it in the first column; the rows after it carry older or
further occurrences of its categories. The column NN.H says what the next row holds of category
NN: NN itself, another occurrence; NN + 50, an older form of the same; nothing, no more.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ingest.source import SourceFile, invalid

Row = Mapping[str, str]
RowForm = tuple[int, Row]
NEEDED = (
    "01.01.10", "01.01.20", "01.02.10", "01.02.30", "01.02.40", "01.03.10", "01.03.20", "01.03.30",
    "01.04.10", "01.85.10", "01.86.10", "02.01.20", "02.02.40", "02.62.10", "03.01.20", "03.02.40",
    "03.62.10", "04.05.10", "05.01.20", "05.06.10", "05.07.10", "05.07.40", "05.15.10", "06.08.10",
    "08.09.10", "08.10.30", "08.11.10", "09.01.20", "11.32.10", "11.33.10",
    "01.H", "02.H", "03.H", "04.H", "05.H", "06.H", "08.H", "09.H", "11.H",
)  # fmt: skip
ELEMENT = re.compile(r"[0-9]{2}\.([0-9]{2}\.[0-9]{2}|H)( \([0-9]+\))?")
# What tells one occurrence of a category from another, where the marker before it is missing.
_TELLING = {"05": ("01.10", "01.20", "02.40"), "09": ("01.10", "01.20", "02.10")}
_HINT = (
    "Give the CSV of person lists: `;` between columns, UTF-8, element numbers in the first row."
)


def raw_lists(source: SourceFile) -> Iterator[tuple[int, dict[str, Any]]]:
    """First row and raw form {"label", "rows", "broken"?} of every list, one after the other.

    `broken` are [row, what is wrong, columns] of rows that cannot be used. Raises SOURCE_INVALID
    for anything but a file of person lists.
    """
    lines = source.lines()
    header = _header(source, next(lines, ""))
    start, current = 2, dict[str, Any]()
    for number, line in enumerate(lines, 2):
        text = line.rstrip("\r\n")
        if not text:
            continue
        label = text.partition(";")[0]
        if label or not current:
            if current:
                yield start, current
            start, current = number, dict[str, Any](label=label or f"row {number}", rows=[])
        _add(current, header, number, text)
    if current:
        yield start, current


def _add(current: dict[str, Any], header: Sequence[str], number: int, text: str) -> None:
    columns = _columns(text)
    wrong = ""
    if columns is None:
        columns, wrong = [text], f"the quotes in row {number} do not close"
    elif len(columns) != len(header):
        wrong = f"row {number} has {len(columns)} columns instead of {len(header)}"
    elif not columns[0] and not current["rows"]:
        wrong = "the row belongs to no list: no list has begun"
    current["rows"].append({n: v for n, v in zip(header, columns, strict=False) if n and v})
    if wrong:
        current.setdefault("broken", []).append([number, wrong, columns])


def occurrences(rows: Sequence[Row], start: int, category: str) -> list[list[RowForm]]:
    """Every occurrence of a category in file order, each with its forms, the newest first."""
    found: list[list[RowForm]] = []
    following = category
    for number, row in enumerate(rows, start):
        values = _of(row, category)
        if not values:
            continue
        if not found or following == category or _differs(category, following, found[-1], values):
            found.append([])
        found[-1].append((number, values))
        following = row.get(f"{category}.H", "")
    return found


def _differs(category: str, marker: str, forms: Sequence[RowForm], values: Row) -> bool:
    """Whether a row without a marker before it is about someone else than the row above."""
    if marker:
        return False
    above = forms[-1][1]
    for element in _TELLING.get(category, ()):
        if element in above and element in values:
            return above[element] != values[element]
    return False


def _of(row: Row, category: str) -> dict[str, str]:
    start = f"{category}."
    return {n[3:]: v for n, v in row.items() if n.startswith(start) and n[3:] != "H"}


def _columns(text: str) -> list[str] | None:
    """The columns of one line; None where its quotes do not close."""
    if '"' not in text:
        return text.split(";")
    try:
        return next(csv.reader([text], delimiter=";", strict=True), [""])
    except csv.Error:
        return None


def _header(source: SourceFile, line: str) -> list[str]:
    """Element numbers by column; a second column of the same name gets " (2)" behind it."""
    names = _columns(line.rstrip("\r\n")) or [""]
    missing = [element for element in NEEDED if element not in names]
    if missing or names[0]:
        what = f"lacks {', '.join(missing[:6])}" if missing else "does not start with an empty name"
        raise invalid(f"{source.path} is not a file of person lists: its first row {what}.", _HINT)
    _refuse_repeated(source, names)
    return [n if names.index(n) == at else f"{n} (2)" for at, n in enumerate(names)]


def _refuse_repeated(source: SourceFile, names: Iterable[str]) -> None:
    seen = set[str]()
    for name in names:
        if name in seen and name in NEEDED:
            words = f"{source.path} has two columns {name} in its first row."
            raise invalid(words, "Give each element one column.")
        seen.add(name)

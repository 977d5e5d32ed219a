"""Person lists from the file: rows grouped by list, elements by number, occurrences by category.

A list starts with a row that names it in the first column; the rows after it carry older or
further occurrences of its categories. The column NN.H says what the next row holds of category
NN: NN itself, another occurrence; NN + 50, an older form of the same; nothing, no more.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime.errors import CitizengraphError

NEEDED = (
    "01.01.10", "01.01.20", "01.02.10", "01.02.30", "01.02.40", "01.03.10", "01.03.20", "01.03.30",
    "01.04.10", "01.85.10", "01.86.10", "02.01.20", "02.02.40", "02.62.10", "03.01.20", "03.02.40",
    "03.62.10", "04.05.10", "05.01.20", "05.06.10", "05.07.10", "05.07.40", "06.08.10", "08.09.10",
    "08.10.30", "08.11.10", "09.01.20", "02.H", "03.H", "05.H", "09.H",
)  # fmt: skip
_HINT = (
    "Give the CSV of person lists: `;` between columns, UTF-8, element numbers in the first row."
)


@dataclass(frozen=True)
class Occurrence:
    """One occurrence of a category as it is now, and its older forms, newest first."""

    category: str
    number: int
    row: int
    values: Mapping[str, str]
    older: tuple[Mapping[str, str], ...]

    def value(self, element: str) -> str:
        """Value of an element such as 01.20; empty when there is none."""
        return self.values.get(element, "")

    def oldest(self, element: str) -> str:
        """The value in the oldest form that has one."""
        found = (form[element] for form in (*reversed(self.older), self.values) if element in form)
        return next(found, "")


@dataclass(frozen=True)
class PersonList:
    """One person's list. `broken` says what is wrong with its rows, if anything is."""

    label: str
    row: int
    rows: tuple[Mapping[str, str], ...]
    broken: str = ""

    def occurrences(self, category: str) -> Iterator[Occurrence]:
        """The current occurrences of a category, in order."""
        forms: list[tuple[int, list[Mapping[str, str]]]] = []
        following = category
        for number, row in enumerate(self.rows):
            values = _of(row, category)
            if not values:
                continue
            if following == category:
                forms.append((self.row + number, [values]))
            elif forms:
                forms[-1][1].append(values)
            following = row.get(f"{category}.H", "")
        for number, (row, found) in enumerate(forms):
            yield Occurrence(category, number, row, found[0], tuple(found[1:]))

    def first(self, category: str) -> Occurrence | None:
        """The current form of a category that occurs once."""
        return next(self.occurrences(category), None)

    @property
    def record(self) -> str:
        """The A-number, or the label of a list without one."""
        return self.rows[0].get("01.01.10", "") or self.label


def _of(row: Mapping[str, str], category: str) -> dict[str, str]:
    start = f"{category}."
    found = {name[3:]: value for name, value in row.items() if name.startswith(start)}
    found.pop("H", None)
    return found


def read_lists(path: Path) -> list[PersonList]:
    """Every list of the file. Raises SOURCE_INVALID in words for anything but such a file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=";")
            header = next(reader, list[str]())
            _check_header(path, header)
            return list(_group(header, reader))
    except OSError as error:
        raise _invalid(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise _invalid(f"{path} is not UTF-8: byte {error.start} fits no character.") from error
    except csv.Error as error:
        raise _invalid(f"{path} is not a CSV file: {error}.") from error


def _check_header(path: Path, header: list[str]) -> None:
    missing = [element for element in NEEDED if element not in header]
    if missing or header[0]:
        what = f"lacks {', '.join(missing[:6])}" if missing else "does not start with an empty name"
        raise _invalid(f"{path} is not a file of person lists: its first row {what}.")


def _group(header: list[str], reader: Iterator[list[str]]) -> Iterator[PersonList]:
    label, start, broken = "", 2, ""
    rows: list[Mapping[str, str]] = []
    for number, columns in enumerate(reader, 2):
        if columns and columns[0]:
            if rows:
                yield PersonList(label, start, tuple(rows), broken)
            label, start, rows, broken = columns[0], number, [], ""
        elif not rows:
            label, start = f"row {number}", number
            broken = "the row belongs to no list: no list has begun"
        if len(columns) != len(header):
            broken = f"row {number} has {len(columns)} columns instead of {len(header)}"
        rows.append({n: v for n, v in zip(header[1:], columns[1:], strict=False) if v})
    if rows:
        yield PersonList(label, start, tuple(rows), broken)


def _invalid(message: str) -> CitizengraphError:
    return CitizengraphError("SOURCE_INVALID", message, _HINT)

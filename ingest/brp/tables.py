"""Code tables beside the person lists: 32 nationalities, 33 municipalities, 34 countries."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

NETHERLANDS = "6030"
# Which elements hold codes of which table.
_USES = {
    "32": ("05.10",),
    "33": ("03.20", "06.20", "08.20", "09.10", "81.10", "82.10"),
    "34": ("03.30", "06.30", "08.30", "13.10", "14.10"),
}


@dataclass(frozen=True)
class Tables:
    """Words by table and code; a code that has none stands for itself."""

    words: Mapping[str, Mapping[str, str]]

    def nationality(self, code: str) -> str:
        """Table 32."""
        return self._word("32", code)

    def municipality(self, code: str) -> str:
        """Table 33."""
        return self._word("33", code)

    def country(self, code: str) -> str:
        """Table 34."""
        return self._word("34", code)

    def place(self, place: str, country: str) -> str:
        """A municipality or a place abroad, with the country unless it is the Netherlands.

        Empty where both are unknown, which is written as zeros.
        """
        name = self.municipality(place) if place.strip("0.") else ""
        land = self.abroad(country)
        return ", ".join(part for part in (name, land) if part)

    def abroad(self, country: str) -> str:
        """The country, unless it is the Netherlands or unknown, which is written as zeros."""
        return self.country(country) if country.strip("0") and country != NETHERLANDS else ""

    def mentioned(self, rows: Iterable[Mapping[str, str]]) -> dict[str, dict[str, str]]:
        """The words of the codes that stand in the rows."""
        found: dict[str, dict[str, str]] = {number: {} for number in _USES}
        for row in rows:
            for name, value in row.items():
                for number, elements in _USES.items():
                    if name[3:] in elements and value in self.words.get(number, {}):
                        found[number][value] = self.words[number][value]
        return found

    def _word(self, table: str, code: str) -> str:
        return self.words.get(table, {}).get(code, code)


def read_tables(directory: Path) -> Tables:
    """The tables found in the directory; those that are absent are empty."""
    return Tables({number: read_table(directory, int(number)) for number in _USES})


def read_table(directory: Path, number: int) -> Mapping[str, str]:
    """Words by code of one table; empty when the directory has no such file."""
    path = next(iter(sorted(directory.glob(f"Tabel{number} *.csv"))), None)
    if path is None:
        return {}
    rows = csv.reader(_text(path).splitlines()[1:])
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _text(path: Path) -> str:
    """The tables come in UTF-16 with a byte-order mark, or in UTF-8."""
    content = path.read_bytes()
    marked = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    return content.decode("utf-16" if marked else "utf-8-sig", errors="replace")

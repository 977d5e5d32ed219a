"""Code tables beside the person lists: 32 nationalities, 33 municipalities, 34 countries."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NETHERLANDS = "6030"


@dataclass(frozen=True)
class Tables:
    """Words by code; without a table the code stands for itself."""

    nationalities: Mapping[str, str]
    municipalities: Mapping[str, str]
    countries: Mapping[str, str]

    def place(self, place: str, country: str) -> str:
        """A municipality or a place abroad, with the country unless it is the Netherlands."""
        name = self.municipalities.get(place, place)
        if country in ("", NETHERLANDS):
            return name
        return ", ".join(part for part in (name, self.countries.get(country, country)) if part)


def read_tables(directory: Path) -> Tables:
    """The tables found in the directory; those that are absent are empty."""
    return Tables(_table(directory, 32), _table(directory, 33), _table(directory, 34))


def _table(directory: Path, number: int) -> Mapping[str, str]:
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

"""Person lists of the Dutch population register (BRP), as the GBA-V test set gives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ingest.brp.index import Index
from ingest.brp.lists import ELEMENT, raw_lists
from ingest.brp.reading import read_list
from ingest.brp.tables import Tables, read_tables
from ingest.records import Options, Reader, Reading, Unit
from ingest.source import SourceFile
from runtime.errors import CitizengraphError

REGISTER = "brp"


def open_reader(source: SourceFile | None, register: str, options: Options) -> Reader:
    """Read the file once for its numbers. Raises SOURCE_INVALID unless it is of person lists."""
    del options
    if source is None:
        return BrpReader(None, register, Index(register), Tables({}), 0)
    index, total = Index(register), 0
    for _, raw in raw_lists(source):
        index.add(raw)
        total += 1
    return BrpReader(source, register, index, read_tables(source.path.parent), total)


@dataclass(frozen=True)
class BrpReader:
    """A unit is one list: {"label", "rows", "lists", "words", "broken"?}.

    `lists` are the lists of the file that share a number with it, `words` the meaning of its
    codes: with them it can be read again without the file.
    """

    source: SourceFile | None
    register: str
    index: Index
    tables: Tables
    total: int

    def units(self) -> Iterator[Unit]:
        """Every list, in file order."""
        if self.source is not None:
            for number, (row, raw) in enumerate(raw_lists(self.source), 1):
                yield Unit(number, row, self._complete(raw))

    def read(self, unit: Unit) -> Reading:
        """What the list says and said."""
        return read_list(self.register, unit)

    def amend(self, unit: Unit, row: int, field: str, value: str) -> Unit:
        """The list with one element of one row of the file corrected."""
        at = row - unit.row
        if not 0 <= at < len(unit.raw["rows"]):
            last = unit.row + len(unit.raw["rows"]) - 1
            raise _bad_argument(f"The list has rows {unit.row} to {last}, not {row}.")
        if not ELEMENT.fullmatch(field):
            raise _bad_argument(f"{field!r} is not an element number such as 01.03.10.")
        rows = [dict(one) for one in unit.raw["rows"]]
        rows[at][field] = value
        if not value:
            del rows[at][field]
        raw = {**unit.raw, "rows": rows}
        return replace(unit, raw=raw if self.source is None else self._complete(raw))

    def _complete(self, raw: dict[str, Any]) -> dict[str, Any]:
        lists, words = self.index.mentioned(raw), self.tables.mentioned(raw["rows"])
        return {**raw, "lists": lists, "words": words}


def _bad_argument(message: str) -> CitizengraphError:
    return CitizengraphError("BAD_ARGUMENT", message, "Name a row and an element of the list.")

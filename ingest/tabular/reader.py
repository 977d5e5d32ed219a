"""The reader of tabular files: rows by a mapping, each one record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Protocol, cast

from graph.catalogue import model
from ingest.records import Reading, Unit
from ingest.source import SourceFile, invalid
from ingest.tabular.broken import again
from ingest.tabular.csv_rows import CsvRows
from ingest.tabular.declaration import TableMapping
from ingest.tabular.jsonl_rows import JsonRows
from ingest.tabular.mapping_file import code_list
from ingest.tabular.parquet_parts import MAGIC, damaged
from ingest.tabular.parquet_rows import ParquetRows
from ingest.tabular.reading import RowReader
from runtime.errors import CitizengraphError

WHOLE_ROW = ("", "row")


class Rows(Protocol):
    """The rows of one file, checked as far as the whole file goes."""

    total: int

    def __iter__(self) -> Iterator[Unit]: ...


class TabularReader:
    """Records of one file. A unit's raw is {"row": values by column} or {"broken": text, …}."""

    def __init__(self, source: SourceFile | None, mapping: TableMapping) -> None:
        self._rows = None if source is None else open_rows(source, mapping)
        self._reader = RowReader(mapping, model(), code_list)
        self._columns = mapping.columns

    @property
    def total(self) -> int:
        """How many records there are."""
        return self._rows.total if self._rows else 0

    def units(self) -> Iterator[Unit]:
        """Every row, in file order."""
        return iter(self._rows or ())

    def read(self, unit: Unit) -> Reading:
        """What the row says."""
        return self._reader.read(unit)

    def amend(self, unit: Unit, row: int, field: str, value: str) -> Unit:
        """The record with one column corrected, or all of a broken row (field "" or "row")."""
        del row
        raw = cast("dict[str, Any]", unit.raw)
        if "row" not in raw:
            if field not in WHOLE_ROW:
                words = f"The row is broken, so it has no column {field!r}."
                raise CitizengraphError("BAD_ARGUMENT", words, "Give the whole row: row=TEXT.")
            return replace(unit, raw=again(raw, value))
        if field not in raw["row"] and field not in self._columns:
            known = [*raw["row"], *self._columns]
            close = get_close_matches(field, known, n=1)
            hint = f"Did you mean {close[0]!r}?" if close else f"It has {', '.join(raw['row'])}."
            raise CitizengraphError("BAD_ARGUMENT", f"There is no column {field!r}.", hint)
        return replace(unit, raw={"row": {**raw["row"], field: value}})


def open_rows(source: SourceFile, mapping: TableMapping) -> Rows:
    """The rows by what the file is. Raises SOURCE_INVALID for what is wrong with the whole file."""
    with source.open() as file:
        start = file.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
    name = source.name.lower()
    if start.startswith(MAGIC):
        return ParquetRows(source, mapping)
    if name.endswith(".parquet"):
        raise damaged(source.path, "it does not begin as one")
    if start.startswith(b"[") and name.endswith((".json", ".jsonl", ".ndjson")):
        words = f"{source.path} is one JSON array."
        raise invalid(words, "Give one object on a line (JSON Lines).")
    if start.startswith(b"{") or name.endswith((".jsonl", ".ndjson")):
        return JsonRows(source, mapping)
    return CsvRows(source, mapping)

"""Rows of a Parquet file, one row group at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import polars as pl

from ingest.records import Unit
from ingest.source import LINE_BYTES_MAX, SourceFile, invalid
from ingest.tabular.declaration import Column, TableMapping
from ingest.tabular.header import check_header
from ingest.tabular.parquet_parts import RowGroup, damaged, row_groups

_SLICE_ROWS = 4096
_TEXT = (pl.String, pl.Categorical, pl.Enum, pl.Null)
Result = TypeVar("Result")


class ParquetRows:
    """Rows with their numbers from 1; empty is None, days are text in the mapping's form."""

    def __init__(self, source: SourceFile, mapping: TableMapping) -> None:
        self._source = source
        self._groups = row_groups(source)
        self.total = sum(group.rows for group in self._groups)
        if not self.total:
            raise invalid(f"{source.path} has columns and no records.", "Ask for the whole file.")
        schema = self._guarded(self._lazy().collect_schema)
        check_header(source.path, list(schema), mapping)
        self._check_types(schema, mapping)
        self._texts = [_text(name, kind, mapping) for name, kind in schema.items()]
        for group in self._groups:
            self._check_values(group)

    def __iter__(self) -> Iterator[Unit]:
        for group in self._groups:
            frame = self._read(group)
            for start in range(0, group.rows, _SLICE_ROWS):
                rows = frame.slice(start, _SLICE_ROWS).iter_rows(named=True)
                for number, row in enumerate(rows, group.first + start + 1):
                    yield Unit(number, number, {"row": row})

    def _lazy(self) -> pl.LazyFrame:
        self._source.open().close()
        return pl.scan_parquet(self._source.path, glob=False)

    def _read(self, group: RowGroup) -> pl.DataFrame:
        rows = self._lazy().slice(group.first, group.rows)
        part = rows.select(self._texts)  # pyright: ignore[reportUnknownMemberType]
        frame = self._guarded(part.collect)
        if frame.height != group.rows:
            raise damaged(self._source.path, "it has fewer rows than it says")
        return frame

    def _check_values(self, group: RowGroup) -> None:
        """Read every value once, so that damage is found before anything is loaded."""
        frame = self._read(group)
        for name in frame.columns:
            longest = _longest(frame[name])
            if longest > LINE_BYTES_MAX:
                words = f"{self._source.path}: column {name!r} has a value of {longest:,} bytes."
                raise invalid(words, f"No value may be longer than {LINE_BYTES_MAX:,} bytes.")

    def _check_types(self, schema: pl.Schema, mapping: TableMapping) -> None:
        wrong = [
            f"column {name!r} is {kind}, the mapping wants {wanted}"
            for name, kind in schema.items()
            if name in mapping.columns and (wanted := _misfit(kind, mapping.columns[name]))
        ]
        if wrong:
            words = f"{self._source.path}: {'; '.join(wrong)}."
            raise invalid(words, "Write numbers and codes as text: leading zeros and X are lost.")

    def _guarded(self, action: Callable[[], Result]) -> Result:
        try:
            return action()
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            raise damaged(self._source.path, str(error)) from error


def _longest(column: pl.Series) -> int:
    if column.dtype != pl.String or column.null_count() == len(column):
        return 0
    lengths: Any = column.str.len_bytes()
    return int(lengths.max())


def _misfit(kind: pl.DataType, column: Column) -> str:
    """What the column's type should be; empty if it will do."""
    if isinstance(kind, _TEXT):
        return ""
    if column.number is not None:
        return "" if kind.is_numeric() else "a number or text"
    if column.date:
        return "" if kind == pl.Date else "a date or text"
    if column.time:
        return "" if isinstance(kind, pl.Datetime) else "a time or text"
    if column.codes is not None and kind == pl.Boolean:
        return ""
    return "text"


def _text(name: str, kind: pl.DataType, mapping: TableMapping) -> pl.Expr:
    """The column as text, numbers and truth values."""
    column = mapping.columns.get(name)
    if kind == pl.Date:
        return pl.col(name).dt.strftime(_day_form(column))
    if isinstance(kind, pl.Datetime):
        zone = "%:z" if kind.time_zone else ""
        return pl.col(name).dt.strftime(f"%Y-%m-%dT%H:%M:%S{zone}")
    if isinstance(kind, (pl.Categorical, pl.Enum, pl.Null, pl.Decimal)) or column is None:
        return pl.col(name).cast(pl.String)
    return pl.col(name)


def _day_form(column: Column | None) -> str:
    """The column's first form that has a day, for strftime."""
    forms = column.date if column else ()
    form = next((form for form in forms if "D" in form), "YYYY-MM-DD")
    parts = (("YYYY", "%Y"), ("MM", "%m"), ("DD", "%d"), ("M", "%-m"), ("D", "%-d"))
    for part, letter in parts:
        form = form.replace(part, letter)
    return form

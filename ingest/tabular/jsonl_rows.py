"""Rows of a JSON Lines file: one object on a line."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.records import Unit
from ingest.source import SourceFile, invalid
from ingest.tabular.broken import parse_object
from ingest.tabular.declaration import TableMapping
from ingest.tabular.encodings import codec_of
from ingest.tabular.header import check_header


class JsonRows:
    """Objects with their line numbers; empty lines are no records."""

    def __init__(self, source: SourceFile, mapping: TableMapping) -> None:
        self._source = source
        self._encoding = codec_of(source, mapping.file.encoding)
        self.total = self._count(mapping)

    def __iter__(self) -> Iterator[Unit]:
        for number, (row, line) in enumerate(self._lines(), 1):
            yield Unit(number, row, parse_object(line)[0])

    def _lines(self) -> Iterator[tuple[int, str]]:
        for row, line in enumerate(self._source.lines(self._encoding), 1):
            if line.strip():
                yield row, line

    def _count(self, mapping: TableMapping) -> int:
        total, last = 0, (0, "")
        for found in self._lines():
            total, last = total + 1, found
            if total == 1:
                self._check_first(found[1], mapping)
        row, line = last
        if not line.endswith("\n") and "row" not in parse_object(line)[0]:
            words = f"{self._source.path}, line {row}: the last record breaks off."
            raise invalid(words, "Ask the register for the whole file.")
        return total

    def _check_first(self, line: str, mapping: TableMapping) -> None:
        raw, reason = parse_object(line)
        if "row" not in raw:
            words = f"{self._source.path}: its first line is no record: {reason}."
            raise invalid(words, "Give a file with one JSON object on a line.")
        if not raw["row"].keys() & mapping.columns.keys():
            check_header(self._source.path, list(raw["row"]), mapping)

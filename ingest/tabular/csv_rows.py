"""Rows of a CSV file (RFC 4180), in any of the mapping's encodings."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from ingest.records import Unit
from ingest.source import SourceFile, invalid
from ingest.tabular.broken import OPEN, broken_line, parse_line
from ingest.tabular.declaration import TableMapping
from ingest.tabular.encodings import codec_of
from ingest.tabular.header import csv_header

# A row with a quoted value that goes on over more lines is taken to be quoted wrongly.
ROW_LINES_MAX = 50
Found = tuple[int, list[str] | None, str]


class CsvRows:
    """Rows with their line numbers. One that is not in order never costs another."""

    def __init__(self, source: SourceFile, mapping: TableMapping) -> None:
        self._source = source
        self._encoding = codec_of(source, mapping.file.encoding)
        self._delimiter = mapping.file.delimiter
        self._line_end = mapping.file.last_line_end
        first = next(source.lines(self._encoding), "")
        self._header = csv_header(source.path, first, mapping)
        self.total = self._count()

    def __iter__(self) -> Iterator[Unit]:
        header, delimiter = self._header, self._delimiter
        for number, (row, values, text) in enumerate(self._rows(), 1):
            if values is None:
                yield Unit(number, row, broken_line(text, header, delimiter))
            else:
                yield Unit(number, row, {"row": dict(zip(header, values, strict=True))})

    def _count(self) -> int:
        total, last = 0, None
        for found in self._rows():
            total, last = total + 1, found
        if last is None:
            words = f"{self._source.path} has a header and no records."
            raise invalid(words, "Ask the register for the file with its records.")
        row, values, text = last
        whole = values is not None and self._line_end == "optional"
        if not (whole or text.endswith("\n")):
            words = f"{self._source.path}, line {row}: the last record has no line end."
            hint = "If it is whole, set `lastLineEnd: optional` under `file` in the mapping."
            raise invalid(words, f"Ask the register for the whole file. {hint}")
        return total

    def _rows(self) -> Iterator[Found]:
        """First line, values (None where broken) and text of each row."""
        width, delimiter = len(self._header), self._delimiter
        lines = _Lines(self._source.lines(self._encoding))
        next(lines)
        for line in lines:
            if '"' in line:
                yield self._quoted(line, lines)
                continue
            values = line.rstrip("\r\n").split(delimiter)
            if len(values) == width:
                yield lines.number, values, line
            elif line.strip():
                yield lines.number, None, line

    def _quoted(self, line: str, lines: _Lines) -> Found:
        """A row with quotes. If it does not come to an end well, its first line alone is broken."""
        row, text, taken = lines.number, line, list[str]()
        values, why = parse_line(text, self._delimiter)
        while why is OPEN and len(taken) < ROW_LINES_MAX and (more := next(lines, "")):
            taken.append(more)
            text += more
            if '"' in more:
                values, why = parse_line(text, self._delimiter)
        if values is not None and len(values) == len(self._header):
            return row, values, text
        lines.put_back(taken)
        return row, None, line


class _Lines:
    """Lines with their number, of which some can be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: deque[str] = deque()
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else next(self._lines)
        self.number += 1
        return line

    def put_back(self, lines: list[str]) -> None:
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)

"""The statements of a file one by one: a JSON array, or one JSON object on each line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import ijson  # pyright: ignore[reportMissingTypeStubs]
import orjson

from ingest.source import SourceFile, invalid, marked_encoding
from runtime.errors import CitizengraphError

STATEMENT_BYTES_MAX = 16_777_216
DEPTH_MAX = 64
_OPENING = ("start_array", "start_map")
_CLOSING = ("end_array", "end_map")
_SPACE = b" \t\r\n\xef\xbb\xbf"
_HINT = "Give statements of BODS 0.4: a JSON array of them, or one on each line (JSONL)."


@dataclass(frozen=True, slots=True)
class Element:
    """A statement with its place: element of the array, or line, from 1.

    `content` is the text of a line that is not JSON, with `broken` saying why.
    """

    row: int
    content: Any
    broken: str = ""


def elements(source: SourceFile) -> Iterator[Element]:
    """Every statement. Raises SOURCE_INVALID for a file that is neither form, or cut off."""
    with source.open() as file:
        start = file.read(4096)
    encoding = marked_encoding(start)
    if encoding:
        words = f"{source.path} is {encoding.upper()}; JSON is UTF-8 (RFC 8259)."
        raise invalid(words, "Convert it to UTF-8.")
    first = start.lstrip(_SPACE)[:1]
    if first == b"[":
        return _array(source)
    if first == b"{":
        return _lines(source)
    raise invalid(f"{source.path} begins with neither `[` nor `{{`.", _HINT)


def _array(source: SourceFile) -> Iterator[Element]:
    with source.open() as file:
        bounded = _Bounded(file, source)
        try:
            for row, statement in enumerate(_items(bounded), 1):
                bounded.begin(row + 1)
                yield Element(row, statement)
        except ijson.IncompleteJSONError as error:
            raise _cut_off(source, bounded.row, error) from error
        except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
            words = f"{source.path}, element {bounded.row}: not JSON ({_first_line(error)})."
            raise invalid(words, _HINT) from error


def _items(bounded: _Bounded) -> Iterator[Any]:
    """The elements of the array, each built from its events. Raises ValueError when too deep."""
    depth = 0
    builder: Any = ijson.ObjectBuilder()
    for event, value in ijson.basic_parse(bounded, use_float=True):
        closing = event in _CLOSING
        depth -= closing
        if depth > 0:
            builder.event(event, value)
        if depth == 1 and (closing or event not in _OPENING):
            yield builder.value
            builder = ijson.ObjectBuilder()
        depth += event in _OPENING
        if depth > DEPTH_MAX:
            raise ValueError(f"nested more than {DEPTH_MAX} deep")


def _cut_off(source: SourceFile, row: int, error: Exception) -> CitizengraphError:
    words = f"{source.path}, element {row}: the JSON is broken or cut off ({_first_line(error)})."
    return invalid(words, "Have it delivered again, whole.")


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].strip()


def _lines(source: SourceFile) -> Iterator[Element]:
    for row, line in enumerate(source.lines(), 1):
        text = line.strip()
        if text:
            try:
                yield Element(row, orjson.loads(text))
            except orjson.JSONDecodeError as error:
                yield Element(row, text, f"the line is not JSON: {error}")


class _Bounded:
    """A file that is not read further than one statement may be long."""

    def __init__(self, file: BinaryIO, source: SourceFile) -> None:
        self._file = file
        self._source = source
        self._read = 0
        self._marked = False
        self.row = 1

    def begin(self, row: int) -> None:
        """A statement has ended; count anew."""
        self._read, self.row = 0, row

    def read(self, size: int) -> bytes:
        """The next bytes, without a byte-order mark. Raises SOURCE_INVALID past the limit."""
        if self._read > STATEMENT_BYTES_MAX:
            words = f"{self._source.path}, element {self.row}: larger than 16 MiB."
            raise invalid(words, _HINT)
        chunk = self._file.read(size)
        if not self._marked and size:
            chunk, self._marked = chunk.removeprefix(b"\xef\xbb\xbf"), True
        self._read += len(chunk)
        return chunk

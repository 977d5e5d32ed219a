"""The lines of a GEDCOM file in any of its encodings, read with ged4py; structure is checked."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from ged4py.parser import (
    CodecError,
    GedcomLine,
    GedcomReader,
    IntegrityError,
    ParserError,
    guess_codec,
)

from ingest.source import CHUNK_BYTES, LINE_BYTES_MAX, SourceFile, invalid, marked_encoding
from runtime.errors import CitizengraphError

RECORD_BYTES_MAX = 16_777_216
_HEAD = re.compile(r"\ufeff?\s*0\s+HEAD\b")
_CHARACTER_SET = re.compile(r"\s*1\s+CHAR\b.*")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HINT = "Give the file as the genealogy program exported it, from `0 HEAD` to `0 TRLR`."
_UNMARKED = {b"0\x00": "utf-16-le", b"\x000": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file, level, cross-reference (@I1@) if any, tag and value.

    A value that goes on over CONC and CONT lines is whole, with line breaks.
    """

    row: int
    level: int
    xref: str
    tag: str
    value: str


@dataclass(frozen=True)
class GedcomLines:
    """The lines of one file. Raises SOURCE_INVALID naming the line where the file is broken."""

    source: SourceFile

    def records(self) -> Iterator[list[Line]]:
        """The lines of each record, beginning with the one of level 0."""
        record: list[Line] = []
        size = 0
        for line in self._lines():
            if line.level == 0 and record:
                yield record
                record, size = [], 0
            record.append(line)
            size += len(line.value)
            if size > RECORD_BYTES_MAX:
                raise self._broken(f"line {line.row}: its record is larger than 16 MiB")
        if record:
            yield record

    def _lines(self) -> Iterator[Line]:
        with self._text() as (file, encoding, start):
            try:
                reader = GedcomReader(file, encoding=encoding)
                yield from self._decoded(_whole_values(reader.GedcomLines(start)), encoding)
            except (CodecError, IntegrityError, ParserError, OSError, ValueError) as error:
                raise self._broken(str(error)) from error

    def _decoded(self, lines: Iterator[_Raw], encoding: str) -> Iterator[Line]:
        for raw in lines:
            line = raw.line
            try:
                value = (line.value or b"").decode(encoding)
            except UnicodeDecodeError as error:
                name = "ANSEL" if encoding == "gedcom" else encoding.upper()
                raise self._broken(f"line {raw.row}: a byte fits no character of {name}") from error
            yield Line(raw.row, line.level, line.xref_id or "", line.tag, value)

    @contextmanager
    def _text(self) -> Generator[tuple[BinaryIO, str, int]]:
        """The file, or a copy of it in UTF-8; its encoding; where `0 HEAD` stands in it."""
        encoding = self._wide_encoding()
        if encoding:
            with TemporaryFile() as copy:
                self._transcode(encoding, copy)
                yield cast("BinaryIO", copy), "utf-8", 0
            return
        self._check_line_lengths()
        with self.source.open() as file:
            header = file.read(CHUNK_BYTES)
            self._check_head(header[:64].decode("ascii", "ignore"))
            try:
                encoding, start = guess_codec(BytesIO(header.replace(b"\r", b"\n")), warn=False)
            except (CodecError, OSError, UnicodeDecodeError) as error:
                raise self._broken(str(error)) from error
            file.seek(0)
            yield file, encoding, start

    def _wide_encoding(self) -> str | None:
        with self.source.open() as file:
            start = file.read(4)
        return marked_encoding(start) or _UNMARKED.get(start[:2])

    def _transcode(self, encoding: str, copy: IO[bytes]) -> None:
        for number, line in enumerate(self.source.lines(encoding), 1):
            if number == 1:
                self._check_head(line)
            if _CHARACTER_SET.match(line):
                line = "1 CHAR UTF-8\n"
            copy.write(line.removeprefix("\ufeff").encode())
        copy.seek(0)

    def _check_head(self, start: str) -> None:
        if not _HEAD.match(start):
            raise self._broken("line 1 is not `0 HEAD`: this is no GEDCOM file")

    def _check_line_lengths(self) -> None:
        number, length = 1, 0
        with self.source.open() as file:
            while chunk := file.read(CHUNK_BYTES):
                first, *others = _LINE_END.split(chunk)
                length += len(first)
                if length > LINE_BYTES_MAX:
                    raise self._broken(f"line {number} is longer than {LINE_BYTES_MAX:,} bytes")
                if others:
                    number += len(others)
                    length = len(others[-1])

    def _broken(self, words: str) -> CitizengraphError:
        return invalid(f"{self.source.path}: {words}.", _HINT)


@dataclass(frozen=True, slots=True)
class _Raw:
    row: int
    line: GedcomLine


def _whole_values(lines: Iterator[GedcomLine]) -> Iterator[_Raw]:
    """Joins CONC and CONT as bytes: some programs split a character between two lines."""
    held: _Raw | None = None
    for row, line in enumerate(lines, 1):
        if held is not None and line.tag in ("CONC", "CONT"):
            end = b"\n" if line.tag == "CONT" else b""
            value = (held.line.value or b"") + end + (line.value or b"")
            held = replace(held, line=held.line._replace(value=value))
            continue
        if held is not None:
            yield held
        held = _Raw(row, line)
    if held is not None:
        yield held

"""Row groups of a Parquet file, and whether they may be unpacked: before anything is."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from ingest.source import SourceFile, invalid
from ingest.tabular.thrift import Struct, ThriftError, read_struct
from runtime.errors import CitizengraphError

MAGIC = b"PAR1"
GROUP_BYTES_MAX = 512 * 1024 * 1024
VALUE_BYTES = 16  # what a value takes in memory besides its text
FOOTER_BYTES_MAX = 16 * 1024 * 1024
# Numbers of the fields in Parquet's parquet.thrift: FileMetaData, RowGroup, ColumnChunk,
# ColumnMetaData, PageHeader.
_GROUPS, _CHUNKS, _GROUP_ROWS, _META = 4, 1, 3, 3
_CHUNK_UNCOMPRESSED, _CHUNK_COMPRESSED, _DATA_OFFSET, _DICTIONARY_OFFSET = 6, 7, 9, 11
_PAGE_UNCOMPRESSED, _PAGE_COMPRESSED = 2, 3


@dataclass(frozen=True)
class RowGroup:
    """Rows `first` (from 0) and following."""

    first: int
    rows: int


def row_groups(source: SourceFile) -> list[RowGroup]:
    """The row groups, none of which takes more than GROUP_BYTES_MAX in memory.

    Sizes are those that metadata and each page state. Raises SOURCE_INVALID for what is cut off,
    no Parquet, or larger.
    """
    try:
        with source.open() as file:
            groups: list[Struct] = _footer(source, file).get(_GROUPS, [])
            found, first = list[RowGroup](), 0
            for number, group in enumerate(groups, 1):
                rows = _number(group, _GROUP_ROWS)
                _check_size(source.path, number, rows, group, file)
                found.append(RowGroup(first, rows))
                first += rows
            return found
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError, OSError) as error:
        raise damaged(source.path, str(error)) from error


def damaged(path: Path, why: str) -> CitizengraphError:
    """SOURCE_INVALID for a Parquet file that cannot be read."""
    words = f"{path} is not whole as a Parquet file: {' '.join(why.split())[:200]}."
    return invalid(words, "Ask the register for the whole file.")


def _footer(source: SourceFile, file: BinaryIO) -> Struct:
    if source.size < 12:
        raise ThriftError("it breaks off")
    file.seek(source.size - 8)
    tail = file.read(8)
    if tail[4:] != MAGIC:
        raise ThriftError("it does not end as one")
    length = int.from_bytes(tail[:4], "little")
    if length > min(FOOTER_BYTES_MAX, source.size - 12):
        raise ThriftError("its metadata are longer than the file, or than 16 MiB")
    file.seek(source.size - 8 - length)
    return read_struct(BytesIO(file.read(length)))


def _check_size(path: Path, number: int, rows: int, group: Struct, file: BinaryIO) -> None:
    chunks: list[Struct] = group[_CHUNKS]
    size = rows * len(chunks) * VALUE_BYTES
    for chunk in chunks:
        meta: Struct = chunk[_META]
        size += max(_number(meta, _CHUNK_UNCOMPRESSED), _pages_size(meta, file))
    if size > GROUP_BYTES_MAX:
        words = f"{path}: row group {number} with {rows:,} rows unpacks to {size:,} bytes."
        raise invalid(words, f"Write it in row groups of at most {GROUP_BYTES_MAX:,} bytes.")


def _pages_size(meta: Struct, file: BinaryIO) -> int:
    """Bytes that the pages of a column unpack to, by their own headers."""
    offsets = [meta[n] for n in (_DATA_OFFSET, _DICTIONARY_OFFSET) if meta.get(n)]
    place = min(_whole(offset) for offset in offsets)
    end, size = place + _number(meta, _CHUNK_COMPRESSED), 0
    while place < end and size <= GROUP_BYTES_MAX:
        file.seek(place)
        header = read_struct(file)
        size += _number(header, _PAGE_UNCOMPRESSED)
        place = file.tell() + _number(header, _PAGE_COMPRESSED)
    return size


def _number(struct: Struct, field: int) -> int:
    return _whole(struct[field])


def _whole(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ThriftError("a size that is none")
    return value

"""Whether a file has the columns that its mapping declares."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

from ingest.source import invalid
from ingest.tabular.broken import parse_line
from ingest.tabular.declaration import TableMapping
from runtime.errors import CitizengraphError

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


def check_header(path: Path, header: Sequence[str], mapping: TableMapping) -> None:
    """Raise SOURCE_INVALID naming columns that are missing, unknown, repeated or without name."""
    found = [*_repeated(header), *_missing(header, mapping), *_unknown(header, mapping)]
    if found:
        raise _wrong(path, "; ".join(found))


def csv_header(path: Path, line: str, mapping: TableMapping) -> list[str]:
    """The columns of the first line. Raises SOURCE_INVALID; it says which delimiter is likely."""
    delimiter = mapping.file.delimiter
    header = _split(line, delimiter)
    if header is None:
        raise _wrong(path, "the first line is no header: its quotes are not in order")
    if not set(header) & set(mapping.columns) or len(header) == 1:
        _refuse_delimiter(path, line, mapping)
    if any("\r" in name for name in header):
        words = f"{path}: its lines end with carriage returns alone."
        raise invalid(words, "Write it again with line feeds.")
    check_header(path, header, mapping)
    return header


def _split(line: str, delimiter: str) -> list[str] | None:
    values, _ = parse_line(line, delimiter)
    return None if values is None else [value.strip() for value in values]


def _refuse_delimiter(path: Path, line: str, mapping: TableMapping) -> None:
    for delimiter, name in _DELIMITERS.items():
        columns = _split(line, delimiter) if delimiter != mapping.file.delimiter else None
        if columns and len(columns) > 1 and set(columns) & set(mapping.columns):
            own = _DELIMITERS.get(mapping.file.delimiter, repr(mapping.file.delimiter))
            words = f"{path}: its columns are separated by {name}; the mapping says {own}."
            raise invalid(words, f"Set `delimiter: {delimiter!r}` in a mapping of its own.")


def _repeated(header: Sequence[str]) -> Iterable[str]:
    for name in dict.fromkeys(header):
        places = [str(place) for place, found in enumerate(header, 1) if found == name]
        if not name:
            yield f"column {', '.join(places)} has no name"
        elif len(places) > 1:
            yield f"column {name!r} stands more than once (columns {', '.join(places)})"


def _missing(header: Sequence[str], mapping: TableMapping) -> Iterable[str]:
    unknown = [name for name in header if name not in mapping.columns]
    for name, column in mapping.columns.items():
        if name not in header and not column.optional:
            yield f"column {name!r} is missing{_guess(name, unknown)}"


def _unknown(header: Sequence[str], mapping: TableMapping) -> Iterable[str]:
    absent = [name for name in mapping.columns if name not in header]
    for name in dict.fromkeys(header):
        if name and name not in mapping.columns and name not in mapping.ignored:
            shown = name if len(name) <= 60 else f"{name[:60]}…"
            yield f"column {shown!r} is not in the mapping{_guess(name, absent)}"


def _guess(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name[:200], known, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _wrong(path: Path, words: str) -> CitizengraphError:
    return invalid(
        f"{path}: {words}.",
        "Give a file with the mapping's columns, or a mapping for this file; "
        "columns to be left aside are listed under `ignored`.",
    )

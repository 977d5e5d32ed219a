"""Entries of the quarantine as files: JSON Lines as they are, CSV safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path
from tempfile import mkstemp
from typing import Any, TextIO

from ingest.entries import Entry
from runtime.errors import CitizengraphError
from runtime.files import writable

COLUMNS = (
    *("id", "run", "register", "format", "mapping", "file", "number", "first", "record", "whole"),
    *("row", "field", "value", "code", "reason", "more", "state", "fixes", "note"),
    *("decided_by", "decided_at", "replay_run", "raw"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Writer = Callable[[Entry], object]


async def export(entries: AsyncIterator[Entry], path: Path, kind: str) -> int:
    """Write the entries to a new file that its owner alone can read; returns how many.

    `kind` is csv or jsonl. Raises BAD_ARGUMENT if the file is there already.
    """
    if path.exists() or path.is_symlink():
        words = f"{path} is there already."
        raise CitizengraphError("BAD_ARGUMENT", words, "Name a file that is not.")
    with writable(path.parent):
        descriptor, name = mkstemp(dir=path.parent, prefix=f".{path.name}.")
        written = Path(name)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
                write, count = _writer(file, kind), 0
                async for entry in entries:
                    write(entry)
                    count += 1
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)
    return count


def as_json(entry: Entry) -> dict[str, Any]:
    """The entry with all that belongs to it."""
    return asdict(entry)


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what might be one."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _writer(file: TextIO, kind: str) -> Writer:
    if kind == "jsonl":
        return lambda entry: file.write(json.dumps(as_json(entry), ensure_ascii=False) + "\n")
    table = csv.writer(file)
    table.writerow(COLUMNS)
    return lambda entry: table.writerow(_cells(entry))


def _cells(entry: Entry) -> list[str]:
    content = as_json(entry)
    return [harmless(_cell(content[name])) for name in COLUMNS]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)

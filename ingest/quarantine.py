"""What could not be loaded, with its reason: one JSON line each, none lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from runtime.files import write_file


@dataclass(frozen=True)
class Quarantined:
    """A record, or one value of a record that is otherwise loaded (`whole` is false).

    `row` counts lines of the file from 1, the header included.
    """

    file: str
    row: int
    record: str
    field: str
    value: str
    code: str
    reason: str
    whole: bool


def write_quarantine(directory: Path, run: str, entries: Iterable[Quarantined]) -> Path:
    """Write the entries of one run to <directory>/<run>.jsonl; returns the path."""
    path = directory / f"{run}.jsonl"
    lines = (orjson.dumps(asdict(entry)).decode() + "\n" for entry in entries)
    write_file(path, "".join(lines), mode=0o600)
    return path

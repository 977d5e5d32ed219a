# pyright: reportUnknownMemberType=false
"""Files for `neo4j-admin database import`, each with its header."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Literal

import polars as pl

from ingest.bulk.columns import heading

START, END, ID = ":START_ID", ":END_ID", ":ID"


class ImportFiles:
    """Writes tables under a directory; `breaks`: whether a text may hold the end of a line."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.breaks = False
        self.counts: Counter[str] = Counter()
        self._sources: list[str] = []

    def nodes(self, label: str, rows: pl.DataFrame) -> None:
        """Nodes; the column ID numbers them."""
        self._write("nodes", label, rows)

    def relationships(self, stored: str, rows: pl.DataFrame) -> None:
        """Relationships; START and END are numbers of nodes."""
        self._write("relationships", stored, rows)

    def arguments(self) -> list[str]:
        """What the importer is to be told; names of files are relative to the directory."""
        breaks = "true" if self.breaks else "false"
        settings = ["--id-type=actual", "--path-pattern-style=none", f"--multiline-fields={breaks}"]
        return [*settings, *self._sources]

    def _write(self, kind: Literal["nodes", "relationships"], name: str, rows: pl.DataFrame):
        if not rows.height:
            return
        self.counts[name] += rows.height
        file = f"{len(self._sources):05d}.csv"
        used = rows.select(c for c in rows.columns if rows[c].null_count() < rows.height)
        titles = {column: heading(column, of) for column, of in used.schema.items()}
        used.rename(titles).write_csv(self.directory / file)
        self._sources.append(f"--{kind}={name}={file}")


def random_ids(count: int) -> pl.Series:
    """Opaque ids of 128 bits."""
    digits = os.urandom(16 * count).hex()
    return pl.Series("id", [digits[n : n + 32] for n in range(0, len(digits), 32)], pl.String)

# pyright: reportUnknownMemberType=false
"""A portion of facts without those that were stated before, or that another one contradicts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ingest.bulk.columns import FACT, LINE, PIECE, Group
from ingest.bulk.rejects import Reject
from ingest.load import contradiction


@dataclass(frozen=True)
class Refused:
    """Facts left out, with why: of a node type or relationship, their places and records."""

    name: str
    code: str
    facts: pl.DataFrame
    reasons: Sequence[str]

    def each(self) -> Iterator[tuple[str, int, Reject]]:
        """Each with its type and the piece that it came from."""
        columns = self.facts.select(PIECE, LINE, "register", "record").rows()
        for (piece, line, register, record), reason in zip(columns, self.reasons, strict=True):
            yield self.name, piece, Reject(line + 1, self.code, reason, register, record)


def read_portion(files: Sequence[Path]) -> pl.DataFrame:
    """All facts of the portion, in the order of the file."""
    return pl.concat([pl.read_ipc(file) for file in files])


def distinct(facts: pl.DataFrame, group: Group, name: str) -> tuple[pl.DataFrame, Refused]:
    """Each fact once; of two that share a key and differ, the first."""
    if facts[FACT].n_unique() == facts.height:
        return facts, Refused(name, "RECORD_REPEATED", facts.clear(), ())
    content = [name for name in facts.columns if name not in (PIECE, LINE)]
    once = facts.unique(content, keep="first", maintain_order=True)
    kept = once.unique(FACT, keep="first", maintain_order=True)
    another = once.join(kept, on=[PIECE, LINE], how="anti", maintain_order="left")
    what = group if isinstance(group, str) else group.stored
    reasons = [f"{contradiction(what, r)} The first is kept." for r in another["record"]]
    return kept, Refused(name, "RECORD_REPEATED", another, reasons)

# pyright: reportUnknownMemberType=false
"""Nodes and statements of a portion of facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import polars as pl

from graph.constraints import ABOUT, STATEMENT
from graph.declarations import PLACED, POSITION, Node
from graph.pinyin import spoken
from ingest.bulk.columns import DISPUTED, FACT, NUMBER, PROVENANCE_TYPES
from ingest.bulk.files import END, ID, START, ImportFiles, random_ids
from ingest.bulk.picture import contested, current, from_key, preferred, protected_until
from ingest.bulk.spans import changing


@dataclass
class Numbers:
    """The number in the store of every node, by label and key; those of statements follow on.

    `doubtful` are the numbers of nodes of which no statement is believed: what links say of them
    decides whether they are withdrawn.
    """

    next: int = 0
    known: dict[str, list[pl.DataFrame]] = field(default_factory=dict[str, list[pl.DataFrame]])
    doubtful: list[pl.Series] = field(default_factory=list[pl.Series])

    def take(self, count: int) -> pl.Series:
        """So many new numbers."""
        first, self.next = self.next, self.next + count
        return pl.int_range(first, self.next, dtype=pl.Int64, eager=True).alias(NUMBER)

    def of(self, label: str) -> pl.DataFrame:
        """Key and number of every node of the label."""
        empty = pl.DataFrame(schema={"key": pl.String, NUMBER: pl.Int64})
        return pl.concat([empty, *self.known.get(label, ())])


def write_nodes(
    node: Node, facts: pl.DataFrame, today: str, files: ImportFiles, numbers: Numbers
) -> pl.DataFrame:
    """Write the portion's statements and nodes; returns the nodes that are still doubtful."""
    about = facts.select("key").unique(maintain_order=True)
    about = about.with_columns(numbers.take(about.height))
    numbers.known.setdefault(node.name, []).append(about)
    _write_statements(node, facts, about, files, numbers)
    nodes = _derived(node, facts, today, about)
    believed = facts.filter(pl.col("recordedTo").is_null()).select("key").unique()
    doubtful = nodes.join(believed, on="key", how="anti")
    numbers.doubtful.append(doubtful[ID])
    files.nodes(node.name, nodes.join(doubtful, on="key", how="anti"))
    return doubtful


def settle(doubtful: Iterable[tuple[str, Path]], linked: pl.Series, files: ImportFiles) -> None:
    """Write the nodes left over: withdrawn, unless their number is among those `linked`."""
    for label, path in doubtful:
        nodes = pl.read_ipc(path)
        is_linked = pl.col(ID).is_in(linked.implode())
        files.nodes(label, nodes.with_columns(withdrawn=pl.when(~is_linked).then(True)))


def concatenated(numbers: Iterable[pl.Series]) -> pl.Series:
    """All the numbers."""
    return pl.concat([pl.Series(NUMBER, dtype=pl.Int64), *(n.alias(NUMBER) for n in numbers)])


def _write_statements(
    node: Node, facts: pl.DataFrame, about: pl.DataFrame, files: ImportFiles, numbers: Numbers
) -> None:
    number = numbers.take(facts.height)
    said = _with_spoken(node, facts).select(
        pl.lit(number).alias(ID),
        pl.col(FACT).alias("key"),
        pl.lit(node.name).alias("type"),
        "rank",
        *PROVENANCE_TYPES,
        *node.fields,
        *node.spoken.values(),
    )
    files.nodes(STATEMENT, said)
    ends = facts.select("key").join(about, on="key", how="left", maintain_order="left")
    files.relationships(ABOUT, ends.select(pl.lit(number).alias(START), pl.col(NUMBER).alias(END)))


def _derived(node: Node, facts: pl.DataFrame, today: str, about: pl.DataFrame) -> pl.DataFrame:
    held = current(facts, today, ["key"])
    parts = [*preferred(held, node.fields), *protected_until(facts, node, today)]
    parts += [*changing(facts, node), contested(held, node.fields)]
    joined = reduce(lambda all, part: all.join(part, on="key", how="left"), parts, about)
    return _with_spoken(node, joined).select(
        pl.col(NUMBER).alias(ID),
        pl.lit(random_ids(joined.height)).alias("id"),
        "key",
        *(from_key(node, name, pl.col(name)).alias(name) for name in node.fields),
        *node.spoken.values(),
        *([_position()] if node.near else []),
        *node.protective.values(),
        *(pl.col(name).alias(f"{name}:string[]") for name in node.spans),
        DISPUTED,
    )


def _with_spoken(node: Node, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with the pinyin of what they say, each value looked up once."""
    for of, name in node.spoken.items():
        values = rows[of].drop_nulls().unique()
        heard = pl.Series(name, list(map(spoken, values)), dtype=pl.String)
        said = pl.DataFrame([values, heard])
        rows = rows.join(said, on=of, how="left", maintain_order="left")
    return rows


def _position() -> pl.Expr:
    """The point as the importer reads it; none where a coordinate is missing."""
    longitude, latitude = PLACED
    said = (pl.lit(f"{{{longitude}:"), longitude, pl.lit(f",{latitude}:"), latitude, pl.lit("}"))
    text = pl.concat_str(*said)
    return text.alias(f"{POSITION}:point{{crs:WGS-84}}")

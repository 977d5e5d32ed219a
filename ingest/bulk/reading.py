# pyright: reportUnknownMemberType=false
"""The first step: a piece of the file is read and checked, and its facts are put where they belong.

Pieces are read by processes of their own. Facts about one node, or about one pair of nodes, end up
in one portion, whatever piece they came from; a portion fits into memory.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
import polars as pl

from graph.catalogue import Catalogue, model
from graph.facts import Fact, NodeFact
from ingest.bulk.columns import (
    LINE,
    PIECE,
    PROVENANCE_TYPES,
    Group,
    declared,
    field_types,
    group_keys,
    group_name,
    table,
)
from ingest.bulk.rejects import Reject
from ingest.bulk.shapes import Row, Shape, accept, shape_of
from ingest.check import FactChecker
from ingest.lines import NOT_A_FACT, from_line
from ingest.rows import edge_row, ends_of, loose_key, node_row, one_way

PIECE_BYTES = 48_000_000
PORTION_BYTES = 600_000_000
_PORTION = ":portion"


@dataclass(frozen=True)
class Piece:
    """A part of a file of facts that begins and ends with a line."""

    number: int
    path: Path
    start: int
    length: int


@dataclass(frozen=True)
class PieceRead:
    """What was found in a piece."""

    number: int
    lines: int
    facts: Counter[str]
    groups: frozenset[Group]
    rejects: list[Reject]
    breaks: bool


def pieces(path: Path, first: int, size: int = PIECE_BYTES) -> Iterator[Piece]:
    """The file in pieces of about so many bytes, numbered from `first`."""
    with path.open("rb") as file:
        end, number = file.seek(0, 2), first
        start = 0
        while start < end:
            file.seek(min(start + size, end) - 1)
            file.readline()
            yield Piece(number, path, start, file.tell() - start)
            start, number = file.tell(), number + 1


def read_piece(piece: Piece, spool: Path, portions: int) -> PieceRead:
    """Check each line; write the facts under `spool`."""
    gc.disable()
    try:
        return _Reader(piece).read(spool, portions)
    finally:
        gc.enable()


def portion_files(spool: Path, group: Group, portion: int) -> list[Path]:
    """The files of a portion, in the order of the pieces."""
    return sorted((spool / group_name(group)).glob(f"{portion:05d}-*.ipc"))


class _Reader:
    def __init__(self, piece: Piece) -> None:
        self._piece = piece
        self._model = model()
        self._checker = _checker()
        self._facts: Counter[str] = Counter()
        self._tables: defaultdict[Group, list[pl.DataFrame]] = defaultdict(list)
        self._rows: defaultdict[Group, list[tuple[Any, ...]]] = defaultdict(list)
        self._rejects: list[Reject] = []

    def read(self, spool: Path, portions: int) -> PieceRead:
        with self._piece.path.open("rb") as file:
            file.seek(self._piece.start)
            content = file.read(self._piece.length)
        lines = content.removesuffix(b"\n").split(b"\n")
        for number in sorted(self._accept(lines)):
            self._take(number, lines[number])
        for group, rows in self._rows.items():
            self._tables[group].append(table(group, rows, _types(self._model, group)))
        for group, tables in self._tables.items():
            self._spool(spool, portions, group, tables)
        return PieceRead(
            self._piece.number,
            len(lines),
            self._facts,
            frozenset(self._tables),
            sorted(self._rejects, key=lambda reject: reject.line),
            breaks=_may_break(content),
        )

    def _accept(self, lines: Sequence[bytes]) -> list[int]:
        """Take what fits, shape by shape; the numbers of the lines that are left."""
        left: list[int] = []
        shapes: defaultdict[Row, list[Row]] = defaultdict(list)
        for number, line in enumerate(lines):
            try:
                shape, said = shape_of(orjson.loads(line))
                shapes[shape].append((number, *said))
            except NOT_A_FACT:
                left.append(number)
        for shape, rows in shapes.items():
            accepted = accept(self._model, Shape(*shape), rows)
            if accepted is None:
                left += [number for number, *_ in rows]
                continue
            left += accepted.left
            self._facts[shape[0]] += accepted.facts.height
            self._tables[accepted.group].append(accepted.facts)
        return left

    def _take(self, number: int, line: bytes) -> None:
        try:
            fact = from_line(line)
        except NOT_A_FACT as error:
            reason = f"Not a fact ({type(error).__name__}: {error})."
            self._rejects.append(Reject(number + 1, "FACT_INVALID", reason))
            return
        misfit = self._checker.unfit(fact)
        if misfit is not None:
            source = (fact.source.register, fact.source.record)
            words = f"{misfit.words[:1].upper()}{misfit.words[1:]}."
            self._rejects.append(Reject(number + 1, misfit.code, words, *source, misfit.field))
            return
        self._keep(number, fact)

    def _keep(self, number: int, fact: Fact) -> None:
        register = fact.source.register
        if isinstance(fact, NodeFact):
            self._facts[fact.type] += 1
            row = (number, register, *node_row(fact, loose_key(fact)))
            self._rows[fact.type].append(row)
            return
        self._facts[fact.relationship] += 1
        relationship = self._model.relationships[fact.relationship]
        stored = one_way(fact, undirected=relationship.both is not None)
        keys = (number, register, stored.from_key, stored.to_key)
        row = (*keys, *edge_row(stored, loose_key(stored)))
        self._rows[ends_of(stored, relationship)].append(row)

    def _spool(
        self, spool: Path, portions: int, group: Group, tables: Sequence[pl.DataFrame]
    ) -> None:
        keys, fields = group_keys(group), _types(self._model, group)
        columns = (LINE, *keys, *PROVENANCE_TYPES, *fields)
        read = pl.concat([table.select(columns) for table in tables]).sort(LINE)
        directory = spool / group_name(group)
        directory.mkdir(parents=True, exist_ok=True)
        about = pl.col(keys[0]).hash(seed=1) % portions
        piece = pl.lit(self._piece.number, pl.Int32).alias(PIECE)
        parts = read.with_columns(piece).group_by(about.alias(_PORTION), maintain_order=True)
        for (portion,), part in parts:
            name = f"{portion:05d}-{self._piece.number:06d}.ipc"
            part.write_ipc(directory / name, compression="lz4")


def _may_break(content: bytes) -> bool:
    """Whether a text may hold the end of a line, which JSON writes with a backslash."""
    return b"\\" in content and any(mark in content for mark in (b"\\n", b"\\r", b"\\u000"))


@lru_cache(maxsize=1)
def _checker() -> FactChecker:
    return FactChecker(model())


def _types(catalogue: Catalogue, group: Group) -> dict[str, Any]:
    return field_types(declared(catalogue, group).fields)

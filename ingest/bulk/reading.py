# pyright: reportUnknownMemberType=false
"""The first step: a piece of the file is read and checked, and its facts are put where they belong.

Pieces are read by processes of their own. Facts about one node, or about one pair of nodes, end up
in one portion, whatever piece they came from; a portion fits into memory.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from graph.catalogue import Catalogue, model
from graph.facts import EdgeFact, Fact, NodeFact
from ingest.bulk.columns import Group, declared, field_types, group_keys, group_name, table
from ingest.bulk.rejects import Reject
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
        self._rows: defaultdict[Group, list[tuple[Any, ...]]] = defaultdict(list)
        self._rejects: list[Reject] = []
        self._ends: dict[tuple[str, str, str, str], Group] = {}

    def read(self, spool: Path, portions: int) -> PieceRead:
        with self._piece.path.open("rb") as file:
            file.seek(self._piece.start)
            content = file.read(self._piece.length)
        lines = content.removesuffix(b"\n").split(b"\n")
        for number, line in enumerate(lines):
            self._take(number, line)
        for group, rows in self._rows.items():
            self._spool(spool, portions, group, rows)
        return PieceRead(
            self._piece.number,
            len(lines),
            self._facts,
            frozenset(self._rows),
            self._rejects,
            breaks=any(mark in content for mark in (b"\\n", b"\\r", b"\\u000")),
        )

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
        self._rows[self._group(stored)].append(row)

    def _group(self, fact: EdgeFact) -> Group:
        said = (fact.relationship, fact.kind, fact.from_type, fact.to_type)
        if said not in self._ends:
            self._ends[said] = ends_of(fact, self._model.relationships[fact.relationship])
        return self._ends[said]

    def _spool(self, spool: Path, portions: int, group: Group, rows: list[tuple[Any, ...]]) -> None:
        read = table(group, self._piece.number, rows, _types(self._model, group))
        directory = spool / group_name(group)
        directory.mkdir(parents=True, exist_ok=True)
        about = pl.col(group_keys(group)[0]).hash(seed=1) % portions
        for (portion,), part in read.group_by(about.alias(_PORTION), maintain_order=True):
            name = f"{portion:05d}-{self._piece.number:06d}.ipc"
            part.write_ipc(directory / name, compression="lz4")


@lru_cache(maxsize=1)
def _checker() -> FactChecker:
    return FactChecker(model())


def _types(catalogue: Catalogue, group: Group) -> dict[str, Any]:
    return field_types(declared(catalogue, group).fields)

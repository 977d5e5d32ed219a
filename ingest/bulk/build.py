# pyright: reportUnknownMemberType=false
"""A file of facts as files for Neo4j's importer: read, checked, derived; what is bad is set aside.

Memory is bounded by a piece of the file for each process, and by one portion of the facts besides
the keys of all nodes.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import IO, Protocol

import polars as pl

from graph.catalogue import Catalogue, model
from graph.write import Ends
from ingest.bulk.cleaning import Refused, distinct, read_portion
from ingest.bulk.columns import Group, declared, group_name
from ingest.bulk.files import ImportFiles
from ingest.bulk.links import believed_ends, with_ends, write_links
from ingest.bulk.nodes import Numbers, concatenated, settle, write_nodes
from ingest.bulk.picture import ranked
from ingest.bulk.reading import (
    PORTION_BYTES,
    Piece,
    PieceRead,
    pieces,
    portion_files,
    read_piece,
)
from ingest.bulk.rejects import Rejects
from ingest.lines import write_facts
from ingest.registers import register_facts
from runtime.guard import end_with

READING, DERIVING = "reading", "deriving"
KILOBYTE = 1000


class Progress(Protocol):
    """Told how much of each phase there is to do, once that is known, and what is done."""

    def total(self, phase: str, steps: int) -> None:
        """So many steps in all."""

    def advance(self, phase: str, steps: int) -> None:
        """So many more are done."""


@dataclass(frozen=True)
class Built:
    """What the importer's files hold, and what was left out."""

    files: ImportFiles
    facts: Mapping[str, int]
    rejected: Mapping[str, int]


def build(path: Path, work: Path, rejects: IO[bytes], *, today: str, progress: Progress) -> Built:
    """Files for the importer under `work`, from the facts of the file and of the registers.

    `progress` counts kilobytes read, then portions derived.
    """
    builder = _Builder(path, work, rejects, today, progress)
    builder.read()
    builder.derive()
    return builder.built()


class _Builder:
    def __init__(
        self, path: Path, work: Path, rejects: IO[bytes], today: str, progress: Progress
    ) -> None:
        self._path, self._today, self._progress = path, today, progress
        self._spool, csv = work / "facts", work / "files"
        for directory in (self._spool, csv):
            directory.mkdir(parents=True)
        self._files = ImportFiles(csv)
        self._model: Catalogue = model()
        self._portions = 1 + path.stat().st_size // PORTION_BYTES
        self._numbers = Numbers()
        self._facts: Counter[str] = Counter()
        self._groups: set[Group] = set()
        # Line 0 and before are the registers' own facts, which are in no file.
        self._lines: list[int] = []
        self._rejects = Rejects(rejects, self._lines)

    def read(self) -> None:
        """Read every piece, several at once, and take them in their order."""
        registers = self._spool / "registers.jsonl"
        write_facts(registers, register_facts())
        self._take(read_piece(next(pieces(registers, 0)), self._spool, self._portions))
        self._lines[0] = 0
        self._progress.total(READING, self._path.stat().st_size // KILOBYTE)
        work = list(pieces(self._path, 1))
        for piece, read in zip(work, self._all_read(work), strict=True):
            self._take(read)
            self._progress.advance(READING, piece.length // KILOBYTE)
        self._progress.total(DERIVING, self._portions * len(self._groups))

    def derive(self) -> None:
        """Nodes first, so that every link knows its ends."""
        doubtful: list[tuple[str, Path]] = []
        for label in (label for label in self._model.nodes if label in self._groups):
            for portion, facts in self._portions_of(label):
                path = self._spool / f"doubtful-{label}-{portion}.ipc"
                if self._write_nodes(label, facts, path):
                    doubtful.append((label, path))
        unsure = concatenated(self._numbers.doubtful)
        linked = [
            believed_ends(facts, unsure) for ends in self._all_ends() for facts in self._links(ends)
        ]
        settle(doubtful, concatenated(linked), self._files)

    def built(self) -> Built:
        """The result."""
        return Built(self._files, dict(sorted(self._facts.items())), self._rejects.counts)

    def _all_read(self, work: list[Piece]) -> Iterator[PieceRead]:
        processes = max(1, min(os.cpu_count() or 1, len(work)))
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(processes, context, end_with, (os.getpid(),))
        try:
            yield from pool.map(read_piece, work, repeat(self._spool), repeat(self._portions))
        finally:
            pool.shutdown(cancel_futures=True)

    def _take(self, read: PieceRead) -> None:
        self._lines.append(read.lines)
        self._facts += read.facts
        self._groups |= read.groups
        self._files.breaks |= read.breaks
        self._rejects.write(read.number, read.rejects)

    def _write_nodes(self, label: str, facts: pl.DataFrame, path: Path) -> bool:
        """Write the nodes; True where some are left over, which are then in `path`."""
        node = self._model.nodes[label]
        rest = write_nodes(node, facts, self._today, self._files, self._numbers)
        if rest.height:
            rest.write_ipc(path)
        return rest.height > 0

    def _all_ends(self) -> list[Ends]:
        return sorted((g for g in self._groups if isinstance(g, Ends)), key=group_name)

    def _links(self, ends: Ends) -> Iterator[pl.DataFrame]:
        """Write the links of the kind; the facts of each portion."""
        known = {label: self._numbers.of(label) for label in (ends.origin, ends.to)}
        relationship = declared(self._model, ends)
        for _, stated in self._portions_of(ends):
            facts, loose = with_ends(stated, ends, known, relationship.name)
            self._refuse(loose)
            write_links(ends, relationship.fields, facts, self._today, self._files)
            yield facts

    def _portions_of(self, group: Group) -> Iterator[tuple[int, pl.DataFrame]]:
        """The facts of each portion that can be kept, with the ranks of their registers."""
        name = declared(self._model, group).name
        for portion in range(self._portions):
            files = portion_files(self._spool, group, portion)
            if files:
                facts, repeated = distinct(read_portion(files), group, name)
                self._refuse(repeated)
                for file in files:
                    file.unlink()
                yield portion, ranked(facts)
            self._progress.advance(DERIVING, 1)

    def _refuse(self, refused: Refused) -> None:
        for name, piece, reject in refused.each():
            self._facts[name] -= 1
            self._rejects.write(piece, [reject])

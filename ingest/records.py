"""What a format makes of a file: records as the register has them, and the facts they state."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from graph.facts import Fact, Source


@dataclass(frozen=True, slots=True)
class Unit:
    """One record of the file: what is counted, set aside and replayed.

    `number` counts records from 1 in file order; `row` is the first line, row or element of it,
    as an editor would count; `raw` is the record itself as JSON, from which it can be read again.
    """

    number: int
    row: int
    raw: Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a record or with one value of it. `code` is declared in rules.yaml."""

    row: int
    field: str
    value: str
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to look into that the record alone shows. `kind` is declared in rules.yaml."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Version:
    """All that the record stated from one recorded time on; no facts: it was withdrawn.

    `recorded` is UTC ("2026-11-23T08:00:00Z"), None for the time of the delivery. The recorded
    times of the facts themselves are not read: they follow from the versions.
    """

    recorded: str | None
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one record says.

    `record` is its number within the register; the facts carry it, or it and "/part".
    `refused`: why it is set aside whole; then nothing of it is loaded.
    `set_aside`: values that are left out of it.
    `own`: type and key of the node that this record, and no other of its register, is about.
    """

    record: str
    versions: tuple[Version, ...] = ()
    refused: tuple[Problem, ...] = ()
    set_aside: tuple[Problem, ...] = ()
    remarks: tuple[Remark, ...] = ()
    own: tuple[str, str] | None = None


class Reader(Protocol):
    """The records of one file. `read` depends on the record alone, so it can be replayed."""

    @property
    def total(self) -> int:
        """How many records there are."""
        ...

    def units(self) -> Iterator[Unit]:
        """Every record, in file order, without holding them all."""
        ...

    def read(self, unit: Unit) -> Reading:
        """What the record says. What is wrong with it is part of the answer, never raised."""
        ...

    def amend(self, unit: Unit, row: int, field: str, value: str) -> Unit:
        """The record with one value corrected. Raises BAD_ARGUMENT naming an unknown field."""
        ...


@dataclass(frozen=True)
class Delivery:
    """One file as a register delivered it. `delivered` is UTC; `snapshot`: it holds every record.

    `mapping` is the path of a mapping other than the register's own, or "". `kind` is "ingest", or
    "replay" of what the run `of` set aside, or "undo" of all that the run `of` did, or "join" of
    what its records say of one node with what is said of another.
    """

    format: str
    register: str
    name: str
    sha256: str
    delivered: str
    who: str
    mapping: str = ""
    snapshot: bool = False
    kind: str = "ingest"
    of: int | None = None


@dataclass(frozen=True)
class Options:
    """What the user may say of a file. `mapping`: a mapping file other than the register's own."""

    mapping: Path | None = None


def stated(
    register: str,
    record: str,
    valid_from: str | None = None,
    valid_to: str | None = None,
    *,
    disputed: bool = False,
    citation: str | None = None,
) -> Source:
    """The source of a fact whose recorded time is that of its version."""
    return Source(register, record, "", valid_from, valid_to, disputed=disputed, citation=citation)

"""The Dutch test set as it is read, and ways to look into a reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from graph.facts import EdgeFact, Fact, NodeFact
from ingest.formats import open_reader
from ingest.records import Options, Reader, Reading, Unit
from ingest.source import examine


def reader_of(path: Path) -> Reader:
    """A reader of a file of person lists."""
    return open_reader("brp", examine(path), "brp", Options())


@dataclass(frozen=True)
class ReadSet:
    """Every list of a file with what it says, by label."""

    path: Path

    @cached_property
    def reader(self) -> Reader:
        """The reader of the file."""
        return reader_of(self.path)

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The lists in file order."""
        return {unit.raw["label"]: unit for unit in self.reader.units()}

    @cached_property
    def readings(self) -> dict[str, Reading]:
        """What each list says."""
        return {label: self.reader.read(unit) for label, unit in self.units.items()}

    def edges(self, relationship: str, *, past: bool = False) -> Iterator[EdgeFact]:
        """Links of all lists as they are believed now; with `past` those ever believed too."""
        for reading in self.readings.values():
            for version in reading.versions if past else reading.versions[-1:]:
                for fact in version.facts:
                    if isinstance(fact, EdgeFact) and fact.relationship == relationship:
                        yield fact


def at(reading: Reading, time: str) -> tuple[Fact, ...]:
    """What was believed at a time."""
    known = [v for v in reading.versions if (v.recorded or "") <= time]
    return known[-1].facts if known else ()


def edges(facts: tuple[Fact, ...], relationship: str) -> list[EdgeFact]:
    """The links of one kind among facts."""
    return [f for f in facts if isinstance(f, EdgeFact) and f.relationship == relationship]


def told(facts: tuple[Fact, ...], field: str) -> list[tuple[object, str | None, str | None]]:
    """Value, validFrom and validTo of a field wherever the list's own person has it."""
    nodes = [f for f in facts if isinstance(f, NodeFact) and f.type == "Person"]
    own = [f for f in nodes if not _of_relative(f)]
    return [
        (f.fields[field], f.source.valid_from, f.source.valid_to) for f in own if field in f.fields
    ]


def _of_relative(fact: NodeFact) -> bool:
    """Whether it is about a parent, partner or child of the list's person."""
    return fact.source.record.partition("/")[2][:2] in ("02", "03", "05", "09")

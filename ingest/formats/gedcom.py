"""GEDCOM family trees 家谱: one record for each person (INDI) and each family (FAM)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.gedcom.facts import Record, family_facts, person_facts
from ingest.gedcom.index import Index, index_of
from ingest.gedcom.lines import GedcomLines
from ingest.gedcom.tree import tree_of
from ingest.records import Options, Problem, Reading, Unit, Version
from ingest.source import SourceFile
from runtime.errors import CitizengraphError

REGISTER = "genealogy"
_READ = {"INDI": person_facts, "FAM": family_facts}


def open_reader(source: SourceFile | None, register: str, options: Options) -> Gedcom:
    """Read the whole file once. Raises SOURCE_INVALID naming the line where it is broken."""
    del options
    if source is None:
        return Gedcom(register)
    lines = GedcomLines(source)
    return Gedcom(register, lines, index_of(lines))


@dataclass(frozen=True)
class Gedcom:
    """The persons and families of one file; without a file, it reads records set aside earlier."""

    register: str
    lines: GedcomLines | None = None
    index: Index = field(default_factory=Index)

    @property
    def total(self) -> int:
        """Persons and families."""
        return self.index.persons + self.index.families

    def units(self) -> Iterator[Unit]:
        """Every INDI and FAM record, with what it needs of others."""
        number = 0
        for record in self.lines.records() if self.lines else ():
            if record[0].tag in _READ:
                number += 1
                yield Unit(number, record[0].row, self.index.raw(record))

    def read(self, unit: Unit) -> Reading:
        """The facts of one record, named by its cross-reference."""
        raw: dict[str, Any] = unit.raw
        tree = tree_of(raw["lines"])
        xref = str(raw["xref"]).strip("@ ")
        if not xref:
            words = "the record has no cross-reference such as @I1@"
            problem = Problem(unit.row, tree.path, "", "VALUE_MISSING", words)
            return Reading(f"row {unit.row}", refused=(problem,))
        record = Record(self.register, xref, tree, raw["known"])
        facts = tuple(_READ[tree.path](record))
        return Reading(
            xref,
            (Version(None, facts),),
            set_aside=tuple(record.notes.set_aside),
            remarks=tuple(record.notes.remarks),
            own=("Person", record.key(xref)) if tree.path == "INDI" else None,
        )

    def amend(self, unit: Unit, row: int, field: str, value: str) -> Unit:
        """Replace the value of a line; of the first line, the cross-reference.

        Where the record has one line with the path, the row need not be that line's.
        """
        raw: dict[str, Any] = unit.raw
        paths = _paths(raw["lines"])
        rows = [at for at, path in paths.items() if path == field]
        row = rows[0] if len(rows) == 1 else row
        if row not in rows:
            known = ", ".join(f"{path} (row {at})" for at, path in paths.items())
            words = f"The record has no {field} in row {row}."
            raise CitizengraphError("BAD_ARGUMENT", words, f"It has {known}.")
        if row == unit.row:
            return replace(unit, raw={**raw, "xref": f"@{value.strip('@ ')}@"})
        lines = [[r, lv, tag, value if r == row else old] for r, lv, tag, old in raw["lines"]]
        return replace(unit, raw={**raw, "lines": lines})


def _paths(lines: list[list[Any]]) -> dict[int, str]:
    found: dict[int, str] = {}
    waiting = [tree_of(lines)]
    while waiting:
        node = waiting.pop()
        found[node.row] = node.path
        waiting.extend(node.children)
    return dict(sorted(found.items()))

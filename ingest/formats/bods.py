"""BODS 0.4: one record for each statement about a person, an entity or who holds what in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.bods.amendments import amended
from ingest.bods.index import Index, index_of, numbered
from ingest.bods.statements import read_statement
from ingest.bods.values import record
from ingest.records import Options, Reading, Unit
from ingest.source import SourceFile

REGISTER = "beneficial-ownership"


def open_reader(source: SourceFile | None, register: str, options: Options) -> Bods:
    """Read the whole file once. Raises SOURCE_INVALID for what is not BODS 0.4, or is broken."""
    del options
    if source is None:
        return Bods(register)
    return Bods(register, source, index_of(source, register))


@dataclass(frozen=True)
class Bods:
    """The statements of one file; without a file, it reads statements set aside earlier."""

    register: str
    source: SourceFile | None = None
    index: Index = field(default_factory=Index)

    @property
    def total(self) -> int:
        """Statements."""
        return self.index.total

    def units(self) -> Iterator[Unit]:
        """Every statement, with the nodes that it is about."""
        if self.source is None:
            return
        for number, element, later in numbered(self.source):
            if element.broken:
                yield Unit(number, element.row, {"line": element.content, "broken": element.broken})
                continue
            statement = record(element.content)
            raw: dict[str, Any] = {"statement": element.content, "later": later}
            raw |= {"ends": self.index.known(statement), "past": self.index.past(statement)}
            yield Unit(number, element.row, raw)

    def read(self, unit: Unit) -> Reading:
        """The facts of one statement: a version of the record that it is about."""
        return read_statement(self.register, unit)

    def amend(self, unit: Unit, row: int, field: str, value: str) -> Unit:
        """Replace a value by its path: recordDetails/interests/0/startDate."""
        del row
        raw: dict[str, Any] = amended(unit.raw, field, value)
        return replace(unit, raw=raw)

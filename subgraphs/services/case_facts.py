"""What the desk of cases states, as a register does: each step beside those before it.

A step that changes a row states it anew; what stood before is believed no longer, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from graph.cypher import Clock
from graph.cypher.case_desk import REGISTER
from graph.facts import EdgeFact, Fact, NodeFact, Source, Value
from ingest.rows import fields_of, source_of

Row = Mapping[str, Any]
Fields = Mapping[str, Value | None]
End = tuple[str, str]
"""Type and key of a node."""


@dataclass(frozen=True)
class Party:
    """A person in a role, or a legal entity, whom a case concerns."""

    id: str
    key: str
    district: str | None
    role: str = ""
    number: str = ""


@dataclass(frozen=True)
class Parties:
    """The applicant first."""

    people: list[Party]
    company: Party | None

    @property
    def subject(self) -> tuple[str, Party]:
        """Type and row of whom the service is about: once open, no second case of it is."""
        return ("LegalEntity", self.company) if self.company else ("Person", self.people[-1])


class Pages:
    """The facts of one moment."""

    def __init__(self, clock: Clock) -> None:
        self.now = clock.second
        self.today = clock.parameters()["today"]

    def node(self, type_name: str, key: str, record: str, fields: Fields) -> NodeFact:
        """A row as it stands from today."""
        known = {name: value for name, value in fields.items() if value is not None}
        return NodeFact(type_name, key, self._source(record), known)

    def changed(self, type_name: str, row: Row, record: str, fields: Fields) -> Iterator[Fact]:
        """The row with other fields, and as it stood before until today."""
        before = fields_of(row["said"])
        for source in self._ended(row["said"]):
            yield NodeFact(type_name, row["key"], source, before)
        yield self.node(type_name, row["key"], record, {**before, **fields})

    def link(
        self, relationship: str, origin: End, to: End, record: str, **fields: Value
    ) -> EdgeFact:
        """A link that holds from today."""
        return EdgeFact(relationship, "", *origin, *to, self._source(record), fields)

    def ended(self, relationship: str, origin: End, to: End, said: Row) -> Iterator[Fact]:
        """A link that held until today."""
        for source in self._ended(said):
            yield EdgeFact(relationship, "", *origin, *to, source, fields_of(said))

    def _source(self, record: str) -> Source:
        return Source(REGISTER, record, self.now, self.today)

    def _ended(self, said: Row) -> Iterator[Source]:
        """Believed without an end until now; from now on with one, if it held a day."""
        before = source_of(said)
        yield replace(before, recorded_to=self.now)
        if (before.valid_from or "") < self.today:
            yield replace(before, recorded_from=self.now, valid_to=self.today)


def assigned(
    pages: Pages, case: str, worker: str, record: str, known: bool = True
) -> Iterator[Fact]:
    """That the case is the caseworker's; one of whom nothing is known is stated too."""
    key = f"worker:{worker}"
    if not known:
        yield pages.node("Caseworker", key, worker, {"code": worker})
    yield pages.link("CaseAssignment", ("Case", case), ("Caseworker", key), record)


def released(pages: Pages, file: Row) -> Iterator[Fact]:
    """Whoever had the case has it no more."""
    for charge in file["charges"]:
        ends = ("Case", file["key"]), ("Caseworker", charge["key"])
        yield from pages.ended("CaseAssignment", *ends, charge["said"])


def concerned(pages: Pages, case: str, number: str, parties: Parties) -> Iterator[Fact]:
    """Whom the case concerns."""
    for at, person in enumerate(parties.people):
        ends = ("Person", person.key), ("Case", case)
        yield pages.link("CaseSubject", *ends, f"{number}/subject/{at}", role=person.role)
    if parties.company:
        ends = ("LegalEntity", parties.company.key), ("Case", case)
        yield pages.link("CaseEntity", *ends, f"{number}/entity")


def beside(
    pages: Pages, type_name: str, case: str, reference: str, fields: Fields
) -> Iterator[Fact]:
    """A part, message, piece of evidence or step of the case."""
    key = key_of(type_name, reference)
    yield pages.node(type_name, key, reference, {"reference": reference, **fields})
    yield pages.link(f"{type_name}Of", (type_name, key), ("Case", case), reference)


def key_of(type_name: str, reference: str) -> str:
    """Natural key of such a row."""
    return f"{_KEYS[type_name]}:{reference}"


_KEYS = {
    "CasePart": "case-part",
    "CaseMessage": "case-message",
    "CaseEvidence": "case-evidence",
}

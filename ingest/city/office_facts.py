"""Facts about cases and caseworkers, and of whom a register protects what."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import EdgeFact, NodeFact
from ingest.city.clock import iso
from ingest.city.offices import CaseFile, Offices
from ingest.city.papers import Registry
from ingest.city.statements import source


class OfficeFacts:
    """Nodes first, then who is concerned and who handles it."""

    def __init__(self, offices: Offices, registry: Registry) -> None:
        self._offices = offices
        self._papers, self._tag = registry.papers, registry.tag

    def __iter__(self) -> Iterator[NodeFact | EdgeFact]:
        for worker in self._offices.workers:
            employed = source("case", worker.code, worker.since)
            fields = {"code": worker.code}
            yield NodeFact("Caseworker", f"worker:{worker.code}", employed, fields)
            yield NodeFact("Person", self._papers[worker.person].key, employed, {"staff": True})
        for n, protection in enumerate(self._offices.protections):
            stated = source("protection", f"BH{self._tag}{n:05d}", protection.start, protection.end)
            person = self._papers[protection.person].key
            yield NodeFact("Person", person, stated, {protection.field: True})
        for case in self._offices.cases:
            yield from self._case(case)
        for case in self._offices.cases:
            yield from self._links(case)

    def _case(self, case: CaseFile) -> Iterator[NodeFact]:
        key, fields = f"case:{case.number}", {"number": case.number, "kind": case.kind}
        dates = {"openedDate": iso(case.opened), "deadline": iso(case.deadline)}
        opened = source("case", case.number, case.opened, case.closed)
        yield NodeFact("Case", key, opened, fields | dates | {"state": "OPEN"})
        if case.closed is not None:
            closed = source("case", f"{case.number}/closed", case.closed)
            ended = dates | {"closedDate": iso(case.closed), "state": "CLOSED"}
            yield NodeFact("Case", key, closed, fields | ended)

    def _links(self, case: CaseFile) -> Iterator[EdgeFact]:
        key = f"case:{case.number}"
        subject = source("case", f"{case.number}/subject", case.opened)
        person = self._papers[case.subject].key
        yield EdgeFact("CaseSubject", "", "Person", person, "Case", key, subject, {})
        given = source("case", f"{case.number}/assigned", case.opened)
        worker = f"worker:{case.worker.code}"
        yield EdgeFact("CaseAssignment", "", "Case", key, "Caseworker", worker, given, {})

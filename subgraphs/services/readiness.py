"""The desk of readiness: what of a service's requirements is on file for one applicant.

One statement, under the caller's own decision, and noted before it is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.record import Row as DisclosedRow
from graph.cypher import Clock, Template
from graph.cypher.readiness import Application, about, of_one
from graph.cypher.rights import everything
from graph.decision import Decision
from graph.store import Row
from ingest.divisions import in_force
from policies.services import Requirement, Service
from resolvers.desk import DeskRequest
from resolvers.disclosed import sought
from resolvers.operation import disclosure
from resolvers.standing import for_caller, shape_of
from runtime.errors import CitizengraphError
from runtime.latest import Latest
from subgraphs.administration.means import Means

KEPT = 500
_ARGUMENTS: Mapping[str, str] = {
    "child": "otherNumber",
    "partner": "otherNumber",
    "deceased": "otherNumber",
    "entity": "creditCode",
}


_Kept = tuple[Decision, Service, Template]
_WRITTEN = Latest[_Kept](KEPT)
"""By what a statement depends on; decision and service are kept so that their ids stay theirs."""


@dataclass(frozen=True)
class Answered:
    """A requirement, its state, and the {register, record} behind it that the caller may see."""

    requirement: Requirement
    state: str
    sources: Sequence[Mapping[str, str | None]]


def check_office(office: str | None, today: str) -> None:
    """Raises BAD_ARGUMENT unless it is a division that is in force, or none."""
    if office is not None and not in_force(office, today):
        words = "office is the code of a division that is in force, of six digits."
        raise CitizengraphError("BAD_ARGUMENT", words)


def whole_template(means: Means, service: Service, named: bool) -> Template:
    """The statement for the service whoever may see what, for the desk itself, written once."""

    def write() -> _Kept:
        decision, catalogue = everything(means.catalogue), means.catalogue
        return decision, service, of_one(_asked(service, named), decision, catalogue)

    return _WRITTEN.of((id(means.catalogue), id(service), named), write)[2]


def _asked(service: Service, named: bool) -> Application:
    return Application([one.fact for one in service.requirements], service.other, named)


class ReadinessDesk:
    """One caller at the desk."""

    def __init__(self, request: DeskRequest) -> None:
        self._request = request
        self._means: Means = request.means

    def service(self, name: str) -> Service:
        """The service of this id. Raises BAD_ARGUMENT."""
        services = self._means.policies.services.services
        if name not in services:
            words = f"There is no service {name!r}."
            raise CitizengraphError("BAD_ARGUMENT", words, "`services` lists them.")
        return services[name]

    async def readiness(
        self,
        service: Service,
        number: str,
        other_number: str | None,
        credit_code: str | None,
        office: str | None = None,
    ) -> list[Answered]:
        """Each requirement. Raises BAD_ARGUMENT, PERSON_UNKNOWN and NUMBER_AMBIGUOUS."""
        other = _other(service, {"otherNumber": other_number, "creditCode": credit_code})
        caller = self._request.caller
        template = self._template(service, named=other is not None)
        by = caller.principal, Clock.system(), caller.case
        rows = await self._means.pen.read(about(template, number, other, *by, office))
        found = await self._found(rows, number, other)
        await self._note(found, service)
        return [
            Answered(requirement, told["state"], told["sources"])
            for requirement, told in zip(service.requirements, found["requirements"], strict=True)
        ]

    def _template(self, service: Service, named: bool) -> Template:
        """The statement for the service and callers of this shape, written once."""
        decision, principal = self._request.decision, self._request.caller.principal

        def write() -> _Kept:
            narrowed, catalogue = for_caller(decision, principal), self._means.catalogue
            return decision, service, of_one(_asked(service, named), narrowed, catalogue)

        key = (id(decision), id(service), shape_of(principal), named)
        return _WRITTEN.of(key, write)[2]

    async def _found(self, rows: Sequence[Row], number: str, other: str | None) -> Row:
        """The one row. Who is unknown and who may not be known are refused in the same words."""
        if len(rows) > 1:
            raise CitizengraphError("NUMBER_AMBIGUOUS", "A number stands for several persons.")
        [row] = rows
        if row["applicant"] is None or (other is not None and row["other"] is None):
            for value in (number, other):
                if value is not None:
                    await self._request.note("Person", sought(value))
            words = "There is nobody of these numbers of whom you may know."
            raise CitizengraphError("PERSON_UNKNOWN", words)
        return row

    async def _note(self, found: Row, service: Service) -> None:
        """Write down of whom which requirement is told, and which is not."""
        rows = [_row(found, service, "applicant", found["applicant"], "Person")]
        if found["other"] is not None and service.other:
            type_name = "LegalEntity" if service.other == "entity" else "Person"
            rows.append(_row(found, service, service.other, found["other"], type_name))
        outcome = "disclosed" if any(row.shown for row in rows) else "denied"
        request = self._request
        record = disclosure(request.caller, request.subgraph, outcome, tuple(rows))
        await request.recorder.write(record)


def _row(found: Row, service: Service, role: str, record: str, type_name: str) -> DisclosedRow:
    states = zip(service.requirements, found["requirements"], strict=True)
    told = {
        f"readiness:{requirement.id}": state["told"]
        for requirement, state in states
        if requirement.fact.of == role
    }
    shown = tuple(name for name, known in told.items() if known)
    return DisclosedRow(type_name, record, shown, tuple(n for n in told if n not in shown))


def _other(service: Service, given: Mapping[str, str | None]) -> str | None:
    """The other party, where one is named. Raises BAD_ARGUMENT for one that the service lacks."""
    wanted = _ARGUMENTS.get(service.other or "")
    for name, value in given.items():
        if value is not None and name != wanted:
            about = f"is with {service.other}" if service.other else "is about the applicant alone"
            raise CitizengraphError("BAD_ARGUMENT", f"{service.id} {about}: leave {name} out.")
    return given[wanted] if wanted else None

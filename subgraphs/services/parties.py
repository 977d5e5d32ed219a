"""Whom a case may be opened on: who opens it may not come by more than they had.

A caseworker opens a case on persons of the own district whom the policy shows them, whatever
other ground (another case, an emergency access) opens somebody to them for a while, and never on
themselves, a relative, or a legal entity that one of them has a part in (回避). Everybody else
applies for themselves: a citizen for a child or ward, or for a legal entity that they represent.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.conditions import (
    NEVER,
    Attribute,
    Compare,
    Condition,
    Literal,
    Principal,
    all_of,
)
from graph.cypher import Clock
from graph.decision import Decision
from graph.moments import NOW
from policies.services import Service
from resolvers.desk import DeskRequest
from runtime.errors import CitizengraphError
from subgraphs.administration.means import person_of, row_of
from subgraphs.services.case_facts import Parties, Party

_UNKNOWN = "There is no such person on whom you may open a case."
_NO_ENTITY = "There is no such legal entity on which you may open a case."
_IS_CALLER = Compare("=", Attribute("citizenNumber"), Principal("person"))
_FOR_OTHERS: Mapping[str, Condition] = {
    "child": Compare("=", Attribute("wardOfCaller"), Literal(True)),
    "deceased": NEVER,
    "partner": NEVER,
}
"""Per role, for whom besides themselves a citizen applies. Partners and heirs come to the window:
a citizen's own rights open nothing of a partner or of a deceased relative."""


class Rules:
    """Which persons and legal entities one kind of caller may name."""

    def __init__(self, decision: Decision, of_citizen: bool) -> None:
        self._decision = decision
        self._of_citizen = of_citizen

    def applicant(self) -> Condition:
        """Of a person."""
        return _IS_CALLER if self._of_citizen else self._known()

    def other(self, role: str) -> Condition:
        """Of the other person that the service is about."""
        return _FOR_OTHERS[role] if self._of_citizen else self._known()

    def entity(self) -> Condition:
        """Of a legal entity."""
        if self._of_citizen:
            return Compare("=", Attribute("representedByCaller"), Literal(True))
        shown = self._decision.shown("LegalEntity", "creditCode", NOW)
        return all_of(shown, Compare("=", Attribute("ofCallersRelative"), Literal(False)))

    def _known(self) -> Condition:
        shown = self._decision.shown("Person", "citizenNumber", NOW)
        return all_of(shown, Compare("=", Attribute("district"), Principal("district")))


async def parties(
    request: DeskRequest,
    clock: Clock,
    service: Service,
    numbers: tuple[str, str | None, str | None],
    of_citizen: bool,
) -> Parties:
    """Applicant, other person and legal entity of a case, by their numbers.

    Raises PERSON_UNKNOWN, and BAD_ARGUMENT where the service is about somebody else.
    """
    own, other, code = numbers
    _check_named(service, other, code)
    if other == own:
        raise CitizengraphError("BAD_ARGUMENT", "otherNumber names another than the applicant.")
    rules = Rules(request.decision, of_citizen)
    about = request, clock
    people = [await _person(*about, own, rules.applicant(), "APPLICANT")]
    if other and service.other:
        role = service.other
        people.append(await _person(*about, other, rules.other(role), role.upper()))
    company = await _entity(*about, code, rules.entity()) if code else None
    return Parties(people, company)


def _check_named(service: Service, other: str | None, code: str | None) -> None:
    """Raises BAD_ARGUMENT."""
    person = service.other if service.other != "entity" else None
    if (other is not None) != (person is not None):
        needed = f"is about a {person}" if person else "is about nobody besides the applicant"
        words = f"The service {service.id!r} {needed}."
        raise CitizengraphError("BAD_ARGUMENT", words, "otherNumber names that person.")
    if (code is not None) != (service.other == "entity"):
        needed = "is" if service.other == "entity" else "is not"
        words = f"The service {service.id!r} {needed} about a legal entity."
        raise CitizengraphError("BAD_ARGUMENT", words, "creditCode names it.")


async def _person(
    request: DeskRequest, clock: Clock, number: str, when: Condition, role: str
) -> Party:
    found = await person_of(request, clock, number, when, "cases", _UNKNOWN)
    return Party(found["id"], found["key"], found["district"], role, number)


async def _entity(request: DeskRequest, clock: Clock, code: str, when: Condition) -> Party:
    wanted, unknown = (
        ("LegalEntity", "creditCode", code),
        CitizengraphError("PERSON_UNKNOWN", _NO_ENTITY),
    )
    found = await row_of(request, clock, wanted, when, "cases", unknown)
    return Party(found["id"], found["key"], found["district"], "", code)

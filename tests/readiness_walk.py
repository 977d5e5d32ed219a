"""A walk over facts in plain Python that says what the vocabulary of services comes to.

Links are read from the facts themselves; what a node is today from the graph's current picture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graph import evidence
from graph.facts import EdgeFact, Fact, Source

IN_LAW = {"BIRTH", "ADOPTIVE", "LEGAL"}
Node = Mapping[str, Any]


def any_holds(values: Iterable[bool | None], nothing: bool | None = False) -> bool | None:
    """Three-valued: one that holds is enough, an open one leaves it open."""
    known = list(values)
    return True if True in known else None if None in known else nothing


def all_hold(values: Iterable[bool | None]) -> bool | None:
    known = list(values)
    return False if False in known else None if None in known else True


class Walk:
    """The facts of a graph, by who they are about."""

    def __init__(self, facts: Iterable[Fact], nodes: Mapping[str, Node], today: str) -> None:
        self.nodes = nodes
        self._today = today
        self._out: dict[tuple[str, str], list[EdgeFact]] = defaultdict(list)
        self._into: dict[tuple[str, str], list[EdgeFact]] = defaultdict(list)
        for fact in facts:
            if isinstance(fact, EdgeFact) and fact.source.recorded_to is None:
                self._out[fact.relationship, fact.from_key].append(fact)
                self._into[fact.relationship, fact.to_key].append(fact)

    def candidates(self, other: str | None) -> Iterator[tuple[str, str]]:
        """Whoever may apply, with each of whom or for which they may."""
        persons = [k for k, n in self.nodes.items() if n["type"] == "Person"]
        if other in (None, "partner"):
            yield from ((person, "") for person in persons)
            return
        for person in persons:
            yield from ((person, key) for key in sorted(self._others(person, other)))

    def _others(self, person: str, other: str) -> set[str]:
        if other == "entity":
            held = filter(self._possibly, self._out["Representation", person])
            return {fact.to_key for fact in held}
        children = [f for f in self._out["Parenthood", person] if f.kind in IN_LAW]
        if other == "child":
            return {fact.to_key for fact in children if self._possibly(fact)}
        kin = {fact.to_key for fact in children}
        kin |= {f.from_key for f in self._into["Parenthood", person] if f.kind in IN_LAW}
        kin |= {self._far(fact, person) for fact in self._marriages(person)}
        return {key for key in kin if self._dead(self.nodes[key])}

    def holds(self, fact: evidence.AnyFact, applicant: str, other: str) -> bool | None:
        """Whether the fact holds, does not, or is open."""
        key = applicant if fact.of == "applicant" else other
        node = self.nodes[key]
        match fact:
            case evidence.Alive():
                return self._unless(node, ("deathDate", "deceased"), not self._dead(node))
            case evidence.Deceased():
                return self._unless(node, ("deathDate", "deceased"), self._dead(node))
            case evidence.Age():
                return self._age(node, fact)
            case evidence.Married():
                return self._married(key)
            case evidence.NotMarried():
                married = self._married(key)
                return None if married is None else not married
            case evidence.RegisteredIn():
                code = self._office(fact.district, applicant)
                return self._unless(node, ("district",), inside(node.get("district"), code))
            case evidence.ResidesIn():
                return self._resides(key, self._office(fact.district, applicant))
            case evidence.HouseholdBook():
                return any_holds(self._certainly(f) for f in self._held("Membership", key))
            case evidence.Licence():
                held = self._held("LicenceHolding", key)
                return any_holds(self._licence(f, fact) for f in held)
            case evidence.ParentOf():
                nothing = False if len(self._parents(other)) > 1 else None
                return any_holds(self._parenthood(applicant, other), nothing)
            case evidence.SpouseOf():
                return any_holds(self._between(applicant, other, fact.of == "deceased"))
            case evidence.HeirOf():
                filled = min(len(self._parents(k)) for k in (applicant, other)) > 1
                kin = [*self._parenthood(applicant, other), *self._parenthood(other, applicant)]
                kin += self._between(applicant, other, ended=True)
                return any_holds(kin, False if filled else None)
            case evidence.SameHouseholdBook():
                return any_holds(self._books(applicant, other))
            case evidence.Represents():
                held = self._held("Representation", applicant)
                return any_holds(self._certainly(f) for f in held if f.to_key == other)
            case evidence.ActiveEntity():
                return self._unless(node, ("status", "dissolvedDate"), self._active(node))
            case evidence.OnPaper():
                return False

    def _imprecise(self, day: str | None) -> bool:
        return day is not None and len(day) < 10 and self._today.startswith(day)

    def _possibly(self, fact: EdgeFact) -> bool:
        source, today = fact.source, self._today
        begun = source.valid_from is None or source.valid_from <= today
        lasts = source.valid_to is None or source.valid_to > today
        return begun and (lasts or self._imprecise(source.valid_to))

    def _certain(self, source: Source) -> bool:
        begun = source.valid_from is None or source.valid_from <= self._today
        lasts = source.valid_to is None or source.valid_to > self._today
        return begun and lasts and not self._imprecise(source.valid_from)

    def _certainly(self, fact: EdgeFact) -> bool | None:
        """Of a fact that may hold: that it does; open otherwise."""
        return True if self._certain(fact.source) and not fact.source.disputed else None

    def _held(self, relationship: str, key: str) -> list[EdgeFact]:
        return [fact for fact in self._out[relationship, key] if self._possibly(fact)]

    def _marriages(self, key: str) -> list[EdgeFact]:
        return [*self._out["Marriage", key], *self._into["Marriage", key]]

    def _far(self, fact: EdgeFact, key: str) -> str:
        return fact.to_key if fact.from_key == key else fact.from_key

    def _unless(self, node: Node, fields: tuple[str, ...], value: bool | None) -> bool | None:
        contested = set(node.get("disputedFields") or ()) & set(fields)
        return None if contested else value

    def _dead(self, node: Node) -> bool:
        day = node.get("deathDate")
        return bool(node.get("deceased")) or (day is not None and day <= self._today)

    def _age(self, node: Node, fact: evidence.Age) -> bool | None:
        born, sex = node.get("birthDate"), node.get("sex")
        fields = ("birthDate", "sex") if fact.sex else ("birthDate",)
        if fact.sex and sex not in ("MALE", "FEMALE"):
            return None
        if fact.sex and sex != fact.sex:
            return self._unless(node, fields, True)
        if born is None or born > self._today:
            return None
        least, most = self._years(born, "-12-31"), self._years(born, "-01-01")
        bounds: list[bool | None] = []
        if fact.at_least is not None:
            bounds.append(
                True if least >= fact.at_least else None if most >= fact.at_least else False
            )
        if fact.under is not None:
            bounds.append(False if least >= fact.under else None if most >= fact.under else True)
        return self._unless(node, fields, all_hold(bounds))

    def _years(self, born: str, rest: str) -> int:
        day = born + rest[len(born) - 4 :] if len(born) < 10 else born
        return int(self._today[:4]) - int(day[:4]) - (self._today[4:] < day[4:])

    def _married(self, key: str) -> bool | None:
        status = self.nodes[key].get("maritalStatus")
        said = {"MARRIED", "FIRST_MARRIAGE", "REMARRIED", "REMARRIED_SAME", "UNSTATED"}
        held = [fact for fact in self._marriages(key) if self._possibly(fact)]
        return any_holds(map(self._certainly, held), None if status in said else False)

    def _office(self, district: str, applicant: str) -> str | None:
        at_office = district == evidence.OF_OFFICE
        return self.nodes[applicant].get("district") if at_office else district

    def _resides(self, key: str, district: str | None) -> bool | None:
        found: list[bool | None] = []
        for fact in self._held("Residence", key):
            place = self.nodes[fact.to_key]
            here = False if place.get("country") else inside(place.get("divisionCode"), district)
            found.append(here if here is not True else self._certainly(fact))
        if not found:
            return False
        return found[0] if len(set(found)) == 1 else None

    def _licence(self, fact: EdgeFact, wanted: evidence.Licence) -> bool | None:
        licence = self.nodes[fact.to_key]
        kind, status, ends = (licence.get(n) for n in ("kind", "status", "expiryDate"))
        if kind not in wanted.kinds:
            return False
        if wanted.valid and status != "VALID":
            return False
        if wanted.valid and self._imprecise(ends):
            return None
        if wanted.valid and ends is not None and ends <= self._today:
            return False
        return self._certainly(fact)

    def _parenthood(self, parent: str, child: str) -> list[bool | None]:
        held = self._held("Parenthood", parent)
        return [self._certainly(f) for f in held if f.to_key == child and f.kind in IN_LAW]

    def _parents(self, child: str) -> set[str]:
        facts = self._into["Parenthood", child]
        return {f.from_key for f in facts if f.kind in IN_LAW and self._certain(f.source)}

    def _between(self, one: str, other: str, ended: bool) -> list[bool | None]:
        both = [fact for fact in self._marriages(one) if self._far(fact, one) == other]
        if not ended:
            return [self._certainly(fact) for fact in both if self._possibly(fact)]
        return [self._at_death(fact.source, self.nodes[other].get("deathDate")) for fact in both]

    def _at_death(self, source: Source, died: str | None) -> bool | None:
        dates = [day for day in (source.valid_from, source.valid_to, died) if day is not None]
        if died is None or any(len(day) < 10 for day in dates):
            return None
        return (source.valid_from or died) <= died <= (source.valid_to or died)

    def _books(self, one: str, other: str) -> Iterator[bool | None]:
        for mine in self._held("Membership", one):
            for theirs in self._held("Membership", other):
                if mine.to_key == theirs.to_key:
                    sure = self._certain(theirs.source)
                    yield self._certainly(mine) if sure else None

    def _active(self, node: Node) -> bool | None:
        gone = node.get("dissolvedDate")
        if node.get("status") not in (None, "ACTIVE") or (gone and gone <= self._today):
            return False
        return True if node.get("status") == "ACTIVE" else None


def inside(code: str | None, district: str | None) -> bool | None:
    """Whether the division lies in the district."""
    if code is None or district is None:
        return None
    if code == district:
        return True
    if re.fullmatch("[0-9]{6,12}", code) and re.fullmatch("[0-9]{6}", district):
        if code.startswith(_area(district)):
            return True
        return None if len(code) == 6 and district.startswith(_area(code)) else False
    scheme = code.split("-")[0] + "-"
    return False if "-" in code and district.startswith(scheme) else None


def _area(code: str) -> str:
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code

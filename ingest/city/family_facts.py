"""Facts about parents, spouses and guardians."""

from __future__ import annotations

from collections.abc import Iterator

from graph.facts import EdgeFact, Source, Value
from ingest.city.care import CareOrders
from ingest.city.districts import DISTRICTS, NAMES
from ingest.city.households import Households
from ingest.city.papers import Registry
from ingest.city.population import Population
from ingest.city.records import Care, Union
from ingest.city.statements import beliefs, source

TWICE_REPORTED = 25


class FamilyFacts:
    """Every relationship between persons."""

    def __init__(
        self, population: Population, care: CareOrders, homes: Households, registry: Registry
    ) -> None:
        self._population = population
        self._care = care
        self._homes = homes
        self._papers, self._tag = registry.papers, registry.tag

    def __iter__(self) -> Iterator[EdgeFact]:
        for child in self._population.people:
            for parent in (child.mother, child.father):
                if parent is not None:
                    yield from self._birth(parent, child.index, child.born)
        for union in self._population.unions:
            yield from self._marriage(union)
        for number, order in enumerate(self._care.orders):
            yield from self._care_order(number, order)

    def _birth(self, parent: int, child: int, born: int) -> Iterator[EdgeFact]:
        birth = source("population", f"B{self._tag}{child:07d}", born)
        yield self._edge("Parenthood", "BIRTH", parent, child, birth, {})
        if child % TWICE_REPORTED == 0:
            book = source("household", f"H{self._tag}{child:07d}", born)
            yield self._edge("Parenthood", "BIRTH", parent, child, book, {})

    def _marriage(self, union: Union) -> Iterator[EdgeFact]:
        stays = self._homes.stays[union.wife]
        home = next(s for s in reversed(stays) if s.start <= union.start)
        place = NAMES[DISTRICTS[self._homes.places[home.place].district].code]
        for origin in beliefs("marriage", f"M{self._tag}{union.index:06d}", union.start, union.end):
            fields: dict[str, Value] = {"place": place}
            if origin.valid_to is not None:
                fields["endReason"] = union.reason
            yield self._edge("Marriage", "", union.wife, union.husband, origin, fields)

    def _care_order(self, number: int, order: Care) -> Iterator[EdgeFact]:
        guardian = order.kind == "GUARDIAN"
        relationship = "Guardianship" if guardian else "Parenthood"
        fields: dict[str, Value] = {"basis": order.basis, "scope": order.scope} if guardian else {}
        kind = "" if guardian else order.kind
        for origin in beliefs("civil-affairs", f"C{self._tag}{number:06d}", order.start, order.end):
            yield self._edge(relationship, kind, order.carer, order.person, origin, fields)

    def _edge(
        self,
        relationship: str,
        kind: str,
        one: int,
        other: int,
        origin: Source,
        fields: dict[str, Value],
    ) -> EdgeFact:
        keys = self._papers[one].key, self._papers[other].key
        return EdgeFact(relationship, kind, "Person", keys[0], "Person", keys[1], origin, fields)

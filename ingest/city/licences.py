"""Licences that persons and companies hold on the reference day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

from ingest.city.clock import TODAY, YEAR_DAYS, after_years, age, birthday, first_of
from ingest.city.districts import DISTRICTS
from ingest.city.entities import COMPANY, Entities, Entity
from ingest.city.households import Households
from ingest.city.papers import Registry
from ingest.city.population import Population
from ingest.city.records import Person

_PREFIX = {
    "RESIDENT_IDENTITY_CARD": "SF",
    "MARRIAGE_CERTIFICATE": "JH",
    "BIRTH_CERTIFICATE": "CS",
    "DRIVING_LICENCE": "JS",
    "TEACHER_QUALIFICATION": "JZ",
    "PROPERTY_CERTIFICATE": "BD",
    "BUSINESS_LICENCE": "YZ",
    "FOOD_BUSINESS_LICENCE": "SP",
}


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence with its holders (persons, or one entity) and issuer; days are ordinals."""

    number: str
    kind: str
    district: int
    issued: int
    expires: int | None
    issuer: Entity
    persons: tuple[int, ...] = ()
    entity: Entity | None = None

    @property
    def status(self) -> str:
        """VALID, or EXPIRED on the reference day."""
        return "EXPIRED" if self.expires is not None and self.expires <= TODAY else "VALID"


class Licences:
    """Every licence, in a fixed order."""

    def __init__(
        self,
        population: Population,
        homes: Households,
        entities: Entities,
        registry: Registry,
        seed: str,
    ) -> None:
        self._random = Random(f"{seed}:licences")
        self._population = population
        self._homes = homes
        self._entities = entities
        self._tag = registry.tag
        self._serial = count(1)
        self.all = [*self._of_people(), *self._of_couples(), *self._of_companies()]

    def _of_people(self) -> Iterator[Licence]:
        for person in self._population.people:
            district = self._homes.district_of(person.index)
            if district is None or not person.alive(TODAY):
                continue
            for kind, issued, years in self._wanted(person):
                if issued <= TODAY:
                    yield self._licence(kind, district, issued, years, persons=(person.index,))

    def _wanted(self, person: Person) -> Iterator[tuple[str, int, float | None]]:
        """Kind, day of issue and years of validity."""
        years = age(person.born, TODAY)
        draw = self._random.random
        recent = TODAY - self._random.randrange(1, round(12 * YEAR_DAYS))
        if years < 16:
            if person.arrived is None and draw() < 0.6:
                yield "BIRTH_CERTIFICATE", person.born + 5, None
            return
        if draw() < 0.55:
            issued = max(recent, birthday(person.born, 16), person.arrived or 0)
            yield "RESIDENT_IDENTITY_CARD", issued, None if years > 46 else 20 if years > 26 else 10
        if 20 < years < 75 and draw() < 0.3:
            yield "DRIVING_LICENCE", max(recent, birthday(person.born, 18)), 10
        if 24 < years < 66 and draw() < 0.02:
            yield "TEACHER_QUALIFICATION", max(recent, birthday(person.born, 23)), None
        if years > 28 and draw() < 0.08:
            yield "PROPERTY_CERTIFICATE", max(recent, birthday(person.born, 25)), None

    def _of_couples(self) -> Iterator[Licence]:
        for union in self._population.unions:
            district = self._homes.district_of(union.wife)
            recent = union.start >= first_of(2004) and union.holds(TODAY)
            if recent and district is not None:
                couple = (union.wife, union.husband)
                yield self._licence(
                    "MARRIAGE_CERTIFICATE", district, union.start, None, persons=couple
                )

    def _of_companies(self) -> Iterator[Licence]:
        for entity in self._entities.all:
            if entity.kind != COMPANY or entity.dissolved is not None:
                continue
            since = entity.established + 3
            yield self._licence("BUSINESS_LICENCE", entity.district, since, None, entity=entity)
            if "餐饮" in entity.name or "食品" in entity.name:
                since = TODAY - self._random.randrange(1, min(2500, TODAY - since))
                yield self._licence(
                    "FOOD_BUSINESS_LICENCE", entity.district, since, 5, entity=entity
                )

    def _licence(
        self,
        kind: str,
        district: int,
        issued: int,
        years: float | None,
        persons: tuple[int, ...] = (),
        entity: Entity | None = None,
    ) -> Licence:
        number = f"{_PREFIX[kind]}{DISTRICTS[district].code}{self._tag}{next(self._serial):08d}"
        expires = None if years is None else after_years(issued, years)
        issuer = self._entities.issuer[district, kind]
        return Licence(number, kind, district, issued, expires, issuer, persons, entity)

"""The people of the demonstration: a mother and her grown daughter in different books."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ingest.city.care import MAJORITY
from ingest.city.clock import TODAY, age, birthday
from ingest.city.districts import DISTRICTS
from ingest.city.households import Households
from ingest.city.licences import Licences
from ingest.city.offices import Offices
from ingest.city.papers import Papers, Registry
from ingest.city.population import Population
from ingest.city.records import Person

DISTRICT = "110101"
AGE_FROM, AGE_UNTIL = 6, 12
"""Of a child that is enrolled in a primary school."""


@dataclass(frozen=True)
class Character:
    """Someone in the story."""

    number: str
    name: str
    district: str
    worker: str = ""


@dataclass(frozen=True)
class Story:
    """Mother and daughter of one district, the daughter's child, and someone from elsewhere.

    Two caseworkers of the office, who are relatives of nobody. An applicant and her child of school
    age: the daughter and her child where the city has none.
    """

    mother: Character
    daughter: Character
    child: Character
    elsewhere: Character
    caseworker: Character
    colleague: Character
    applicant: Character
    pupil: Character


class StoryFinder:
    """Looks through the finished city in order of person."""

    def __init__(
        self,
        population: Population,
        homes: Households,
        licences: Licences,
        registry: Registry,
        offices: Offices,
    ) -> None:
        self._people = population.people
        self._homes = homes
        self._papers = registry.papers
        self._workers = offices.workers
        self._hidden = offices.out_of_sight
        self._holders = {
            person
            for licence in licences.all
            if licence.issuer.terms and licence.issuer.terms[-1].end is None
            for person in licence.persons
            if person not in self._hidden
        }

    def find(self) -> Story | None:
        """The story, or None in a city too small to hold one."""
        elsewhere = next((p for p in self._people if self._lives_elsewhere(p)), None)
        if elsewhere is None or len(self._workers) < 2:
            return None
        office = (
            replace(self._character(self._people[worker.person]), worker=worker.code)
            for worker in self._workers[:2]
        )
        for daughter in self._people:
            mother = self._mother_of(daughter)
            child = self._child_of(daughter) if mother is not None else None
            if mother is not None and child is not None:
                family = map(self._character, (mother, daughter, child, elsewhere))
                enrolling = map(self._character, self._enrolling() or (daughter, child))
                return Story(*family, *office, *enrolling)
        return None

    def _enrolling(self) -> tuple[Person, Person] | None:
        """A mother and her child of school age, both of the district."""
        for mother in self._people:
            if mother.male or not (self._registered(mother) and self._in_district(mother)):
                continue
            child = self._child_of(mother)
            if child is not None and AGE_FROM <= age(child.born, TODAY) < AGE_UNTIL:
                return mother, child
        return None

    def _mother_of(self, daughter: Person) -> Person | None:
        """The mother, where the pair fits the story."""
        if daughter.male or daughter.mother is None or daughter.index not in self._homes.splits:
            return None
        mother = self._people[daughter.mother]
        home = self._homes.book_of(mother.index)
        fits = (
            home is not None
            and home != self._homes.book_of(daughter.index)
            and all(self._registered(p) and self._in_district(p) for p in (mother, daughter))
            and mother.index in self._homes.codes.parents(daughter.index, TODAY)
            and len(self._holders & set(self._homes.books[home].members)) >= 2
        )
        return mother if fits else None

    def _child_of(self, daughter: Person) -> Person | None:
        for index in daughter.children:
            child = self._people[index]
            minor = birthday(child.born, MAJORITY) > TODAY
            own = daughter.index in self._homes.codes.parents(index, TODAY)
            if minor and own and self._registered(child) and self._in_district(child):
                return child
        return None

    def _lives_elsewhere(self, person: Person) -> bool:
        return self._registered(person) and not self._in_district(person)

    def _registered(self, person: Person) -> bool:
        papers: Papers = self._papers[person.index]
        if person.index in self._hidden:
            return False
        return person.alive(TODAY) and papers.number != "" and papers.renamed is None

    def _in_district(self, person: Person) -> bool:
        return self._district(person) == DISTRICT

    def _district(self, person: Person) -> str:
        district = self._homes.district_of(person.index)
        return "" if district is None else DISTRICTS[district].code

    def _character(self, person: Person) -> Character:
        papers = self._papers[person.index]
        return Character(papers.number, papers.current_name, self._district(person))

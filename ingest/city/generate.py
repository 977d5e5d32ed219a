"""The whole city: simulated once, told as facts any number of times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from graph.facts import Fact, NodeFact
from ingest.city.care import CareOrders
from ingest.city.clock import TODAY
from ingest.city.entities import COMPANY, Entities
from ingest.city.entity_facts import EntityFacts
from ingest.city.family_facts import FamilyFacts
from ingest.city.household_facts import HouseholdFacts
from ingest.city.households import Households
from ingest.city.licence_facts import LicenceFacts
from ingest.city.licences import Licences
from ingest.city.office_facts import OfficeFacts
from ingest.city.offices import Offices
from ingest.city.papers import Registry
from ingest.city.person_facts import PersonFacts
from ingest.city.population import Population
from ingest.city.story import Story, StoryFinder

PEOPLE_MIN = 20


class City:
    """A city of so many registered people. Iterating gives its facts, always the same."""

    def __init__(self, people: int, seed: int) -> None:
        self.seed = seed
        self.population = Population(people, seed)
        self.care = CareOrders(self.population, seed)
        self.homes = Households(self.population, self.care, seed)
        self.registry = Registry(self.population, self.care, self.homes, seed)
        self.entities = Entities(self.population, seed)
        self.licences = Licences(self.population, self.homes, self.entities, self.registry, seed)
        self.offices = Offices(self.population, self.homes, self.registry, seed)

    def __iter__(self) -> Iterator[Fact]:
        return chain(*self.parts)

    @property
    def parts(self) -> tuple[Iterable[Fact], ...]:
        """The facts in parts that can be told apart from each other, always the same."""
        return (
            PersonFacts(self.population, self.homes, self.registry, self.seed),
            FamilyFacts(self.population, self.care, self.homes, self.registry),
            HouseholdFacts(self.homes, self.registry),
            EntityFacts(self.entities, self.registry),
            LicenceFacts(self.licences, self.registry),
            OfficeFacts(self.offices, self.registry),
        )

    @cached_property
    def story(self) -> Story | None:
        """The people of the demonstration; None in a city too small to hold them."""
        finder = StoryFinder(
            self.population, self.homes, self.licences, self.registry, self.offices
        )
        return finder.find()

    def counts(self) -> Mapping[str, int]:
        """What lives and stands in the city."""
        return {
            "people": len(self.population.people),
            "living": sum(p.alive(TODAY) for p in self.population.people),
            "marriages": len(self.population.unions),
            **{
                f"{kind.lower()}Orders": n
                for kind, n in sorted(Counter(o.kind for o in self.care.orders).items())
            },
            "householdBooks": len(self.homes.books),
            "householdSplits": len(self.homes.splits),
            "companies": sum(e.kind == COMPANY for e in self.entities.all),
            "governmentBodies": sum(e.kind != COMPANY for e in self.entities.all),
            "licences": len(self.licences.all),
            "cases": len(self.offices.cases),
            "protectedPersons": len(self.offices.protections),
        }


def generate(people: int, seed: int) -> City:
    """A city of at least PEOPLE_MIN people, the same for the same numbers."""
    if people < PEOPLE_MIN:
        raise ValueError(f"a city needs at least {PEOPLE_MIN} people, not {people}")
    return City(people, seed)


def fact_name(fact: Fact) -> str:
    """Node type or relationship of the fact."""
    return fact.type if isinstance(fact, NodeFact) else fact.relationship

"""The whole city: simulated once, told as facts any number of times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from graph.facts import Fact, NodeFact
from ingest.city.care import CareOrders
from ingest.city.clock import TODAY
from ingest.city.communities import Community, communities
from ingest.city.consents import ConsentFacts
from ingest.city.credit import CreditFacts
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


class City:
    """A community of registered people. Iterating gives its facts, always the same."""

    def __init__(self, community: Community) -> None:
        self.seed = seed = community.seed
        self.population = Population(community.people, seed)
        self.care = CareOrders(self.population, seed)
        self.homes = Households(self.population, self.care, seed)
        self.registry = Registry(self.population, self.care, self.homes, community)
        self.entities = Entities(self.population, community)
        self.licences = Licences(self.population, self.homes, self.entities, self.registry, seed)
        self.offices = Offices(self.population, self.homes, self.registry, seed)

    def __iter__(self) -> Iterator[Fact]:
        return chain(
            PersonFacts(self.population, self.homes, self.registry, self.seed),
            FamilyFacts(self.population, self.care, self.homes, self.registry),
            HouseholdFacts(self.homes, self.registry),
            EntityFacts(self.entities, self.registry),
            LicenceFacts(self.licences, self.registry),
            OfficeFacts(self.offices, self.registry),
            ConsentFacts(self.offices, self.registry, self.seed),
            CreditFacts(self.entities, self.offices, self.registry, self.seed),
        )

    @cached_property
    def story(self) -> Story | None:
        """The people of the demonstration; None in a city too small to hold them."""
        finder = StoryFinder(
            self.population, self.homes, self.licences, self.registry, self.offices
        )
        return finder.find()

    def counts(self) -> Counter[str]:
        """What lives and stands in the city."""
        return Counter(
            {
                "people": len(self.population.people),
                "living": sum(p.alive(TODAY) for p in self.population.people),
                "marriages": len(self.population.unions),
                **{
                    f"{kind.lower()}Orders": n
                    for kind, n in sorted(Counter(o.kind for o in self.care.orders).items())
                },
                "householdBooks": len(self.homes.books),
                "householdSplits": len(self.homes.splits),
                "companies": sum(e.kind == COMPANY for e in self.entities.own),
                "governmentBodies": sum(e.kind != COMPANY for e in self.entities.own),
                "licences": len(self.licences.all),
                "cases": len(self.offices.cases),
                "protectedPersons": len(self.offices.protections),
            }
        )


def generate(people: int, seed: int) -> City:
    """A city that is one community, the same for the same numbers."""
    (community,) = communities(people, seed)
    return City(community)


def fact_name(fact: Fact) -> str:
    """Node type or relationship of the fact."""
    return fact.type if isinstance(fact, NodeFact) else fact.relationship

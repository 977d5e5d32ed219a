"""Government bodies and companies: who represents and who owns them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from ingest.city import names
from ingest.city.clock import TODAY, YEAR_DAYS, after_years, birthday, first_of
from ingest.city.communities import Community
from ingest.city.districts import CITY, DISTRICTS, address, any_district
from ingest.city.identifiers import credit_code
from ingest.city.population import Population

COMPANIES_SHARE = 1 / 18
HOLDING_SHARE = 0.15
FIRST_SERIAL = 40_000_000
ENTITIES_MAX = 4000
"""Of one community: numbers are set aside for so many."""
GOVERNMENT, COMPANY = "GOVERNMENT", "COMPANY"
# Function, its name in a district, and the licences that it issues.
FUNCTIONS = (
    ("公安局{0}分局", ("RESIDENT_IDENTITY_CARD", "DRIVING_LICENCE")),
    ("{0}民政局", ("MARRIAGE_CERTIFICATE",)),
    ("{0}卫生健康委员会", ("BIRTH_CERTIFICATE",)),
    ("{0}教育委员会", ("TEACHER_QUALIFICATION",)),
    ("规划和自然资源委员会{0}分局", ("PROPERTY_CERTIFICATE",)),
    ("{0}市场监督管理局", ("BUSINESS_LICENCE", "FOOD_BUSINESS_LICENCE")),
)


@dataclass(frozen=True, slots=True)
class Term:
    """A period in which a person represents an entity."""

    person: int
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Share:
    """A direct share. The holder is a person, or an entity."""

    percent: float
    start: int
    person: int | None = None
    entity: int | None = None


@dataclass(slots=True)
class Entity:
    """A legal entity; days are ordinals."""

    index: int
    kind: str
    code: str
    name: str
    district: int
    address: str
    established: int
    dissolved: int | None = None
    capital_yuan: float | None = None
    terms: list[Term] = field(default_factory=list[Term])
    shares: list[Share] = field(default_factory=list[Share])


class Entities:
    """All legal entities. `issuer[district, licence kind]` is the body that issues it."""

    def __init__(self, population: Population, community: Community) -> None:
        self._random = Random(f"{community.seed}:entities")
        self._community = community
        self._people = population.people
        self.all: list[Entity] = []
        self.issuer: dict[tuple[int, str], Entity] = {}
        for district in range(len(DISTRICTS)):
            for name, licences in FUNCTIONS:
                body = self._government(district, name)
                self.issuer.update({(district, kind): body for kind in licences})
        for _ in range(round(population.size * COMPANIES_SHARE)):
            self._company()

    @property
    def own(self) -> Sequence[Entity]:
        """Those of the community; the city's government belongs to the first."""
        return self.all if self._community.is_first else [e for e in self.all if e.kind == COMPANY]

    def _government(self, district: int, name: str) -> Entity:
        full = CITY + name.format(DISTRICTS[district].name)
        body = self._entity(GOVERNMENT, "11", full, district, first_of(1984))
        if self._community.is_first:
            body.terms = self._terms(first_of(1984), None, years=8)
        return body

    def _company(self) -> None:
        district = any_district(self._random)
        established = TODAY - round(abs(self._random.gauss(0, 11)) * YEAR_DAYS) - 60
        name = names.company_name(self._random, DISTRICTS[district].name)
        company = self._entity(COMPANY, "91", name, district, established)
        company.capital_yuan = float(self._random.choice((10, 50, 100, 500, 1000, 5000)) * 10_000)
        closed = after_years(established, self._random.expovariate(1 / 30))
        company.dissolved = closed if closed <= TODAY else None
        company.terms = self._terms(established, company.dissolved, years=25)
        company.shares = self._shares(company)

    def _entity(self, kind: str, category: str, name: str, district: int, day: int) -> Entity:
        index = len(self.all)
        before = 0 if kind == GOVERNMENT else self._community.number * ENTITIES_MAX
        serial = FIRST_SERIAL + (before + index) * 7
        code = credit_code(category, DISTRICTS[district].code, serial)
        where = address(self._random, district)
        self.all.append(Entity(index, kind, code, name, district, where, day))
        return self.all[-1]

    def _terms(self, start: int, end: int | None, years: float) -> list[Term]:
        """Representatives one after another; each is alive and of age throughout."""
        terms: list[Term] = []
        while True:
            planned = after_years(start, self._random.uniform(0.6, 1.4) * years)
            last = end if end is not None else TODAY + 1
            until = min(planned, last)
            person = self._adult(start, until)
            if person is None:
                return terms
            ends = until if until < last else end
            terms.append(Term(person, start, ends))
            if until >= last:
                return terms
            start = until

    def _adult(self, start: int, until: int) -> int | None:
        for _ in range(200):
            person = self._random.choice(self._people)
            arrived = person.arrived or person.born
            grown = max(birthday(person.born, 25), arrived) <= start
            young = start < birthday(person.born, 62)
            if grown and young and person.alive(until):
                return person.index
        return next((p.index for p in self._people if p.alive(until) and p.born < start), None)

    def _shares(self, company: Entity) -> list[Share]:
        """Whole percentages that add up to 100."""
        count = self._random.choice((1, 1, 2, 2, 3, 4))
        cuts = sorted(self._random.sample(range(5, 96), count - 1))
        percents = [b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]
        return [self._share(company, float(percent)) for percent in percents]

    def _share(self, company: Entity, percent: float) -> Share:
        earlier = [
            e
            for e in self._random.sample(self.all, min(6, len(self.all)))
            if e.kind == COMPANY and e.index != company.index and e.dissolved is None
        ]
        if earlier and self._random.random() < HOLDING_SHARE:
            held_from = max(company.established, earlier[0].established)
            if not any(s.entity == earlier[0].index for s in company.shares):
                return Share(percent, held_from, entity=earlier[0].index)
        person = self._adult(company.established, company.established + 30)
        return Share(percent, company.established, person=person or 0)

    def beneficial(self, company: Entity, least: float = 25.0) -> list[tuple[int, float, bool]]:
        """Persons with at least so many percent in the end: person, percent, wholly direct."""
        found: dict[int, tuple[float, bool]] = {}
        for person, percent, direct in self._owners(company, 100.0, direct=True):
            before, was_direct = found.get(person, (0.0, True))
            found[person] = (before + percent, was_direct and direct)
        return [(p, round(s, 4), d) for p, (s, d) in sorted(found.items()) if s >= least]

    def _owners(self, company: Entity, part: float, direct: bool) -> list[tuple[int, float, bool]]:
        owners: list[tuple[int, float, bool]] = []
        for share in company.shares:
            percent = part * share.percent / 100
            if share.person is not None:
                owners.append((share.person, percent, direct))
            elif share.entity is not None:
                owners += self._owners(self.all[share.entity], percent, direct=False)
        return owners

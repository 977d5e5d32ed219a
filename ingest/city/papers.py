"""What the registers write of each person: key, number, birth date and place, change of name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

from ingest.city import districts, names
from ingest.city.care import CareOrders
from ingest.city.clock import TODAY, after_years, first_of, iso, year_of
from ingest.city.communities import Community
from ingest.city.households import Households
from ingest.city.identifiers import citizen_number
from ingest.city.population import Population
from ingest.city.records import Person

NUMBERS_SINCE = first_of(1984)
DATES_SURE_SINCE = first_of(1940)


@dataclass(frozen=True, slots=True)
class Papers:
    """One person's papers. `number` is empty for those who died before numbers were issued."""

    key: str
    number: str
    birth_date: str
    birth_place: str
    name: str
    renamed: int | None = None
    new_name: str = ""

    @property
    def current_name(self) -> str:
        """The name on the reference day."""
        return self.new_name or self.name


class Registry:
    """Papers of everyone, by person."""

    def __init__(
        self, population: Population, care: CareOrders, homes: Households, community: Community
    ) -> None:
        self._random = Random(f"{community.seed}:papers")
        self.community, self.tag = community, community.tag
        self._people = population.people
        self._care = care
        self._homes = homes
        self._sequences: Counter[tuple[str, str, bool]] = Counter()
        self.papers = [self._issue(person) for person in population.people]

    def _issue(self, person: Person) -> Papers:
        birth_date = self._birth_date(person)
        district = self._homes.places[self._homes.stays[person.index][0].place].district
        issued = max(person.born, NUMBERS_SINCE)
        code = districts.issuing_code(self._random, district, issued)
        if person.arrived is not None and person.arrived >= NUMBERS_SINCE:
            code = self._random.choice(districts.ELSEWHERE)
        number = ""
        if person.died >= issued:
            code, number = self._number(code, person)
        renamed, new_name = self._new_name(person)
        return Papers(
            key=f"GB11643:{number}" if number else f"household:H{self.tag}{person.index:07d}",
            number=number,
            birth_date=birth_date,
            birth_place=districts.NAMES[code],
            name=person.name,
            renamed=renamed,
            new_name=new_name,
        )

    def _birth_date(self, person: Person) -> str:
        """As precise as known: of some of the old only year, or year and month."""
        full = iso(person.born)
        unsure = person.born < DATES_SURE_SINCE and self._random.random() < 0.2
        return full[: self._random.choice((4, 7))] if unsure else full

    def _number(self, code: str, person: Person) -> tuple[str, str]:
        """A number, and the division that issued it: another one where all of the day are given."""
        day, sequences = iso(person.born), self.community.sequences
        for issuer in (code, *districts.IN_FORCE):
            cell = (issuer, day, person.male)
            given = self._sequences[cell]
            if given < len(sequences):
                self._sequences[cell] += 1
                return issuer, citizen_number(issuer, day, sequences[given], person.male)
        raise ValueError(f"there are no numbers left for those born on {day}")

    def _new_name(self, person: Person) -> tuple[int | None, str]:
        adoption = self._care.adopters.get(person.index)
        if adoption is not None and self._random.random() < 0.6:
            day, union = adoption
            family = self._people[union.husband].family_name
            return (day, family + person.given_name) if family != person.family_name else (None, "")
        day = after_years(person.born, self._random.uniform(7, 45))
        if self._random.random() > 0.015 or day > TODAY or not person.alive(day):
            return None, ""
        given = names.given_name(self._random, person.male, year_of(day))
        name = person.family_name + given
        return (day, name) if name != person.name else (None, "")

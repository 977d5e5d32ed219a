"""Adoption, step families, foster care and guardianship, over the finished population."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

from ingest.city.clock import TODAY, YEAR_DAYS, after_years, age, birthday
from ingest.city.population import Population
from ingest.city.records import Care, Person, Union

MAJORITY = 18
ADOPTION_AGE_GAP = 20
COUPLE_TRIES = 60


class CareOrders:
    """Every care order of the city, by person cared for and, for adoptions, as parents."""

    def __init__(self, population: Population, seed: str) -> None:
        self._population = population
        self._people = population.people
        self._random = Random(f"{seed}:care")
        self.orders: list[Care] = []
        self.adopters: dict[int, tuple[int, Union]] = {}
        for child in self._people:
            self._place(child)
        for union in population.unions:
            self.orders += self._step_parents(union)
        for person in self._people:
            self.orders += self._adult_guardian(person)

    def _place(self, child: Person) -> None:
        """Adoption, a guardian or foster care, for a child who needs it."""
        if child.mother is None:
            return
        orphaned = self._orphaned(child)
        if orphaned is not None:
            if self._random.random() > 0.4 or not self._adopt(child, orphaned):
                self.orders += self._child_guardian(child, orphaned)
        elif child.father is None and self._random.random() < 0.35:
            self._adopt(child, child.born)
        elif self._random.random() < 0.002:
            self._adopt(child, child.born + 200)
        elif self._random.random() < 0.004:
            self.orders += self._foster(child)

    def _orphaned(self, child: Person) -> int | None:
        """The day on which a minor lost the last parent."""
        parents = [self._people[p] for p in (child.mother, child.father) if p is not None]
        day = max(parent.died for parent in parents)
        minor = child.born <= day < birthday(child.born, MAJORITY)
        return day if minor and day < min(TODAY, child.died) else None

    def _adopt(self, child: Person, since: int) -> bool:
        day = after_years(since, self._random.uniform(0.2, 3))
        if not child.alive(day) or day > TODAY or age(child.born, day) >= 14:
            return False
        union = self._couple(child, day)
        if union is None:
            return False
        self.adopters[child.index] = (day, union)
        for carer in (union.wife, union.husband):
            self.orders.append(Care("ADOPTIVE", carer, child.index, day))
        return True

    def _couple(self, child: Person, day: int) -> Union | None:
        def suits(union: Union) -> bool:
            wife, husband = self._people[union.wife], self._people[union.husband]
            gap = (child.born - max(wife.born, husband.born)) / YEAR_DAYS
            parents = {child.mother, child.father}
            return (
                union.holds(day)
                and ADOPTION_AGE_GAP <= gap <= 45
                and not parents & {wife.index, husband.index}
                and child.index not in wife.children + husband.children
            )

        return self._pick(self._population.unions, suits)

    def _pick(self, unions: list[Union], suits: Callable[[Union], bool]) -> Union | None:
        for _ in range(min(COUPLE_TRIES, 4 * len(unions))):
            union = self._random.choice(unions)
            if suits(union):
                return union
        return None

    def _child_guardian(self, child: Person, day: int) -> Iterator[Care]:
        """A grandparent, else an uncle or aunt, until majority."""
        parents = [self._people[p] for p in (child.mother, child.father) if p is not None]
        elders = [g for p in parents for g in (p.mother, p.father) if g is not None]
        aunts = [c for g in elders for c in self._people[g].children]
        for carer in (*elders, *aunts):
            if self._people[carer].alive(day) and age(self._people[carer].born, day) >= MAJORITY:
                basis = self._random.choice(("LAW", "LAW", "WILL", "COURT"))
                end = min(birthday(child.born, MAJORITY), child.died, self._people[carer].died)
                yield Care("GUARDIAN", carer, child.index, day, _past(end), basis, "FULL")
                return

    def _foster(self, child: Person) -> Iterator[Care]:
        start = after_years(child.born, self._random.uniform(1, 12))
        union = self._couple(child, start) if start < TODAY else None
        if union is None:
            return
        carer = self._people[union.wife]
        limit = min(birthday(child.born, MAJORITY), child.died, carer.died)
        end = min(after_years(start, self._random.uniform(1, 4)), limit)
        if child.alive(start) and start < end:
            yield Care("FOSTER", carer.index, child.index, start, _past(end))

    def _step_parents(self, union: Union) -> Iterator[Care]:
        for parent, chance in ((union.wife, 0.9), (union.husband, 0.5)):
            step = union.other(parent)
            for index in self._people[parent].children:
                child = self._people[index]
                if index in self._people[step].children or index in self.adopters:
                    continue
                minor = child.born < union.start < birthday(child.born, MAJORITY)
                if minor and child.alive(union.start) and self._random.random() < chance:
                    end = min(child.died, union.end or TODAY + 1)
                    if end > union.start:
                        yield Care("STEP", step, index, union.start, _past(end))

    def _adult_guardian(self, person: Person) -> Iterator[Care]:
        """For a few old people, and fewer from majority on."""
        draw = self._random.random()
        years = self._random.uniform(68, 90) if draw < 0.02 else MAJORITY if draw < 0.023 else None
        if years is None:
            return
        start = after_years(person.born, years) + 30
        spouse = self._population.spouse(person.index, start)
        parents = [person.mother, person.father] if years == MAJORITY else []
        for carer in (*parents, spouse, *person.children):
            if carer is None or not person.alive(start) or start > TODAY:
                continue
            acting = self._people[carer]
            if acting.alive(start) and age(acting.born, start) >= MAJORITY:
                basis = self._random.choice(("COURT", "COURT", "AGREEMENT", "LAW"))
                scope = self._random.choice(("FULL", "FULL", "PERSON", "PROPERTY"))
                end = min(person.died, acting.died)
                yield Care("GUARDIAN", carer, person.index, start, _past(end), basis, scope)
                return


def _past(day: int) -> int | None:
    return day if day <= TODAY else None

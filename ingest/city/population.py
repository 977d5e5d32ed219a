"""Births, marriages, divorces and deaths, year by year, until there are as many people as asked."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from random import Random

from ingest.city import names
from ingest.city.clock import FIRST_YEAR, TODAY, YEAR_DAYS, after_years, age, birthday, first_of
from ingest.city.records import Person, Union

FOUNDERS_SHARE = 0.27
FOUNDERS_BORN = (FIRST_YEAR - 12, FIRST_YEAR + 11)
MOTHER_AGE = (18, 45)
WIFE_AGE, HUSBAND_AGE = 20, 22
# From the year on: weights of 0, 1, 2, 3, 4 and 5 children of a couple.
_FAMILY_SIZES = (
    (0, (4, 12, 24, 28, 20, 12)),
    (1970, (4, 18, 48, 24, 6, 0)),
    (1980, (6, 50, 37, 6, 1, 0)),
    (2012, (11, 43, 38, 7, 1, 0)),
)


class Population:
    """The people and marriages of the city. `people[i].index == i`, likewise for unions."""

    def __init__(self, people: int, seed: str) -> None:
        self.size = people
        self.people: list[Person] = []
        self.unions: list[Union] = []
        self._random = Random(f"{seed}:population")
        self._births: defaultdict[int, list[tuple[int, int, int | None]]] = defaultdict(list)
        self._seekers: defaultdict[int, list[int]] = defaultdict(list)
        self._men: list[int] = []
        self._women: list[int] = []
        self._found()
        for year in range(FOUNDERS_BORN[0] + WIFE_AGE, TODAY // 365 + 2):
            self._live(year)
        self._immigrate()

    def spouse(self, person: int, day: int) -> int | None:
        """Whom the person is married to on the day."""
        for union in self.people[person].unions:
            if self.unions[union].holds(day):
                return self.unions[union].other(person)
        return None

    def _found(self) -> None:
        for n in range(max(4, round(self.size * FOUNDERS_SHARE))):
            born = self._random.randrange(first_of(FOUNDERS_BORN[0]), first_of(FOUNDERS_BORN[1]))
            founder = self._add(n % 2 == 0, born, names.surname(self._random))
            founder.died = max(founder.died, after_years(born, 24))
            founder.arrived = after_years(born, 18)

    def _live(self, year: int) -> None:
        if first_of(year) > TODAY:
            return
        planned = self._births.pop(year - 1, []) + self._births.pop(year, [])
        for day, mother, father in sorted(planned, key=lambda b: b[:2]):
            if day <= TODAY and len(self.people) < self.size:
                self._bear(day, mother, father)
        for seeker in self._seekers.pop(year, []):
            (self._men if self.people[seeker].male else self._women).append(seeker)
        self._marry(year)

    def _bear(self, day: int, mother: int, father: int | None) -> None:
        parents = [self.people[mother]] + ([self.people[father]] if father is not None else [])
        after = parents[0] if len(parents) == 1 or self._random.random() < 0.06 else parents[1]
        child = self._add(self._random.random() < 0.517, day, after.family_name)
        child.mother, child.father = mother, father
        for parent in parents:
            parent.children.append(child.index)

    def _add(self, male: bool, born: int, family_name: str) -> Person:
        given = names.given_name(self._random, male, 1 + born // 366)
        person = Person(len(self.people), male, born, self._death(male, born), family_name, given)
        self.people.append(person)
        if self._random.random() < 0.95:
            wait = self._random.expovariate(1 / 3)
            comes_of_age = (HUSBAND_AGE if male else WIFE_AGE) + 1
            self._seekers[_year(after_years(born, comes_of_age + wait))].append(person.index)
        if not male and self._random.random() < 0.025:
            day = after_years(born, self._random.uniform(19, 36))
            if day < person.died:
                self._births[_year(day)].append((day, person.index, None))
        return person

    def _death(self, male: bool, born: int) -> int:
        if self._random.random() < (0.03 if born < first_of(1970) else 0.006):
            return after_years(born, self._random.uniform(0.01, 18))
        years = self._random.gauss(75 if male else 80, 11)
        return after_years(born, min(max(years, 19), 103))

    def _marry(self, year: int) -> None:
        start = first_of(year)
        self._men = [m for m in self._men if self.people[m].died > start + 366]
        self._men.sort(key=lambda man: (self.people[man].born, man))
        waiting: list[int] = []
        for woman in self._women:
            if self.people[woman].died <= start + 366:
                continue
            man = self._match(woman) if self._random.random() < 0.6 else None
            if man is not None:
                self._wed(woman, man, start + self._random.randrange(365))
            elif age(self.people[woman].born, start) < 65:
                waiting.append(woman)
        self._women = waiting

    def _match(self, woman: int) -> int | None:
        """A man about as old or a few years older, not a close relative."""
        bride = self.people[woman]
        oldest = bisect_left(self._men, after_years(bride.born, -9), key=self._born)
        youngest = bisect_left(self._men, after_years(bride.born, 4), key=self._born)
        for _ in range(4 if oldest < youngest else 0):
            place = self._random.randrange(oldest, youngest)
            if not self._related(bride, self.people[self._men[place]]):
                return self._men.pop(place)
        return None

    def _born(self, person: int) -> int:
        return self.people[person].born

    def _related(self, one: Person, other: Person) -> bool:
        ancestors = [self._ancestors(one), self._ancestors(other)]
        return bool(ancestors[0] & ancestors[1])

    def _ancestors(self, person: Person) -> set[int]:
        found = {person.index}
        generation = [person.index]
        for _ in range(2):
            parents = [(self.people[p].mother, self.people[p].father) for p in generation]
            generation = [p for pair in parents for p in pair if p is not None]
            found.update(generation)
        return found

    def _wed(self, woman: int, man: int, day: int) -> None:
        wife, husband = self.people[woman], self.people[man]
        if day > TODAY or day < max(
            birthday(wife.born, WIFE_AGE), birthday(husband.born, HUSBAND_AGE)
        ):
            self._seekers[_year(day) + 1] += [woman, man]
            return
        union = Union(len(self.unions), woman, man, day)
        end, reason = self._end(union)
        if end <= TODAY:
            union.end, union.reason = end, reason
            for survivor in (wife, husband):
                seeks = survivor.died > end and age(survivor.born, end) < 62
                if seeks and self._random.random() < 0.55:
                    wait = self._random.uniform(1, 6)
                    self._seekers[_year(after_years(end, wait))].append(survivor.index)
        self.unions.append(union)
        wife.unions.append(union.index)
        husband.unions.append(union.index)
        self._plan_children(union, end)

    def _end(self, union: Union) -> tuple[int, str]:
        """When and how the marriage ends, be it after the reference day."""
        end = min(self.people[union.wife].died, self.people[union.husband].died)
        yearly = 0.004 if union.start < first_of(1985) else 0.012
        divorce = after_years(union.start, 1 + self._random.expovariate(yearly))
        return (divorce, "DIVORCE") if divorce < end else (end, "DEATH")

    def _plan_children(self, union: Union, end: int) -> None:
        mother = self.people[union.wife]
        weights = next(
            w for year, w in reversed(_FAMILY_SIZES) if union.start >= first_of(year + 1)
        )
        size = self._random.choices(range(6), weights)[0] - len(mother.children) // 2
        latest = birthday(mother.born, MOTHER_AGE[1]) - 1
        day = after_years(union.start, self._random.uniform(0.75, 3))
        for _ in range(size):
            if day >= min(latest, end):
                return
            self._births[_year(day)].append((day, union.wife, union.husband))
            day = after_years(day, self._random.uniform(1.3, 5))

    def _immigrate(self) -> None:
        """Fill up with adults who came alone in the last decades."""
        while len(self.people) < self.size:
            arrived = TODAY - self._random.randrange(round(25 * YEAR_DAYS))
            born = after_years(arrived, -self._random.uniform(19, 40))
            person = self._add(self._random.random() < 0.5, born, names.surname(self._random))
            person.died = max(person.died, arrived + 400)
            person.arrived = arrived


def _year(day: int) -> int:
    return int(day / YEAR_DAYS) + 1

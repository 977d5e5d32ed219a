"""The office that serves the city: caseworkers, open and closed cases, protected persons."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from ingest.city.clock import TODAY, age
from ingest.city.households import Households
from ingest.city.papers import Registry
from ingest.city.population import Population
from ingest.city.records import Person

CASES_PER_PERSON = 0.01
CASES_MIN = 6
PROTECTED_SHARE = 0.004
PROTECTED_MIN = 2
FIELDS = ("addressProtected", "underProtection")
KINDS = ("HOUSEHOLD_REGISTRATION", "RESIDENCE", "MARRIAGE", "SUPPORT")


@dataclass(frozen=True, slots=True)
class Worker:
    """A caseworker: the code in the case register, and the person."""

    code: str
    person: int
    since: int


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case about a person; an empty `closed` means that it is open."""

    number: str
    kind: str
    subject: int
    worker: Worker
    opened: int
    deadline: int
    closed: int | None = None


@dataclass(frozen=True, slots=True)
class Protection:
    """What a person is protected by over a period: addressProtected or underProtection."""

    field: str
    person: int
    start: int
    end: int | None = None


class Offices:
    """Drawn from the finished city. A caseworker has no relatives in it."""

    def __init__(
        self, population: Population, homes: Households, registry: Registry, seed: str
    ) -> None:
        self._random = Random(f"{seed}:offices")
        self._homes = homes
        self._papers, self._tag = registry.papers, registry.tag
        self._people = [p for p in population.people if self._registered(p)]
        self.workers = self._hire()
        self.protections = self._protect()
        self.cases = self._open() if self.workers else []

    @property
    def registered(self) -> list[int]:
        """The living who have a number."""
        return [person.index for person in self._people]

    @property
    def out_of_sight(self) -> frozenset[int]:
        """Persons of whom the ordinary caseworker sees nothing, or not where they live."""
        return frozenset(w.person for w in self.workers) | {p.person for p in self.protections}

    def _registered(self, person: Person) -> bool:
        return person.alive(TODAY) and self._papers[person.index].number != ""

    def _hire(self) -> list[Worker]:
        """At most two, so that each has an open case in the smallest city."""
        free = [
            person
            for person in self._people
            if 22 <= age(person.born, TODAY) <= 64
            and not person.unions
            and not person.children
            and person.mother is None
        ]
        chosen = self._random.sample(free, min(2, len(free)))
        return [
            Worker(
                f"W-{self._tag}{1001 + n}", person.index, TODAY - self._random.randrange(400, 3000)
            )
            for n, person in enumerate(chosen)
        ]

    def _protect(self) -> list[Protection]:
        workers = {worker.person for worker in self.workers}
        others = [person.index for person in self._people if person.index not in workers]
        count = max(PROTECTED_MIN, round(len(others) * PROTECTED_SHARE))
        found: list[Protection] = []
        for n, person in enumerate(self._random.sample(others, min(count, len(others)))):
            start = TODAY - self._random.randrange(60, 2000)
            end = TODAY - self._random.randrange(1, 50) if n % 5 == 4 else None
            found.append(
                Protection(("addressProtected", "underProtection")[n % 2], person, start, end)
            )
        return found

    def _open(self) -> list[CaseFile]:
        hidden = self.out_of_sight
        subjects = [person.index for person in self._people if person.index not in hidden]
        count = max(CASES_MIN, round(len(subjects) * CASES_PER_PERSON))
        return [
            self._case(n, subject)
            for n, subject in enumerate(self._random.sample(subjects, min(count, len(subjects))))
        ]

    def _case(self, n: int, subject: int) -> CaseFile:
        opened = TODAY - self._random.randrange(3, 400)
        closed = opened + self._random.randrange(1, TODAY - opened) if n % 3 == 2 else None
        worker = self.workers[n % len(self.workers)]
        kind = self._random.choice(KINDS)
        return CaseFile(f"AJ{self._tag}{n:07d}", kind, subject, worker, opened, opened + 90, closed)

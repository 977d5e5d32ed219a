"""A large city is made of communities: people who marry, move and own companies among themselves.

Each is simulated alone, so memory is bounded by one and several can be simulated at once. The
first community of a city has its government and the people of the demonstration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ingest.city.identifiers import SEQUENCES

PEOPLE_MIN = 20
COMMUNITY_PEOPLE = 50_000
COMMUNITIES_MAX = SEQUENCES
PEOPLE_MAX = COMMUNITIES_MAX * COMMUNITY_PEOPLE


@dataclass(frozen=True, slots=True)
class Community:
    """One of `of` communities, numbered from 0, with so many people."""

    people: int
    city_seed: int
    number: int = 0
    of: int = 1

    @property
    def seed(self) -> str:
        """What its own random numbers start from."""
        return f"{self.city_seed}/{self.number}" if self.number else f"{self.city_seed}"

    @property
    def is_first(self) -> bool:
        """Whether what the city has once belongs to it."""
        return self.number == 0

    @property
    def tag(self) -> str:
        """Stands in the numbers of its records, so that no other community has the same."""
        return f"{self.number:03d}" if self.number else ""

    @property
    def sequences(self) -> range:
        """The sequences that citizen numbers of one division, day and sex may have."""
        each = SEQUENCES // self.of
        return range(self.number * each, (self.number + 1) * each)


def communities(people: int, seed: int) -> Iterator[Community]:
    """The communities of a city of so many people; a small city is one."""
    if not PEOPLE_MIN <= people <= PEOPLE_MAX:
        raise ValueError(f"a city has {PEOPLE_MIN} to {PEOPLE_MAX} people, not {people}")
    of = -(-people // COMMUNITY_PEOPLE)
    for number in range(of):
        yield Community(people // of + (number < people % of), seed, number, of)

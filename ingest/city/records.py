"""What the simulation remembers. People, books and places are numbered from 0; days are ordinals.

An empty end means: still so on the reference day.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Person:
    """One person. Parents are those by birth; `died` may lie after the reference day."""

    index: int
    male: bool
    born: int
    died: int
    family_name: str
    given_name: str
    mother: int | None = None
    father: int | None = None
    unions: list[int] = field(default_factory=list[int])
    children: list[int] = field(default_factory=list[int])
    arrived: int | None = None

    @property
    def name(self) -> str:
        """Family name, then given name."""
        return self.family_name + self.given_name

    def alive(self, day: int) -> bool:
        """Born and not yet dead on the day."""
        return self.born <= day < self.died


@dataclass(slots=True)
class Union:
    """A marriage; `reason` is DIVORCE or DEATH where it has ended."""

    index: int
    wife: int
    husband: int
    start: int
    end: int | None = None
    reason: str = ""

    def holds(self, day: int) -> bool:
        """Whether the two are married on the day."""
        return self.start <= day and (self.end is None or day < self.end)

    def other(self, person: int) -> int:
        """The spouse."""
        return self.husband if person == self.wife else self.wife


@dataclass(frozen=True, slots=True)
class Care:
    """Someone who stands in for a parent, or acts for an adult, over a period.

    `kind` is ADOPTIVE, STEP, FOSTER or GUARDIAN; basis and scope belong to guardians.
    """

    kind: str
    carer: int
    person: int
    start: int
    end: int | None = None
    basis: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """An address over a period: of a book, or of a person."""

    place: int
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Place:
    """An address."""

    index: int
    district: int
    address: str


@dataclass(frozen=True, slots=True)
class Member:
    """An entry in a household book: GB/T 4761 code relative to the head of that period."""

    person: int
    book: int
    code: str
    start: int
    end: int | None


@dataclass(slots=True)
class Book:
    """A household book; `members` are those who stand in it, in the order in which they came."""

    index: int
    start: int
    collective: bool = False
    end: int | None = None
    head: int | None = None
    members: dict[int, None] = field(default_factory=dict[int, None])
    stays: list[Stay] = field(default_factory=list[Stay])

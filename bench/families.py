"""Synthetic families of three generations for a household register, in a fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from ingest.city.districts import DISTRICTS, address
from ingest.city.identifiers import citizen_number

_FAMILY_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
_GIVEN_NAMES = "安平文景和明清远思齐子涵嘉宁若溪知行书言启航怀瑾"
_SONS, _DAUGHTERS = ("22", "23", "24"), ("32", "33", "34")


@dataclass
class Member:
    """A person of a household book; parents by number, "" where the file has none."""

    name: str
    number: str
    born: date
    male: bool
    relation: str
    marital: str
    mother: str = ""
    father: str = ""


@dataclass
class Book:
    """A household book with its members."""

    number: str
    division: str
    address: str
    members: list[Member]


class Families:
    """Makes book after book; the same seed gives the same books."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self._given = Counter[tuple[str, date, bool]]()

    def books(self) -> Iterator[Book]:
        """Books without end."""
        serial = 0
        while True:
            serial += 1
            district = self._random.randrange(len(DISTRICTS))
            division = DISTRICTS[district].code
            members = self._family(division)
            home = address(self._random, district)
            yield Book(f"{division}{serial:08d}", division, home, members)

    def number(self, division: str, born: date, male: bool) -> str:
        """A valid number that no one has yet."""
        while True:
            serial = self._given[division, born, male]
            self._given[division, born, male] += 1
            if serial < 500:
                return citizen_number(division, born.isoformat(), serial, male)
            born += timedelta(days=1)

    def _family(self, division: str) -> list[Member]:
        random = self._random
        name, other = random.choice(_FAMILY_NAMES), random.choice(_FAMILY_NAMES)
        head = self._member(division, name, self._day(1940, 1960), True, "02", "20")
        wife = self._member(division, other, self._day(1942, 1960), False, "12", "20")
        members = [head, wife]
        for place in range(random.randint(1, 3)):
            male = random.random() < 0.5
            code = (_SONS if male else _DAUGHTERS)[place]
            child = self._member(division, name, self._day(1978, 1988), male, code, "10")
            members.append(_with_parents(child, wife, head))
        if random.random() < 0.7:
            members += self._young(division, members[2])
        return members

    def _young(self, division: str, child: Member) -> Iterator[Member]:
        """The spouse and the children of a child of the head."""
        child.marital = "20"
        name, male = self._random.choice(_FAMILY_NAMES), not child.male
        day, relation = self._day(1978, 1988), "28" if male else "38"
        spouse = self._member(division, name, day, male, relation, "20")
        yield spouse
        mother, father = (spouse, child) if child.male else (child, spouse)
        for _ in range(self._random.randint(0, 2)):
            boy = self._random.random() < 0.5
            code = ("41" if boy else "42") if child.male else ("43" if boy else "44")
            day = self._day(2006, 2020)
            grandchild = self._member(division, father.name[0], day, boy, code, "10")
            yield _with_parents(grandchild, mother, father)

    def _member(
        self, division: str, family_name: str, born: date, male: bool, code: str, marital: str
    ) -> Member:
        given = "".join(self._random.choices(_GIVEN_NAMES, k=self._random.randint(1, 2)))
        number = self.number(division, born, male)
        born = date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
        return Member(family_name + given, number, born, male, code, marital)

    def _day(self, first: int, last: int) -> date:
        days = (date(last, 12, 31) - date(first, 1, 1)).days
        return date(first, 1, 1) + timedelta(days=self._random.randint(0, days))


def _with_parents(child: Member, mother: Member, father: Member) -> Member:
    child.mother, child.father = mother.number, father.number
    return child

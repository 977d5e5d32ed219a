"""The education department's own register of the city: certificates by age, in a SQLite file.

It is no register of the graph: nothing of it is a fact. Made of the numbers of the city's people
alone, so the same city has the same certificates.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import orjson

from ingest.city.clock import REFERENCE_DAY

TABLE = """
CREATE TABLE xlzs (
  gmsfhm TEXT NOT NULL, zsbh TEXT PRIMARY KEY, xlcc INTEGER NOT NULL, xxxs TEXT NOT NULL,
  byyx TEXT NOT NULL, zy TEXT, rxrq TEXT NOT NULL, byrq TEXT NOT NULL
) WITHOUT ROWID
"""
INDEX = "CREATE INDEX xlzs_gmsfhm ON xlzs (gmsfhm)"
FIRST_COHORT = 1950
MAJORS = ("汉语言文学", "计算机科学与技术", "会计学", "护理学", "土木工程", "法学", "临床医学")
UNIVERSITIES = (("91001", "城北大学"), ("91002", "城南理工大学"), ("91003", "城西师范大学"))
COLLEGES = (("92001", "城东职业技术学院"), ("92002", "城中财经学院"))


@dataclass(frozen=True)
class _Course:
    """A level (GB/T 4658), the age when it is finished, how long it takes, who goes on to it."""

    level: int
    ages: int
    years: int
    share: float


JUNIOR, SENIOR, VOCATIONAL = (
    _Course(71, 15, 3, 0.95),
    _Course(61, 18, 3, 0.6),
    _Course(41, 18, 3, 0.6),
)
BACHELOR, COLLEGE = _Course(21, 22, 4, 0.55), _Course(31, 21, 3, 0.5)
MASTER, DOCTOR = _Course(14, 25, 3, 0.2), _Course(11, 29, 4, 0.15)


@dataclass(frozen=True)
class Certificate:
    """One certificate, in the department's own words and codes."""

    gmsfhm: str
    xlcc: int
    xxxs: str
    school: tuple[str, str]
    zy: str | None
    rxrq: str
    byrq: str


def write_certificates(path: Path, people: Iterable[tuple[str, str | None]]) -> int:
    """Write the register of these people: number and day of death. How many certificates."""
    partial = path.with_name(f".{path.name}")
    partial.unlink(missing_ok=True)
    with sqlite3.connect(partial) as database:
        database.execute(TABLE)
        rows = list(_rows(people))
        database.executemany("INSERT INTO xlzs VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        database.execute(INDEX)
    database.close()
    partial.replace(path)
    return len(rows)


def people_of(city: Path) -> Iterator[tuple[str, str | None]]:
    """Number and day of death of everybody in a file of facts."""
    numbers: dict[str, str] = {}
    died: dict[str, str] = {}
    with city.open("rb") as lines:
        for line in lines:
            if line.startswith(b'{"node":"Person"'):
                fact = orjson.loads(line)
                fields: dict[str, Any] = fact["fields"]
                if fields.get("numberScheme", "GB11643") == "GB11643" and "citizenNumber" in fields:
                    numbers[fact["key"]] = fields["citizenNumber"]
                if "deathDate" in fields:
                    died[fact["key"]] = fields["deathDate"]
    yield from ((number, died.get(key)) for key, number in numbers.items())


def certificates(number: str, died: str | None = None) -> Iterator[Certificate]:
    """What somebody finished: born as the number says, alive on the day, by the reference day."""
    random, born = Random(number), int(number[6:10])
    until = min(died or "9999", REFERENCE_DAY.isoformat())
    for course in _courses(random, born):
        finished = f"{born + course.ages}-07-01"
        if finished > until:
            return
        yield _certificate(random, number, course, born, finished)


def _courses(random: Random, born: int) -> Iterator[_Course]:
    """One after the other, until somebody does not go on."""
    if born < FIRST_COHORT or random.random() > JUNIOR.share:
        return
    yield JUNIOR
    upper = SENIOR if random.random() < SENIOR.share else VOCATIONAL
    if random.random() > 0.9:
        return
    yield upper
    higher = BACHELOR if upper is SENIOR and random.random() < BACHELOR.share else COLLEGE
    if random.random() > COLLEGE.share:
        return
    yield higher
    for course in (MASTER, DOCTOR):
        if higher is COLLEGE or random.random() > course.share:
            return
        yield course


def _certificate(
    random: Random, number: str, course: _Course, born: int, finished: str
) -> Certificate:
    if course.level in (JUNIOR.level, SENIOR.level, VOCATIONAL.level):
        school, major = (number[:6], f"第{random.randrange(1, 30)}中学"), None
        if course is VOCATIONAL:
            school, major = (number[:6], "城中职业高级中学"), random.choice(MAJORS)
    else:
        schools = COLLEGES if course is COLLEGE else UNIVERSITIES
        school, major = random.choice(schools), random.choice(MAJORS)
    form = "F" if course in (COLLEGE, MASTER) and random.random() < 0.2 else "Q"
    began = f"{born + course.ages - course.years}-09-01"
    return Certificate(number, course.level, form, school, major, began, finished)


def _rows(people: Iterable[tuple[str, str | None]]) -> Iterator[tuple[Any, ...]]:
    """Each with a number of its own: school, year, level, and its place in that."""
    counted: Counter[str] = Counter()
    for number, died in people:
        for found in certificates(number, died):
            code, name = found.school
            series = f"{code}{found.byrq[:4]}{found.xlcc}"
            counted[series] += 1
            zsbh = f"{series}{counted[series]:06d}"
            told = (found.xlcc, found.xxxs, name, found.zy, found.rxrq, found.byrq)
            yield (number, zsbh, *told)

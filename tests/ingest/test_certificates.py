"""The education department's register of the city: the same each time, plausible, of people."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import orjson

from ingest.city.certificates import certificates, people_of, write_certificates
from ingest.city.clock import REFERENCE_DAY
from ingest.city.identifiers import citizen_number

GROWN = [citizen_number("110101", f"19{60 + n % 40}-03-08", n + 1, male=True) for n in range(300)]
CHILD = citizen_number("110101", f"{REFERENCE_DAY.year - 12}-01-01", 1, male=False)
OLD = citizen_number("110101", "1940-01-01", 1, male=False)


def rows(path: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as database:
        return database.execute("SELECT * FROM xlzs ORDER BY zsbh").fetchall()


def test_the_same_people_have_the_same_certificates(tmp_path: Path) -> None:
    first, again = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    for path in (first, again, again):
        assert write_certificates(path, ((number, None) for number in GROWN)) > len(GROWN)
    assert rows(first) == rows(again)
    assert not list(tmp_path.glob(".*"))


def test_one_course_comes_after_the_other() -> None:
    highest: set[int] = set()
    for number in GROWN:
        found = list(certificates(number))
        born = int(number[6:10])
        assert [c.byrq for c in found] == sorted({c.byrq for c in found})
        assert all(15 <= int(c.byrq[:4]) - born <= 29 and c.rxrq < c.byrq for c in found)
        assert [c.xlcc for c in found[:1]] in ([], [71])
        highest |= {c.xlcc for c in found[-1:]}
    assert {71, 61, 41, 31, 21, 14} <= highest


def test_children_the_old_and_the_dead() -> None:
    assert list(certificates(CHILD)) == list(certificates(OLD)) == []
    studied = next(n for n in GROWN if len(list(certificates(n))) > 2)
    first = next(certificates(studied))
    assert list(certificates(studied, died=first.byrq)) == [first]


def test_who_is_in_a_file_of_facts(tmp_path: Path) -> None:
    facts = [
        {"node": "Person", "key": "a", "fields": {"citizenNumber": "1", "name": "甲"}},
        {"node": "Person", "key": "a", "fields": {"deathDate": "2001"}},
        {"node": "Person", "key": "b", "fields": {"citizenNumber": "2", "numberScheme": "BSN"}},
        {"node": "Person", "key": "c", "fields": {"name": "乙"}},
        {"node": "Household", "key": "h", "fields": {"citizenNumber": "3"}},
    ]
    city = tmp_path / "city.jsonl"
    city.write_bytes(b"".join(orjson.dumps(f, option=orjson.OPT_APPEND_NEWLINE) for f in facts))
    assert list(people_of(city)) == [("1", "2001")]

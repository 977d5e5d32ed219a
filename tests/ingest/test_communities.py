"""A city of several communities: the same on any number of processes, and nobody twice."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from graph.catalogue import model
from graph.facts import EdgeFact, Fact, NodeFact
from ingest.check import FactChecker
from ingest.city import communities
from ingest.city.clock import TODAY, iso
from ingest.city.communities import PEOPLE_MAX, Community
from ingest.city.generate import City
from ingest.city.identifiers import SEQUENCES
from ingest.city.writing import write_city
from ingest.identifiers import citizen_number_fault
from ingest.lines import FactFile
from ingest.rows import loose_key

PEOPLE = 1000


def _written(path: Path, monkeypatch: pytest.MonkeyPatch, processes: int) -> list[Fact]:
    monkeypatch.setattr(communities, "COMMUNITY_PEOPLE", 300)
    monkeypatch.setattr(os, "cpu_count", lambda: processes)
    counted: list[int] = []
    written = write_city(path, PEOPLE, 5, counted.append)
    assert counted == [250] * 4
    assert written.counts["people"] == PEOPLE
    return list(FactFile(path))


@pytest.fixture
def facts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Fact]:
    return _written(tmp_path / "city.jsonl", monkeypatch, 1)


def test_number_of_processes_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, facts: list[Fact]
) -> None:
    assert _written(tmp_path / "again.jsonl", monkeypatch, 3) == facts


def test_no_two_facts_are_about_the_same_record_and_every_end_is_there(facts: list[Fact]) -> None:
    checker, seen, nodes = FactChecker(model()), dict[str, Fact](), set[tuple[str, str]]()
    for fact in facts:
        checker.check(fact)
        assert seen.setdefault(loose_key(fact), fact) == fact
        if isinstance(fact, NodeFact):
            nodes.add((fact.type, fact.key))
    for fact in facts:
        if isinstance(fact, EdgeFact):
            assert {(fact.from_type, fact.from_key), (fact.to_type, fact.to_key)} <= nodes


def test_a_number_is_valid_and_has_one_bearer(facts: list[Fact]) -> None:
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for fact in facts:
        number = fact.fields.get("citizenNumber") if isinstance(fact, NodeFact) else None
        if isinstance(number, str) and isinstance(fact, NodeFact):
            assert citizen_number_fault(number, iso(TODAY)) is None
            bearers[number].add(fact.key)
    assert len(bearers) > PEOPLE * 0.9
    assert all(len(keys) == 1 for keys in bearers.values())


def test_the_city_has_one_government(facts: list[Fact]) -> None:
    bodies = Counter(
        fact.fields["name"]
        for fact in facts
        if isinstance(fact, NodeFact) and fact.fields.get("kind") == "GOVERNMENT"
    )
    assert len(bodies) == 36 and set(bodies.values()) == {1}


def test_numbers_suffice_for_the_largest_city() -> None:
    city = City(Community(3000, 5, number=SEQUENCES - 1, of=SEQUENCES))
    numbers = [papers.number for papers in city.registry.papers if papers.number]
    assert len(set(numbers)) == len(numbers) > 2900
    assert {int(number[14:17]) // 2 for number in numbers} == {SEQUENCES - 1}


@pytest.mark.parametrize("people", [19, PEOPLE_MAX + 1])
def test_a_city_that_is_too_small_or_too_large_is_refused(people: int) -> None:
    with pytest.raises(ValueError, match="people"):
        list(communities.communities(people, 1))

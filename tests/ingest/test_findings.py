"""Findings in the graph: they appear with what they rest on, and go with it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from graph.facts import EdgeFact, NodeFact
from graph.store import Store
from ingest.city.identifiers import citizen_number
from ingest.findings import examine
from ingest.kept_findings import Filters, counts, findings
from ingest.load import load, prepare
from ingest.records import Reading, Version, stated
from tests.ingest.conftest import wipe
from tests.ingest.deliveries import TODAY, deliver, reading

D1, D2, D3 = (f"2026-0{n}-01T00:00:00Z" for n in (1, 2, 3))


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


def person(key: str, register: str = "population", **fields: Any) -> NodeFact:
    return NodeFact("Person", key, stated(register, ""), fields)


def parent(
    of: str, child: str, register: str = "population", kind: str = "BIRTH", **when: Any
) -> EdgeFact:
    source = stated(register, "", **when)
    return EdgeFact("Parenthood", kind, "Person", of, "Person", child, source, {})


def married(one: str, other: str, register: str, since: str | None = None) -> EdgeFact:
    source = stated(register, "", since)
    return EdgeFact("Marriage", "", "Person", one, "Person", other, source, {})


def own(record: str, key: str, *facts: Any) -> Reading:
    return reading(record, *facts, own=("Person", key))


async def kept(store: Store, **filters: Any) -> list[tuple[str, str, str]]:
    found = [f async for f in findings(store, Filters(**filters))]
    return sorted((f["kind"], f["register"], f["record"]) for f in found)


async def test_known_only_from_links_until_a_record_comes(store: Store) -> None:
    mother = f"GB11643:{citizen_number('110105', '1960-01-01', 1, False)}"
    await deliver(store, own("1", "c", person("c", name="李娜"), parent(mother, "c")))
    (found,) = [f async for f in findings(store, Filters(kind="NO_RECORD"))]
    assert found["severity"] == "warning" and mother not in str(found)
    await deliver(store, own("2", mother, person(mother, name="王芳")), delivered=D2)
    assert await kept(store) == []
    await deliver(store, Reading("2", (Version(None, ()),)), delivered=D3)
    assert [kind for kind, _, _ in await kept(store)] == ["NO_RECORD"]


async def test_a_parent_too_young_in_the_graph_of_two_registers(store: Store) -> None:
    """Neither record shows it alone; a correction of either end takes it away."""
    child = own("1", "c", person("c", birthDate="1980-01-01"), parent("p", "c"))
    await deliver(store, child)
    young = own("9", "p", person("p", "household", birthDate="1985-06"))
    await deliver(store, young, register="household", delivered=D2)
    assert await kept(store, severity="error") == [("PARENT_YOUNGER", "population", "1")]
    plausible = own("9", "p", person("p", "household", birthDate="1975-06"))
    await deliver(store, plausible, register="household", delivered=D3)
    assert await kept(store) == [("PARENT_TOO_YOUNG", "population", "1")]
    older = own("9", "p", person("p", "household", birthDate="1955-06"))
    await deliver(store, older, register="household", delivered="2026-04-01T00:00:00Z")
    assert await kept(store) == []


async def test_two_birth_mothers_of_two_registers(store: Store) -> None:
    mothers = {n: own(n, n, person(n, sex="FEMALE", birthDate="1950")) for n in ("m", "n")}
    await deliver(store, own("1", "c", person("c"), parent("m", "c")), *mothers.values())
    assert await kept(store) == []
    other = own("H1", "h", person("h", "household"), parent("n", "c", "household"))
    await deliver(store, other, register="household", delivered=D2)
    assert await kept(store) == [("TWO_BIRTH_MOTHERS", "household", "H1")]
    father = own("n", "n", person("n", sex="MALE", birthDate="1950"))
    await deliver(store, father, delivered=D3)
    assert await kept(store) == []


async def test_own_ancestor_over_several_records(store: Store) -> None:
    ring = ["a", "b", "c", "d"]
    lines = [
        own(child, child, person(child), parent(ring[(n + 1) % 4], child))
        for n, child in enumerate(ring)
    ]
    await deliver(store, *lines[:3])
    assert [k for k, _, _ in await kept(store)] == ["NO_RECORD"]
    await deliver(store, lines[3], delivered=D2)
    found = await kept(store)
    assert [k for k, _, _ in found] == ["KINSHIP_CYCLE"] * 4
    await deliver(store, own("a", "a", person("a")), delivered=D3)
    assert await kept(store) == []


async def test_link_stated_by_one_side_only(store: Store) -> None:
    legal = parent("p", "c", "brp", "LEGAL")
    child = own("2", "c", person("c", "brp", birthDate="1990"), legal)
    silent = own("1", "p", person("p", "brp", birthDate="1950"))
    await deliver(store, child, silent, register="brp")
    assert await kept(store) == [("ONE_SIDED_LINK", "brp", "1")]
    assert await kept(store, record="1") == await kept(store, kind="ONE_SIDED_LINK")
    speaking = own("1", "p", person("p", "brp", birthDate="1950"), legal)
    await deliver(store, speaking, register="brp", delivered=D2)
    assert await kept(store) == []


async def test_spouse_after_death_of_another_register(store: Store) -> None:
    await deliver(store, own("1", "a", person("a", deathDate="2000-01-01")))
    wedding = reading("M1", married("a", "b", "marriage", "2001-01-01"))
    await deliver(store, wedding, register="marriage", delivered=D2)
    assert ("SPOUSE_AFTER_DEATH", "marriage", "M1") in await kept(store)
    early = reading("M1", married("a", "b", "marriage", "1999-01-01"))
    await deliver(store, early, register="marriage", delivered=D3)
    assert [kind for kind, _, _ in await kept(store)] == ["NO_RECORD"]


async def test_a_number_twice_is_one_finding(store: Store) -> None:
    number = citizen_number("110105", "1960-01-01", 1, False)
    key, fields = f"GB11643:{number}", {"citizenNumber": number, "numberScheme": "GB11643"}
    first = own("1", key, person(key, name="李娜", **fields))
    second = own("2", key, person(key, name="王芳", **fields))
    await deliver(store, first, second)
    assert await kept(store) == [("NUMBER_REPEATED", "population", "2")]
    # One that no engine kept apart: another register knows the person by a number of its own.
    apart = own("H1", "household:H1", person("household:H1", "household", **fields))
    await deliver(store, apart, register="household", delivered=D2)
    assert ("NUMBER_REPEATED", "household", "H1") in await kept(store)


async def test_registers_that_disagree_are_both_named_without_values(store: Store) -> None:
    await deliver(store, own("1", "a", person("a", name="李娜", sex="FEMALE")))
    other = own("H1", "a", person("a", "household", name="李那", sex="FEMALE"))
    await deliver(store, other, register="household", delivered=D2)
    found = [f async for f in findings(store, Filters(kind="DISPUTED"))]
    assert {(f["register"], f["record"], f["words"]) for f in found} == {
        ("population", "1", "name differs from household."),
        ("household", "H1", "name differs from population."),
    }
    same = own("H1", "a", person("a", "household", name="李娜", sex="FEMALE"))
    await deliver(store, same, register="household", delivered=D3)
    assert await kept(store) == []


async def test_examining_again_changes_nothing(store: Store) -> None:
    await deliver(store, own("1", "c", person("c", birthDate="1980"), parent("p", "c")))
    before = [f async for f in findings(store, Filters())]
    await examine(store, {"Person": ["c", "p"]}, "99", TODAY)
    await examine(store, {"Person": ["p"]}, "99", TODAY)
    assert [f async for f in findings(store, Filters())] == before
    rows = await counts(store, Filters())
    assert [(row["kind"], row["count"]) for row in rows] == [("NO_RECORD", 1)]


async def test_a_batch_costs_little(store: Store) -> None:
    """Two thousand persons in families of four."""
    await prepare(store)
    facts: list[Any] = []
    keys: list[str] = []
    for family in range(500):
        mother, father, *children = (f"{family}-{n}" for n in range(4))
        for key, born in ((mother, "1950"), (father, "1951"), *((c, "1980") for c in children)):
            source = stated("population", key)
            keys.append(key)
            facts.append(NodeFact("Person", key, source, {"birthDate": born}))
        facts += [parent(of, child) for of in (mother, father) for child in children]
    timed = [_at(fact, D1) for fact in facts]
    await load(store, timed, today=TODAY)
    await examine(store, {"Person": keys}, "1", TODAY)
    started, statements = time.perf_counter(), store.statements
    await examine(store, {"Person": keys}, "1", TODAY)
    seconds = time.perf_counter() - started
    assert seconds < 3
    assert store.statements - statements < 20
    assert await kept(store) == []


def _at(fact: Any, recorded: str) -> Any:
    record = fact.source.record or f"{fact.from_key}{fact.to_key}"
    return replace(fact, source=replace(fact.source, record=record, recorded_from=recorded))

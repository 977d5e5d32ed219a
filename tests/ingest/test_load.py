"""Loading: the same facts twice, corrections, disputes, time, loose ends; and rebuilding."""

from dataclasses import replace
from typing import Any

import pytest

from graph.facts import EdgeFact, Fact, NodeFact, Source
from graph.store import Store
from ingest.city.generate import generate
from ingest.load import load
from ingest.rebuild import digest, rebuild
from runtime.errors import CitizengraphError
from tests.ingest.conftest import wipe

TODAY = "2026-11-23"
T1, T2 = "2020-01-02T00:00:00Z", "2021-01-02T00:00:00Z"
P1 = Source("population", "P1", T1, "1990-01-01")


def _person(key: str, source: Source = P1, **fields: str) -> NodeFact:
    return NodeFact("Person", key, source, fields)


def _married(one: str, other: str, source: Source) -> EdgeFact:
    return EdgeFact("Marriage", "", "Person", one, "Person", other, source, {})


async def _node(store: Store, key: str) -> dict[str, Any]:
    rows = await store.read(
        "MATCH (n:Person {key: $key}) RETURN properties(n) AS properties", {"key": key}
    )
    return rows[0]["properties"]


async def _current(store: Store) -> list[dict[str, Any]]:
    return await store.read(
        "MATCH (a)-[m:MARRIED_TO]->(b) RETURN a.key AS a, b.key AS b, m.record AS record", {}
    )


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


async def _load(store: Store, *facts: Fact, today: str = TODAY) -> None:
    await load(store, facts, today=today)


async def test_city_loads_once_however_often_it_is_loaded(store: Store) -> None:
    city = generate(400, 3)
    written: list[int] = []
    report = await load(store, city, today=TODAY, progress=written.append)
    assert sum(written) == report.facts_total > 3000
    assert report.nodes_created["Person"] >= 400
    ids = "MATCH (n) WHERE n.id IS NOT NULL RETURN n.key AS key, n.id AS id ORDER BY key, id"
    before, identifiers = await digest(store), await store.read(ids, {})
    again = await load(store, city, today=TODAY)
    assert (again.nodes_created, again.relationships_created) == ({}, {})
    assert again.facts == report.facts
    assert await digest(store) == before
    assert await store.read(ids, {}) == identifiers


async def test_rebuilding_changes_nothing(store: Store) -> None:
    await load(store, generate(400, 3), today=TODAY)
    before = await digest(store)
    await store.write([("MATCH ()-[m:MEMBER_OF]->() DELETE m", {})])
    await store.write([("MATCH (p:Person) SET p.name = 'x'", {})])
    assert await digest(store) != before
    await rebuild(store, today=TODAY)
    assert await digest(store) == before


async def test_digest_does_not_depend_on_order_or_ids(store: Store) -> None:
    city = list(generate(100, 3))
    await load(store, city, today=TODAY)
    before = await digest(store)
    await wipe(store)
    await load(store, reversed(city), today=TODAY)
    assert await digest(store) == before


async def test_lower_rank_is_preferred_and_disagreement_is_told(store: Store) -> None:
    household = Source("household", "H1", T2, "2020-01-01")
    await _load(
        store,
        _person("a", name="李娜", sex="FEMALE"),
        _person("a", household, name="李那", sex="FEMALE"),
    )
    node = await _node(store, "a")
    assert (node["name"], node["disputedFields"]) == ("李娜", ["name"])


async def test_of_one_register_the_later_start_is_preferred(store: Store) -> None:
    await _load(
        store,
        _person("a", replace(P1, record="N1", valid_from="2015-06"), name="new"),
        _person("a", replace(P1, valid_from=None), name="old"),
    )
    node = await _node(store, "a")
    assert (node["name"], node.get("disputedFields")) == ("new", None)


async def test_what_has_ended_or_not_begun_is_not_current(store: Store) -> None:
    await _load(
        store,
        _person("a", replace(P1, valid_to="2026-11-23"), district="110101"),
        _person("a", replace(P1, valid_from="2026-11-24", record="P2"), district="110102"),
    )
    assert "district" not in await _node(store, "a")
    await rebuild(store, today="2026-11-22")
    assert (await _node(store, "a"))["district"] == "110101"
    await rebuild(store, today="2026-11-24")
    assert (await _node(store, "a"))["district"] == "110102"


async def test_correction_closes_the_old_belief_and_keeps_it(store: Store) -> None:
    await _load(store, _person("a", name="wrong"))
    await _load(
        store,
        _person("a", replace(P1, recorded_to=T2), name="wrong"),
        _person("a", replace(P1, recorded_from=T2), name="right"),
    )
    assert (await _node(store, "a"))["name"] == "right"
    rows = await store.read(
        "MATCH (s:Statement)-[:ABOUT]->(:Person {key: 'a'}) "
        "RETURN s.name AS name, s.recordedTo AS until ORDER BY name",
        {},
    )
    assert rows == [{"name": "right", "until": None}, {"name": "wrong", "until": T2}]


async def test_marriage_is_stored_once_whichever_side_states_it(store: Store) -> None:
    wedding = Source("marriage", "M1", T1, "2015-01-01")
    other = Source("household", "H9", T1, "2014-01-01")
    await _load(
        store,
        _person("b"),
        _person("a", replace(P1, record="P2")),
        _married("b", "a", wedding),
        _married("a", "b", other),
    )
    assert await _current(store) == [{"a": "a", "b": "b", "record": "M1"}]
    await _load(store, _married("a", "b", replace(wedding, valid_to="2020-01-01")))
    assert [row["record"] for row in await _current(store)] == ["H9"]
    await _load(store, _married("a", "b", replace(other, valid_to="2020-01-01")))
    assert await _current(store) == []


async def test_relationship_to_nobody_is_refused_naming_both(store: Store) -> None:
    with pytest.raises(CitizengraphError) as caught:
        await _load(store, _person("a"), _married("a", "nobody", P1))
    assert caught.value.code == "SOURCE_INVALID"
    assert "'a'" in caught.value.message and "'nobody'" in caught.value.message
    assert await _current(store) == []


async def test_one_record_cannot_say_two_things_at_once(store: Store) -> None:
    with pytest.raises(CitizengraphError, match="two different statements"):
        await _load(store, _person("a", name="x"), _person("a", name="y"))


async def test_values_are_never_read_as_cypher(store: Store) -> None:
    name = "x'}) DETACH DELETE n //`${}\\"
    await _load(store, _person("a"), _person(name, replace(P1, record=name), name=name))
    assert (await _node(store, name))["name"] == name
    assert (await _node(store, "a"))["key"] == "a"


async def test_registers_are_loaded_with_their_precedence(store: Store) -> None:
    await _load(store)
    rows = await store.read("MATCH (r:Register) RETURN r.code AS code, r.precedence AS rank", {})
    assert {row["code"]: row["rank"] for row in rows}["household"] == 20

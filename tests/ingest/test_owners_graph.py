"""Ultimate owners of entities in the graph, as records of the register `derived`."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest_asyncio

from graph.catalogue import model
from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from ingest.check import FactChecker
from ingest.formats.bods import open_reader
from ingest.load import load
from ingest.owners_graph import affected, derived_readings, upstream
from ingest.records import Options, Reading, stated
from ingest.source import examine
from tests.ingest.test_bods import example

TODAY = "2026-11-23"
RECORDED = "2026-01-01T00:00:00Z"
# Beneficial owners of A: P through B, which A partly holds, and a nominee arrangement for Q.
SHARES = [
    ("Person", "P", "B", {"sharePercent": 80.0}, None),
    ("LegalEntity", "A", "B", {"sharePercent": 20.0}, None),
    ("LegalEntity", "B", "A", {"sharePercent": 50.0}, None),
    ("LegalEntity", "N", "A", {"sharePercent": 40.0}, None),
    ("Person", "R", "A", {"sharePercent": 60.0}, "2020-01-01"),
    ("Person", "R", "C", {"sharePercentMin": 25.0, "sharePercentMax": 50.0}, None),
    ("LegalEntity", "A", "D", {}, None),
]


def facts() -> list[Fact]:
    nodes: list[Fact] = [_node("Person", key, {}) for key in ("P", "Q", "R")]
    nodes += [_node("LegalEntity", key, {}) for key in ("A", "B", "C", "D")]
    nodes.append(_node("LegalEntity", "N", {"kind": "NOMINATION"}))
    links: list[Fact] = [
        _edge("Shareholding", "", (type_name, holder), held, fields, until)
        for type_name, holder, held, fields, until in SHARES
    ]
    return [*nodes, *links, _edge("ControlInterest", "NOMINATOR", ("Person", "Q"), "N", {}, None)]


def _node(type_name: str, key: str, fields: dict[str, str]) -> NodeFact:
    source = replace(stated("legal-entity", key), recorded_from=RECORDED)
    return NodeFact(type_name, key, source, fields)


def _edge(
    relationship: str,
    kind: str,
    holder: tuple[str, str],
    held: str,
    fields: dict[str, float],
    until: str | None,
) -> EdgeFact:
    record = f"{relationship}/{holder[1]}/{held}"
    source = replace(stated("legal-entity", record, None, until), recorded_from=RECORDED)
    return EdgeFact(relationship, kind, *holder, "LegalEntity", held, source, fields)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def held(store: Store) -> AsyncIterator[Store]:
    await load(store, facts(), today=TODAY)
    yield store


async def derived(store: Store, *keys: str) -> dict[str, Reading]:
    above = await upstream(store, keys, today=TODAY)
    return {r.record: r for r in derived_readings(keys, above)}


def owners(reading: Reading) -> dict[str, dict[str, object]]:
    (version,) = reading.versions
    checker = FactChecker(model())
    assert all(checker.misfit(fact) is None for fact in version.facts)
    return {f.from_key: dict(f.fields) for f in version.facts if isinstance(f, EdgeFact)}


async def test_owners_through_a_circle_and_a_nominee(held: Store) -> None:
    found = await derived(held, "A", "B")
    assert owners(found["owners/A"]) == {
        "P": {"direct": False, "sharePercent": round(100 * 0.4 / 0.9, 6)},
        "Q": {"direct": False, "sharePercent": round(100 * 0.4 / 0.9, 6)},
    }
    assert owners(found["owners/B"])["P"] == {
        "direct": True,
        "sharePercent": round(80 + 20 * 0.4 / 0.9, 6),
    }


async def test_ranges_and_shares_that_nobody_states(held: Store) -> None:
    found = await derived(held, "C", "D")
    assert owners(found["owners/C"]) == {
        "R": {"direct": True, "sharePercentMin": 25.0, "sharePercentMax": 50.0}
    }
    most = owners(found["owners/D"])["P"]
    assert most["sharePercentMin"] == 0.0
    assert most["sharePercentMax"] == round(100 * 0.4 / 0.9, 6)


async def test_what_a_change_affects(held: Store) -> None:
    assert await affected(held, ["Q"], today=TODAY) == ["A", "B", "D", "N"]
    assert await affected(held, ["R"], today=TODAY) == ["C"]
    assert await affected(held, ["D"], today=TODAY) == []


async def test_an_entity_without_owners_is_withdrawn(held: Store) -> None:
    found = await derived(held, "nobody")
    assert owners(found["owners/nobody"]) == {}
    assert not found["owners/nobody"].remarks


async def test_the_joint_holding_of_the_published_example(held: Store) -> None:
    """Two persons hold half each of an arrangement that holds all of the company."""
    reader = open_reader(examine(example("joint-ownership")), "beneficial-ownership", Options())
    read = [f for u in reader.units() for v in reader.read(u).versions for f in v.facts]
    believed = [replace(f, source=replace(f.source, recorded_from=RECORDED)) for f in read]
    await load(held, believed, today=TODAY)
    key = "GB-COH:07444723"
    (reading,) = (await derived(held, key)).values()
    assert sorted(f["sharePercent"] for f in owners(reading).values()) == [50.0, 50.0]
    assert {f["direct"] for f in owners(reading).values()} == {False}

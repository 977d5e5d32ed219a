"""Deliveries into the graph: changes, corrections, lateness, withdrawal, undo, and counts."""

from __future__ import annotations

import asyncio
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import ledger
from graph.catalogue import model
from graph.facts import EdgeFact, NodeFact
from graph.store import Store
from ingest.ledger import list_runs, run_by_number
from ingest.rebuild import digest, rebuild
from ingest.records import Problem, Reading, Remark
from ingest.registers import registers
from ingest.undo import undo
from runtime.errors import CitizengraphError
from tests.ingest.conftest import wipe
from tests.ingest.deliveries import TODAY, deliver, reading, source

D1, D2, D3 = (f"2026-0{n}-01T00:00:00Z" for n in (1, 2, 3))
A, B = "GB11643:11010519491231002X", "GB11643:440524188001010014"


def person(key: str = "population:a", **fields: Any) -> NodeFact:
    return NodeFact("Person", key, source("1990-01-01"), fields)


def married(one: str, other: str, since: str = "2015-01-01", to: str | None = None) -> EdgeFact:
    return EdgeFact("Marriage", "", "Person", one, "Person", other, source(since, to), {})


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


async def node(store: Store, key: str = "population:a") -> dict[str, Any]:
    text = "MATCH (n:Person {key: $key}) RETURN properties(n) AS said"
    rows = await store.read(text, {"key": key})
    return rows[0]["said"] if rows else {}


async def names_at(store: Store, known: str, key: str = "population:a") -> list[str]:
    """The names believed at a time."""
    rows = await store.read(
        "MATCH (:Person {key: $key})<-[:ABOUT]-(s:Statement) WHERE s.recordedFrom <= $known "
        "AND (s.recordedTo IS NULL OR s.recordedTo > $known) RETURN s.name AS name ORDER BY name",
        {"key": key, "known": known},
    )
    return [row["name"] for row in rows]


def counted(report: Any) -> tuple[int, ...]:
    c = report.counts
    assert c.read == c.created + c.changed + c.unchanged + c.quarantined
    return (c.read, c.created, c.changed, c.unchanged, c.quarantined)


async def test_the_same_delivery_again_changes_nothing(store: Store) -> None:
    records = [reading("a", person(name="x")), reading("b", person("population:b", name="y"))]
    assert counted(await deliver(store, *records)) == (2, 2, 0, 0, 0)
    before = await digest(store)
    again = await deliver(store, *records)
    assert counted(again) == (2, 0, 0, 2, 0)
    assert again.counts.facts == 0
    assert await digest(store) == before


async def test_a_correction_and_a_change_are_told_apart(store: Store) -> None:
    await deliver(store, reading("a", person(name="wrong")), delivered=D1)
    report = await deliver(store, reading("a", person(name="right")), delivered=D2)
    assert counted(report) == (1, 0, 1, 0, 0)
    assert (await node(store))["name"] == "right"
    assert await names_at(store, D1) == ["wrong"]
    assert await names_at(store, D2) == ["right"]
    ended = NodeFact(
        "Person", "population:a", source("1990-01-01", "2026-02-20"), {"name": "right"}
    )
    begun = NodeFact("Person", "population:a", source("2026-02-20"), {"name": "new"})
    await deliver(store, reading("a", ended, begun), delivered=D3)
    assert (await node(store))["name"] == "new"
    assert await names_at(store, D2) == ["right"]
    assert await names_at(store, D3) == ["new", "right"]


async def test_any_order_of_deliveries_gives_the_same_graph(store: Store) -> None:
    deliveries = [
        (D1, [reading("a", person(name="x"), married("population:a", "population:b"))]),
        (D2, [reading("a", person(name="y"), married("population:a", "population:c"))]),
        (D3, [reading("a", person(name="x"), married("population:a", "population:b"))]),
    ]
    seen = set[str]()
    for order in permutations(deliveries):
        await wipe(store)
        for delivered, records in order:
            await deliver(store, *records, delivered=delivered)
        seen.add(await digest(store))
        before = await digest(store)
        await rebuild(store, today=TODAY)
        assert await digest(store) == before
    assert len(seen) == 1


_CONTENT = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y", "z", ""])), max_size=4
)


@given(st.lists(_CONTENT, min_size=2, max_size=4), st.integers(0, 10_000), st.booleans())
@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
async def test_random_deliveries_out_of_order(
    store: Store, contents: list[list[tuple[str, str]]], seed: int, snapshot: bool
) -> None:
    """Deliveries of random records, complete ones among them, in order and shuffled."""
    deliveries = [
        (
            f"2026-01-{day:02d}T00:00:00Z",
            [reading(r, person(f"population:{r}", name=n)) for r, n in dict(records).items()],
            snapshot and day % 2 == 0,
        )
        for day, records in enumerate(contents, 1)
    ]
    shuffled = list(deliveries)
    Random(seed).shuffle(shuffled)
    digests: list[str] = []
    for order in (deliveries, shuffled):
        await wipe(store)
        for delivered, records, is_snapshot in order:
            await deliver(store, *records, delivered=delivered, snapshot=is_snapshot)
        digests.append(await digest(store))
    assert digests[0] == digests[1]


async def test_a_complete_delivery_withdraws_what_it_lacks(store: Store) -> None:
    a, b = reading("a", person(name="x")), reading("b", person("population:b", name="y"))
    await deliver(store, a, b, delivered=D1)
    report = await deliver(store, a, delivered=D2, snapshot=True)
    assert counted(report) == (1, 0, 0, 1, 0)
    assert report.counts.withdrawn == 1
    gone = await node(store, "population:b")
    assert "name" not in gone and gone["withdrawn"]
    assert await names_at(store, D1, "population:b") == ["y"]
    assert await names_at(store, D2, "population:b") == []
    await deliver(store, b, delivered=D3)
    assert (await node(store, "population:b"))["name"] == "y"
    assert "withdrawn" not in await node(store, "population:b")


async def test_a_link_shows_who_is_at_its_end_by_the_number_alone(store: Store) -> None:
    await deliver(store, reading("a", person(A, name="x"), married(A, B)))
    other = await node(store, B)
    assert other["citizenNumber"] == B.removeprefix("GB11643:")
    assert other["numberScheme"] == "GB11643"
    await deliver(store, reading("a", person(A, name="x")), delivered=D2)
    assert (await node(store, B))["withdrawn"]


async def test_undo_takes_back_a_run_and_keeps_that_it_was_held(store: Store) -> None:
    await deliver(store, reading("a", person(name="x")), delivered=D1)
    before = await node(store)
    second = await deliver(
        store,
        reading("a", person(name="y"), married("population:a", "population:b")),
        reading("c", person("population:c", name="z")),
        delivered=D2,
    )
    report = await undo(store, second.run, who="tester", today=TODAY)
    assert report.counts.changed == 2
    assert {**await node(store), "id": ""} == {**before, "id": ""}
    assert (await node(store, "population:c"))["withdrawn"]
    assert await names_at(store, D2) == ["y"]
    assert (await run_by_number(store, second.run))["state"] == "undone"
    with pytest.raises(CitizengraphError, match="undone already"):
        await undo(store, second.run, who="tester", today=TODAY)


async def test_what_was_undone_can_be_ingested_again(store: Store) -> None:
    record = reading("a", person(name="x"), recorded="2020-01-01T00:00:00Z")
    first = await deliver(store, record, delivered=D1)
    await undo(store, first.run, who="tester", today=TODAY)
    assert "name" not in await node(store)
    await deliver(store, record, delivered="2099-01-01T00:00:00Z")
    assert (await node(store))["name"] == "x"


async def test_undo_of_an_older_run_leaves_what_came_later(store: Store) -> None:
    first = await deliver(store, reading("a", person(name="x")), delivered=D1)
    await deliver(store, reading("a", person(name="y")), delivered=D2)
    await undo(store, first.run, who="tester", today=TODAY)
    assert (await node(store))["name"] == "y"


async def test_refused_records_are_counted_and_kept(store: Store) -> None:
    problem = Problem(2, "name", "?", "VALUE_INVALID", "no such name")
    refused = Reading("b", refused=(problem,))
    left_out = reading("a", person(name="x"), set_aside=(problem,))
    report = await deliver(store, left_out, refused)
    assert counted(report) == (2, 1, 0, 0, 1)
    assert report.counts.valuesSetAside == 1
    rows = await store.read(
        f"MATCH (q:{ledger.QUARANTINE}) RETURN q.id AS id, q.code AS code, q.whole AS whole "
        "ORDER BY id",
        {},
    )
    run = report.run
    assert [(row["id"], row["whole"]) for row in rows] == [
        (f"{run}/1/values", False),
        (f"{run}/2", True),
    ]


async def test_one_record_number_for_two_things_in_one_delivery(store: Store) -> None:
    report = await deliver(store, reading("a", person(name="x")), reading("a", person(name="y")))
    assert counted(report) == (2, 1, 0, 0, 1)
    assert (await node(store))["name"] == "x"


async def test_a_number_that_two_records_claim_stands_for_two(store: Store) -> None:
    first = reading("a", person(A, name="x"), own=("Person", A))
    second = reading("b", person(A, name="y"), married(A, B), own=("Person", A))
    await deliver(store, first, second)
    assert (await node(store, A))["name"] == "x"
    assert (await node(store, "population:b"))["name"] == "y"
    again = await deliver(store, first, second, delivered=D2)
    assert counted(again) == (2, 0, 0, 2, 0)
    kinds = await store.read(
        f"MATCH (f:{ledger.FINDING} {{record: 'b'}}) RETURN f.kind AS kind", {}
    )
    assert "NUMBER_REPEATED" in {row["kind"] for row in kinds}


async def test_remarks_come_and_go_with_their_record(store: Store) -> None:
    text = f"MATCH (f:{ledger.FINDING} {{kind: 'NUMBER_MISSING'}}) RETURN f.record AS record"
    remark = Remark("NUMBER_MISSING", "no number")
    await deliver(store, reading("a", person(name="x"), remarks=(remark,)))
    assert await store.read(text, {}) == [{"record": "a"}]
    await deliver(store, reading("a", person(name="x", sex="MALE")), delivered=D2)
    assert await store.read(text, {}) == []


async def test_registers_stand_beside_each_other(store: Store) -> None:
    await deliver(store, reading("a", person(A, name="x", sex="FEMALE")))
    household = NodeFact(
        "Person", A, source("1990-01-01", register="household"), {"name": "y", "sex": "FEMALE"}
    )
    await deliver(store, reading("h", household), register="household")
    shown = await node(store, A)
    assert (shown["name"], shown["disputedFields"]) == ("x", ["name"])


async def test_runs_are_listed_with_their_counts(store: Store) -> None:
    report = await deliver(store, reading("a", person(name="x")))
    found = (await list_runs(store, "population", 10))[0]
    assert (found["number"], found["state"], found["read"], found["created"]) == (
        report.run,
        "done",
        1,
        1,
    )
    assert found["finishedAt"] >= found["startedAt"]
    with pytest.raises(CitizengraphError, match="no run 99"):
        await run_by_number(store, 99)


async def test_two_registers_at_once_leave_no_stale_picture(store: Store) -> None:
    """Both state the same persons at the same time: each derives from what both stated."""
    people = [f"population:{n}" for n in range(150)]

    def said(register: str, **fields: Any) -> list[Reading]:
        where = source("1990-01-01", register=register)
        return [reading(key, NodeFact("Person", key, where, fields)) for key in people]

    await asyncio.gather(
        deliver(store, *said("population", name="x")),
        deliver(store, *said("household", district="110101"), register="household"),
        deliver(store, *said("civil-affairs", nationality="y"), register="civil-affairs"),
    )
    before = await digest(store)
    await rebuild(store, today=TODAY)
    assert await digest(store) == before
    shown = await node(store, people[-1])
    assert (shown["name"], shown["district"], shown["nationality"]) == ("x", "110101", "y")


async def test_one_register_has_one_run_at_a_time(store: Store) -> None:
    many = [reading(f"r{n}", person(f"population:{n}", name="x")) for n in range(300)]
    results = await asyncio.gather(
        deliver(store, *many), deliver(store, *many[:200]), return_exceptions=True
    )
    refused = [r for r in results if isinstance(r, CitizengraphError)]
    assert [error.code for error in refused] == ["REGISTER_BUSY"]


async def test_who_owns_in_the_end_follows_the_shares(store: Store) -> None:
    def holding(record: str, holder: tuple[str, str], held: str, percent: float) -> Reading:
        fact = EdgeFact(
            "Shareholding",
            "",
            *holder,
            "LegalEntity",
            held,
            source(register="legal-entity"),
            {"sharePercent": percent},
        )
        return reading(record, fact)

    async def owners() -> dict[tuple[str, str], float]:
        rows = await store.read(
            "MATCH (p:Person)-[o:BENEFICIAL_OWNER_OF]->(e) "
            "RETURN p.key AS p, e.key AS e, o.sharePercent AS share",
            {},
        )
        return {(row["p"], row["e"]): row["share"] for row in rows}

    p, a, b = ("Person", "x:p"), ("LegalEntity", "x:a"), "x:b"
    await deliver(
        store,
        holding("1", p, "x:a", 60.0),
        holding("2", a, b, 50.0),
        register="legal-entity",
        delivered=D1,
    )
    assert await owners() == {("x:p", "x:a"): 60.0, ("x:p", "x:b"): 30.0}
    second = await deliver(
        store, holding("1", p, "x:a", 80.0), register="legal-entity", delivered=D2
    )
    assert (await owners())["x:p", "x:b"] == 40.0
    await undo(store, second.run, who="tester", today=TODAY)
    assert (await owners())["x:p", "x:b"] == 30.0


async def test_a_field_has_its_own_order_of_registers(store: Store) -> None:
    """The marriage register has the last word on the marital status, whoever states it later."""

    def said(register: str, since: str, status: str) -> Reading:
        where = source(since, register=register)
        return reading(register, NodeFact("Person", A, where, {"maritalStatus": status}))

    await deliver(store, said("marriage", "2010-01-01", "DIVORCED"), register="marriage")
    await deliver(store, said("population", "2020-01-01", "MARRIED"))
    shown = await node(store, A)
    assert (shown["maritalStatus"], shown["disputedFields"]) == ("DIVORCED", ["maritalStatus"])


def test_every_register_in_a_precedence_is_declared() -> None:
    named = {
        register
        for declared in model().nodes.values()
        for field in declared.fields.values()
        for register in field.precedence
    }
    assert named and named <= registers().keys()

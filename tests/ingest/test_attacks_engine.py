"""Deliveries, snapshots, undo and replay in awkward orders; hostile numbers; stale pictures."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from graph import ledger
from graph.facts import EdgeFact, NodeFact
from graph.store import Store
from ingest.ledger import LEASE_SECONDS, begin, run_by_number, take_lease
from ingest.rebuild import digest, rebuild
from ingest.records import Problem, Reading, Remark, Version
from ingest.run import ingest
from ingest.undo import cancel, undo
from runtime.errors import CitizengraphError
from tests.ingest.conftest import wipe
from tests.ingest.deliveries import TODAY, Readings, deliver, delivery, reading, source

D1, D2, D3, D4 = (f"2026-0{n}-01T00:00:00Z" for n in (1, 2, 3, 4))
OLD, OLDER = "2020-01-01T00:00:00Z", "2010-01-01T00:00:00Z"


def person(key: str = "population:a", **fields: Any) -> NodeFact:
    return NodeFact("Person", key, source("1990-01-01"), fields)


def married(one: str, other: str) -> EdgeFact:
    return EdgeFact("Marriage", "", "Person", one, "Person", other, source("2015-01-01"), {})


def version(record: str, recorded: str | None, name: str) -> Version:
    return reading(record, person(f"population:{record}", name=name), recorded=recorded).versions[0]


@pytest.fixture(autouse=True)
async def empty(store: Store) -> None:
    await wipe(store)


async def name(store: Store, key: str = "population:a") -> str | None:
    rows = await store.read("MATCH (n:Person {key: $key}) RETURN n.name AS name", {"key": key})
    return rows[0]["name"] if rows else None


async def take_back(store: Store, run: int) -> Any:
    return await undo(store, run, who="tester", today=TODAY)


# Undo


async def test_two_runs_undone_the_newer_first(store: Store) -> None:
    first = await deliver(store, reading("a", person(name="x")), delivered=D1)
    second = await deliver(store, reading("a", person(name="y")), delivered=D2)
    await take_back(store, second.run)
    assert await name(store) == "x"
    await take_back(store, first.run)
    assert await name(store) is None


async def test_the_right_file_after_the_wrong_one_was_undone(store: Store) -> None:
    """Delivered when the wrong one was: before the undo."""
    await deliver(store, reading("a", person(name="x")), delivered=D1)
    wrong = await deliver(store, reading("a", person(name="wrong")), delivered=D2)
    await take_back(store, wrong.run)
    await deliver(store, reading("a", person(name="right")), delivered=D2)
    assert await name(store) == "right"


async def test_a_late_delivery_after_an_undo(store: Store) -> None:
    await deliver(store, reading("a", person(name="x")), delivered=D1)
    third = await deliver(store, reading("a", person(name="z")), delivered=D3)
    await take_back(store, third.run)
    await deliver(store, reading("a", person(name="y")), delivered=D2)
    assert await name(store) == "y"


async def test_undo_of_a_delivery_from_the_future(store: Store) -> None:
    await deliver(store, reading("a", person(name="x")), delivered=D1)
    ahead = await deliver(store, reading("a", person(name="y")), delivered="2099-01-01T00:00:00Z")
    await take_back(store, ahead.run)
    assert await name(store) == "x"


async def test_undo_leaves_what_a_later_run_stated_as_well(store: Store) -> None:
    """The record has a recorded time of its own, the same in both."""
    first = await deliver(store, reading("a", person(name="x"), recorded=OLD), delivered=D1)
    again = reading("a", person(name="x"), recorded=OLD)
    other = reading("b", person("population:b", name="y"), recorded=OLD)
    report = await deliver(store, again, other, delivered=D2)
    assert (report.counts.unchanged, report.counts.created) == (1, 1)
    await take_back(store, first.run)
    assert await name(store) == "x"
    await take_back(store, report.run)
    assert await name(store) is None


async def test_a_history_undone_and_ingested_again(store: Store) -> None:
    versions = [version("a", f"201{n}-01-01T00:00:00Z", f"v{n}") for n in range(6)]
    record = Reading("a", tuple(versions))
    first = await deliver(store, record, delivered=D1)
    await take_back(store, first.run)
    assert await name(store) is None
    report = await deliver(store, record, delivered="2098-01-01T00:00:00Z")
    assert report.counts.quarantined == 0
    assert await name(store) == "v5"


async def test_statements_of_one_record_undone_and_ingested_again(store: Store) -> None:
    """One unit for each version, newest first."""
    units = [Reading("a", (version("a", f"201{n}-01-01T00:00:00Z", f"v{n}"),)) for n in (2, 1, 3)]
    first = await deliver(store, *units, delivered=D1)
    assert await name(store) == "v3"
    await take_back(store, first.run)
    report = await deliver(store, *units, delivered="2098-01-01T00:00:00Z")
    assert report.counts.quarantined == 0
    assert await name(store) == "v3"


async def test_what_an_undone_replay_loaded_is_open_again(store: Store) -> None:
    from graph import quarantine
    from ingest.entries import Filters, entries

    problem = Problem(2, "name", "?", "VALUE_INVALID", "no such name")
    first = await deliver(store, Reading("a", refused=(problem,)), delivered=D1)
    what = delivery([reading("a")], D1)
    again = await ingest(
        store,
        type(what)(**{**vars(what), "kind": "replay", "of": first.run}),
        Readings([reading("a", person(name="x"))]),
        today=TODAY,
    )
    marks = {"ids": [f"{first.run}/1"], "run": again.run, "by": "tester", "at": D1}
    await store.write([(quarantine.mark_replayed(), marks)])
    await take_back(store, again.run)
    assert await name(store) is None
    assert [e.state async for e in entries(store, Filters())] == ["open"]


# Complete deliveries


async def test_a_complete_delivery_holds_what_it_states_again(store: Store) -> None:
    """The record has a recorded time of its own, so nothing of it is new."""
    record = reading("a", person(name="x"), recorded=OLD)
    other = reading("b", person("population:b", name="y"), recorded=OLD)
    await deliver(store, record, other, delivered=D1, snapshot=True)
    report = await deliver(store, record, delivered=D2, snapshot=True)
    assert await name(store) == "x"
    assert report.counts.withdrawn == 1


async def test_a_complete_delivery_holds_what_it_could_not_state(store: Store) -> None:
    problem = Problem(2, "name", "?", "VALUE_INVALID", "no such name")
    await deliver(store, reading("a", person(name="x")), delivered=D1)
    report = await deliver(store, Reading("a", refused=(problem,)), delivered=D3, snapshot=True)
    assert (report.counts.quarantined, report.counts.withdrawn) == (1, 0)
    assert await name(store) == "x"
    await deliver(store, reading("a", person(name="y")), delivered=D2)
    assert await name(store) == "y"


async def test_a_new_record_after_a_complete_delivery(store: Store) -> None:
    other = reading("b", person("population:b", name="y"), recorded=OLD)
    await deliver(store, other, delivered=D1, snapshot=True)
    await deliver(store, reading("a", person(name="x"), recorded=OLD), delivered=D2)
    assert await name(store) == "x"


async def test_withdrawn_and_stated_again_in_any_order(store: Store) -> None:
    record = reading("a", person(name="x"), recorded=OLD)
    other = reading("b", person("population:b", name="y"), recorded=OLD)
    deliveries = [
        (D1, [record, other], False),
        (D2, [other], True),
        (D3, [record], False),
        (D4, [reading("a", person(name="w"), recorded=OLDER)], False),
    ]
    seen = set[str]()
    for order in permutations(deliveries):
        await wipe(store)
        for delivered, records, snapshot in order:
            await deliver(store, *records, delivered=delivered, snapshot=snapshot)
        assert await name(store) == "x"
        seen.add(await digest(store))
    assert len(seen) == 1


async def test_a_correction_of_one_recorded_time_taken_back_in_any_order(store: Store) -> None:
    deliveries = [
        (D1, reading("a", person(name="x"), recorded=OLD)),
        (D2, reading("a", person(name="y"), recorded=OLD)),
        (D3, reading("a", person(name="x"), recorded=OLD)),
    ]
    seen = set[str]()
    for order in permutations(deliveries):
        await wipe(store)
        for delivered, record in order:
            await deliver(store, record, delivered=delivered)
        assert await name(store) == "x"
        seen.add(await digest(store))
    assert len(seen) == 1


# Hostile numbers


async def test_a_record_beside_one_that_looks_like_a_part_of_it(store: Store) -> None:
    await deliver(
        store,
        reading("a", person(name="x")),
        reading("a/b", person(sex="MALE")),
        delivered=D1,
    )
    await deliver(store, reading("a", person(name="y")), delivered=D2)
    rows = await store.read("MATCH (n:Person {key: 'population:a'}) RETURN n.sex AS sex", {})
    assert rows == [{"sex": "MALE"}]


async def test_remarks_of_a_record_whose_number_begins_like_another(store: Store) -> None:
    remark = Remark("NUMBER_MISSING", "no number")
    await deliver(
        store,
        reading("a", person(name="x"), remarks=(remark,)),
        reading("a|b", person("population:b", name="y"), remarks=(remark,)),
    )
    await deliver(store, reading("a", person(name="z")), delivered=D2)
    text = f"MATCH (f:{ledger.FINDING} {{kind: 'NUMBER_MISSING'}}) RETURN f.record AS record"
    assert await store.read(text, {}) == [{"record": "a|b"}]


@pytest.mark.parametrize("odd", ["\x1f", "|", "/", "`}) DETACH DELETE n //", "户", "'\"\\"])
async def test_odd_characters_in_numbers(store: Store, odd: str) -> None:
    record, key = f"a{odd}b", f"population:a{odd}b"
    facts = (person(key, name="x"), married(key, f"population:{odd}"))
    await deliver(store, reading(record, *facts, own=("Person", key)))
    await deliver(store, reading(record, person(key, name="y")), delivered=D2)
    assert await name(store, key) == "y"


@pytest.mark.parametrize("length", [3000, 9000])
async def test_numbers_and_values_too_long_for_an_index(store: Store, length: int) -> None:
    """They are set aside; the rest of the delivery goes in."""
    long = "户" * length
    report = await deliver(
        store,
        reading("a", person(name="x")),
        reading(long, person("population:b", name="y")),
        reading("c", person(f"population:{long}", name="y")),
        reading("d", person("population:d", name=long)),
        reading("e", married("population:e", f"population:{long}")),
        Reading(long, refused=(Problem(2, long, long, "VALUE_INVALID", long),)),
    )
    assert (report.counts.read, report.counts.created) == (6, 1)
    assert report.counts.quarantined == 5


# A current picture that is not stale


async def test_nobody_is_left_of_a_link_that_ended_within_one_record(store: Store) -> None:
    with_link = reading("a", person(name="x"), married("population:a", "population:b"))
    record = Reading("a", (Version(OLD, with_link.versions[0].facts), version("a", D1, "x")))
    await deliver(store, record, delivered=D2)
    before = await digest(store)
    await rebuild(store, today=TODAY)
    assert await digest(store) == before


async def test_a_new_link_to_somebody_who_was_withdrawn(store: Store) -> None:
    link = married("population:a", "population:b")
    await deliver(store, reading("a", person(name="x"), link), delivered=D1)
    await deliver(store, reading("a", person(name="x")), delivered=D2)
    other = married("population:b", "population:c")
    await deliver(store, reading("c", person("population:c", name="z"), other), delivered=D3)
    before = await digest(store)
    await rebuild(store, today=TODAY)
    assert await digest(store) == before


async def test_a_correction_of_what_kind_of_node_a_link_leads_from(store: Store) -> None:
    def holding(type_name: str) -> Reading:
        where = source(register="legal-entity")
        ends = (type_name, "x:p", "LegalEntity", "x:e")
        return reading("1", EdgeFact("Shareholding", "", *ends, where, {"sharePercent": 60.0}))

    await deliver(store, holding("Person"), register="legal-entity", delivered=D1)
    await deliver(store, holding("LegalEntity"), register="legal-entity", delivered=D2)
    rows = await store.read("MATCH (h)-[:SHAREHOLDER_OF]->() RETURN labels(h)[0] AS type", {})
    assert rows == [{"type": "LegalEntity"}]


async def test_a_number_belongs_to_who_has_it_now(store: Store) -> None:
    """A record that got another number leaves its old one to others."""
    one, two = "GB11643:11010519491231002X", "GB11643:440524188001010014"
    await deliver(store, reading("a", person(one, name="x"), own=("Person", one)), delivered=D1)
    await deliver(store, reading("a", person(two, name="x"), own=("Person", two)), delivered=D2)
    await deliver(store, reading("b", person(two, name="y"), own=("Person", two)), delivered=D3)
    assert await name(store, two) == "x"
    await deliver(store, reading("c", person(one, name="z"), own=("Person", one)), delivered=D3)
    assert await name(store, one) == "z"


async def test_remarks_are_those_of_the_latest_version(store: Store) -> None:
    text = f"MATCH (f:{ledger.FINDING} {{record: 'a'}}) WHERE f.kind = 'NUMBER_MISSING' RETURN f"
    late = reading("a", person(name="x"), remarks=(Remark("NUMBER_MISSING", "no number"),))
    await deliver(store, reading("a", person(name="y")), delivered=D2)
    await deliver(store, late, delivered=D1)
    assert await store.read(text, {}) == []


# Runs


async def test_a_busy_register_names_the_run(store: Store) -> None:
    run = await begin(store, delivery([reading("a")]))
    with pytest.raises(CitizengraphError, match=f"Run {run.number} "):
        await begin(store, delivery([reading("b")]))


async def test_cancelling_a_run_that_died_while_another_works(store: Store) -> None:
    died = await begin(store, delivery([reading("a")]))
    await died.free()
    await begin(store, delivery([reading("b")]))
    assert await cancel(store, died.number) == "cancelled"


async def test_a_cancelled_run_goes_on_and_follows_up_all_it_wrote(store: Store) -> None:
    """Cancelled while it derives owners: the same command takes it up there."""

    def holding(record: str, holder: str, percent: float) -> Reading:
        where = source(register="legal-entity")
        ends = ("Person", holder, "LegalEntity", "x:e")
        return reading(
            record, EdgeFact("Shareholding", "", *ends, where, {"sharePercent": percent})
        )

    records = [holding("1", "x:p", 60.0), holding("2", "x:q", 40.0)]
    what = delivery(records, D1, "legal-entity")
    numbers: list[int] = []

    async def stop(*_: object) -> None:
        numbers.append((await run_by_number(store, 1))["number"])

    del stop
    run = await begin(store, what)
    await run.free()
    await store.write([(ledger.SET_RUN, {"number": run.number, "values": {"state": "cancelled"}})])
    report = await ingest(store, what, Readings(records), today=TODAY)
    assert report.run == run.number


async def test_a_lease_that_another_took_over_stops_a_batch(store: Store) -> None:
    run = await begin(store, delivery([reading("a")]))
    await store.write([(f"MATCH (l:{ledger.LEASE}) SET l.until = '2000-01-01T00:00:00Z'", {})])
    await take_lease(store, "population", "elsewhere 1 1.00 abcd", 99)
    with pytest.raises(CitizengraphError, match="working on"):
        await run.commit([], "5", run.counts)
    assert LEASE_SECONDS > 0

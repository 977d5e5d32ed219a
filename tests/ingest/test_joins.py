"""Two nodes accepted to be one: from then on, not before, and not for ever."""

from __future__ import annotations

from typing import Any

import pytest

from graph.facts import EdgeFact, NodeFact
from graph.store import Store
from ingest.joins import accept, accepted, take_back
from ingest.rebuild import digest, rebuild
from runtime.errors import CitizengraphError
from tests.ingest.conftest import wipe
from tests.ingest.deliveries import TODAY, deliver, reading, source

A, B = "GB11643:11010519491231002X", "brp:7"
D1, D2 = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
LATER = "2099-01-01T00:00:00Z"


@pytest.fixture(autouse=True)
async def two(store: Store) -> None:
    """One person, in two registers under two keys, and a child of the second."""
    await wipe(store)
    await deliver(store, reading("a", NodeFact("Person", A, source(), {"name": "x"})))
    await deliver(store, *_second(), register="brp", delivered=D1)


def _second(name: str = "x") -> list[Any]:
    where = source(register="brp")
    child = EdgeFact("Parenthood", "LEGAL", "Person", B, "Person", "brp:8", where, {})
    return [reading("7", NodeFact("Person", B, where, {"name": name, "nationality": "y"}), child)]


async def _id(store: Store, key: str) -> str:
    return (await store.read("MATCH (n:Person {key: $k}) RETURN n.id AS id", {"k": key}))[0]["id"]


async def _shown(store: Store, key: str) -> tuple[Any, ...]:
    rows = await store.read(
        "MATCH (n:Person {key: $k}) RETURN n.name AS name, n.nationality AS nationality, "
        "COLLECT { MATCH (n)-[:LEGAL_PARENT_OF]->(c) RETURN c.key } AS children",
        {"k": key},
    )
    return tuple(rows[0].values())


async def _join(store: Store) -> None:
    one, other = await _id(store, B), await _id(store, A)
    await accept(store, one, other, reason="same birth certificate", who="tester", today=TODAY)


async def test_what_was_said_of_one_is_said_of_the_other(store: Store) -> None:
    await _join(store)
    assert await _shown(store, A) == ("x", "y", ["brp:8"])
    assert await _shown(store, B) == (None, None, [])
    known = await store.read(
        "MATCH (:Person {key: $k})<-[:ABOUT]-(s) RETURN s.recordedFrom AS since, "
        "s.recordedTo IS NULL AS is_believed",
        {"k": B},
    )
    assert known == [{"since": D1, "is_believed": False}]
    before = await digest(store)
    await rebuild(store, today=TODAY)
    assert await digest(store) == before
    (join,) = await accepted(store)
    assert (join["reason"], join["who"]) == ("same birth certificate", "tester")


async def test_later_deliveries_follow_the_join(store: Store) -> None:
    await _join(store)
    again = await deliver(store, *_second(), register="brp", delivered=D1)
    assert (again.counts.unchanged, again.counts.facts) == (1, 0)
    await deliver(store, *_second("z"), register="brp", delivered=LATER)
    rows = await store.read(
        "MATCH (n:Person {key: $k}) RETURN n.disputedFields AS fields", {"k": A}
    )
    assert rows == [{"fields": ["name"]}]
    assert await _shown(store, B) == (None, None, [])


async def test_a_join_is_taken_back(store: Store) -> None:
    one = await _id(store, B)
    await _join(store)
    await take_back(store, one, who="tester", today=TODAY)
    assert await _shown(store, A) == ("x", None, [])
    assert await _shown(store, B) == ("x", "y", ["brp:8"])
    assert await accepted(store) == []
    with pytest.raises(CitizengraphError, match="not joined"):
        await take_back(store, one, who="tester", today=TODAY)


async def test_what_cannot_be_joined_is_told(store: Store) -> None:
    one, other = await _id(store, B), await _id(store, A)

    async def refused(first: str, second: str, words: str) -> None:
        with pytest.raises(CitizengraphError, match=words):
            await accept(store, first, second, reason="r", who="tester", today=TODAY)

    await refused(one, one, "one already")
    await refused(one, "nobody", "no node")
    await _join(store)
    await refused(one, other, "joined already")
    await refused(other, one, "Others were joined")

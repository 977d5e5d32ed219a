"""Each committed change is on the stream once, whatever breaks between graph and stream."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from redis import Redis

from graph import ledger
from graph.facts import NodeFact
from graph.problems import GraphUnavailable
from graph.store import Store
from ingest.feed import SENT, STREAM, Feed, newest, waiting_events
from tests.ingest.conftest import wipe
from tests.ingest.deliveries import deliver, reading, source

NOBODY = "redis://127.0.0.1:1/0"


@pytest_asyncio.fixture(loop_scope="session")
async def feed(store: Store, valkey_server: str) -> AsyncIterator[Feed]:
    await wipe(store)
    with Redis.from_url(valkey_server) as client:
        client.delete(STREAM, SENT)
    feed = Feed(store, valkey_server)
    yield feed
    await feed.close()


def people(*names: str) -> list[Any]:
    return [
        reading(n, NodeFact("Person", f"population:{n}", source("1990-01-01"), {"name": n}))
        for n in names
    ]


async def test_every_change_is_one_event_in_order(
    store: Store, feed: Feed, valkey_server: str
) -> None:
    first = await deliver(store, *people("a", "b"))
    second = await deliver(store, *people("b", "c"), delivered="2026-02-01T00:00:00Z")
    assert await waiting_events(store) == 3
    assert await feed.send()
    assert await waiting_events(store) == 0
    events = [e["id"].partition("/")[2] for e in reversed(await newest(valkey_server, 100))]
    assert events == [f"{first.run}/1", f"{first.run}/2", f"{second.run}/1"]
    person = await store.read("MATCH (n:Person {key: 'population:a'}) RETURN n.id AS id", {})
    oldest = (await newest(valkey_server, 100))[-1]
    assert oldest["data"]["nodes"] == [{"type": "Person", "id": person[0]["id"]}]
    assert (oldest["specversion"], oldest["source"]) == ("1.0", "/registers/population")


async def test_broken_between_stream_and_graph_sends_nothing_twice(
    store: Store, feed: Feed, valkey_server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stream has the events, but the graph could not note it: as after kill -9 there."""
    await deliver(store, *people("a", "b"))
    write = store.write

    async def fails(statements: Any) -> Any:
        if statements[0][0] == ledger.FORGET_EVENTS:
            raise GraphUnavailable
        return await write(statements)

    monkeypatch.setattr(store, "write", fails)
    assert not await feed.send()
    assert len(await newest(valkey_server, 100)) == 2
    assert await waiting_events(store) == 2
    monkeypatch.undo()
    again = Feed(store, valkey_server)
    assert await again.send()
    await again.close()
    assert len(await newest(valkey_server, 100)) == 2
    assert await waiting_events(store) == 0


async def test_without_a_server_events_wait(store: Store, feed: Feed, valkey_server: str) -> None:
    await deliver(store, *people("a"))
    away = Feed(store, NOBODY)
    assert not await away.send()
    await away.close()
    assert await waiting_events(store) == 1
    assert await feed.send()
    assert [e["type"] for e in await newest(valkey_server, 100)] == ["citizengraph.record.created"]


async def test_a_withdrawal_is_told_as_one(store: Store, feed: Feed, valkey_server: str) -> None:
    await deliver(store, *people("a", "b"))
    await deliver(store, *people("a"), delivered="2026-02-01T00:00:00Z", snapshot=True)
    assert await feed.send()
    assert (await newest(valkey_server, 1))[0]["type"] == "citizengraph.record.withdrawn"


async def test_events_of_a_graph_that_was_wiped_are_others(
    store: Store, feed: Feed, valkey_server: str
) -> None:
    """Runs are numbered anew, and their events are sent all the same."""
    await deliver(store, *people("a", "b"))
    assert await feed.send()
    await wipe(store)
    await deliver(store, *people("c"))
    assert await feed.send()
    events = await newest(valkey_server, 100)
    assert len(events) == len({event["id"] for event in events}) == 3
    assert events[0]["data"]["run"] == events[1]["data"]["run"] == 1

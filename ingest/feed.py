"""The change feed: every committed change as a CloudEvents 1.0 event on a stream of Valkey.

A batch's events wait in the graph, written in its own transaction. Sending counts per run what the
stream has, in the same atomic step: each event is on the stream exactly once, by run and sequence.
No name and no number of a person is in it: `data.nodes` has opaque ids.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast

import orjson
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from graph import ledger
from graph.problems import GraphUnavailable
from graph.store import Store
from runtime.errors import CitizengraphError

STREAM = "citizengraph:changes"
SENT = "citizengraph:changes:sent"
EVENTS_MAX = 1_000_000
PAGE_BATCHES = 4
ON_DISK_MS_MAX = 1500
CONNECT_SECONDS_MAX = 1.0
PAUSE_SECONDS = 10.0
# A graph that is wiped numbers its runs anew; its events are others all the same.
GRAPH_LETTERS = 8
EVENT_TYPE = "citizengraph.record"
_SEND = """
local last = tonumber(redis.call('HGET', KEYS[2], ARGV[1]) or '0')
for i = 4, #ARGV do
  local sequence = tonumber(ARGV[2]) + i - 4
  if sequence > last then
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', 'event', ARGV[i])
    last = sequence
  end
end
redis.call('HSET', KEYS[2], ARGV[1], last)
return last
"""


class Feed:
    """Sends what waits in the graph. Without a server it keeps waiting there; nothing is lost."""

    def __init__(self, store: Store, redis_url: str) -> None:
        self._store = store
        self._again = 0.0
        self._client = cast(
            "Any",
            Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
                redis_url,
                socket_connect_timeout=CONNECT_SECONDS_MAX,
                retry=Retry(NoBackoff(), 0),
            ),
        )

    async def send(self) -> bool:
        """Send all that waits; whether the server took it."""
        if time.monotonic() < self._again:
            return False
        try:
            while rows := await self._waiting():
                for row in rows:
                    await self._send(row)
        except (RedisError, OSError, GraphUnavailable):
            self._again = time.monotonic() + PAUSE_SECONDS
            return False
        return True

    async def close(self) -> None:
        """Drop the connection."""
        await self._client.aclose()

    async def _waiting(self) -> list[dict[str, Any]]:
        parameters = {"limit": PAGE_BATCHES}
        return await self._store.read(ledger.WAITING_EVENTS, parameters, seconds_max=60)

    async def _send(self, row: Mapping[str, Any]) -> None:
        changes = orjson.loads(row["events"])
        ids = await _ids(self._store, changes)
        events = [
            orjson.dumps(_event(row, row["first"] + n, change, ids))
            for n, change in enumerate(changes)
        ]
        what = (f"{row['graph']}/{row['run']}", row["first"], EVENTS_MAX, *events)
        await self._client.eval(_SEND, 2, STREAM, SENT, *what)
        on_disk, _ = await self._client.execute_command("WAITAOF", 1, 0, ON_DISK_MS_MAX)
        if on_disk < 1:
            raise RedisError("the stream is not on disk")
        await self._store.write([(ledger.FORGET_EVENTS, {"id": row["id"]})])


async def waiting_events(store: Store) -> int:
    """How many events have not been sent yet."""
    return (await store.read(ledger.COUNT_EVENTS, {}))[0]["count"]


async def newest(redis_url: str, limit: int) -> list[dict[str, Any]]:
    """The newest events, newest first. Raises NOT_RUNNING where no server answers."""
    client = cast("Any", Redis.from_url(redis_url))  # pyright: ignore[reportUnknownMemberType]
    try:
        found = await client.xrevrange(STREAM, count=limit)
    except (RedisError, OSError) as error:
        raise CitizengraphError(
            "NOT_RUNNING", "The change feed's server does not answer.", "Start it: citizengraph up"
        ) from error
    finally:
        await client.aclose()
    return [orjson.loads(fields[b"event"]) for _, fields in found]


async def _ids(store: Store, changes: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    keys: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for change in changes:
        for label, key in change["nodes"]:
            keys[label][key] = None
    found: dict[tuple[str, str], str] = {}
    for label, wanted in keys.items():
        parameters = {"keys": list(wanted)}
        rows = await store.read_packed(ledger.ids_of(label), parameters, seconds_max=60)
        found |= {(label, row["key"]): row["id"] for row in rows}
    return found


def _event(
    row: Mapping[str, Any],
    sequence: int,
    change: Mapping[str, Any],
    ids: Mapping[tuple[str, str], str],
) -> dict[str, Any]:
    nodes = [
        {"type": label, "id": ids[label, key]}
        for label, key in change["nodes"]
        if (label, key) in ids
    ]
    return {
        "specversion": "1.0",
        "id": f"{row['graph'][:GRAPH_LETTERS]}/{row['run']}/{sequence}",
        "source": f"/registers/{row['register']}",
        "type": f"{EVENT_TYPE}.{change['kind']}",
        "time": row["since"],
        "datacontenttype": "application/json",
        "data": {"run": row["run"], "sequence": sequence, "nodes": nodes},
    }

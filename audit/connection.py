"""A connection to Valkey or Redis that is fit to hold the audit, and one durable append on it."""

from __future__ import annotations

import asyncio
from typing import Any, cast

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError

from audit.chain import NOTHING_BEFORE, Chain, Entry
from audit.problems import AuditUnavailable

CONNECT_SECONDS_MAX = 1.0
DURABLE_MS_MAX = 1500
_APPEND_ONLY = "Set `appendonly yes` on the server of REDIS_URL; it must be Valkey or Redis >= 7.2."
_EVICTION = "Set `maxmemory-policy noeviction` on the server of REDIS_URL."


class Connection:
    """One client connection with the chain that is written through it."""

    def __init__(self, client: Any, stream: str, chain: Chain) -> None:
        self._client = client
        self._stream = stream
        self._chain = chain

    @classmethod
    async def open(cls, redis_url: str, stream: str) -> Connection:
        """Connect and check. Raises AuditUnavailable for a server that could lose records."""
        client = cast(
            "Any",
            Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
                redis_url,
                single_connection_client=True,
                socket_connect_timeout=CONNECT_SECONDS_MAX,
                socket_timeout=None,
                retry=Retry(NoBackoff(), 0),
            ),
        )
        try:
            await _require_durability(client)
            newest = await client.xrevrange(stream, count=1)
        except BaseException:
            await _drop(client)
            raise
        previous = newest[0][1][b"hash"].decode() if newest else NOTHING_BEFORE
        return cls(client, stream, Chain(previous))

    async def append(self, records: list[bytes]) -> None:
        """One entry, in one way to the server and back; returns when it is on disk.

        After any exception the connection is of no use: an answer may still be on its way. The
        caller says how long this may take.
        """
        entry: Entry = self._chain.next(records)
        connection = self._client.connection
        commands = (
            ("XADD", self._stream, "*", *entry.fields()),
            ("WAITAOF", 1, 0, DURABLE_MS_MAX),
        )
        await connection.send_packed_command(connection.pack_commands(commands), False)
        await connection.read_response()
        on_disk, _ = await connection.read_response()
        if on_disk < 1:
            raise AuditUnavailable(f"not on disk within {DURABLE_MS_MAX} ms")

    async def close(self) -> None:
        """Drop the connection, whatever its state."""
        await _drop(self._client)


async def _require_durability(client: Any) -> None:
    """WAITAOF is refused by a server without an append-only file."""
    try:
        await client.execute_command("WAITAOF", 1, 0, DURABLE_MS_MAX)
    except ResponseError as error:
        raise AuditUnavailable(f"no append-only file: {error}", _APPEND_ONLY) from error
    memory = await client.info("memory")
    if memory.get("maxmemory") and str(memory.get("maxmemory_policy")).startswith("allkeys"):
        raise AuditUnavailable("the server may evict the audit stream", _EVICTION)


async def _drop(client: Any) -> None:
    try:
        async with asyncio.timeout(CONNECT_SECONDS_MAX):
            await client.aclose()
    except (RedisError, OSError, TimeoutError):
        return

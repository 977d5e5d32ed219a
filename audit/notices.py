"""Notices of emergency accesses: a stream in Valkey that whoever reviews, or watches, reads.

A notice is on disk before the access that it tells of is opened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, cast

from redis.asyncio import Redis
from redis.exceptions import RedisError

from audit.connection import CONNECT_SECONDS_MAX, DURABLE_MS_MAX
from audit.problems import AuditUnavailable

STREAM = "citizengraph:emergencies"
SECONDS_MAX = 2.0


class Notices:
    """The stream on one server."""

    def __init__(self, redis_url: str, stream: str = STREAM) -> None:
        self._client = cast(
            "Any",
            Redis.from_url(  # pyright: ignore[reportUnknownMemberType]
                redis_url, decode_responses=True, socket_connect_timeout=CONNECT_SECONDS_MAX
            ),
        )
        self._stream = stream

    async def write(self, notice: Mapping[str, str]) -> None:
        """Returns when it is on disk. Raises AuditUnavailable."""
        try:
            async with asyncio.timeout(SECONDS_MAX):
                pipeline = self._client.pipeline(transaction=False)
                pipeline.xadd(self._stream, dict(notice))
                pipeline.execute_command("WAITAOF", 1, 0, DURABLE_MS_MAX)
                _, (on_disk, _) = await pipeline.execute()
        except (RedisError, OSError, TimeoutError) as error:
            raise AuditUnavailable(f"{type(error).__name__}: {error}") from error
        if on_disk < 1:
            raise AuditUnavailable(f"not on disk within {DURABLE_MS_MAX} ms")

    async def newest(self, most: int) -> list[dict[str, str]]:
        """The newest first. Raises AuditUnavailable."""
        try:
            async with asyncio.timeout(SECONDS_MAX):
                found = await self._client.xrevrange(self._stream, count=most)
        except (RedisError, OSError, TimeoutError) as error:
            raise AuditUnavailable(f"{type(error).__name__}: {error}") from error
        return [fields for _, fields in found]

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()

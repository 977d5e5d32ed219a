"""Notices of emergency accesses: a stream in Valkey that whoever reviews, or watches, reads.

A notice is on disk before the access that it tells of is opened.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit.connection import DURABLE_MS_MAX
from audit.problems import AuditUnavailable
from audit.soon import server, soon

STREAM = "citizengraph:emergencies"


class Notices:
    """The stream on one server."""

    def __init__(self, redis_url: str, stream: str = STREAM) -> None:
        self._client = server(redis_url, decode_responses=True)
        self._stream = stream

    async def write(self, notice: Mapping[str, str]) -> None:
        """Returns when it is on disk. Raises AuditUnavailable."""
        pipeline = self._client.pipeline(transaction=False)
        pipeline.xadd(self._stream, dict(notice))
        pipeline.execute_command("WAITAOF", 1, 0, DURABLE_MS_MAX)
        _, (on_disk, _) = await soon(pipeline.execute())
        if on_disk < 1:
            raise AuditUnavailable(f"not on disk within {DURABLE_MS_MAX} ms")

    async def newest(self, most: int) -> list[dict[str, str]]:
        """The newest first. Raises AuditUnavailable."""
        found = await soon(self._client.xrevrange(self._stream, count=most))
        return [fields for _, fields in found]

    async def close(self) -> None:
        """Drop the connections."""
        await self._client.aclose()

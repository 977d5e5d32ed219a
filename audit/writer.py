"""Group commit: disclosures that arrive together become durable with one append.

While one batch is on its way to disk, the next collects. `write` returns only when the record is
durable; on any failure, or after two seconds, it raises AUDIT_UNAVAILABLE.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from redis.exceptions import ConnectionError as RedisConnectionError

from audit.chain import STREAM
from audit.connection import Connection
from audit.problems import AuditUnavailable
from audit.record import Disclosure, encode

WRITE_SECONDS_MAX = 2.0
BATCH_RECORDS_MAX = 1000
SHAPES_MAX = 10_000
LOG = logging.getLogger(__name__)
_Waiting = tuple[bytes, "asyncio.Future[None]"]


class AuditWriter:
    """Writes to one server from one event loop; reconnects by itself."""

    def __init__(self, redis_url: str, stream: str = STREAM) -> None:
        self._redis_url = redis_url
        self._stream = stream
        self._waiting: deque[_Waiting] = deque()
        self._wake = asyncio.Event()
        self._connection: Connection | None = None
        self._task: asyncio.Task[None] | None = None
        self._stated: set[str] = set()

    async def open(self) -> None:
        """Check the server, and start whatever it says: `write` keeps trying to reach it."""
        try:
            async with asyncio.timeout(WRITE_SECONDS_MAX):
                self._connection = await Connection.open(self._redis_url, self._stream)
        except AuditUnavailable:
            raise
        except Exception as error:
            raise AuditUnavailable(_words(error)) from error
        finally:
            self._task = asyncio.create_task(self._run(), name="audit-writer")

    async def close(self) -> None:
        """Stop; whoever still waits is told that nothing was recorded."""
        if self._task:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None
        _fail(self._waiting, "the writer is closed")
        self._waiting.clear()
        await self._disconnect()

    async def write(self, disclosure: Disclosure) -> None:
        """Make the record durable. Raises AuditUnavailable; then nothing may be shown."""
        if self._task is None or self._task.done():
            raise AuditUnavailable("the writer is not open")
        durable: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        stated = disclosure.shape in self._stated
        self._waiting.append(
            (encode(replace(disclosure, asked=()) if stated else disclosure), durable)
        )
        self._wake.set()
        try:
            async with asyncio.timeout(WRITE_SECONDS_MAX):
                await durable
        except TimeoutError:
            raise AuditUnavailable(f"not durable within {WRITE_SECONDS_MAX} s") from None
        self._stated.add(disclosure.shape)
        if len(self._stated) > SHAPES_MAX:
            self._stated.clear()

    async def _run(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            while batch := self._take():
                await self._settle(batch)

    def _take(self) -> list[_Waiting]:
        """The next batch, without those that gave up waiting."""
        count = min(len(self._waiting), BATCH_RECORDS_MAX)
        taken = [self._waiting.popleft() for _ in range(count)]
        alive = [waiting for waiting in taken if not waiting[1].done()]
        return alive or (self._take() if self._waiting else [])

    async def _settle(self, batch: list[_Waiting]) -> None:
        """Tell everyone in the batch whether it is durable."""
        try:
            async with asyncio.timeout(WRITE_SECONDS_MAX):
                await self._commit([record for record, _ in batch])
        except asyncio.CancelledError:
            _fail(batch, "the writer is closed")
            raise
        except Exception as error:
            await self._disconnect()
            LOG.warning("%d disclosures not recorded: %s", len(batch), _words(error))
            _fail(batch, _words(error))
        else:
            for _, durable in batch:
                if not durable.done():
                    durable.set_result(None)

    async def _commit(self, records: list[bytes]) -> None:
        """Append, once more on a fresh connection if the old one had died meanwhile.

        The same record may then stand twice, in two chains; readers tell it by its id.
        """
        if self._connection:
            try:
                return await self._connection.append(records)
            except (ConnectionError, RedisConnectionError):
                await self._disconnect()
        self._connection = await Connection.open(self._redis_url, self._stream)
        return await self._connection.append(records)

    async def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            await connection.close()


def _fail(batch: Iterable[_Waiting], reason: str) -> None:
    """Each its own exception, with nothing in it that a client should not read."""
    for _, durable in batch:
        if not durable.done():
            durable.set_exception(AuditUnavailable(reason))


def _words(error: Exception) -> str:
    if isinstance(error, AuditUnavailable):
        return error.reason
    return f"{type(error).__name__}: {error}"

"""The only door to Neo4j: parameterised statements in, plain values out.

`Store.statements` counts every statement sent, so that a test can hold a fetch to one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from hashlib import sha256
from time import monotonic
from types import TracebackType
from typing import Any, LiteralString, NoReturn, TypeVar, cast

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    AsyncResult,
    AsyncSession,
    NotificationMinimumSeverity,
    Query,
)
from neo4j.exceptions import ClientError, DriverError, Neo4jError

from graph.problems import GraphUnavailable, StatementTooLarge
from runtime.errors import CitizengraphError

Parameters = Mapping[str, Any]
Row = dict[str, Any]
T = TypeVar("T")

READ_SECONDS_MAX = 15.0
"""The first plan of a long statement takes seconds, and more on a busy machine."""
GRACE_SECONDS = 2.5
"""The server looks every two seconds for statements whose time is over."""
RETRY_SECONDS_MAX = 2.0
RETRY_PAUSE_SECONDS = 0.1
PLAN_SECONDS_MAX = 15.0
"""A packed statement that takes longer is planned anew."""
PLAN_BEHIND_SECONDS_MAX = 60.0
PLANNED_SECONDS = 600.0
"""A statement that is ended again within this time is not planned again."""
_log = logging.getLogger("citizengraph.graph")


class Store:
    """A pool of connections to one database."""

    def __init__(self, driver: AsyncDriver, database: str) -> None:
        self._driver = driver
        self._open = cast("Callable[..., AsyncSession]", getattr(driver, "session"))  # noqa: B009
        self._database = database
        self.statements = 0
        self._planning: asyncio.Task[None] | None = None
        self._planned: dict[bytes, float] = {}

    @classmethod
    def connect(cls, uri: str, user: str, password: str, database: str = "neo4j") -> Store:
        """A store on the server at `uri`; connections are opened when first needed."""
        connect = cast("Callable[..., AsyncDriver]", AsyncGraphDatabase.driver)  # pyright: ignore[reportUnknownMemberType]
        driver = connect(
            uri,
            auth=(user, password),
            connection_acquisition_timeout=3.0,
            connection_timeout=2.0,
            max_transaction_retry_time=RETRY_SECONDS_MAX,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )
        return cls(driver, database)

    async def __aenter__(self) -> Store:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close all connections."""
        if self._planning:
            self._planning.cancel()
        await self._driver.close()

    async def read(
        self, text: str, parameters: Parameters, seconds_max: float = READ_SECONDS_MAX
    ) -> list[Row]:
        """Rows of one reading statement.

        Raises StatementTooLarge if the server ends it after `seconds_max`, GraphUnavailable if
        nobody answers: a server that is not even able to end it counts as away. One that was ended
        is planned behind, so that it can be answered when it is asked again.
        """
        try:
            return await self._read(text, parameters, seconds_max)
        except StatementTooLarge:
            self._plan_behind(text, parameters)
            raise

    def _plan_behind(self, text: str, parameters: Parameters) -> None:
        """Have the server plan the statement without running it, one at a time and not too often.

        A statement that is ended while it is planned leaves no plan, so that on a busy machine it
        would be ended every time.
        """
        digest, now = sha256(text.encode()).digest(), monotonic()
        known = {d: at for d, at in self._planned.items() if now - at < PLANNED_SECONDS}
        if digest in known or (self._planning and not self._planning.done()):
            return
        self._planned = {**known, digest: now}
        self._planning = asyncio.create_task(self._plan(text, parameters))

    async def plan_ahead(self, text: str, parameters: Parameters) -> None:
        """Run a statement about nobody, so that the server has planned it when it is asked.

        It keeps a plan for parameters of the same kinds.
        """
        await self._read(text, parameters, PLAN_BEHIND_SECONDS_MAX)

    async def _plan(self, text: str, parameters: Parameters) -> None:
        try:
            planned = f"CYPHER replan=force EXPLAIN {text}"
            await self._read(planned, parameters, PLAN_BEHIND_SECONDS_MAX)
        except CitizengraphError:
            _log.debug("a statement could not be planned behind")

    async def _read(self, text: str, parameters: Parameters, seconds_max: float) -> list[Row]:
        self.statements += 1
        query = Query(cast("LiteralString", text), timeout=seconds_max)
        try:
            async with asyncio.timeout(seconds_max + GRACE_SECONDS):
                return await self._answered(query, dict(parameters))
        except (DriverError, OSError, TimeoutError) as error:
            raise GraphUnavailable from error
        except Neo4jError as error:
            _raise_translated(error)

    async def _answered(self, query: Query, parameters: dict[str, Any]) -> list[Row]:
        """Rows of one statement, asked again for a short while after what passes by itself.

        It is a transaction of its own: one way to the server and back in place of three.
        """
        until = monotonic() + RETRY_SECONDS_MAX
        while True:
            session = self._open(
                database=self._database, default_access_mode=READ_ACCESS, fetch_size=-1
            )
            try:
                async with session:
                    return await _rows(await session.run(query, parameters))
            except (DriverError, Neo4jError) as error:
                if not error.is_retryable() or monotonic() > until:
                    raise
            await asyncio.sleep(RETRY_PAUSE_SECONDS)

    async def read_packed(
        self, text: str, parameters: Parameters, seconds_max: float = READ_SECONDS_MAX
    ) -> list[Row]:
        """Rows of a statement whose only column is a map named `row`, sent as one.

        The driver spends more on each row that it receives than on what is in it. A statement that
        takes too long is planned anew once: while a graph grows fast, the server may have planned
        it by figures from when there was next to nothing.
        """
        packed = f"CALL () {{\n{text}\n}}\nRETURN collect(row) AS rows"
        try:
            found = await self._read(packed, parameters, min(seconds_max, PLAN_SECONDS_MAX))
        except StatementTooLarge:
            found = await self._read(f"CYPHER replan=force {packed}", parameters, seconds_max)
        return found[0]["rows"]

    async def write(self, statements: Sequence[tuple[str, Parameters]]) -> list[Row]:
        """Run the statements in one transaction: all of them take effect or none.

        Returns the rows of the last one. Raises GraphUnavailable if nobody answers.
        """

        async def work(transaction: AsyncManagedTransaction) -> list[Row]:
            rows: list[Row] = []
            for text, parameters in statements:
                rows = await _run(transaction, text, parameters)
            return rows

        return await self._written(work)

    async def write_if(
        self, guard: tuple[str, Parameters], statements: Sequence[tuple[str, Parameters]]
    ) -> bool:
        """Run the statements in one transaction if the guard, run first, finds a row."""

        async def work(transaction: AsyncManagedTransaction) -> bool:
            if not await _run(transaction, *guard):
                return False
            for text, parameters in statements:
                await _run(transaction, text, parameters)
            return True

        return await self._written(work)

    async def _written(self, work: Callable[[AsyncManagedTransaction], Awaitable[T]]) -> T:
        try:
            async with self._open(database=self._database) as session:
                return await session.execute_write(work)
        except (DriverError, OSError) as error:
            raise GraphUnavailable from error
        except Neo4jError as error:
            _raise_translated(error)

    async def alter(self, statements: Sequence[str]) -> None:
        """Run schema statements, each in a transaction of its own."""
        for text in statements:
            await self.write([(text, {})])


async def _run(
    transaction: AsyncManagedTransaction, text: str, parameters: Parameters
) -> list[Row]:
    return await _rows(await transaction.run(cast("LiteralString", text), dict(parameters)))


async def _rows(result: AsyncResult) -> list[Row]:
    return [dict(zip(record.keys(), record.values(), strict=True)) async for record in result]


def _raise_translated(error: Neo4jError) -> NoReturn:
    """Down, too slow, or a fault of our own statement (passed on as it is)."""
    code = error.code or ""
    if "TransactionTimedOut" in code or "MemoryPoolOutOfMemory" in code:
        raise StatementTooLarge from error
    if isinstance(error, ClientError) and "Security" not in code:
        raise error
    raise GraphUnavailable from error

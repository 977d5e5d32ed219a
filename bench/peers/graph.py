"""The peers' door to Neo4j: one statement in a session of its own, counted."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, LiteralString, cast

from neo4j import (
    READ_ACCESS,
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncSession,
    NotificationMinimumSeverity,
)


class Graph:
    """A pool of connections to the database that the environment names."""

    def __init__(self) -> None:
        self.statements = 0
        connect = cast("Callable[..., AsyncDriver]", AsyncGraphDatabase.driver)  # pyright: ignore[reportUnknownMemberType]
        self._driver = connect(
            os.environ["NEO4J_URI"],
            auth=(os.environ["NEO4J_USER"], os.environ["NEO4J_PASSWORD"]),
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )
        self._open = cast("Callable[..., AsyncSession]", getattr(self._driver, "session"))  # noqa: B009

    async def read(self, text: str, parameters: Mapping[str, Any]) -> list[list[Any]]:
        """The rows."""
        self.statements += 1
        async with self._open(
            database="neo4j", default_access_mode=READ_ACCESS, fetch_size=-1
        ) as session:
            result = await session.run(cast("LiteralString", text), dict(parameters))
            return [record.values() async for record in result]

    async def close(self) -> None:
        """Close all connections."""
        await self._driver.close()

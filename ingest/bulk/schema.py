"""Constraints, indexes and names on a graph that is full already, and waiting for them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from graph import write
from graph.catalogue import model
from graph.constraints import SHOW_SCHEMA, SHOW_STATES, name_statements, schema_statements
from graph.store import Store
from runtime.errors import CitizengraphError

POLL_SECONDS = 0.5
ONLINE, FAILED = "ONLINE", "FAILED"


async def is_empty(store: Store) -> bool:
    """Whether the graph holds nothing at all."""
    return (await store.read(write.IS_EMPTY, {}))[0]["empty"]


async def missing_schema(store: Store) -> list[str]:
    """Statements for the constraints and indexes that are not there."""
    present = {row["name"] for row in await store.read(SHOW_SCHEMA, {})}
    return schema_statements(model(), present)


async def make_schema(store: Store, missing: list[str], progress: Callable[[int], None]) -> None:
    """Make them, and wait until each can be used; `progress` counts those that can."""
    before = usable = await _usable(store)
    for statement in missing:
        await store.alter([statement])
        now = await _usable(store)
        progress(now - usable)
        usable = now
    while usable - before < len(missing):
        await asyncio.sleep(POLL_SECONDS)
        now = await _usable(store)
        progress(now - usable)
        usable = now
    await store.write(name_statements(model()))


async def _usable(store: Store) -> int:
    states = {row["name"]: row["state"] for row in await store.read(SHOW_STATES, {})}
    failed = [name for name, state in states.items() if state == FAILED]
    if failed:
        words = f"The indexes {', '.join(failed)} could not be made."
        raise CitizengraphError("IMPORT_FAILED", words, "See Neo4j's log.")
    return sum(state == ONLINE for state in states.values())

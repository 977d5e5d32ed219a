"""A store on an empty graph, per test module."""

from collections.abc import AsyncIterator

import pytest_asyncio

from graph.store import Store
from runtime.neo4j.server import Neo4jAddress

WIPE = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n"
COUNT = "MATCH (n) RETURN count(n) AS count"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def store(neo4j_server: Neo4jAddress) -> AsyncIterator[Store]:
    async with Store.connect(*neo4j_server) as connected:
        await wipe(connected)
        yield connected


async def wipe(store: Store) -> None:
    """Delete everything, in pieces."""
    while (await store.read(COUNT, {}))[0]["count"]:
        await store.write([(WIPE, {})])

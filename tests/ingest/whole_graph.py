"""All that a graph holds, as lines that can be compared: nothing is named, so nothing is forgotten.

Opaque ids are replaced by whether they are ids; where they are unique, constraints say.
"""

from __future__ import annotations

import re
from typing import Any

from graph.store import Store

NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
LINKS = """MATCH (a)-[r]->(b)
RETURN labels(a) AS origin, a.key AS from, type(r) AS type, properties(r) AS properties,
  labels(b) AS target, b.key AS to"""
INDEXES = """SHOW INDEXES
YIELD name, state, type, entityType, labelsOrTypes, properties, owningConstraint
RETURN name, state, type, entityType, labelsOrTypes, properties, owningConstraint"""
CONSTRAINTS = """SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties
RETURN name, type, entityType, labelsOrTypes, properties"""
NAMES = (
    "CALL db.propertyKeys() YIELD propertyKey AS name",
    "CALL db.labels() YIELD label AS name",
    "CALL db.relationshipTypes() YIELD relationshipType AS name",
)
_IS_ID = re.compile(r"[0-9a-f]{32}")
_SECONDS_MAX = 60


async def whole_graph(store: Store) -> dict[str, list[str]]:
    """Nodes, links, indexes, constraints, and every name that the store knows, each sorted."""
    said = {"nodes": NODES, "links": LINKS, "indexes": INDEXES, "constraints": CONSTRAINTS}
    found = {part: await _lines(store, text) for part, text in said.items()}
    names = [await _lines(store, f"{text} RETURN '{text[8:16]}' AS of, name") for text in NAMES]
    return {**found, "names": [line for lines in names for line in lines]}


async def _lines(store: Store, statement: str) -> list[str]:
    rows = await store.read(statement, {}, _SECONDS_MAX)
    return sorted(repr(sorted((name, _shown(value)) for name, value in r.items())) for r in rows)


def _shown(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    properties: dict[str, Any] = dict(value)  # pyright: ignore[reportUnknownArgumentType]
    if "id" in properties:
        properties["id"] = _IS_ID.fullmatch(properties["id"]) is not None
    return sorted(properties.items())

"""The current picture from nothing but the facts, and a digest of all that the graph holds."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import orjson

from graph import ledger, write
from graph.catalogue import Catalogue, model
from graph.constraints import STATEMENT
from graph.store import Store
from graph.write import Ends
from ingest.versions import Entry

PAGE_ROWS = 2000


async def rebuild(store: Store, *, today: str) -> None:
    """Derive every current field and relationship again, as of `today` (ISO)."""
    catalogue = model()
    for label, node in catalogue.nodes.items():
        derive = write.derive_nodes(node)
        async for keys in _pages(store, label):
            await store.write([(derive, {"keys": keys, "today": today})])
    for ends in all_ends(catalogue):
        async for keys in _pages(store, ends.origin):
            await store.write(
                [
                    (write.delete_current_edges(ends), {"keys": keys}),
                    (write.derive_edges_from(ends), {"keys": keys, "today": today}),
                ]
            )


async def digest(store: Store) -> str:
    """SHA-256 of the graph's contents, the same whatever the ids and the order of writing.

    The log of each record is part of it, but not which run an entry came with.
    """
    total = 0
    for label in (*model().nodes, STATEMENT, ledger.RECORD):
        async for keys in _pages(store, label):
            for row in await store.read(write.contents(label), {"keys": keys}):
                for line in _lines(label, row):
                    hashed = sha256(orjson.dumps(line, str, orjson.OPT_SORT_KEYS))
                    total += int.from_bytes(hashed.digest(), "big")
    return f"{total % 2**256:064x}"


def all_ends(catalogue: Catalogue) -> Iterator[Ends]:
    """Every stored relationship type between every two node types that it may join."""
    for relationship in catalogue.relationships.values():
        for stored in relationship.types.values():
            for origin in relationship.origin:
                for to in relationship.to:
                    yield Ends(stored, origin, to, tuple(relationship.fields))


def _lines(label: str, row: dict[str, Any]) -> Iterator[list[Any]]:
    yield [label, _without_id(row["properties"])]
    for stored, other_label, other_key, properties in row["edges"]:
        yield [label, row["key"], stored, other_label, other_key, _without_id(properties)]


def _without_id(properties: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in properties.items() if name not in ("id", "run")}
    if "log" in kept:
        kept["log"] = [str(replace(Entry.parse(text), run=0)) for text in kept["log"]]
    return kept


async def _pages(store: Store, label: str) -> AsyncIterator[list[str]]:
    after = ""
    while rows := await store.read(write.keys_after(label), {"after": after, "limit": PAGE_ROWS}):
        keys = [row["key"] for row in rows]
        yield keys
        after = keys[-1]

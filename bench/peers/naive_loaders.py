"""Dataloaders of the naive contender: one statement a batch, as one writes them by hand."""

from __future__ import annotations

from functools import partial
from typing import Any

from strawberry.dataloader import DataLoader

from bench.peers.graph import Graph

Loader = DataLoader[str, Any]
PERSON = "{.id, .citizenNumber, .name, .sex, .birthDate, .district, .maritalStatus}"
TIE = "t {.register, .record, .relationToHead, .validFrom, .validTo, .sharePercent, .direct"
LICENCE = "{.number, .kind, .status, .expiryDate}"
HOUSEHOLD = "{.id, .bookNumber, .kind, .address}"
COMPANY = "{.id, .creditCode, .name, .kind, .status, .address}"
TO_PERSON = f"RETURN key, {TIE}, node: n {PERSON}}}"
TO_HOUSEHOLD = f"RETURN key, {TIE}, node: n {HOUSEHOLD}}}"
ONE = {
    "person": f"(n:Person {{citizenNumber: key}}) RETURN key, n {PERSON}",
    "household": f"(n:Household {{bookNumber: key}}) RETURN key, n {HOUSEHOLD}",
    "company": f"(n:LegalEntity {{creditCode: key}}) RETURN key, n {COMPANY}",
}
MANY = {
    "parents": f"(:Person {{id: key}})<-[t:BIRTH_PARENT_OF]-(n) {TO_PERSON}",
    "children": f"(:Person {{id: key}})-[t:BIRTH_PARENT_OF]->(n) {TO_PERSON}",
    "spouses": f"(:Person {{id: key}})-[t:MARRIED_TO]-(n) {TO_PERSON}",
    "licences": f"(:Person {{id: key}})-[:HOLDS]->(n) RETURN key, n {LICENCE}",
    "households": f"(:Person {{id: key}})-[t:MEMBER_OF]->(n) {TO_HOUSEHOLD}",
    "members": f"(:Household {{id: key}})<-[t:MEMBER_OF]-(n) {TO_PERSON}",
    "members_ever": "(:Household {id: key})<-[t:MEMBER_OF_FACT]-(n) WHERE t.recordedTo IS NULL"
    f" {TO_PERSON}",
    "owners": f"(:LegalEntity {{id: key}})<-[t:BENEFICIAL_OWNER_OF]-(n) {TO_PERSON}",
}
PAGE = (
    "MATCH (n:Person {district: $district})"
    " WHERE n.sex = $sex AND n.birthDate >= $from AND n.birthDate <= $to"
    f" RETURN n {PERSON} ORDER BY n.birthDate, n.id SKIP $offset LIMIT $first"
)


class Loaders:
    """Those of one request."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._loaders: dict[str, Loader] = {}

    def __getitem__(self, name: str) -> Loader:
        """The loader, made when first needed."""
        if name not in self._loaders:
            batch = _one if name in ONE else _many
            text = "UNWIND $keys AS key MATCH " + (ONE.get(name) or MANY[name])
            self._loaders[name] = DataLoader(partial(batch, self.graph, text))
        return self._loaders[name]


async def _one(graph: Graph, text: str, keys: list[str]) -> list[Any]:
    found = dict(await graph.read(text, {"keys": keys}))
    return [found.get(key) for key in keys]


async def _many(graph: Graph, text: str, keys: list[str]) -> list[Any]:
    found: dict[str, list[Any]] = {key: [] for key in keys}
    for key, row in await graph.read(text, {"keys": keys}):
        found[key].append(row)
    return [found[key] for key in keys]

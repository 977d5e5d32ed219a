"""Nodes and links around those that a run touched, as the rules about the graph look at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph import findings
from graph.catalogue import Catalogue
from graph.store import Store
from ingest.finding_rules import Link, Node, Said, Statement, Surroundings
from ingest.rule_checks.scene import BY_DESCENT

GENERATIONS_MAX = 60
PERSON = "Person"
_SECONDS = 60


class Reader:
    """Reads what the rules need, page by page of nodes."""

    def __init__(self, store: Store, model: Catalogue) -> None:
        self._store = store
        self._model = model
        self._stored = {
            stored: (name, kind)
            for name in ("Parenthood", "Marriage")
            for kind, stored in model.relationships[name].types.items()
        }
        parenthood = model.relationships["Parenthood"].types
        self._parents = list(parenthood.values())
        self._by_descent = [stored for kind, stored in parenthood.items() if kind in BY_DESCENT]

    async def nodes(self, label: str, by: str, wanted: Sequence[str]) -> list[Node]:
        """Nodes of a type by key or id."""
        if not wanted:
            return []
        text = findings.nodes(self._model.nodes[label], by)
        rows = await self._read(text, {f"{by}s": list(wanted), "label": label})
        return [_node(row) for row in rows]

    async def around(self, touched: Iterable[Node]) -> tuple[Surroundings, set[str]]:
        """Persons, all their links, and all that leads to their children.

        Also the ids of the persons and their children: those whose parents are all there.
        """
        found = Surroundings({node.id: node for node in touched})
        ids = sorted(found.nodes)
        text = findings.links(PERSON, self._stored)
        found.links += map(self._link, await self._read(text, {"ids": ids}))
        children = {link.to for link in found.links if link.relationship == "Parenthood"}
        text = findings.links_into(PERSON, self._parents)
        more = {"ids": sorted(children - found.nodes.keys())}
        found.links += map(self._link, await self._read(text, more))
        found.links = sorted(set(found.links), key=_order)
        others = {end for link in found.links for end in (link.origin, link.to)}
        for node in await self.nodes(PERSON, "id", sorted(others - found.nodes.keys())):
            found.nodes[node.id] = node
        return found, children | set(ids)

    async def ancestors(self, ids: Iterable[str]) -> dict[str, set[str]]:
        """Current parents by descent of the persons, of their parents, and so on."""
        found: dict[str, set[str]] = {}
        frontier = set(ids)
        text = findings.sources(PERSON, self._by_descent)
        for _ in range(GENERATIONS_MAX):
            if not frontier:
                break
            found.update({child: set() for child in frontier})
            for row in await self._read(text, {"ids": sorted(frontier)}):
                found[row["to"]].add(row["origin"])
            frontier = {p for child in frontier for p in found[child]} - found.keys()
        return found

    async def same_number(self, label: str, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Pairs of nodes with one number, each once."""
        node = self._model.nodes[label]
        rows = await self._read(findings.same_number(node), {"ids": list(ids)})
        pairs = ((row["one"], row["other"]) for row in rows)
        return sorted({(min(pair), max(pair)) for pair in pairs})

    async def stated_differently(
        self, label: str, ids: Sequence[str], today: str
    ) -> list[Statement]:
        """What is stated today of disputed fields."""
        text = findings.stated_differently(label)
        rows = await self._read(text, {"ids": list(ids), "today": today})
        return [
            Statement(row["id"], row["field"], row["value"], (row["register"], row["record"]))
            for row in rows
        ]

    async def named_by(self, label: str, ids: Sequence[str]) -> dict[str, Said]:
        """Register and record that link each node, of several the first."""
        rows = await self._read(findings.named_by(label), {"ids": list(ids)})
        return {row["id"]: (row["said"][0], row["said"][1]) for row in rows}

    async def ingested(self, said: Iterable[Said]) -> set[Said]:
        """Those of the statements' records that were ingested, parts of records included."""
        wholes = {one: _wholes(one) for one in said}
        keys = sorted({key for found in wholes.values() for key in found})
        rows = await self._read(findings.records(), {"keys": keys})
        known = {row["key"] for row in rows}
        return {one for one, found in wholes.items() if known.intersection(found)}

    async def _read(self, text: str, parameters: Mapping[str, Any]) -> list[dict[str, Any]]:
        return await self._store.read_packed(text, parameters, seconds_max=_SECONDS)

    def _link(self, row: Mapping[str, Any]) -> Link:
        name, kind = self._stored[row["type"].removesuffix("_FACT")]
        said = (row["register"], row["record"])
        return Link(name, kind, row["origin"], row["to"], said, row["begins"], row["ends"])


def _node(row: Mapping[str, Any]) -> Node:
    return Node(
        row["id"],
        row["key"],
        row["number"],
        row["scheme"],
        row["birth"],
        row["death"],
        row["sex"],
        bool(row["disputed"]),
        row["withdrawn"] is True,
        tuple((register, record) for register, record in row["said"]),
        tuple((register, record) for register, record in row["own"]),
    )


def _order(link: Link) -> tuple[str, ...]:
    return (*link.said, link.relationship, link.kind, link.origin, link.to, link.begins or "")


def _wholes(said: Said) -> list[str]:
    """Keys of the record and of those that it may be a part of ("1/addresses/2": "1/addresses")."""
    register, record = said
    parts = record.split("/")
    return [f"{register}|{'/'.join(parts[:n])}" for n in range(len(parts), 0, -1)]

"""Facts that a desk states, as statements of one transaction: what `load` writes, without files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from graph import write
from graph.catalogue import Catalogue
from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from ingest.check import FactChecker
from ingest.load import load_registers, prepare
from ingest.registers import registers
from ingest.rows import Row, edge_row, ends_of, loose_key, node_row, one_way

Statement = tuple[str, dict[str, Any]]


def stated(model: Catalogue, facts: Sequence[Fact], today: str) -> list[Statement]:
    """Nodes first, then links between nodes that are there. Raises SOURCE_INVALID."""
    checker = FactChecker(model)
    for fact in facts:
        checker.check(fact)
    nodes = [fact for fact in facts if isinstance(fact, NodeFact)]
    links = [fact for fact in facts if isinstance(fact, EdgeFact)]
    return [*_nodes(model, nodes, today), *_links(model, links, today)]


async def ready(store: Store, today: str) -> None:
    """Indexes, names and registers that are not in the graph yet; safe to run again."""
    await prepare(store)
    await load_registers(store, today=today)


def _nodes(model: Catalogue, facts: Sequence[NodeFact], today: str) -> Iterator[Statement]:
    for fact in facts:
        rows = [node_row(fact, loose_key(fact))]
        yield write.record_node_facts(fact.type), _batch(fact, rows)
        derive = write.derive_nodes(model.nodes[fact.type])
        yield derive, {"keys": [fact.key], "today": today}


def _links(model: Catalogue, facts: Sequence[EdgeFact], today: str) -> Iterator[Statement]:
    for fact in facts:
        relationship = model.relationships[fact.relationship]
        kept = one_way(fact, undirected=relationship.both is not None)
        rows = [[kept.from_key, kept.to_key, [edge_row(kept, loose_key(kept))]]]
        text = write.record_edge_facts(ends_of(kept, relationship))
        yield text, {**_batch(fact, rows), "today": today}


def _batch(fact: Fact, rows: Sequence[Row]) -> dict[str, Any]:
    register = fact.source.register
    return {"rows": rows, "register": register, "rank": registers()[register].rank}

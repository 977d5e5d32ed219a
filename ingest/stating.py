"""Facts that a desk states, as statements of one transaction: what `load` writes, without files."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from graph import write
from graph.catalogue import Catalogue
from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from graph.write import Ends
from ingest.check import FactChecker
from ingest.load import load_registers, prepare
from ingest.registers import registers
from ingest.rows import Row, edge_row, ends_of, loose_key, node_row, one_way

Statement = tuple[str, dict[str, Any]]
F = TypeVar("F", NodeFact, EdgeFact)
K = TypeVar("K", bound=Hashable)


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
    """What is said of a type at once, and then what it comes to."""
    for (name, register), said in _grouped(facts, lambda fact: (fact.type, fact.source.register)):
        rows = [node_row(fact, loose_key(fact)) for fact in said]
        yield write.record_node_facts(name), _batch(register, rows)
    for name, said in _grouped(facts, lambda fact: fact.type):
        keys = list(dict.fromkeys(fact.key for fact in said))
        yield write.derive_nodes(model.nodes[name]), {"keys": keys, "today": today}


def _links(model: Catalogue, facts: Sequence[EdgeFact], today: str) -> Iterator[Statement]:
    kept = [one_way(fact, undirected=_undirected(model, fact)) for fact in facts]
    for (ends, register), said in _grouped(kept, lambda fact: _stored(model, fact)):
        pairs = _grouped(said, lambda fact: (fact.from_key, fact.to_key))
        rows = [[*pair, [edge_row(f, loose_key(f)) for f in of_pair]] for pair, of_pair in pairs]
        yield write.record_edge_facts(ends), {**_batch(register, rows), "today": today}


def _stored(model: Catalogue, fact: EdgeFact) -> tuple[Ends, str]:
    return ends_of(fact, model.relationships[fact.relationship]), fact.source.register


def _undirected(model: Catalogue, fact: EdgeFact) -> bool:
    return model.relationships[fact.relationship].both is not None


def _grouped(facts: Iterable[F], key: Callable[[F], K]) -> Iterable[tuple[K, list[F]]]:
    """The facts by key, in the order in which each was first met."""
    found: dict[K, list[F]] = {}
    for fact in facts:
        found.setdefault(key(fact), []).append(fact)
    return found.items()


def _batch(register: str, rows: Sequence[Row]) -> dict[str, Any]:
    return {"rows": rows, "register": register, "rank": registers()[register].rank}

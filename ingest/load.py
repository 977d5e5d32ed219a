"""Facts into the graph: checked, recorded, and the current picture derived with them.

Nodes are written as the facts stream by; relationships wait in a temporary file until all nodes
are there. Each batch is one transaction, so an interrupted load leaves whole batches, and loading
the same facts again completes it.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from tempfile import TemporaryFile
from typing import IO, Any

from graph import write
from graph.catalogue import Catalogue, model
from graph.constraints import SHOW_SCHEMA, name_statements, schema_statements, stored_types
from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from graph.write import Ends
from ingest.check import FactChecker, invalid
from ingest.lines import from_line, to_line
from ingest.registers import register_facts, registers
from ingest.rows import Row, edge_row, ends_of, loose_key, node_row, one_way

BATCH_ROWS = 5000
SETUP_SECONDS_MAX = 60
"""A graph that has just started, or is large, may take long over schema and counts."""
# Facts prepared between two looks at the batch that the server is writing meanwhile.
TURN_FACTS = 50
NodeGroup = tuple[str, str]
EdgeGroup = tuple[Ends, str]
PairRow = tuple[str, str, Row]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class LoadReport:
    """What was stated, and what is new in the graph, by node type and relationship type."""

    facts: Mapping[str, int]
    nodes_created: Mapping[str, int]
    relationships_created: Mapping[str, int]
    seconds: float

    @property
    def facts_total(self) -> int:
        """Number of facts, those about the registers themselves included."""
        return sum(self.facts.values())


async def load(
    store: Store, facts: Iterable[Fact], *, today: str, progress: Progress | None = None
) -> LoadReport:
    """Load the facts; `today` (ISO) decides what is current.

    `progress` is called with the number of facts written since it was last called. Raises
    SOURCE_INVALID for a fact that does not fit the model or names a node that is not there.
    """
    started = time.perf_counter()
    await prepare(store)
    before = await _counts(store)
    with TemporaryFile() as spool:
        loader = _Loader(store, model(), today, progress or (lambda _: None), spool)
        try:
            for number, fact in enumerate(chain(register_facts(), facts)):
                await loader.take(fact)
                if number % TURN_FACTS == 0:
                    await asyncio.sleep(0)
            await loader.finish()
        finally:
            await loader.settle()
    created = {name: n - before.get(name, 0) for name, n in (await _counts(store)).items()}
    return LoadReport(
        facts=dict(sorted(loader.facts.items())),
        nodes_created={n: c for n, c in created.items() if n in model().nodes and c},
        relationships_created={n: c for n, c in created.items() if n not in model().nodes and c},
        seconds=round(time.perf_counter() - started, 3),
    )


def loose_end(ends: Ends, origin: str, to: str, side: int) -> str:
    """A link names a node that is not there: the one that it starts from (0) or leads to (1)."""
    label, key = (ends.to, to) if side else (ends.origin, origin)
    return (
        f"{ends.stored} from {ends.origin} {origin!r} to {ends.to} {to!r}: "
        f"there is no {label} {key!r} in the graph."
    )


def contradiction(what: str, record: str) -> str:
    """A record says two things at once."""
    return (
        f"Record {record!r} makes two different statements of {what} for the same period, "
        "recorded at the same time."
    )


async def load_registers(store: Store, *, today: str) -> None:
    """The registers themselves, where one is new or declared differently."""
    wanted = {fact.fields["code"]: dict(fact.fields) for fact in register_facts()}
    rows = await store.read(write.REGISTERS, {})
    if {row["said"]["code"]: row["said"] for row in rows} == wanted:
        return
    with TemporaryFile() as spool:
        loader = _Loader(store, model(), today, lambda _: None, spool)
        for fact in register_facts():
            await loader.take(fact)
        await loader.finish()
        await loader.settle()


async def prepare(store: Store) -> None:
    """Constraints, indexes and names; safe to run again."""
    found = await store.read(SHOW_SCHEMA, {}, SETUP_SECONDS_MAX)
    present = {row["name"] for row in found}
    missing = schema_statements(model(), present)
    if missing:
        await store.alter(missing)
        waiting = f"CALL db.awaitIndexes({SETUP_SECONDS_MAX})"
        await store.read(waiting, {}, SETUP_SECONDS_MAX + 5)
    await store.write(name_statements(model()))


async def _counts(store: Store) -> dict[str, int]:
    nodes = await store.read(write.count_nodes(model().nodes), {}, SETUP_SECONDS_MAX)
    stored = write.count_relationships(stored_types(model()))
    relationships = await store.read(stored, {}, SETUP_SECONDS_MAX)
    return {row["name"]: row["count"] for row in (*nodes, *relationships)}


@dataclass
class _Loader:
    store: Store
    model: Catalogue
    today: str
    progress: Progress
    spool: IO[bytes]
    facts: Counter[str] = field(default_factory=lambda: Counter[str]())

    def __post_init__(self) -> None:
        self._checker = FactChecker(self.model)
        self._nodes: defaultdict[NodeGroup, list[Row]] = defaultdict(list)
        self._edges: defaultdict[EdgeGroup, list[PairRow]] = defaultdict(list)

        self._writing: asyncio.Task[None] | None = None

    async def settle(self) -> None:
        """Wait for the batch that is being written."""
        writing, self._writing = self._writing, None
        if writing is not None:
            await writing

    async def take(self, fact: Fact) -> None:
        """Check a fact; write it with its batch, or later if it is a relationship."""
        self._checker.check(fact)
        if isinstance(fact, NodeFact):
            self.facts[fact.type] += 1
            group = (fact.type, fact.source.register)
            rows = self._nodes[group]
            rows.append(node_row(fact, loose_key(fact)))
            if len(rows) >= BATCH_ROWS:
                await self._write_nodes(group)
        else:
            self.facts[fact.relationship] += 1
            self.spool.write(to_line(fact))

    async def finish(self) -> None:
        """Write what is left: the last nodes, then all relationships."""
        for group in list(self._nodes):
            await self._write_nodes(group)
        await self.settle()
        self.spool.seek(0)
        for number, line in enumerate(self.spool):
            fact = from_line(line)
            if isinstance(fact, EdgeFact):
                await self._take_edge(fact)
            if number % TURN_FACTS == 0:
                await asyncio.sleep(0)
        for group in list(self._edges):
            await self._write_edges(group)

    async def _take_edge(self, fact: EdgeFact) -> None:
        relationship = self.model.relationships[fact.relationship]
        stored = one_way(fact, undirected=relationship.both is not None)
        group = (ends_of(stored, relationship), fact.source.register)
        rows = self._edges[group]
        rows.append((stored.from_key, stored.to_key, edge_row(stored, loose_key(stored))))
        if len(rows) >= BATCH_ROWS:
            await self._write_edges(group)

    async def _write_nodes(self, group: NodeGroup) -> None:
        rows = self._nodes.pop(group)
        label, register = group
        _refuse_contradictions(label, rows, key_at=1)
        record = {"rows": rows, "register": register, "rank": registers()[register].rank}
        keys = list(dict.fromkeys(row[0] for row in rows))
        derive = write.derive_nodes(self.model.nodes[label])
        await self._write(
            [
                (write.record_node_facts(label), record),
                (derive, {"keys": keys, "today": self.today}),
            ],
            len(rows),
        )

    async def _write_edges(self, group: EdgeGroup) -> None:
        rows = self._edges.pop(group)
        ends, register = group
        _refuse_contradictions(ends.stored, [row for _, _, row in rows], key_at=0)
        await self.settle()
        await self._refuse_loose_ends(ends, rows)
        pairs: dict[tuple[str, str], list[Row]] = {}
        for origin, to, row in rows:
            pairs.setdefault((origin, to), []).append(row)
        parameters = {
            "rows": [[*pair, facts] for pair, facts in pairs.items()],
            "register": register,
            "rank": registers()[register].rank,
            "today": self.today,
        }
        await self._write([(write.record_edge_facts(ends), parameters)], len(rows))

    async def _write(self, statements: list[tuple[str, dict[str, Any]]], facts: int) -> None:
        """Start writing one batch, once the one before it is done."""
        await self.settle()

        async def write_batch() -> None:
            await self.store.write(statements)
            self.progress(facts)

        self._writing = asyncio.create_task(write_batch())

    async def _refuse_loose_ends(self, ends: Ends, rows: list[PairRow]) -> None:
        for label, side in ((ends.origin, 0), (ends.to, 1)):
            keys = list(dict.fromkeys(row[side] for row in rows))
            missing = await self.store.read(write.missing_keys(label), {"keys": keys})
            if missing:
                key = missing[0]["key"]
                origin, to, _ = next(row for row in rows if row[side] == key)
                raise invalid(loose_end(ends, origin, to, side))


def _refuse_contradictions(what: str, rows: list[Row], key_at: int) -> None:
    """Two facts that share a key and differ cannot both be kept."""
    seen: dict[str, Row] = {}
    for row in rows:
        other = seen.setdefault(row[key_at], row)
        if other is not row and other != row:
            raise invalid(contradiction(what, row[key_at + 1]))

"""What a record has ever stated something about, in the form that its log keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from graph import write
from graph.catalogue import Catalogue
from graph.facts import EdgeFact, Fact, NodeFact
from graph.store import Store
from graph.write import Ends
from ingest.rows import fields_of, source_of

_BREAK = "\x1f"
_BROKEN = "\x1a\x1a"


def subjects_of(facts: Iterable[Fact]) -> set[str]:
    """Nodes and pairs of nodes that the facts are about."""
    return {_subject(fact) for fact in facts}


def nodes_in(subjects: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Type and key of every node among the subjects, ends of links included."""
    for parts in map(_parts, subjects):
        if len(parts) == 2:
            yield parts[0], parts[1]
        else:
            yield parts[2], parts[3]
            yield parts[4], parts[5]


def held_in(subjects: Iterable[str], relationships: Container[str]) -> Iterator[str]:
    """Key of what the links of these relationships lead to."""
    for parts in map(_parts, subjects):
        if len(parts) > 2 and parts[0] in relationships:
            yield parts[5]


async def stated_facts(
    store: Store, model: Catalogue, register: str, subjects: Mapping[str, Iterable[str]]
) -> dict[str, list[Fact]]:
    """The facts that each record of the register has stated; `subjects` by record."""
    nodes: defaultdict[str, list[list[str]]] = defaultdict(list)
    pairs: defaultdict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for record, about in subjects.items():
        for parts in map(_parts, about):
            if len(parts) == 2:
                nodes[parts[0]].append([parts[1], record])
            else:
                name, kind, origin, origin_key, to, to_key = parts
                pairs[name, kind, origin, to].append([origin_key, record, to_key])
    found: defaultdict[str, list[Fact]] = defaultdict(list)
    for label, rows in nodes.items():
        for row in await _read(store, write.stated_of_nodes(label), register, rows):
            found[row["record"]].append(_node_fact(label, row))
    for (name, kind, origin, to), rows in pairs.items():
        ends = Ends(model.relationships[name].types[kind], origin, to)
        for row in await _read(store, write.stated_of_pairs(ends), register, rows):
            found[row["record"]].append(_edge_fact((name, kind, origin, to), row))
    return found


async def _read(
    store: Store, text: str, register: str, rows: list[list[str]]
) -> list[dict[str, Any]]:
    parameters = {"register": register, "rows": rows}
    return await store.read_packed(text, parameters, seconds_max=120)


def _node_fact(label: str, row: Mapping[str, Any]) -> NodeFact:
    said = row["said"]
    return NodeFact(label, row["key"], source_of(said), fields_of(said))


def _edge_fact(about: tuple[str, str, str, str], row: Mapping[str, Any]) -> EdgeFact:
    name, kind, origin, to = about
    said = row["said"]
    fields = fields_of(said)
    return EdgeFact(name, kind, origin, row["origin"], to, row["to"], source_of(said), fields)


def _subject(fact: Fact) -> str:
    if isinstance(fact, NodeFact):
        return _BREAK.join((fact.type, _escaped(fact.key)))
    ends = (fact.from_type, _escaped(fact.from_key), fact.to_type, _escaped(fact.to_key))
    return _BREAK.join((fact.relationship, fact.kind, *ends))


def _parts(subject: str) -> list[str]:
    parts = subject.split(_BREAK)
    return [p.replace(_BROKEN, _BREAK) for p in parts] if _BROKEN in subject else parts


def _escaped(key: str) -> str:
    return key.replace(_BREAK, _BROKEN) if _BREAK in key else key

"""Facts as parameter rows of the writing statements; no value ever enters the text."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from graph.facts import EdgeFact, Fact, NodeFact, Source
from graph.write import Ends

Row = list[Any]


def fact_key(fact: Fact) -> str:
    """What makes a fact one fact: subject, register, record, start, and when it was recorded.

    Stating it again, for example with an end, replaces it; a correction under the same record
    number has a later recordedFrom and stands beside it.
    """
    source = fact.source
    subject = (
        ("node", fact.type, fact.key)
        if isinstance(fact, NodeFact)
        else ("edge", fact.relationship, fact.kind, fact.from_key, fact.to_key)
    )
    parts = (*subject, source.register, source.record, source.valid_from, source.recorded_from)
    return blake2b("\x1f".join(p or "" for p in parts).encode(), digest_size=16).hexdigest()


def node_row(fact: NodeFact) -> Row:
    """[node key, fact key, provenance…, fields], as `write.record_node_facts` reads it."""
    return [fact.key, fact_key(fact), *_provenance(fact.source), fact.fields]


def edge_row(fact: EdgeFact) -> Row:
    """[fact key, provenance…, fields], as `write.record_edge_facts` reads a pair's facts."""
    return [fact_key(fact), *_provenance(fact.source), fact.fields]


def one_way(fact: EdgeFact, undirected: bool) -> EdgeFact:
    """The fact as it is stored: one without direction starts at the smaller key."""
    if not undirected or fact.from_key <= fact.to_key:
        return fact
    return EdgeFact(
        fact.relationship,
        fact.kind,
        fact.to_type,
        fact.to_key,
        fact.from_type,
        fact.from_key,
        fact.source,
        fact.fields,
    )


def ends_of(fact: EdgeFact, types: Mapping[str, str]) -> Ends:
    """Where the fact is stored; `types` are the relationship's stored types by kind."""
    return Ends(types[fact.kind], fact.from_type, fact.to_type)


def _provenance(source: Source) -> tuple[str | bool | None, ...]:
    """In the order of `write.PROVENANCE`."""
    return (
        source.record,
        source.valid_from,
        source.valid_to,
        source.recorded_from,
        source.recorded_to,
        source.disputed,
    )

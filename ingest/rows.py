"""Facts as parameter rows of the writing statements; no value ever enters the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

import orjson

from graph.catalogue import model
from graph.constraints import BOOKKEEPING
from graph.declarations import Relationship
from graph.facts import EdgeFact, Fact, NodeFact, Source
from graph.pinyin import spoken
from graph.write import PROVENANCE, Ends

Row = list[Any]
SEPARATOR = "\x1f"
_PLAIN = "/:,;= "
_NOT_FIELDS = frozenset({*BOOKKEEPING, *PROVENANCE, "register"})


def loose_key(fact: Fact) -> str:
    """What makes a stated fact one: subject, register, record, start, and when it was recorded.

    Stating it again, for example with an end, replaces it; a correction under the same record
    number has a later recordedFrom and stands beside it.
    """
    source = fact.source
    since = (source.valid_from or "", source.recorded_from)
    return digest(SEPARATOR.join((*_subject(fact), source.register, source.record, *since)))


def claim_digest(fact: Fact) -> str:
    """All that a fact says, but for when it was recorded."""
    source = fact.source
    types = () if isinstance(fact, NodeFact) else (fact.from_type, fact.to_type)
    said = (
        *_subject(fact),
        *types,
        source.register,
        source.record,
        source.valid_from,
        source.valid_to,
        source.disputed,
        source.citation,
        fact.fields,
    )
    return blake2b(orjson.dumps(said, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


def fact_key(fact: Fact) -> str:
    """A claim and since when it has been believed: the key of a delivered fact."""
    return key_of(claim_digest(fact), fact.source.recorded_from)


def key_of(claim: str, since: str) -> str:
    """The key of a fact by its claim's digest."""
    return digest(f"{claim}{since}")


def remark_key(register: str, record: str) -> str:
    """How the keys of the remarks of a record begin; no other record's begin so."""
    return f"record|{register}|{quote(record, safe=_PLAIN)}|"


def node_row(fact: NodeFact, key: str) -> Row:
    """[node key, fact key, provenance…, fields], as `write.record_node_facts` reads it."""
    return [fact.key, key, *_provenance(fact.source), {**fact.fields, **_spoken(fact)}]


def _spoken(fact: NodeFact) -> dict[str, str]:
    """The pinyin of what it states, where rows are looked for by it."""
    node = model().nodes.get(fact.type)
    kept = node.spoken.items() if node else ()
    return {name: spoken(str(fact.fields[f])) for f, name in kept if f in fact.fields}


def edge_row(fact: EdgeFact, key: str) -> Row:
    """[fact key, provenance…, fields], as `write.record_edge_facts` reads a pair's facts."""
    return [key, *_provenance(fact.source), fact.fields]


def source_of(properties: Mapping[str, Any]) -> Source:
    """The source of a stored fact."""
    return Source(
        properties["register"],
        properties["record"],
        properties["recordedFrom"],
        properties.get("validFrom"),
        properties.get("validTo"),
        properties.get("recordedTo"),
        bool(properties.get("disputed")),
        properties.get("citation"),
    )


def fields_of(properties: Mapping[str, Any]) -> dict[str, Any]:
    """What a stored fact states, without provenance and bookkeeping."""
    beside = _NOT_FIELDS | _derived_properties()
    return {name: value for name, value in properties.items() if name not in beside}


@cache
def _derived_properties() -> frozenset[str]:
    return frozenset(n for node in model().nodes.values() for n in node.derived_properties)


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


def ends_of(fact: EdgeFact, relationship: Relationship) -> Ends:
    """Where the fact is stored."""
    fields = tuple(relationship.fields)
    return Ends(relationship.types[fact.kind], fact.from_type, fact.to_type, fields)


def _subject(fact: Fact) -> tuple[str, ...]:
    if isinstance(fact, NodeFact):
        return ("node", fact.type, fact.key)
    return ("edge", fact.relationship, fact.kind, fact.from_key, fact.to_key)


def digest(text: str) -> str:
    """128 bits that stand for the text."""
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _provenance(source: Source) -> tuple[str | bool | None, ...]:
    """In the order of `write.PROVENANCE`."""
    return (
        source.record,
        source.valid_from,
        source.valid_to,
        source.recorded_from,
        source.recorded_to,
        source.disputed,
        source.citation,
    )

"""Cypher that looks for what cannot be or should be looked into, and keeps what was found.

Pure text builders. Nodes are named by their opaque ids in everything that is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.constraints import ABOUT, STATEMENT, fact_type
from graph.declarations import Node
from graph.ledger import FINDING, RECORD
from graph.write import current

GRAPH = "graph|"
"""How the key of a finding begins that was decided on the graph."""
_SAID = f"""COLLECT {{
  MATCH (n)<-[:{ABOUT}]-(s:{STATEMENT}) WHERE s.recordedTo IS NULL
  RETURN DISTINCT [s.register, s.record]
}}"""
_OWN = f"""COLLECT {{
  MATCH (r:{RECORD} {{own: $label + ' ' + n.key}}) USING INDEX r:{RECORD}(own)
  RETURN [r.register, r.record]
}}"""


def nodes(node: Node, by: str) -> str:
    """$label and $keys or $ids (`by` is key or id): what the rules look at, of each node.

    Rows: id, key, number, scheme, birth, death, sex, disputed, withdrawn; `said` and `own` are
    [register, record] of the statements believed of it and of the records that are about it.
    """
    number, scheme = f"n.{node.identifier}", f"n.{node.scheme_field}" if node.scheme_field else "''"
    told = {"birth": "birthDate", "death": "deathDate", "sex": "sex"}
    fields = ", ".join(
        f"{name}: {'n.' + field if field in node.fields else 'NULL'}"
        for name, field in told.items()
    )
    return f"""UNWIND ${by}s AS wanted
MATCH (n:{node.name} {{{by}: wanted}}) {_seek("n", node.name, by)}
RETURN {{id: n.id, key: n.key, number: {number}, scheme: {scheme}, {fields},
  disputed: size(coalesce(n.disputedFields, [])) > 0, withdrawn: n.withdrawn = true,
  said: {_SAID}, own: {_OWN}}} AS row"""


def links(label: str, stored: Iterable[str]) -> str:
    """$ids: believed facts of relationship types that link those nodes."""
    types = "|".join(fact_type(name) for name in stored)
    return f"""UNWIND $ids AS id
MATCH (n:{label} {{id: id}})-[f:{types}]-() {_seek("n", label)} WHERE f.recordedTo IS NULL
RETURN DISTINCT {{origin: startNode(f).id, to: endNode(f).id, type: type(f),
  register: f.register, record: f.record, begins: f.validFrom, ends: f.validTo}} AS row"""


def links_into(label: str, stored: Iterable[str]) -> str:
    """$ids: the same, of what leads to those nodes."""
    types = "|".join(fact_type(name) for name in stored)
    return f"""UNWIND $ids AS id
MATCH (n:{label} {{id: id}})<-[f:{types}]-(m) {_seek("n", label)} WHERE f.recordedTo IS NULL
RETURN {{origin: m.id, to: id, type: type(f),
  register: f.register, record: f.record, begins: f.validFrom, ends: f.validTo}} AS row"""


def sources(label: str, stored: Iterable[str]) -> str:
    """$ids: pairs (origin, to) of the current relationships that lead to those nodes."""
    return f"""UNWIND $ids AS id
MATCH (n:{label} {{id: id}})<-[:{"|".join(stored)}]-(m) {_seek("n", label)}
RETURN DISTINCT {{origin: m.id, to: id}} AS row"""


def same_number(node: Node) -> str:
    """$ids: pairs (one, other) of nodes that have one number of one scheme."""
    number, scheme = node.identifier, node.scheme_field
    same = f" AND coalesce(m.{scheme}, '') = coalesce(n.{scheme}, '')" if scheme else ""
    return f"""UNWIND $ids AS id
MATCH (n:{node.name} {{id: id}}) {_seek("n", node.name)}
WHERE n.{number} IS NOT NULL AND n.withdrawn IS NULL
MATCH (m:{node.name} {{{number}: n.{number}}}) {_seek("m", node.name, number)}
WHERE m.id <> id AND m.withdrawn IS NULL{same}
RETURN {{one: id, other: m.id}} AS row"""


def stated_differently(label: str) -> str:
    """$ids, $today: each statement of today about a disputed field of the nodes."""
    return f"""UNWIND $ids AS id
MATCH (n:{label} {{id: id}}) {_seek("n", label)}
UNWIND n.disputedFields AS field
MATCH (n)<-[:{ABOUT}]-(s:{STATEMENT}) WHERE {current("s")} AND s[field] IS NOT NULL
RETURN DISTINCT {{id: id, field: field, value: s[field],
  register: s.register, record: s.record}} AS row"""


def named_by(label: str) -> str:
    """$ids: of the believed facts that link each node, the first register and record."""
    return f"""UNWIND $ids AS id
MATCH (n:{label} {{id: id}})-[f]-() {_seek("n", label)}
WHERE f.register IS NOT NULL AND f.recordedTo IS NULL
WITH id, min([f.register, f.record]) AS said
RETURN {{id: id, said: said}} AS row"""


def _seek(variable: str, label: str, field: str = "id") -> str:
    """Keep to the index: a plan made while there were few nodes would look at every one."""
    return f"USING INDEX {variable}:{label}({field})"


def records() -> str:
    """$keys ("register|record"): those of records that were ingested."""
    return f"""UNWIND $keys AS key
MATCH (r:{RECORD} {{key: key}}) {_seek("r", RECORD, "key")}
RETURN {{key: key}} AS row"""


def kept(end: str) -> str:
    """$ids, $kinds: findings on the graph whose `end` (subject or other) is one of the nodes."""
    return f"""UNWIND $ids AS id
MATCH (f:{FINDING} {{{end}: id}}) {_seek("f", FINDING, end)}
WHERE f.kind IN $kinds AND f.key STARTS WITH '{GRAPH}'
RETURN DISTINCT {{finding: properties(f)}} AS row"""


def remarked() -> str:
    """$prefixes of keys, $kind: those under which a record itself has the finding."""
    return f"""UNWIND $prefixes AS prefix
MATCH (f:{FINDING}) {_seek("f", FINDING, "key")}
WHERE f.key STARTS WITH prefix AND f.kind = $kind
RETURN DISTINCT {{prefix: prefix}} AS row"""


def keep() -> str:
    """$rows, $now: findings that hold."""
    return f"""UNWIND $rows AS row
MERGE (f:{FINDING} {{key: row.key}})
  ON CREATE SET f.since = $now
SET f += row"""


def drop() -> str:
    """$keys: findings that hold no longer."""
    return f"""UNWIND $keys AS key
MATCH (f:{FINDING} {{key: key}}) {_seek("f", FINDING, "key")}
DELETE f"""


FILTERS: Mapping[str, str] = {
    "kind": "f.kind = $kind",
    "register": "f.register = $register",
    "record": "f.record = $record",
    "severity": "f.severity = $severity",
}
_WHERE = "\n  AND ".join(f"(${name} IS NULL OR {test})" for name, test in FILTERS.items())


def listed() -> str:
    """FILTERS, $after of [kind, key], $limit: the next findings by kind and key."""
    return f"""MATCH (f:{FINDING})
WHERE (f.kind > $after[0] OR (f.kind = $after[0] AND f.key > $after[1]))
  AND {_WHERE}
RETURN properties(f) AS finding ORDER BY f.kind, f.key LIMIT $limit"""


def counted() -> str:
    """FILTERS: number of findings by kind, register and severity."""
    return f"""MATCH (f:{FINDING}) WHERE {_WHERE}
RETURN f.kind AS kind, f.register AS register, f.severity AS severity, count(f) AS count
ORDER BY kind, register"""

"""Cypher that records facts and derives the current picture from them. Pure text builders.

Node types, relationship types and field names come from the model; values are parameters only.
Every statement that derives takes $today, an ISO date: what is valid on it is current.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph import spans
from graph.constraints import ABOUT, STATEMENT, fact_type
from graph.cypher import predicates
from graph.declarations import PLACED, POSITION, Node
from graph.ledger import RECORD

# Columns of a fact's row, in order; register and rank are the same for a whole batch.
PROVENANCE = (
    *("record", "validFrom", "validTo", "recordedFrom", "recordedTo"),
    *("disputed", "citation"),
)
# Preferred first: the register with the lowest rank, then what became true last. Property, and
# whether the larger value comes first; an empty text stands for what is not there.
ORDER = (
    *(("rank", False), ("validFrom", True), ("recordedFrom", True)),
    *(("register", False), ("record", False)),
)
# The last day of what has no end, as text that compares.
FOREVER = "9999-12-31"


@dataclass(frozen=True)
class Ends:
    """A stored relationship type between two node types."""

    stored: str
    origin: str
    to: str
    fields: tuple[str, ...] = ()


def _provenance(first: int, row: str = "row") -> str:
    """Cypher map entries: $register, $rank, and PROVENANCE from the row's columns."""
    columns = (f"{name}: {row}[{first + n}]" for n, name in enumerate(PROVENANCE))
    return f"register: $register, rank: $rank, {', '.join(columns)}"


def current(name: str) -> str:
    """Cypher: the fact is believed, and true on $today."""
    return f"{name}.recordedTo IS NULL AND {predicates.current(name)}"


def _order(name: str) -> str:
    """Cypher: ORDER as sort items. Of its properties only validFrom can be absent."""
    values = {"validFrom": f"coalesce({name}.validFrom, '')"}
    items = ((values.get(of, f"{name}.{of}"), " DESC" if falls else "") for of, falls in ORDER)
    return ", ".join(f"{value}{direction}" for value, direction in items)


def record_node_facts(label: str) -> str:
    """$register, $rank, $rows of [node key, key, provenance…, fields]: nodes and statements."""
    return f"""UNWIND $rows AS row
MERGE (n:{label} {{key: row[0]}})
  ON CREATE SET n.id = replace(randomUUID(), '-', '')
MERGE (s:{STATEMENT} {{key: row[1]}})
SET s = {{type: '{label}', key: row[1], {_provenance(2)}}}, s += row[{2 + len(PROVENANCE)}]
MERGE (s)-[:{ABOUT}]->(n)"""


def derive_nodes(node: Node) -> str:
    """$keys, $today: replace the fields of the nodes by what is believed and true today.

    The nodes are locked first, so that of two writers the second sees what the first stated.
    """
    names = [*node.fields, *node.spoken.values()]
    found = {f"{name}Turns": text for name, text in spans.turns(node).items()}
    if node.protective:
        found["lasting"] = _lasting(node)
    collected = "".join(f", {text} AS {variable}" for variable, text in found.items())
    carried = "".join(f", {variable}" for variable in found)
    stored = "".join(f", {name}: {value}" for name, value in _lasting_properties(node).items())
    only = ", ".join(f"{n}: {_preferred(node, n, alone=True)}" for n in names)
    values = ", ".join(f"{n}: {_preferred(node, n)}" for n in names)
    contested = ", ".join(
        f"CASE WHEN any(s IN said WHERE any(t IN said WHERE t.{n} <> s.{n}"
        f" AND t.register <> s.register)) THEN '{n}' END"
        for n in node.fields
    )
    placed = _placed("n") if node.near else ""
    return f"""UNWIND $keys AS key
MATCH (n:{node.name} {{key: key}}) USING INDEX n:{node.name}(key)
REMOVE n.lock
WITH n, COLLECT {{
  MATCH (n)<-[:{ABOUT}]-(s:{STATEMENT}) WHERE {current("s")}
  RETURN properties(s) ORDER BY {_order("s")}
}} AS said{collected}
CALL (n, said{carried}) {{
  WITH n, said[0] AS s{carried} WHERE size(said) = 1
  SET n = {{id: n.id, key: n.key, {only}{stored}}}
}}
CALL (n, said{carried}) {{
  WITH n, said{carried} WHERE size(said) <> 1
  SET n = {{id: n.id, key: n.key, {values}{stored}, withdrawn: {_withdrawn()}, disputedFields:
    CASE WHEN any(s IN said WHERE s.register <> said[0].register)
    THEN [f IN [{contested}] WHERE f IS NOT NULL] END}}
  SET n.disputedFields = CASE n.disputedFields WHEN [] THEN null ELSE n.disputedFields END
}}{placed}"""


def _placed(name: str) -> str:
    """The point that the node's coordinates are, and none where one of them is missing."""
    parts = ", ".join(f"{field}: {name}.{field}" for field in PLACED)
    return f"\nSET {name}.{POSITION} = point({{{parts}, crs: 'WGS-84'}})"


def _lasting_properties(node: Node) -> dict[str, str]:
    """What is stored of days to come, by property: ends of protections, changes of spans."""
    untils = enumerate(node.protective.values(), 1)
    ends = {until: f"head([x IN lasting WHERE x[{at}] | x[0]])" for at, until in untils}
    return ends | {name: spans.changes(f"{name}Turns") for name in node.spans}


def _lasting(node: Node) -> str:
    """[last day it may hold, each protective field] of what is believed and not over, latest first.

    Of an end in a year or month the last day counts.
    """
    stated = " OR ".join(f"s.{name}" for name in node.protective)
    last = (
        "coalesce(s.validTo + CASE size(s.validTo) WHEN 4 THEN '-12-31' WHEN 7 THEN '-31'"
        f" ELSE '' END, '{FOREVER}')"
    )
    return f"""COLLECT {{
  MATCH (n)<-[:{ABOUT}]-(s:{STATEMENT}) WHERE s.recordedTo IS NULL AND ({stated})
  WITH s, {last} AS until WHERE until > $today
  RETURN [until, {", ".join(f"s.{name}" for name in node.protective)}] ORDER BY until DESC
}}"""


def _preferred(node: Node, field: str, alone: bool = False) -> str:
    """The value of the register that comes first; an identifier that nobody states is the key's.

    Of `said`, or of `s` where that is all that is said.
    """
    of = next((name for name, spoken in node.spoken.items() if spoken == field), field)
    stated = [
        f"head([s IN said WHERE s.register = '{register}' AND s.{field} IS NOT NULL | s.{field}])"
        for register in node.fields[of].precedence
    ]
    stated.append(f"head([s IN said WHERE s.{field} IS NOT NULL | s.{field}])")
    ways = [*([f"s.{field}"] if alone else stated), *_from_key(node, field)]
    return ways[0] if len(ways) == 1 else f"coalesce({', '.join(ways)})"


def _from_key(node: Node, field: str) -> list[str]:
    part = {node.scheme_field: 0, node.identifier: 1}.get(field)
    if not field or part is None or not node.schemes:
        return []
    schemes = ", ".join(f"'{scheme}'" for scheme in node.schemes)
    return [f"CASE WHEN split(n.key, ':')[0] IN [{schemes}] THEN split(n.key, ':')[{part}] END"]


def _withdrawn() -> str:
    """True where nobody believes anything of the node any more, today or any other day."""
    return (
        f"CASE WHEN size(said) = 0 AND NOT EXISTS {{ (n)<-[:{ABOUT}]-(x) WHERE x.recordedTo IS NULL"
        f" }} AND NOT EXISTS {{ (n)-[x]-() WHERE type(x) <> '{ABOUT}' AND x.recordedTo IS NULL }}"
        " THEN true END"
    )


def ensure_nodes(node: Node) -> str:
    """$keys: nodes that links lead to; one that nobody stated shows the number that it is."""
    identity = "n.id = replace(randomUUID(), '-', '')"
    fields = ", ".join(
        f"n.{field} = {way}"
        for field in (node.identifier, node.scheme_field)
        for way in _from_key(node, field)
    )
    return f"""UNWIND $keys AS key
MERGE (n:{node.name} {{key: key}})
  ON CREATE SET {", ".join(part for part in (identity, fields) if part)}"""


def record_edge_facts(ends: Ends) -> str:
    """$register, $rank, $today, $rows of [from key, to key, facts of [key, provenance…, fields]].

    Records the facts of each pair of nodes, then derives the pair's current relationship. Nodes
    that a believed link leads to are not withdrawn; where a link ceased to be believed, derive them
    after it.
    """
    return f"""UNWIND $rows AS row
MATCH (a:{ends.origin} {{key: row[0]}}) USING INDEX a:{ends.origin}(key)
MATCH (b:{ends.to} {{key: row[1]}}) USING INDEX b:{ends.to}(key)
CALL (a, b, row) {{
  UNWIND row[2] AS fact
  MERGE (a)-[f:{fact_type(ends.stored)} {{key: fact[0]}}]->(b)
    ON CREATE SET f.id = replace(randomUUID(), '-', '')
  SET f = {{id: f.id, key: fact[0], {_provenance(1, "fact")}}}, f += fact[{1 + len(PROVENANCE)}]
}}
FOREACH (n IN [n IN [a, b] WHERE n.withdrawn AND {_states_now()}] | REMOVE n.withdrawn)
{_derive_pair(ends)}"""


def _states_now() -> str:
    """Whether any of the row's facts is still believed."""
    return f"any(fact IN row[2] WHERE fact[{1 + PROVENANCE.index('recordedTo')}] IS NULL)"


def derive_edges_from(ends: Ends) -> str:
    """$keys of origins, $today: every current relationship that starts there, from nothing."""
    return f"""UNWIND $keys AS key
MATCH (a:{ends.origin} {{key: key}})-[:{fact_type(ends.stored)}]->(b:{ends.to})
WITH DISTINCT a, b
{_derive_pair(ends)}"""


def delete_current_edges(ends: Ends) -> str:
    """$keys of origins: delete the current relationships that start there."""
    return f"""UNWIND $keys AS key
MATCH (:{ends.origin} {{key: key}})-[c:{ends.stored}]->(:{ends.to})
DELETE c"""


def _derive_pair(ends: Ends) -> str:
    return f"""WITH a, b, COLLECT {{
  MATCH (a)-[f:{fact_type(ends.stored)}]->(b) WHERE {current("f")}
  RETURN f ORDER BY {_order("f")}
}} AS said
CALL (a, b, said) {{
  WITH a, b, said, head(said) AS f WHERE f IS NOT NULL
  MERGE (a)-[c:{ends.stored}]->(b)
  SET c = properties(f){_contested(ends)}
}}
CALL (a, b, said) {{
  WITH a, b, said WHERE size(said) = 0
  MATCH (a)-[c:{ends.stored}]->(b)
  DELETE c
}}"""


def _contested(ends: Ends) -> str:
    """Mark the link where two registers state one of its fields differently."""
    if not ends.fields:
        return ""
    differs = " OR ".join(f"s.{field} <> f.{field}" for field in ends.fields)
    another = f"any(s IN said WHERE s.register <> f.register AND ({differs}))"
    return f", c.disputed = f.disputed OR {another}"


def delete_node_facts() -> str:
    """$keys of facts: those that another version of their record has taken the place of."""
    return f"""UNWIND $keys AS key
MATCH (s:{STATEMENT} {{key: key}}) USING INDEX s:{STATEMENT}(key)
DETACH DELETE s"""


def delete_edge_facts(ends: Ends) -> str:
    """$today, $rows of [from key, to key, keys of facts]: the same for links."""
    return f"""UNWIND $rows AS row
MATCH (a:{ends.origin} {{key: row[0]}}) USING INDEX a:{ends.origin}(key)
MATCH (b:{ends.to} {{key: row[1]}}) USING INDEX b:{ends.to}(key)
CALL (a, b, row) {{
  MATCH (a)-[f:{fact_type(ends.stored)}]->(b) WHERE f.key IN row[2]
  DELETE f
}}
{_derive_pair(ends)}"""


def stated_of_nodes(label: str) -> str:
    """$register, $rows of [node key, record]: facts that the record or a part of it states."""
    return f"""UNWIND $rows AS r
MATCH (a:{label} {{key: r[0]}})<-[:{ABOUT}]-(f:{STATEMENT}) USING INDEX a:{label}(key)
WHERE {_of_record()}
RETURN {{record: r[1], key: r[0], said: properties(f)}} AS row"""


def stated_of_pairs(ends: Ends) -> str:
    """$register, $rows of [from key, record, to key]: the same for links."""
    return f"""UNWIND $rows AS r
MATCH (a:{ends.origin} {{key: r[0]}}) USING INDEX a:{ends.origin}(key)
MATCH (a)-[f:{fact_type(ends.stored)}]->(:{ends.to} {{key: r[2]}})
WHERE {_of_record()}
RETURN {{record: r[1], origin: r[0], to: r[2], said: properties(f)}} AS row"""


def _of_record() -> str:
    """Not of a record whose own number looks like that of a part: "a/b" beside "a"."""
    part = "substring(f.record, size(r[1]) + 1)"
    longer = (
        f"any(n IN range(1, size(split({part}, '/'))) WHERE EXISTS {{ MATCH (:{RECORD} "
        f"{{key: $register + '|' + r[1] + '/' + reduce(said = '', word IN "
        f"split({part}, '/')[..n] | said + CASE said WHEN '' THEN '' ELSE '/' END + word)}}) }})"
    )
    return (
        "f.register = $register AND (f.record = r[1] OR"
        f" (f.record STARTS WITH r[1] + '/' AND NOT {longer}))"
    )


def missing_keys(label: str) -> str:
    """$keys: those of which there is no node."""
    return f"""UNWIND $keys AS key
WITH key WHERE NOT EXISTS {{ MATCH (:{label} {{key: key}}) }}
RETURN key LIMIT 5"""


def count_nodes(labels: Iterable[str]) -> str:
    """One row (name, count) per node type."""
    return "\nUNION ALL\n".join(
        f"MATCH (n:{label}) RETURN '{label}' AS name, count(n) AS count" for label in labels
    )


def count_relationships(stored: Iterable[str]) -> str:
    """One row (name, count) per relationship type."""
    return "\nUNION ALL\n".join(
        f"MATCH ()-[r:{name}]->() RETURN '{name}' AS name, count(r) AS count" for name in stored
    )


def keys_after(label: str) -> str:
    """$after, $limit: the next keys in order."""
    return f"MATCH (n:{label}) WHERE n.key > $after RETURN n.key AS key ORDER BY key LIMIT $limit"


def contents(label: str) -> str:
    """$keys: the nodes and all that leaves them, without ids."""
    return f"""UNWIND $keys AS key
MATCH (n:{label} {{key: key}})
RETURN key, properties(n) AS properties, COLLECT {{
  MATCH (n)-[r]->(other)
  RETURN [type(r), labels(other)[0], other.key, properties(r)]
}} AS edges"""


LOADED_FILES = "MATCH (f:LoadedFile) RETURN f.sha256 AS sha256, f.name AS name"
NOTE_LOADED_FILE = "MERGE (f:LoadedFile {sha256: $sha256}) SET f.name = $name"
IS_EMPTY = "RETURN NOT EXISTS { MATCH (n) } AS empty"
REGISTERS = "MATCH (r:Register) RETURN r{.code, .name, .department, .precedence} AS said"

"""Cypher of accepted joins: two nodes that an officer says are one. Pure text."""

from __future__ import annotations

from graph.constraints import ABOUT
from graph.ledger import JOIN, RECORD

LISTED = f"MATCH (j:{JOIN}) RETURN properties(j) AS join ORDER BY j.at, j.subject"

IN_FORCE = f"MATCH (j:{JOIN}) WHERE j.state IS NULL RETURN properties(j) AS join"

ACCEPT = f"""MERGE (j:{JOIN} {{subject: $join.subject}})
SET j = $join"""

END = f"MATCH (j:{JOIN} {{subject: $subject}}) SET j.state = 'ending'"

FORGET = f"MATCH (j:{JOIN} {{subject: $subject}}) DELETE j"

RECORD_LOGS = f"""UNWIND $keys AS key
MATCH (r:{RECORD} {{key: key}})
RETURN r.register AS register, r.record AS record, r.log AS log, r.subjects AS subjects
ORDER BY register, record"""


def node_by_id(label: str) -> str:
    """$id: the key of a node of the type."""
    return f"MATCH (n:{label} {{id: $id}}) RETURN n.key AS key"


def said_of(label: str) -> str:
    """$key: register and record of all that is believed of the node or of its links."""
    return f"""MATCH (n:{label} {{key: $key}})
CALL (n) {{
  MATCH (n)<-[:{ABOUT}]-(s) WHERE s.recordedTo IS NULL
  RETURN s.register AS register, s.record AS record
  UNION
  MATCH (n)-[f]-() WHERE f.register IS NOT NULL AND f.recordedTo IS NULL
  RETURN f.register AS register, f.record AS record
}}
RETURN DISTINCT register, record ORDER BY register, record"""

"""Cypher that reads who holds shares in whom, one step at a time. Pure text builders.

A step per statement keeps circles and dense holdings from multiplying into paths.
"""

from __future__ import annotations

from graph.cypher import predicates

ARRANGEMENTS = ("ARRANGEMENT", "TRUST", "NOMINATION")


def holders() -> str:
    """$keys of entities, $today: holder, its type, held, and the share in percent."""
    return f"""UNWIND $keys AS held
MATCH (:LegalEntity {{key: held}})<-[r:SHAREHOLDER_OF]-(h:Person|LegalEntity)
WHERE {predicates.current("r")}
RETURN h.key AS holder, labels(h)[0] AS type, held,
  r.sharePercent AS exact, r.sharePercentMin AS low, r.sharePercentMax AS high
ORDER BY held, holder"""


def arrangement_parties() -> str:
    """$keys of entities, $today: the parties of those that are arrangements, with their kind."""
    return f"""UNWIND $keys AS held
MATCH (a:LegalEntity {{key: held}}) WHERE a.kind IN {list(ARRANGEMENTS)}
MATCH (a)<-[r:NOMINATOR_OF|BENEFICIARY_OF|SETTLOR_OF]-(h:Person|LegalEntity)
WHERE {predicates.current("r")}
RETURN h.key AS holder, labels(h)[0] AS type, held, replace(type(r), '_OF', '') AS kind
ORDER BY held, holder, kind"""


def held_entities() -> str:
    """$keys of holders, $today: keys of the entities that they hold or pass shares to."""
    return f"""UNWIND $keys AS holder
MATCH (h:Person|LegalEntity {{key: holder}})
  -[r:SHAREHOLDER_OF|NOMINATOR_OF|BENEFICIARY_OF|SETTLOR_OF]->(e:LegalEntity)
WHERE {predicates.current("r")}
RETURN DISTINCT e.key AS key ORDER BY key"""

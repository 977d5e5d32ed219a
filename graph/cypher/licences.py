"""Statements of the licence desk: bodies, licences, and whether a change may still take effect.

A guard locks what it is about, as in desk.py.
"""

from __future__ import annotations

from graph.cypher.attributes import certainly

NOT_OVER = "(l.expiryDate IS NULL OR left($today, size(l.expiryDate)) <= l.expiryDate)"
"""Licence l holds through its last day; of a year or month through the end of it."""
HOLDERS = ("Person", "LegalEntity")

BODY = """MATCH (n:LegalEntity {creditCode: $code})
WHERE n.withdrawn IS NULL
RETURN n.key AS key, coalesce(n.kind, '') AS kind, coalesce(n.name, '') AS name,
  coalesce(n.district, '') AS district, coalesce(n.status, '') AS status
ORDER BY key LIMIT 1"""
"""$code: a body as the register of legal entities has it."""

BIRTH = "MATCH (n:Person {key: $person}) RETURN n.birthDate AS day"
"""$person: the birth date, as precise as it is known."""

LICENCE = f"""MATCH (l:Licence {{key: $licence}})
WHERE l.withdrawn IS NULL
RETURN l.id AS id, l.key AS key, l.number AS number, l.kind AS kind, l.status AS status,
  l.issueDate AS issueDate, l.expiryDate AS expiryDate, l.district AS district,
  coalesce(l.version, 1) AS version, {NOT_OVER} AS notOver,
  COLLECT {{ MATCH (holder)-[held:HOLDS]->(l) WHERE {certainly("held")}
    RETURN [labels(holder)[0], holder.key] ORDER BY holder.key }} AS holders,
  head(COLLECT {{ MATCH (l)<-[:ABOUT]-(said:Statement)
    RETURN said.recordedFrom ORDER BY said.recordedFrom DESC LIMIT 1 }}) AS recordedFrom"""
"""$licence, $today: a licence with its holders, and when something was last stated of it."""

EVENT = """MATCH (event:LicenceEvent {key: $event})-[:CHANGED]->(l:Licence)
RETURN event.request AS request, event.reference AS reference, event.version AS version,
  l.id AS id, l.status AS status ORDER BY id LIMIT 1"""
"""$event: a change that was made, and its licence."""

UNCHANGED = """MATCH (l:Licence {key: $licence})
REMOVE l.lock
WITH l WHERE coalesce(l.version, 1) = $version AND l.withdrawn IS NULL
  AND NOT EXISTS { (:LicenceEvent {key: $event}) }
  AND NOT EXISTS { (:Licence {key: $successor}) }
RETURN l.key AS key"""
"""$licence, $version, $event, $successor (or null): a row where it is still as it was seen."""


def not_issued(holder_type: str) -> str:
    """$issuer, $holders, $event, $licence, $kind, $single, $today: a row where it may be issued.

    That is once for an event, under a number that is free and, where it is to be the only one of
    its kind, to holders of whom none has one.
    """
    assert holder_type in HOLDERS
    return f"""MATCH (issuer:LegalEntity {{key: $issuer}})
REMOVE issuer.lock
WITH issuer
MATCH (holder:{holder_type}) WHERE holder.key IN $holders
REMOVE holder.lock
WITH collect(holder) AS holders
WHERE size(holders) = size($holders)
  AND NOT EXISTS {{ (:LicenceEvent {{key: $event}}) }}
  AND NOT EXISTS {{ (:Licence {{key: $licence}}) }}
  AND NOT ($single AND any(holder IN holders WHERE EXISTS {{
    MATCH (holder)-[held:HOLDS]->(l:Licence {{kind: $kind}})
    WHERE {certainly("held")} AND l.withdrawn IS NULL
      AND l.status IN ['VALID', 'SUSPENDED'] AND {NOT_OVER} }}))
RETURN size(holders) AS count"""


TAKEN = "MATCH (l:Licence {key: $licence}) RETURN l.key AS key"
"""$licence: a row where the number is taken."""

STANDING = f"""MATCH (l:Licence {{number: $number}})
WHERE l.withdrawn IS NULL AND ($kind IS NULL OR l.kind = $kind)
  AND EXISTS {{ MATCH (holder)-[held:HOLDS]->(l) WHERE {certainly("held")}
    AND (holder.citizenNumber = $holder OR holder.creditCode = $holder) }}
RETURN l.id AS id, l.status = 'VALID' AND {NOT_OVER} AS valid ORDER BY id LIMIT 2"""
"""$number, $kind (or null), $holder, $today: whether it is valid, for who knows both numbers."""

STANDING_BY_ID = f"""MATCH (l:Licence {{id: $id}})
WHERE l.withdrawn IS NULL
RETURN l.id AS id, l.status = 'VALID' AND {NOT_OVER} AS valid"""
"""$id, $today: the same of a licence whose code was shown."""

"""Cypher that reads all ties and household books around persons, for the kinship engine.

Pure text builders. Facts are read as they are believed now and have begun by $today; an ended one
is a tie too. Ancestors are followed as a set, so that no number of paths makes the reading long.
"""

from __future__ import annotations

from graph.catalogue import Catalogue
from graph.ledger import RECORD

MEMBERS_MAX = 60
"""A book with more entries is an institution and no family."""


def resolve() -> str:
    """$given, $register: id of the person that each word stands for.

    A word is the id, the key or the citizen number of a person, or the number of a record of the
    register. Rows: at, ids.
    """
    return f"""UNWIND range(0, size($given) - 1) AS at
WITH at, $given[at] AS word
RETURN at, COLLECT {{
  MATCH (n:Person {{key: $register + ':' + word}}) RETURN n.id AS id
  UNION
  MATCH (n:Person {{key: word}}) RETURN n.id AS id
  UNION
  MATCH (n:Person {{id: word}}) RETURN n.id AS id
  UNION
  MATCH (n:Person {{citizenNumber: word}}) RETURN n.id AS id
  UNION
  MATCH (r:{RECORD} {{key: $register + '|' + word}}) WHERE r.own STARTS WITH 'Person '
  MATCH (n:Person {{key: substring(r.own, size('Person '))}}) RETURN n.id AS id
}} AS ids ORDER BY at"""


def around(model: Catalogue, generations: int) -> str:
    """$ids, $today: one row of persons, parents, spouses, guardians and entries.

    Ancestors are followed for so many generations.
    Persons are [id, sex, birth date, name]; ties [fact, type, from, to, ended, disputed, form,
    evidence]; entries [fact, person, book, code, from, to, sex, birth date, name, evidence];
    evidence is [register, record, from, to].
    """
    parent, spouse = _facts(model, "Parenthood"), _facts(model, "Marriage")
    guardian, member = _facts(model, "Guardianship"), _facts(model, "Membership")
    return f"""MATCH (n:Person) WHERE n.id IN $ids
WITH collect(n) AS asked
CALL (asked) {{
  UNWIND asked AS n
  MATCH (n)-[:{member}]->(b:Household) WHERE {_family("b", member)}
  MATCH (b)<-[:{member}]-(m:Person)
  RETURN collect(DISTINCT m) AS housed
}}
WITH asked, asked + [m IN housed WHERE NOT m IN asked] AS known
CALL (known) {{
  UNWIND known AS n
  OPTIONAL MATCH (n)-[:{spouse}|{parent}]-(m:Person)
  RETURN collect(DISTINCT m) AS near
}}
WITH asked, known, near
CALL (known, near) {{
  UNWIND known + near AS n
  OPTIONAL MATCH (n)-[:{spouse}]-(m:Person)
  RETURN collect(DISTINCT n) + collect(DISTINCT m) AS starts
}}
CALL (starts) {{
  UNWIND starts AS n
  MATCH (n)<-[steps:{parent}*0..{generations}]-(m:Person)
  WHERE all(f IN steps WHERE {_begun("f")})
  RETURN collect(DISTINCT m) AS people
}}
RETURN {{
  persons: [n IN people | [n.id, n.sex, n.birthDate, n.name]],
  parents: COLLECT {{ UNWIND people AS n
    MATCH (p:Person)-[f:{parent}]->(n) WHERE {_begun("f")}
    RETURN {_tie("f", "p", "n")} }},
  spouses: COLLECT {{ UNWIND people AS n
    MATCH (n)-[f:{spouse}]->(m:Person) WHERE {_begun("f")} RETURN {_tie("f", "n", "m")} }},
  guardians: COLLECT {{ UNWIND asked AS n
    MATCH (n)-[f:{guardian}]->(m:Person) WHERE {_begun("f")} RETURN {_tie("f", "n", "m")} }},
  entries: COLLECT {{ UNWIND known AS n
    MATCH (n)-[:{member}]->(b:Household)
    WITH DISTINCT b WHERE {_family("b", member)}
    MATCH (b)<-[f:{member}]-(m:Person) WHERE {_begun("f")} AND f.relationToHead IS NOT NULL
    RETURN [f.id, m.id, b.id, f.relationToHead, f.validFrom, f.validTo, m.sex, m.birthDate,
      m.name, {_evidence("f")}] }}
}} AS row"""


def _family(book: str, member: str) -> str:
    return (
        f"coalesce({book}.kind, 'FAMILY') <> 'COLLECTIVE'"
        f" AND COUNT {{ ({book})<-[:{member}]-() }} <= {MEMBERS_MAX}"
    )


def _begun(fact: str) -> str:
    return f"{fact}.recordedTo IS NULL AND ({fact}.validFrom IS NULL OR {fact}.validFrom <= $today)"


def _tie(fact: str, origin: str, to: str) -> str:
    return (
        f"[{fact}.id, type({fact}), {origin}.id, {to}.id,"
        f" coalesce({fact}.validTo <= $today, false), coalesce({fact}.disputed, false),"
        f" {fact}.form, {_evidence(fact)}]"
    )


def _evidence(fact: str) -> str:
    return f"[{fact}.register, {fact}.record, {fact}.validFrom, {fact}.validTo]"


def _facts(model: Catalogue, relationship: str) -> str:
    return "|".join(f"{stored}_FACT" for stored in model.relationships[relationship].types.values())

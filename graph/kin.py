"""Cypher that reads all ties and household books around persons, for the kinship engine.

Pure text builders. Facts are read as they are believed at a moment and have begun by its day; an
ended one is a tie too. Ancestors are followed as a set, so that no number of paths makes the
reading long.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from graph.catalogue import Catalogue
from graph.cypher.predicates import believed_at
from graph.ledger import RECORD

MEMBERS_MAX = 60
"""A book with more entries is an institution and no family."""
GENERATIONS_MAX = 64
"""So many generations of ancestors are read."""
IN_LAW_GENERATIONS = 4
"""So many are read of those who are near by marriage: relations by marriage go no further."""
NEAR_MAX = 1000
"""So many spouses, parents and children of one person are followed."""
PEOPLE_MAX = 50_000
"""So many persons are read around a question."""
RELATIVES_MAX = 2_000
"""So many persons are read for a list of relatives."""
_UNIONS = ("Marriage", "Couple")
"""Relationships of spouses and partners. Nobody is related through a couple without a marriage."""

Reach = Literal["up", "down", "around"]


def _always(_: str) -> str:
    return "true"


@dataclass(frozen=True)
class Reading:
    """When and what is read: `day` and `known` name parameters; `known` is empty for now.

    `told` says of a person variable whether facts that date the person's birth may be used, in
    terms of the variables in `scope`; `sex` and `born` give the expressions for them. With
    `evidence` names and records are read too, without it of each record only the register.
    """

    day: str = "$today"
    known: str = ""
    evidence: bool = True
    told: Callable[[str], str] = field(default=_always)
    scope: str = ""
    sex: Callable[[str], str] = field(default="{}.sex".format)
    born: Callable[[str], str] = field(default="{}.birthDate".format)

    def begun(self, fact: str, born: str = "") -> str:
        """Whether the fact is believed, has begun by the day, and may be used.

        `born` is the person whose birth it may date.
        """
        told = self.told(born) if born else "true"
        return (
            f"{believed_at(fact, self.known)}"
            f" AND ({fact}.validFrom IS NULL OR {fact}.validFrom <= {self.day})"
            + ("" if told == "true" else f" AND {told}")
        )

    def tie(self, fact: str, origin: str, to: str) -> str:
        """A fact as a list."""
        return (
            f"[{fact}.id, type({fact}), {origin}.id, {to}.id,"
            f" coalesce({fact}.validTo <= {self.day}, false), coalesce({fact}.disputed, false),"
            f" {fact}.form, {self.source(fact)}]"
        )

    def source(self, fact: str) -> str:
        """The register behind a fact, and with evidence its record and period."""
        if not self.evidence:
            return f"[{fact}.register]"
        return f"[{fact}.register, {fact}.record, {fact}.validFrom, {fact}.validTo]"

    def person(self, node: str) -> str:
        """Sex, birth date and name."""
        name = f"{node}.name" if self.evidence else "null"
        return f"{self.sex(node)}, {self.born(node)}, {name}"

    def dead(self, node: str) -> str:
        """Whether a death by the day, or on a day that is not known, is recorded."""
        return f"coalesce({node}.deathDate <= {self.day}, {node}.deceased, false)"


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


def around(model: Catalogue, reading: Reading) -> str:
    """From the list `asked` of persons: one row `around` of what is recorded around them.

    Persons are [id, sex, birth date, name, dead]; ties [fact, type, from, to, ended, disputed,
    form, evidence]; entries [fact, person, book, code, from, to, sex, birth date, name,
    evidence]; evidence is [register, record, from, to]. `cut` says that somebody has more
    relatives than are followed.
    """
    parent, spouse = fact_types(model, "Parenthood"), fact_types(model, "Marriage")
    begun = reading.begun("f", "endNode(f)")
    return f"""{_housed(model)}
CALL (known) {{
  UNWIND known AS n
  CALL (n) {{ MATCH (n)-[:{spouse}|{parent}]-(m:Person) RETURN m LIMIT {NEAR_MAX} }}
  RETURN collect(DISTINCT m) AS near
}}
CALL (known, near) {{
  UNWIND known + near AS n
  CALL (n) {{ MATCH (n)-[:{spouse}]-(m:Person) RETURN m LIMIT {NEAR_MAX} UNION RETURN n AS m }}
  RETURN collect(DISTINCT m) AS starts
}}
CALL (known, starts{reading.scope}) {{
  CALL (known, starts{reading.scope}) {{
    {_upwards("known", parent, GENERATIONS_MAX, begun)}
    UNION
    {_upwards("starts", parent, IN_LAW_GENERATIONS, begun)}
  }}
  WITH m LIMIT {PEOPLE_MAX}
  RETURN collect(m) AS people
}}
{_row(model, reading, PEOPLE_MAX)}"""


def _upwards(persons: str, parent: str, generations: int, begun: str) -> str:
    return f"""UNWIND {persons} AS n
    MATCH (n)<-[steps:{parent}*0..{generations}]-(m:Person)
    WHERE all(f IN steps WHERE {begun})
    RETURN DISTINCT m"""


def neighbourhood(model: Catalogue, reading: Reading, reach: Reach, within: int) -> str:
    """From the list `asked` of persons: one row as of `around`, of those so many steps away."""
    parent, spouse = fact_types(model, "Parenthood"), fact_types(model, *_UNIONS)
    pattern = {
        "up": f"(n)<-[steps:{parent}*0..{within}]-(m:Person)",
        "down": f"(n)-[steps:{parent}*0..{within}]->(m:Person)",
        "around": f"(n)-[steps:{parent}|{spouse}*0..{within}]-(m:Person)",
    }[reach]
    return f"""{_housed(model)}
CALL (known{reading.scope}) {{
  UNWIND known AS n
  MATCH {pattern}
  WHERE all(f IN steps WHERE {reading.begun("f")})
  WITH DISTINCT m LIMIT {RELATIVES_MAX}
  RETURN collect(m) AS reached
}}
CALL (reached) {{
  UNWIND reached AS n
  CALL (n) {{ MATCH (n)<-[:{parent}]-(m:Person) RETURN m LIMIT {NEAR_MAX} UNION RETURN n AS m }}
  RETURN collect(DISTINCT m) AS people
}}
{_row(model, reading, RELATIVES_MAX)}"""


def _housed(model: Catalogue) -> str:
    """`known`: the persons asked about, and whoever stands in a book with one of them."""
    member = fact_types(model, "Membership")
    return f"""CALL (asked) {{
  UNWIND asked AS n
  MATCH (n)-[:{member}]->(b:Household) WHERE {_family("b", member)}
  MATCH (b)<-[:{member}]-(m:Person)
  RETURN collect(DISTINCT m) AS housed
}}
WITH asked, asked + [m IN housed WHERE NOT m IN asked] AS known"""


def _row(model: Catalogue, reading: Reading, people_max: int) -> str:
    parent, spouse = fact_types(model, "Parenthood"), fact_types(model, *_UNIONS)
    guardian, member = fact_types(model, "Guardianship"), fact_types(model, "Membership")
    begun, tie = reading.begun, reading.tie
    return f"""RETURN {{
  persons: [n IN people | [n.id, {reading.person("n")}, {reading.dead("n")}]],
  parents: COLLECT {{ UNWIND people AS n
    MATCH (p:Person)-[f:{parent}]->(n) WHERE {begun("f", "n")}
    RETURN {tie("f", "p", "n")} }},
  spouses: COLLECT {{ UNWIND people AS n
    MATCH (n)-[f:{spouse}]->(m:Person) WHERE {begun("f")} RETURN {tie("f", "n", "m")} }},
  guardians: COLLECT {{ UNWIND asked AS n
    MATCH (n)-[f:{guardian}]->(m:Person) WHERE {begun("f")} RETURN {tie("f", "n", "m")} }},
  entries: COLLECT {{ UNWIND known AS n
    MATCH (n)-[:{member}]->(b:Household)
    WITH DISTINCT b WHERE {_family("b", member)}
    MATCH (b)<-[f:{member}]-(m:Person)
    WHERE {begun("f", "m")} AND f.relationToHead IS NOT NULL
    RETURN [f.id, m.id, b.id, f.relationToHead, f.validFrom, f.validTo, {reading.person("m")},
      {reading.source("f")}] }},
  cut: size(people) >= {people_max}
    OR any(n IN known WHERE COUNT {{ (n)-[:{spouse}|{parent}]-() }} > {NEAR_MAX})
}} AS around"""


def _family(book: str, member: str) -> str:
    return (
        f"coalesce({book}.kind, 'FAMILY') <> 'COLLECTIVE'"
        f" AND COUNT {{ ({book})<-[:{member}]-() }} <= {MEMBERS_MAX}"
    )


def fact_types(model: Catalogue, *relationships: str) -> str:
    """Stored types of all facts of these relationships, as a pattern takes them."""
    return "|".join(
        f"{stored}_FACT"
        for name in relationships
        for stored in model.relationships[name].types.values()
    )

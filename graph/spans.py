"""Days on which something is certainly so of a node, stored as the days on which that changes.

From the first of them it is so, from the second no longer, and so on in turn. They are worked out
from what is believed, whatever day it is, so that no passing day makes them wrong. Days compare as
text: EARLIEST stands before all of them, LATEST after, and a year or month with LATEST after it is
behind all of its days.
"""

from __future__ import annotations

from graph.constraints import ABOUT, STATEMENT
from graph.declarations import Node, Span

EARLIEST, LATEST = "0", "~"


def holds(stored: str) -> str:
    """Cypher: whether it is so today; null where nothing is stored."""
    return f"size([day IN {stored} WHERE day <= $today]) % 2 = 1"


def turns(node: Node) -> dict[str, str]:
    """Cypher over n, by the name of each span: [day, whether it is so from then], in order."""
    return {name: _turns(span) for name, span in node.spans.items()}


def changes(of: str) -> str:
    """Cypher: the days on which it changes, out of the turns; null where it is never so."""
    return (
        f"CASE WHEN any(turn IN {of} WHERE turn[1]) THEN"
        f" [at IN range(0, size({of}) - 1) WHERE {of}[at][1] <> (at > 0 AND {of}[at - 1][1])"
        f" | {of}[at][0]] END"
    )


def _turns(span: Span) -> str:
    """It is so while a statement certainly holds that says so, and none may hold that denies it."""
    return f"""COLLECT {{
  WITH COLLECT {{
    MATCH (n)<-[:{ABOUT}]-(s:{STATEMENT}) WHERE s.recordedTo IS NULL
    WITH s, coalesce(s.validFrom, '{EARLIEST}') AS begins, coalesce(s.validTo, '{LATEST}') AS ends,
      CASE WHEN s.{span.field} <> '{span.value}' THEN '{EARLIEST}' ELSE s.{span.until} END AS over
    RETURN [
      CASE WHEN s.{span.field} = '{span.value}' THEN {_behind("begins")} END, ends,
      CASE WHEN over < begins THEN begins ELSE over END, {_behind("ends")}
    ]
  }} AS said
  UNWIND said AS s UNWIND [day IN s WHERE day < '{LATEST}'] AS day
  WITH DISTINCT said, day
  RETURN [day, {_within(0)} AND NOT {_within(2)}] ORDER BY day
}}"""


def _behind(day: str) -> str:
    return f"{day} + CASE WHEN size({day}) IN [4, 7] THEN '{LATEST}' ELSE '' END"


def _within(at: int) -> str:
    return f"any(x IN said WHERE coalesce(x[{at}] <= day AND day < x[{at + 1}], false))"

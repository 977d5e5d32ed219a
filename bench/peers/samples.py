"""Whom the questions are about: rows that the caller may see whole, so that all answers are equal.

Those that the policy hides or masks are left out here, and nowhere else. The texts may say
`{shown[n]}`: of the district and under no protection; `{known[n]}`: under none; `{lasting[t]}`: a
link without an end, so that it holds on the day of the run too.
"""

from __future__ import annotations

from typing import Any

from bench.peers.callers import Caseworker
from bench.peers.operations import Operation
from graph.store import Store

SECONDS_MAX = 120.0
_OPEN = (
    "({0}.underProtectionUntil IS NULL AND {0}.addressProtectedUntil IS NULL"
    " AND {0}.staffUntil IS NULL AND {0}.withdrawn IS NULL)"
)
_OFFICER = """MATCH (n:Person) WHERE n.staffUntil IS NOT NULL AND NOT EXISTS {
  (n)-[:BIRTH_PARENT_OF_FACT|ADOPTIVE_PARENT_OF_FACT|STEP_PARENT_OF_FACT|FOSTER_PARENT_OF_FACT
  |LEGAL_PARENT_OF_FACT|MARRIED_TO_FACT]-{0,3}(:Person {district: $district}) }
RETURN n.citizenNumber AS person ORDER BY person LIMIT 1"""
_WORKER = "MATCH (n:Caseworker) RETURN n.code AS worker ORDER BY worker LIMIT 1"


class _Each:
    """Writes the same condition for the variable that stands in the brackets."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __getitem__(self, name: str) -> str:
        return self._text.format(name)


_CONDITIONS = {
    "shown": _Each(f"({{0}}.district = $district AND {_OPEN})"),
    "known": _Each(_OPEN),
    "lasting": _Each("({0}.validTo IS NULL)"),
}


async def caseworker(store: Store, district: str) -> Caseworker:
    """A caseworker of the district who has no relative there, so that no file is closed to them."""
    found = await store.read(_OFFICER, {"district": district}, SECONDS_MAX)
    workers = await store.read(_WORKER, {})
    if not found or not workers:
        raise SystemExit("The graph has no office: it is not a synthetic city.")
    return Caseworker(district, found[0]["person"], workers[0]["worker"])


async def variables(store: Store, operation: Operation, district: str) -> list[dict[str, Any]]:
    """The variables of up to 100 requests."""
    text = operation.text(f"{operation.sample}.cypher")
    assert text is not None, operation.name
    parameters = {"district": district, **operation.parameters}
    rows = await store.read(_filled(text), parameters, SECONDS_MAX)
    if not rows:
        raise SystemExit(f"Nobody in the graph to ask about: {operation.title}.")
    return [row["variables"] for row in rows]


def _filled(text: str) -> str:
    """Braces of Cypher stay; only conditions are put in."""
    for name, each in _CONDITIONS.items():
        head, *tails = text.split(f"{{{name}[")
        for tail in tails:
            variable, rest = tail.split("]}", 1)
            head += each[variable] + rest
        text = head
    return text

"""Readiness of a whole population for a service: counts, by one statement for each service.

It reads the graph as an operator does, under no policy. Nobody reaches it through the API: who may
change what a service requires could tell persons apart by subtracting one count from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.catalogue import Catalogue
from graph.cypher import Clock
from graph.cypher.readiness import Asked, of_population
from graph.store import Store
from policies.services import Service

SECONDS_MAX = 600.0


@dataclass(frozen=True)
class Count:
    """Of the eligible applications: how many satisfy a requirement, and of how many it is open."""

    requirement: str
    satisfied: int
    unknown: int


@dataclass(frozen=True)
class Overview:
    """Of those who are eligible: people, applications, and how many are ready.

    `papers` would have to be brought for all of them; `saved` need no longer be.
    """

    service: str
    people: int
    applications: int
    ready: int
    papers: int
    saved: int
    requirements: Sequence[Count]

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


async def overview(store: Store, service: Service, catalogue: Catalogue, clock: Clock) -> Overview:
    """The counts. What is asked of a partner is left out: couples-to-be are in no register."""
    asked = [r for r in service.requirements if r.fact.of != "partner"]
    facts = [Asked(r.fact, r.replaces, r.eligibility) for r in asked]
    statement = of_population(facts, service.other, catalogue, clock)
    [row] = await store.read(statement.text, statement.parameters, SECONDS_MAX)
    by_requirement = zip(asked, row["satisfied"], row["unknown"], strict=True)
    return Overview(
        service=service.id,
        people=row["people"],
        applications=row["applications"],
        ready=row["ready"],
        papers=row["papers"],
        saved=row["saved"],
        requirements=[
            Count(requirement.id, yes, unknown) for requirement, yes, unknown in by_requirement
        ],
    )

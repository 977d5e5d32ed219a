"""What the desks that work on the graph have at hand: the graph, the model, the policies."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from audit.notices import Notices
from graph.catalogue import Catalogue
from graph.conditions import Condition
from graph.cypher import Clock, Statement, Statements
from graph.cypher.desk import rows_by
from graph.facts import Fact
from graph.store import Parameters, Row, Store
from ingest.stating import ready, stated
from policies.table import PolicySet
from resolvers.desk import DeskRequest
from resolvers.disclosed import sought
from runtime.errors import CitizengraphError
from runtime.settings import Settings
from subgraphs.proofs.budget import Budget
from subgraphs.proofs.signing import Signer
from subgraphs.rates import Rates


class Pen:
    """Reads and writes for desks; indexes and registers are made ready before the first fact."""

    def __init__(self, store: Store, catalogue: Catalogue) -> None:
        self._store = store
        self._catalogue = catalogue
        self._preparing = asyncio.Lock()
        self._ready = False

    @property
    def store(self) -> Store:
        """The graph itself, for what the ingest does there."""
        return self._store

    async def read(self, statement: Statement) -> list[Row]:
        """The rows of a statement."""
        return await self._store.read(statement.text, statement.parameters)

    async def rows(self, text: str, parameters: Parameters) -> list[Row]:
        """The rows of a text."""
        return await self._store.read(text, parameters)

    async def state(self, guard: tuple[str, Parameters], facts: Sequence[Fact], today: str) -> bool:
        """State the facts in one transaction if the guard finds a row; whether it did."""
        async with self._preparing:
            if not self._ready:
                await ready(self._store, today)
                self._ready = True
        return await self._store.write_if(guard, stated(self._catalogue, facts, today))


@dataclass(frozen=True)
class Means:
    """For one operation."""

    pen: Pen
    catalogue: Catalogue
    policies: PolicySet
    notices: Notices
    statements: Statements
    settings: Settings
    signer: Signer | None = None
    budget: Budget | None = None
    """Both where a desk signs, and counts who is wrong."""
    rates: Rates | None = None
    """What the process has served."""

    @property
    def redis_url(self) -> str:
        """Where the audit is read."""
        return self.settings.redis_url


async def row_of(
    request: DeskRequest,
    clock: Clock,
    wanted: tuple[str, str, str],
    when: Condition,
    field: str,
    unknown: CitizengraphError,
) -> Row:
    """Id and key of a row that the caller may know and of which the condition holds.

    `wanted`: a type and a field of the model, and the value. What is done to it is written down
    under `field`. Raises `unknown`.
    """
    row = (await _found(request, clock, wanted, when, unknown))[0]
    await request.note(wanted[0], row["id"], field)
    return row


async def person_of(
    request: DeskRequest, clock: Clock, number: str, when: Condition, field: str, unknown: str
) -> Row:
    """Id and key of a person of whom the caller may know and of whom the condition holds.

    What is done to them is written down under `field`. Raises PERSON_UNKNOWN with the words
    `unknown`, and NUMBER_AMBIGUOUS.
    """
    wanted = "Person", "citizenNumber", number
    refusal = CitizengraphError("PERSON_UNKNOWN", unknown)
    found = await _found(request, clock, wanted, when, refusal)
    if len(found) > 1:
        raise CitizengraphError("NUMBER_AMBIGUOUS", "A number stands for several persons.")
    await request.note("Person", found[0]["id"], field)
    return found[0]


async def _found(
    request: DeskRequest,
    clock: Clock,
    wanted: tuple[str, str, str],
    when: Condition,
    unknown: CitizengraphError,
) -> list[Row]:
    """At least one. That there is none is written down, then `unknown` is raised."""
    means: Means = request.means
    about = wanted, when, request.decision, means.catalogue
    found = await means.pen.read(rows_by(*about, request.caller.principal, clock))
    if not found:
        await request.note(wanted[0], sought(wanted[2]))
        raise unknown
    return found

"""Done once behind the start, so that the first caller does not pay for it.

Building each consumer's schema takes tens of milliseconds, and the graph plans its first large
statement in seconds. The question asked here is about nobody and its answer goes nowhere.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from graph.cypher import Asking, Clock
from graph.selection import EvidencePick, KinshipPick, PersonRef, ScalarPick, Selection, TypePick
from resolvers.operation import Read
from subgraphs.policies_in_force import Policies
from subgraphs.service import Service

ATTEMPTS = 20
WAIT_SECONDS = 1.0
_log = logging.getLogger("citizengraph.subgraphs")


async def warm(services: Sequence[Service], policies: Policies, read: Read) -> None:
    """Build every schema, then plan the kinship statements of each consumer's table."""
    for attempt in range(ATTEMPTS):
        try:
            await _build(services, policies)
            await _plan(services[0], policies, read)
            return
        except Exception:
            _log.debug("policies or graph cannot be asked yet (attempt %d)", attempt)
            await asyncio.sleep(WAIT_SECONDS)


async def _build(services: Sequence[Service], policies: Policies) -> None:
    newest = policies.newest
    for service in services:
        for consumer in newest.consumers:
            service.build_schema(newest.version, consumer)
            await asyncio.sleep(0)


async def _plan(service: Service, policies: Policies, read: Read) -> None:
    nobody = PersonRef("citizenNumber", "nobody")
    persons = TypePick("Person", {name: ScalarPick(name) for name in ("name", "citizenNumber")})
    names = policies.newest.contracts.principal_attributes()
    asking = Asking(dict.fromkeys(names), Clock.system())
    for decision in policies.newest.tables.values():
        pick = KinshipPick("relationship", nobody, nobody, fields={"answer"}, persons=persons)
        selection = Selection({"relationship": pick})
        statement = service.statements.selection(selection, decision, asking)
        await read(statement.text, statement.parameters)
        shown = EvidencePick(pick, (), ())
        statement = service.statements.evidence({"relationship": shown}, decision, asking)
        await read(statement.text, statement.parameters)
